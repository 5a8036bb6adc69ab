package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.informationmodel.plant.ModelCatalog;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.plcadapters.adapter.Protocols;

/** The documents lead somewhere, and the plant files in them are plant files. */
class DocumentsTest {
    private static final Path ROOT =
            Path.of(System.getProperty("uatwin.root", "..")).toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```|`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+?) *$");
    private static final Pattern YAML = Pattern.compile("(?ms)^( *)```yaml\n(.*?)^\\1```");
    private static final Pattern PLANT_FILE = Pattern.compile("(?ms)^```yaml\n(uatwin: 1\n.*?)^```");

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(f -> f.toString().endsWith(ending))
                    .filter(f ->
                            Stream.of(ROOT.relativize(f).toString().split("/")).noneMatch(NOT_OURS::contains))
                    .sorted()
                    .toList();
        }
    }

    /** A reader who follows a link at night must not end in a file that was renamed. */
    @Test
    void everyRelativeLinkLeadsToAFileAndItsHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : files(ROOT, ".md")) {
            Matcher link = LINK.matcher(CODE.matcher(Files.readString(document)).replaceAll("code"));
            while (link.find()) {
                String target = link.group(1);
                if (!target.contains("://") && !target.startsWith("mailto:") && !leads(document, target)) {
                    broken.add("%s -> %s".formatted(ROOT.relativize(document), target));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leads(Path document, String target) throws IOException {
        int hash = target.indexOf('#');
        String file = hash < 0 ? target : target.substring(0, hash);
        Path path = file.isEmpty() ? document : document.resolveSibling(file);
        if (!Files.exists(path) || hash < 0) {
            return Files.exists(path);
        }
        return anchors(path).contains(target.substring(hash + 1));
    }

    /** Anchors of headings as the usual viewers make them: lower case, no punctuation, hyphens for blanks. */
    private static Set<String> anchors(Path document) throws IOException {
        return HEADING.matcher(Files.readString(document))
                .results()
                .map(h -> h.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** The plant files of documents and examples, by where they stand; of parts of such files those with a connection. */
    static Map<String, String> plantFiles() throws IOException {
        Map<String, String> plants = new LinkedHashMap<>();
        for (Path document : files(ROOT, ".md")) {
            Matcher block = YAML.matcher(Files.readString(document));
            while (block.find()) {
                String text = block.group(2).replaceAll("(?m)^" + block.group(1), "");
                String where = "%s:%d".formatted(ROOT.relativize(document), plants.size());
                if (text.startsWith("uatwin: 1\n")) {
                    plants.put(where, text);
                } else if (text.startsWith("connections:\n")) {
                    plants.put(where, "uatwin: 1\nsiteId: shown\n" + text);
                }
            }
        }
        for (Path example : examples()) {
            plants.put(ROOT.relativize(example).toString(), Files.readString(example));
        }
        return plants;
    }

    /** What a newcomer copies has to work; the README's example is among them. */
    @Test
    void everyPlantFileInADocumentIsAccepted(@TempDir Path folder) throws IOException {
        List<String> findings = new ArrayList<>();
        List<String> documents = new ArrayList<>();
        for (Path document : files(ROOT, ".md")) {
            Matcher plant = PLANT_FILE.matcher(Files.readString(document));
            while (plant.find()) {
                documents.add(ROOT.relativize(document).toString());
                Path file = Files.writeString(folder.resolve("plant.yaml"), plant.group(1));
                findings.addAll(findings(file).stream()
                        .map(f -> "%s: %s".formatted(document, f))
                        .toList());
            }
        }
        assertThat(findings).isEmpty();
        assertThat(documents).contains("README.md");
    }

    /** Cases of {@code uatwin simulate} and {@code optimise} are no plant files; tests of the simulation run them. */
    @Test
    void everyExampleIsAccepted() throws IOException {
        List<Path> examples = examples();
        assertThat(examples).isNotEmpty();
        assertThat(examples.stream().flatMap(e -> findings(e).stream())).isEmpty();
    }

    private static List<Path> examples() throws IOException {
        Path all = ROOT.resolve("examples");
        return files(all, ".yaml").stream()
                .filter(e -> !e.startsWith(all.resolve("simulate")) && !e.startsWith(all.resolve("optimise")))
                .filter(e -> !e.endsWith("physics.yaml")) // of virtual devices
                .toList();
    }

    private static List<String> findings(Path file) {
        PlantReading reading = PlantFile.read(file, ModelCatalog.UNKNOWN, Protocols.onClassPath());
        assertThat(reading.plant().isPresent() || !reading.findings().isEmpty()).isTrue();
        return reading.findings().stream().map(Finding::toString).toList();
    }

    /** The two commands a newcomer types first are the ones the README shows, and they are the program's. */
    @Test
    void readmeBeginsWithTheDemoAndACall() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        List<String> blocks = Pattern.compile("(?ms)^ *```\\w*\n(.*?)^ *```")
                .matcher(readme)
                .results()
                .map(m -> m.group(1).strip())
                .toList();
        assertThat(blocks.get(0)).isEqualTo("./uatwin demo");
        assertThat(blocks.get(1)).startsWith("./uatwin client call pump-01 WhatIf ");
        assertThat(blocks).contains("mvn verify");
    }

    /** Machine paths in a document are a leak of somebody's desk. */
    @Test
    void documentsNameNoMachine() throws IOException {
        List<String> leaks = files(ROOT, ".md").stream()
                .filter(f -> text(f).matches("(?s).*(?<![\\w.])/(root|work|home|tmp)/.*"))
                .map(Path::toString)
                .toList();
        assertThat(leaks).isEmpty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
