package org.uatwin.server.derived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

class InferenceNodeTest {
    @TempDir
    private Path folder = Path.of(""); // set before each test

    private Path model = Path.of("");

    @BeforeEach
    void modelFile() throws IOException {
        model = Files.writeString(folder.resolve("twice.weight"), "2");
    }

    private String points(String more) {
        return "Score: {type: Double, inference: {model: %s, of: [In, Out]%s}}%nOver: {type: Boolean, expression: \"Score > 10\"}"
                .formatted(model, more);
    }

    private Skids skids(String more) {
        return new Skids(points(more), "").set("skid-1/In", 0, 1).set("skid-1/Out", 0, 3);
    }

    @Test
    void answersOnTheClockAndFormulasReadIt() {
        Skids s = skids(", every: 10 s").evaluate();
        assertThat(s.value("skid-1/Score")).isEqualTo(8);
        s.set("skid-1/In", 3, 5).evaluate().tick(9);
        assertThat(s.value("skid-1/Score")).as("not before its time").isEqualTo(8);
        s.tick(10);
        assertThat(s.value("skid-1/Score")).isEqualTo(16);
        assertThat(s.status("skid-1/Score")).isEqualTo(StatusCode.GOOD);
        assertThat(s.value("skid-1/Over")).isEqualTo(1);
        assertThat(s.source("skid-1/Score")).isEqualTo(Skids.ticks(10));
    }

    @Test
    void aWindowIsFilledFirst() {
        Skids s = skids(", window: 3").evaluate();
        assertThat(s.status("skid-1/Score")).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        assertThat(s.problem("skid-1/Score")).isEqualTo("1 of 3 rows of its window");
        s.tick(1).set("skid-1/Out", 1.5, 4).evaluate().tick(2);
        assertThat(s.value("skid-1/Score")).isEqualTo(2 * (4 + 4 + 5));
        assertThat(s.problem("skid-1/Score")).isEmpty();
    }

    /** Contracts, section 2: a prediction whose inputs are not Good is never Good. */
    @Test
    void itIsNeverSurerThanItsInputs() {
        Skids s = new Skids(points(""), "");
        s.set("skid-1/In", 0, 1).set("skid-1/Out", 0, 3, StatusCode.BAD_NO_COMMUNICATION);
        s.evaluate();
        assertThat(s.status("skid-1/Score")).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        s.set("skid-1/Out", 1, 3, StatusCode.UNCERTAIN_SUB_NORMAL).evaluate().tick(1);
        assertThat(s.value("skid-1/Score")).isEqualTo(8);
        assertThat(s.status("skid-1/Score")).isEqualTo(StatusCode.UNCERTAIN_LAST_USABLE_VALUE);
        s.set("skid-1/Out", 2, 4).evaluate().tick(2);
        assertThat(s.status("skid-1/Score")).isEqualTo(StatusCode.GOOD);
        s.set("skid-1/Out", 3, 0, StatusCode.BAD_NO_COMMUNICATION).evaluate().tick(3);
        assertThat(s.value("skid-1/Score")).as("the last answer").isEqualTo(10);
        assertThat(s.status("skid-1/Score")).isEqualTo(StatusCode.UNCERTAIN_LAST_USABLE_VALUE);
        assertThat(s.problem("skid-1/Score")).isEqualTo("Out is Bad_NoCommunication");
    }

    @Test
    void aModelThatFailsSaysSo() {
        Skids s = skids("").evaluate();
        s.set("skid-1/Out", 1, 4_000).evaluate().tick(1);
        assertThat(s.status("skid-1/Score")).isEqualTo(StatusCode.BAD_CONFIGURATION_ERROR);
        assertThat(s.problem("skid-1/Score")).isEqualTo("the model failed. Fix: ask it less.");
        s.set("skid-1/Out", 2, 4).evaluate().tick(2);
        assertThat(s.status("skid-1/Score")).isEqualTo(StatusCode.GOOD);
    }

    /** On its own thread, with a real table. */
    @Test
    void answersReachTheTable() {
        LivePlant live = Skids.live(points(", every: 100 ms"), "");
        PointTable table = live.table();
        TwinInstance skid = Objects.requireNonNull(live.instance("skid-1"));
        try (DerivedPoints points = new DerivedPoints(
                live,
                (row, bits, deadline) -> CompletableFuture.completedStage(StatusCode.GOOD),
                InstantSource.system())) {
            points.start();
            SampleBatch batch = new SampleBatch(2);
            for (String input : new String[] {"In", "Out"}) {
                batch.add(
                        skid.row(input),
                        Double.doubleToRawLongBits(4),
                        StatusCode.GOOD,
                        Skids.ticks(0),
                        Skids.ticks(0));
            }
            table.submit(table.shardOf(skid.row("In")), batch);
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                Sample sample = table.read(skid.row("Score"));
                assertThat(sample.status()).isEqualTo(StatusCode.GOOD);
                assertThat(Double.longBitsToDouble(sample.bits())).isEqualTo(16);
            });
        }
    }

    @Test
    void checkSaysWhatIsWrongWithADeclaration() throws IOException {
        Path text = Files.writeString(folder.resolve("text.weight"), "two");
        assertThat(findings("{model: %s, of: [In]}".formatted(text)))
                .contains("text.weight holds no number")
                .contains("plant.yaml:6");
        assertThat(findings("{model: %s, of: [In]}".formatted(Files.writeString(folder.resolve("m.pmml"), "x"))))
                .contains("m.pmml: no program for .pmml is installed, only for [weight]");
        assertThat(findings("{model: %s, of: [Inn]}".formatted(model))).contains("Skid has no point \"Inn\"");
        assertThat(findings("{model: %s, of: [In, In]}".formatted(model))).contains("In is named twice");
        assertThat(findings("{model: %s, of: [Score]}".formatted(model))).contains("it depends on itself");
        assertThat(findings("{model: gone.weight, of: [In]}")).contains("gone.weight");
        assertThat(findings("{model: %s, of: [In]}, expression: \"In\"".formatted(model)))
                .contains("both expression and inference are given");
    }

    private static String findings(String inference) {
        return PlantFile.read(
                        """
                        uatwin: 1
                        siteId: demo
                        types:
                          Skid:
                            version: 1.0.0
                            points: {In: {unit: bar, euRange: [0, 16]}, Score: {type: Double, inference: %s}}
                        twins: [{id: s, type: Skid, points: {In: {value: 1}}}]
                        """
                                .formatted(inference),
                        "plant.yaml")
                .findings()
                .toString();
    }
}
