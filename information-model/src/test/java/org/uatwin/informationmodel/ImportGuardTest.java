package org.uatwin.informationmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The layout of the modules as a fact: what this module may not know (design section 2). */
class ImportGuardTest {
    private static final Path SOURCES = Path.of("src/main/java");

    @Test
    void groundFloorKnowsNoServerNoProtocolNoThreads() throws IOException {
        assertThat(violations(
                        SOURCES,
                        "org\\.eclipse\\.milo|io\\.netty|com\\.ghgande|java\\.net\\.|java\\.nio\\.channels|new Thread\\(|"
                                + "Executors\\.|ForkJoinPool|org\\.uatwin\\.(?!informationmodel)"))
                .isEmpty();
    }

    @Test
    void onlyThePlantPackageReadsFileFormats() throws IOException {
        assertThat(violations(SOURCES, "com\\.fasterxml|org\\.snakeyaml|de\\.siegmar"))
                .allMatch(line -> line.contains("/informationmodel/plant/"));
    }

    /** {@code path:line -> text} of every code line that matches; comments do not count. */
    static List<String> violations(Path root, String forbidden) throws IOException {
        Pattern pattern = Pattern.compile(forbidden);
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    String line = lines.get(i).strip();
                    boolean isComment = line.startsWith("*") || line.startsWith("/*") || line.startsWith("//");
                    if (!isComment
                            && !line.startsWith("package ")
                            && pattern.matcher(line).find()) {
                        found.add(file + ":" + (i + 1) + " -> " + line);
                    }
                }
            }
        }
        return found;
    }
}
