package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of complaints promises tests by name; they must be there. */
class ComplaintsPageTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

    @Test
    void everyTestOnThePageExists() throws IOException {
        Path root = Path.of(System.getProperty("uatwin.root", ".."));
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(root, 16)) {
            for (Path file : files.filter(f -> f.toString().contains("/src/test/java/")
                            && f.toString().matches(".*(Test|IT)\\.java"))
                    .toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        Matcher named = TEST.matcher(Files.readString(root.resolve("docs/reference/complaints.md")));
        List<String> all = new ArrayList<>();
        while (named.find()) {
            all.add(named.group());
            assertThat(sources.getOrDefault(named.group(1), ""))
                    .as(named.group())
                    .contains("void " + named.group(2) + "(");
        }
        assertThat(all).hasSizeGreaterThan(30);
    }
}
