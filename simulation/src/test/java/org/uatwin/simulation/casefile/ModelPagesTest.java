package org.uatwin.simulation.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.TableSpec;
import org.uatwin.simulation.twin.SystemTwin;

/**
 * The pages under docs/reference/models tell of every parameter, table, input and output what the models say. To write the parts below
 * their mark anew: run this test with {@code -Duatwin.write-docs=true}. The line {@code Models: A, B} of a page says which.
 */
class ModelPagesTest {
    private static final Path PAGES = Path.of(System.getProperty("uatwin.root", ".."), "docs", "reference", "models");
    private static final String MARK = "<!-- The rest is made of the models' cards by ModelPagesTest. -->\n";

    @Test
    void pagesSayWhatTheModelsSay() throws IOException {
        Set<String> documented = new TreeSet<>();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path page : files.sorted().toList()) {
                String text = Files.readString(page);
                String intro = text.substring(0, text.indexOf(MARK) + MARK.length());
                StringBuilder expected = new StringBuilder(intro);
                String models = intro.lines()
                        .filter(l -> l.startsWith("Models: "))
                        .findFirst()
                        .orElseThrow();
                for (String name : models.substring("Models: ".length()).split(", ")) {
                    documented.add(name);
                    render(SystemModels.builtIn().find(name).orElseThrow().card(), expected);
                    ModelRegistry.builtIn().system(name).ifPresent(twin -> asTwin(twin, expected));
                }
                if (Boolean.getBoolean("uatwin.write-docs")) {
                    Files.writeString(page, expected);
                }
                assertThat(Files.readString(page)).as(page.toString()).isEqualTo(expected.toString());
            }
        }
        assertThat(documented).isEqualTo(new TreeSet<>(SystemModels.builtIn().names()));
    }

    private static void render(ModelCard card, StringBuilder text) {
        text.append("\n## ")
                .append(card.name())
                .append("\n\n")
                .append(card.summary())
                .append('\n');
        text.append("Valid: ").append(card.validity()).append(".\n");
        if (!card.parameters().isEmpty()) {
            text.append("\n| parameter | default | unit | range | meaning | source |\n|---|---|---|---|---|---|\n");
            for (ParameterSpec p : card.parameters()) {
                row(
                        text,
                        List.of(
                                p.name(),
                                Port.number(p.defaultValue()),
                                p.unit(),
                                Port.range(p.lower(), p.upper()),
                                p.meaning(),
                                p.source()));
            }
        }
        for (TableSpec t : card.tables()) {
            text.append("\nTable `%s` (%s): %s.\n"
                    .formatted(t.name(), t.isRequired() ? "required" : "optional", t.meaning()));
            text.append("\n| column | default | unit | range | meaning |\n|---|---|---|---|---|\n");
            for (TableSpec.Column c : t.columns()) {
                String value = c.isRequired()
                        ? "required"
                        : c.isText() || Double.isNaN(c.defaultValue()) ? "" : Port.number(c.defaultValue());
                String range = c.isText() ? "" : Port.range(c.lower(), c.upper());
                row(text, List.of(c.name(), value, c.unit(), range, c.meaning()));
            }
        }
        ports(text, "input", card.inputs(), true);
        ports(text, "output", card.outputs(), false);
        if (!card.starts().isEmpty()) {
            text.append("\n| start | meaning |\n|---|---|\n");
            card.starts().forEach((name, meaning) -> row(text, List.of(name, meaning)));
        }
    }

    /** How it answers as a twin's model: what may be varied, what is inferred, how it fails. */
    private static void asTwin(SystemTwin twin, StringBuilder text) {
        text.append("\nAs the model of a twin: ");
        text.append(twin.isRandom() ? "answers are means over runs." : "one course, an interval from replicates.");
        if (!twin.needs().isEmpty()) {
            text.append(" Needs %s.".formatted(String.join(", ", twin.needs()).replace("|", " or ")));
        }
        if (!twin.inferred().isEmpty()) {
            text.append(" Inferred: %s.".formatted(String.join(", ", twin.inferred())));
        }
        List<String> ranges = new TreeMap<>(twin.envelope())
                .entrySet().stream()
                        .map(e -> e.getKey() + " " + Port.range(e.getValue()[0], e.getValue()[1]))
                        .toList();
        if (!ranges.isEmpty()) {
            text.append(" Extrapolated outside %s.".formatted(String.join(", ", ranges)));
        }
        text.append("\n\n| may be varied | default | \u00B1 | range |\n|---|---|---|---|\n");
        for (ParameterSpec p : twin.parameters()) {
            if (p.tunable()) {
                String spread = p.priorSigma() == 0 ? "" : "%.0f %%".formatted(100 * p.priorSigma());
                row(text, List.of(p.name(), Port.number(p.defaultValue()), spread, Port.range(p.lower(), p.upper())));
            }
        }
        if (!twin.failureModes().isEmpty()) {
            text.append("\n| failure mode | set by | seen as |\n|---|---|---|\n");
            for (FailureMode f : twin.failureModes()) {
                String cause = f.knob().isEmpty()
                        ? f.damage().replace("%s", "") + " reaches " + Port.number(f.threshold())
                        : f.knob() + " = " + Port.number(f.value());
                row(text, List.of(f.name(), cause, f.signature()));
            }
        }
        text.append("\n| scenario | what happens |\n|---|---|\n");
        twin.scenarios().forEach(s -> row(text, List.of("`" + s.name() + "`", s.meaning())));
    }

    private static void ports(StringBuilder text, String title, List<Port> ports, boolean hasDefault) {
        if (ports.isEmpty()) {
            return;
        }
        text.append(
                hasDefault
                        ? "\n| input | default | unit | range | meaning |\n|---|---|---|---|---|\n"
                        : "\n| %s | unit | range | meaning |\n|---|---|---|---|\n".formatted(title));
        for (Port p : ports) {
            row(
                    text,
                    hasDefault
                            ? List.of(p.name(), Port.number(p.defaultValue()), p.unit(), p.range(), p.meaning())
                            : List.of(p.name(), p.unit(), p.range(), p.meaning()));
        }
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append('|');
        cells.forEach(c -> text.append(' ')
                .append(c.replace("|", "\\|").replace("<", "&lt;"))
                .append(c.isEmpty() ? "|" : " |"));
        text.append('\n');
    }
}
