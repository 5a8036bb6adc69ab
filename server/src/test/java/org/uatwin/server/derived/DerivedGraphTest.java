package org.uatwin.server.derived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.StatusCode;

class DerivedGraphTest {
    private static final String POWER =
            """
            Power: {unit: kW, euRange: [0, 100], expression: "to(Flow * (Out - In), 'kW')"}
            Total: {unit: kW, euRange: [0, 200], expression: "'skid-1/Power' + 'skid-2/Power'"}
            """;

    private static Skids skids(String points) {
        return new Skids(points, "");
    }

    /** 36 m³/h from 1 to 11 bar is 10 kW. */
    @Test
    void pointsOfSeveralLinksAndTwinsMakeOneValue() {
        Skids s = skids(POWER);
        s.set("skid-1/Flow", 1, 36).set("skid-1/In", 1, 1).set("skid-1/Out", 1, 11);
        s.set("skid-2/Flow", 2, 18)
                .set("skid-2/In", 2, 1)
                .set("skid-2/Out", 2, 11)
                .evaluate();
        assertThat(s.value("skid-1/Power")).isCloseTo(10, within(1e-9));
        assertThat(s.value("skid-1/Total")).isCloseTo(15, within(1e-9));
        assertThat(s.status("skid-1/Total")).isEqualTo(StatusCode.GOOD);
        assertThat(s.source("skid-1/Total")).isEqualTo(Skids.ticks(2)); // of the newest input
        assertThat(s.source("skid-1/Power")).isEqualTo(Skids.ticks(1));
    }

    /** A chain of three changes once for one batch, in order; a client never sees half of it. */
    @Test
    void eachPointIsComputedOnceAndAfterWhatItReads() {
        Skids s = skids(
                """
                D: {kind: plain, type: Double, expression: "B + C + A"}
                C: {kind: plain, type: Double, expression: "A - B"}
                B: {kind: plain, type: Double, expression: "A * 2"}
                A: {kind: plain, type: Double, expression: "Flow + 0"}
                """);
        s.set("skid-1/Flow", 1, 5).evaluate();
        assertThat(s.value("skid-1/D")).isEqualTo(10); // 10 - 5 + 5
        assertThat(s.evaluations("skid-1/D")).isEqualTo(1);
        s.set("skid-1/Flow", 2, 7).evaluate();
        assertThat(s.value("skid-1/D")).isEqualTo(14);
        assertThat(s.evaluations("skid-1/D")).isEqualTo(2);
        assertThat(s.evaluations("skid-2/D")).isZero(); // nothing of it changed
    }

