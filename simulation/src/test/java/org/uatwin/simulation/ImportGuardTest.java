package org.uatwin.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The layout is a fact: simulation sees the JDK, the ground floor and Commons Math, no sockets and no ambient time or chance. */
class ImportGuardTest {
    private static final Path SOURCES =
            Path.of(System.getProperty("uatwin.root", ".."), "simulation", "src", "main", "java");
    private static final List<String> ALLOWED = List.of(
            "java.",
            "org.uatwin.informationmodel.",
            "org.uatwin.simulation.",
            "org.apache.commons.math3.",
            "org.jspecify.");
    private static final List<String> FORBIDDEN = List.of("java.net.", "java.nio.channels.", "java.sql.");
    private static final Pattern AMBIENT = Pattern.compile(
            "Math\\.random|Instant\\.now|System\\.(currentTimeMillis|nanoTime)|new Random\\(|Thread\\.sleep");
    private static final Pattern INEXACT =
            Pattern.compile("[^t]Math\\.(sin|cos|tan|exp|log|log10|pow|atan|atan2|cbrt|hypot|sinh|cosh|tanh)\\(");

    @Test
    void importsStayInsideTheModule() throws IOException {
        List<String> broken = new ArrayList<>();
        eachLine((place, line) -> {
            if (line.startsWith("import ")) {
                String name = line.replaceFirst("^import (static )?", "");
                if (ALLOWED.stream().noneMatch(name::startsWith)
                        || FORBIDDEN.stream().anyMatch(name::startsWith)) {
                    broken.add(place + " -> " + name);
                }
            }
        });
        assertThat(broken).isEmpty();
    }

    /** Same inputs, seed and version give the same bits: nothing ambient, and no intrinsic that may differ by an ulp. */
    @Test
    void nothingReadsAClockOrChanceAndTranscendentalsAreStrict() throws IOException {
        List<String> broken = new ArrayList<>();
        eachLine((place, line) -> {
            if (!line.startsWith("*")
                    && (AMBIENT.matcher(line).find() || INEXACT.matcher(line).find())) {
                broken.add(place + " -> " + line);
            }
        });
        assertThat(broken).isEmpty();
    }

    private interface LineCheck {
        void accept(String place, String line);
    }

    private static void eachLine(LineCheck check) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> sources =
                    files.filter(f -> f.toString().endsWith(".java")).toList();
            assertThat(sources).isNotEmpty();
            for (Path file : sources) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    check.accept(
                            SOURCES.relativize(file) + ":" + (i + 1),
                            lines.get(i).strip());
                }
            }
        }
    }
}
