package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plant file may come from anywhere: it must not exhaust memory or stack, run code or give secrets away. */
class HostileFileTest {
    private static PlantReading read(String text) {
        return PlantFile.read(text, "plant.yaml");
    }

    @Test
    void aliasesThatMultiplyAreRefused() {
        StringBuilder bomb = new StringBuilder("uatwin: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i))
                    .append("*a%d, ".formatted(i - 1).repeat(10))
                    .append("x]\n");
        }
        PlantReading reading = read(bomb.toString());
        assertThat(reading.exitCode()).isEqualTo(2);
        assertThat(reading.findings().get(0).cause()).contains("aliases make this part larger than");
    }

    @Test
    void deepNestingIsRefused() {
        PlantReading reading = read("uatwin: 1\nname: " + "[".repeat(5000) + "]".repeat(5000) + "\n");
        assertThat(reading.exitCode()).isEqualTo(2);
        assertThat(reading.findings().get(0).cause()).contains("nested deeper than 40");
    }

    @Test
    void selfReferenceIsRefused() {
        PlantReading reading = read("uatwin: 1\nname: &a [*a]\n");
        assertThat(reading.exitCode()).isEqualTo(2);
        assertThat(reading.findings().get(0).toString())
                .startsWith("plant.yaml:2:11:")
                .contains("*a");
    }

    /** A tag names a class in some loaders; here it is nothing. */
    @Test
    void tagsConstructNothing() {
        PlantReading reading = read("uatwin: 1\nsiteId: !!javax.script.ScriptEngineManager demo\n");
        assertThat(reading.plant().orElseThrow().siteId()).isEqualTo("demo");
    }

    @Test
    void hugeRangesAreRefused() {
        PlantReading reading = read(
                """
                uatwin: 1
                siteId: demo
                twins:
                  - {ids: "p-{1..999999999}", type: Tank}
                """);
        assertThat(reading.findings()).singleElement().satisfies(f -> assertThat(f.toString())
                .contains("plant.yaml:4:11", "at most 1000000 instances"));
    }

    /** Ten thousand equal mistakes of one line are one message with a count. */
    @Test
    void mistakesOfARangeAreCounted() {
        PlantReading reading = read(
                """
                uatwin: 1
                siteId: demo
                connections: {l: {host: x, devices: {d: {unit: 1}}}}
                twins:
                  - ids: "p-{1..10000}"
                    type: Tank
                    area: Area {i/500}
                    points: {Level: holding 70000}
                """);
        assertThat(reading.findings()).hasSize(3);
        assertThat(reading.findings().get(2).detail()).contains("and 9997 more");
    }

    /** References are replaced; what they hold never reaches a message. */
    @Test
    void secretsAreReadFromFilesAndNeverShown(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("host.txt"), "secret host\n");
        Path file = folder.resolve("plant.yaml");
        Files.writeString(
                file,
                """
                uatwin: 1
                siteId: demo
                connections:
                  a: {host: "${file:host.txt}", devices: {d: {unit: 1}}}
                  b: {host: "${env:UATWIN_NO_SUCH_VARIABLE}", devices: {d: {unit: 1}}}
                """);
        PlantReading reading = PlantFile.read(file);
        assertThat(reading.findings()).hasSize(2);
        assertThat(reading.findings().toString()).doesNotContain("secret host").contains("UATWIN_NO_SUCH_VARIABLE");
    }
}
