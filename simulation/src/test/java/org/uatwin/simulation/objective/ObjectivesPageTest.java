package org.uatwin.simulation.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.system.Port;

/**
 * The page tells of every objective and setting what the code says. To write the part below its mark anew: run this test with {@code
 * -Duatwin.write-docs=true}.
 */
class ObjectivesPageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("uatwin.root", ".."), "docs", "reference", "optimisation.md");
    private static final String MARK = "<!-- The rest is made of the objectives by ObjectivesPageTest. -->\n";

    @Test
    void pageSaysWhatTheObjectivesSay() throws IOException {
        String text = Files.readString(PAGE);
        StringBuilder expected = new StringBuilder(text.substring(0, text.indexOf(MARK) + MARK.length()));
        for (Objective objective : Objectives.builtIn().all()) {
            render(objective, expected);
        }
        if (Boolean.getBoolean("uatwin.write-docs")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(expected.toString());
    }

    private static void render(Objective objective, StringBuilder text) {
        ObjectiveSpec s = objective.spec();
        text.append("\n## `%s` of %s\n\n".formatted(s.name(), String.join(", ", objective.models())));
        text.append("%s %s the %s%s.\n"
                .formatted(
                        s.title(),
                        s.isMinimised() ? "Minimises" : "Maximises",
                        s.quantity().toLowerCase(java.util.Locale.ROOT),
                        s.unit().isEmpty() ? "" : " in " + s.unit()));
        text.append(s.method()).append('\n');
        if (s.horizonSeconds() > 0) {
            text.append("Horizon %s s, at most %s s. "
                    .formatted(Port.number(s.horizonSeconds()), Port.number(s.longestHorizonSeconds())));
        }
        text.append("Evaluations: %d.\n".formatted(s.evaluations()));
        if (s.settings().isEmpty()) {
            return;
        }
        text.append("\n| setting | default | unit | range | meaning |\n|---|---|---|---|---|\n");
        for (SettingSpec setting : s.settings()) {
            String range =
                    switch (setting.kind()) {
                        case NUMBER -> Port.range(setting.lower(), setting.upper());
                        case PROFILE -> Port.range(setting.lower(), setting.upper()) + ", or a profile";
                        case TEXT -> "text";
                    };
            List<String> cells = List.of(
                    "`" + setting.name() + "`", setting.defaultValueText(), setting.unit(), range, setting.meaning());
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
    }
}
