package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * docs/reference/cli.md tells of every command and option what the program itself says. To write the part below its
 * mark anew: {@code mvn -pl server -am test -Dtest=ReferenceTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Duatwin.write-docs=true}.
 */
class ReferenceTest {
    private static final String MARK = "<!-- The rest is made of the program's own help by ReferenceTest. -->\n";

    @Test
    void referenceSaysWhatTheProgramSays() throws IOException {
        Path file = Path.of(System.getProperty("uatwin.root", ".."), "docs", "reference", "cli.md");
        String text = Files.readString(file);
        String intro = text.substring(0, text.indexOf(MARK) + MARK.length());
        StringBuilder expected = new StringBuilder(intro);
        render(Main.commandLine(new Cli.Recorder()), expected);
        if (Boolean.getBoolean("uatwin.write-docs")) {
            Files.writeString(file, expected.toString());
        }
        assertThat(Files.readString(file)).isEqualTo(expected.toString());
    }

    private static void render(CommandLine command, StringBuilder text) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.usageMessage().hidden()) {
            return;
        }
        text.append("\n## ").append(spec.qualifiedName()).append("\n\n");
        text.append("```\n").append(command.getUsageMessage().stripTrailing().replaceAll("[ \t]+\n", "\n"));
        text.append("\n```\n");
        assertThat(spec.options()).as("options of " + spec.qualifiedName()).allSatisfy(o -> assertThat(described(o))
                .isTrue());
        command.getSubcommands().values().stream().distinct().forEach(sub -> render(sub, text));
    }

    private static boolean described(OptionSpec option) {
        return option.hidden() || option.description().length > 0;
    }
}