    @Test
    void worstInputDecidesTheStatus() {
        Skids s = skids(POWER);
        s.set("skid-1/Flow", 1, 36)
                .set("skid-1/In", 1, 1)
                .set("skid-1/Out", 1, 11)
                .evaluate();
        s.set("skid-1/In", 2, 1, StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE)
                .evaluate();
        assertThat(s.status("skid-1/Power")).isEqualTo(StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        assertThat(s.value("skid-1/Power")).isCloseTo(10, within(1e-9));
        s.set("skid-1/Flow", 3, 0, StatusCode.BAD_SENSOR_FAILURE).evaluate();
        assertThat(s.status("skid-1/Power")).isEqualTo(StatusCode.BAD_SENSOR_FAILURE);
        assertThat(s.problem("skid-1/Power")).isEqualTo("Flow is Bad_SensorFailure");
        assertThat(s.status("skid-1/Total")).isEqualTo(StatusCode.BAD_SENSOR_FAILURE); // passed on
        s.set("skid-1/Flow", 4, 36).set("skid-1/In", 4, 1).evaluate();
        assertThat(s.status("skid-1/Power")).isEqualTo(StatusCode.GOOD);
        assertThat(s.problem("skid-1/Power")).isEmpty();
    }

    /** Before everything was read there is no value, and a value that cannot be computed is no number. */
    @Test
    void withoutAValueThereIsNone() {
        Skids s = skids("Share: {kind: plain, type: Double, expression: \"In / Out\"}");
        s.set("skid-1/In", 1, 3).evaluate();
        assertThat(s.status("skid-1/Share")).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        s.set("skid-1/Out", 2, 0).evaluate();
        assertThat(s.status("skid-1/Share")).isEqualTo(StatusCode.BAD_OUT_OF_RANGE);
        assertThat(s.problem("skid-1/Share")).contains("division by 0");
        s.set("skid-1/Out", 3, 6).evaluate();
        assertThat(s.value("skid-1/Share")).isEqualTo(0.5);
    }

    @Test
    void truthValuesValidityAndIntegerTypesHold() {
        Skids s = skids(
                """
                High: {type: Boolean, expression: "Flow > 100 && Running"}
                Lift: {unit: bar, euRange: [0, 16], validity: [0, 16], expression: "Out - In"}
                Level: {kind: plain, type: Byte, expression: "Flow * 2.0"}
                """);
        s.set("skid-1/Flow", 1, 101)
                .set("skid-1/Running", 1, 1)
                .set("skid-1/In", 1, 5)
                .set("skid-1/Out", 1, 4);
        s.evaluate();
        assertThat(s.out).anySatisfy(sample -> {
            assertThat(sample.point()).isEqualTo(s.row("skid-1/High"));
            assertThat(sample.bits()).isEqualTo(1);
        });
        assertThat(s.status("skid-1/Lift")).isEqualTo(StatusCode.BAD_SENSOR_FAILURE);
        assertThat(s.out).anySatisfy(sample -> {
            assertThat(sample.point()).isEqualTo(s.row("skid-1/Level"));
            assertThat(sample.bits()).isEqualTo(202);
        });
        s.set("skid-1/Flow", 2, 130).evaluate();
        assertThat(s.status("skid-1/Level")).isEqualTo(StatusCode.BAD_CONFIGURATION_ERROR);
    }

    /** A mean goes on while nothing changes, and what changed by time alone has the time it was computed. */
    @Test
    void functionsOfTimeGoOnWithoutSamples() {
        Skids s = skids("Mean: {unit: m3/h, euRange: [0, 200], expression: \"avg(Flow, '60 s')\"}");
        s.set("skid-1/Flow", 0, 0).evaluate().set("skid-1/Flow", 60, 100).evaluate();
        assertThat(s.value("skid-1/Mean")).isCloseTo(0, within(2.0));
        for (int t = 61; t <= 90; t++) {
            s.tick(t);
        }
        assertThat(s.value("skid-1/Mean")).isCloseTo(50, within(2.0));
        assertThat(s.source("skid-1/Mean")).isEqualTo(Skids.ticks(90));
    }

    @Test
    void hoursDoNotRunWhileNobodyKnows() {
        Skids s = skids("Hours: {unit: h, type: Double, expression: \"hours(Running)\"}");
        s.set("skid-1/Running", 0, 1).evaluate();
        s.set("skid-1/Running", 1800, 1, StatusCode.BAD_NO_COMMUNICATION).evaluate();
        s.set("skid-1/Running", 5400, 1).evaluate().tick(7200);
        assertThat(s.value("skid-1/Hours")).isCloseTo(1, within(1e-6));
    }

    @Test
    void changedPlantTakesOverWhatTheOldOneRemembered() {
        String points = "Hours: {unit: h, type: Double, expression: \"hours(Running)\"}";
        Skids before = skids(points);
        before.set("skid-1/Running", 0, 1)
                .evaluate()
                .set("skid-1/Running", 3600, 1)
                .evaluate();
        Skids after = skids(points + "\nNew: {kind: plain, type: Double, expression: \"Flow + 0\"}");
        after.graph.nodes().forEach(node -> before.graph.nodes().stream()
                .filter(old -> old.name().equals(node.name()))
                .forEach(node::adopt));
        after.set("skid-1/Running", 7200, 1).evaluate();
        assertThat(after.value("skid-1/Hours")).isCloseTo(2, within(1e-6));
    }
}
