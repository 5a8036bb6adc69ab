package org.uatwin.server.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a Node.js program with its packages, as its lock file names them. */
final class NodeProgram {
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

    private final Path folder;

    private NodeProgram(Path folder) {
        this.folder = folder;
    }

    /** Copies the program into an empty folder and installs its packages there. */
    static NodeProgram install(Path source, Path folder) throws IOException {
        copy(source, folder);
        Program.Outcome npm =
                Program.run(folder, INSTALL_LIMIT, List.of("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"));
        if (npm.exitCode() != 0) {
            throw new AssertionError("the packages of %s cannot be installed: %s".formatted(source, npm));
        }
        return new NodeProgram(folder);
    }

    private static void copy(Path source, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file :
                    files.filter(f -> !f.toString().contains("node_modules")).toList()) {
                Path target = folder.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** Runs a script with arguments. */
    Program.Outcome run(String script, Duration limit, String... arguments) {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return Program.run(folder, limit, command);
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    /** The answer a script wrote; fails with its output if there is none. */
    JsonNode answer(Path json, Program.Outcome outcome) throws IOException {
        if (!Files.exists(json)) {
            throw new AssertionError("no answer was written by " + outcome);
        }
        return new ObjectMapper().readTree(json.toFile());
    }
}
