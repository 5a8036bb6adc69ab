package org.uatwin.server.launch;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;

/** The plants {@code uatwin demo NAME} knows: folders with a plant.yaml, in examples/ or anywhere. */
final class DemoPlants {
    private static final String PLANT = "plant.yaml";
    /** Set by the launcher. */
    private static final String FOLDER = "uatwin.examples";

    private DemoPlants() {}

    /**
     * The plant file of a demo.
     *
     * @param name of a folder in examples/; with a slash, or if it ends in .yaml, a folder or plant file anywhere.
     */
    static Path find(String name) {
        boolean isPath = name.contains("/") || name.contains("\\") || name.endsWith(".yaml") || name.endsWith(".yml");
        if (isPath) {
            Path given = Path.of(name);
            Path plant = Files.isDirectory(given) ? given.resolve(PLANT) : given;
            if (Files.isRegularFile(plant)) {
                return plant;
            }
            throw new CliException(
                    Exit.USAGE,
                    "there is no plant file %s. Fix: name a plant file, or a folder with one".formatted(plant));
        }
        Optional<Path> found =
                folder().map(folder -> folder.resolve(name).resolve(PLANT)).filter(Files::isRegularFile);
        return found.orElseThrow(() -> new CliException(
                Exit.USAGE,
                names().isEmpty()
                        ? "the folder examples/ is not here, so there is no demo \"%s\". Fix: give the path of a plant file"
                                .formatted(name)
                        : "there is no demo \"%s\". Fix: use one of %s, or give the path of a plant file"
                                .formatted(name, String.join(", ", names()))));
    }

    /** Names of the folders in examples/, sorted. */
    static List<String> names() {
        Optional<Path> folder = folder();
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder.get())) {
            return folders.filter(f -> Files.isRegularFile(f.resolve(PLANT)))
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<Path> folder() {
        String told = System.getProperty(FOLDER);
        return told != null && !told.isEmpty()
                ? Optional.of(Path.of(told)).filter(Files::isDirectory)
                : besideTheProgram().filter(Files::isDirectory);
    }

    private static Optional<Path> besideTheProgram() {
        CodeSource source = DemoPlants.class.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI()).resolveSibling("examples"));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
