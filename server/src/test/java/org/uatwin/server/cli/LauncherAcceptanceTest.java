package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a user starts it; it may build the product first. */
@Tag("acceptance")
class LauncherAcceptanceTest {
    @Test
    void startsFromAnyFolderThroughASymbolicLink(@TempDir Path folder) throws IOException, InterruptedException {
        Path launcher = Path.of(System.getProperty("uatwin.root", "..")).resolve("uatwin");
        Path link = Files.createSymbolicLink(folder.resolve("linked"), launcher.toAbsolutePath());

        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(link.toString(), "version", "--json")
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readString(out, StandardCharsets.UTF_8))
                .startsWith("{")
                .contains("\"uatwin\"");
    }

    @Test
    void sameSentenceTellsOfAMissingJava(@TempDir Path folder) throws IOException, InterruptedException {
        Path launcher = Path.of(System.getProperty("uatwin.root", "..")).resolve("uatwin");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(launcher.toAbsolutePath().toString(), "version").redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", folder.toString());
        Process process = builder.start();

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(Exit.INTERNAL);
        assertThat(Files.readString(err, StandardCharsets.UTF_8)).contains("JAVA_HOME", "Fix: ");
    }
}
