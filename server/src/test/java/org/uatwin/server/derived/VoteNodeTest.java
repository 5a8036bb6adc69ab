package org.uatwin.server.derived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.StatusCode;

/** Two out of three and its relatives: what a control room may believe when sensors disagree. */
class VoteNodeTest {
    private static final String THREE =
            """
            A: {unit: bar, euRange: [0, 16]}
            B: {unit: bar, euRange: [0, 16]}
            C: {unit: bar, euRange: [0, 16]}
            Voted: {unit: bar, euRange: [0, 16], vote: {of: [A, B, C], tolerance: 0.5, delay: 5 s, discrepancy: Who%s}}
            Who: {kind: plain, type: Byte}
            """;
    private static final String BOUND = "A: holding 10 float32\nB: holding 12 float32\nC: holding 14 float32";

    private static Skids three(String more) {
        return new Skids(THREE.formatted(more), BOUND);
    }

    private static Skids set(Skids s, double seconds, double a, double b, double c) {
        return s.set("skid-1/A", seconds, a)
                .set("skid-1/B", seconds, b)
                .set("skid-1/C", seconds, c)
                .evaluate();
    }

    @Test
    void medianOfThreeThatAgreeIsGood() {
        Skids s = set(three(""), 0, 5.0, 5.2, 4.9);
        assertThat(s.value("skid-1/Voted")).isEqualTo(5.0);
        assertThat(s.status("skid-1/Voted")).isEqualTo(StatusCode.GOOD);
        assertThat(s.value("skid-1/Who")).isZero();
    }

    /** One sensor may be off for the delay; then it is out, and the point says that it stands on two. */
    @Test
    void sensorThatStaysOffIsVotedOutAndNamed() {
        Skids s = set(three(""), 0, 5.0, 5.2, 9);
        assertThat(s.value("skid-1/Voted")).isEqualTo(5.2);
        assertThat(s.status("skid-1/Voted")).isEqualTo(StatusCode.GOOD);
        s.tick(4.9);
        assertThat(s.value("skid-1/Who")).isZero();
        s.tick(5.0);
        assertThat(s.value("skid-1/Who")).isEqualTo(4); // the third
        assertThat(s.value("skid-1/Voted")).isCloseTo(5.1, within(1e-9));
        assertThat(s.status("skid-1/Voted")).isEqualTo(StatusCode.UNCERTAIN_SUB_NORMAL);
        set(s, 10, 5.0, 5.2, 5.1);
        assertThat(s.status("skid-1/Voted")).isEqualTo(StatusCode.GOOD);
        assertThat(s.value("skid-1/Who")).isZero();
    }

    @Test
    void badSensorsCountAsMissing() {
        Skids s = set(three(""), 0, 5.0, 5.2, 4.9);
        s.set("skid-1/B", 1, 0, StatusCode.BAD_NO_COMMUNICATION).evaluate();
        assertThat(s.value("skid-1/Voted")).isCloseTo(4.95, within(1e-9));
        assertThat(s.status("skid-1/Voted")).isEqualTo(StatusCode.UNCERTAIN_SUB_NORMAL);
        assertThat(s.value("skid-1/Who")).isEqualTo(2);
        s.set("skid-1/C", 2, 0, StatusCode.BAD_NO_COMMUNICATION).evaluate();
        assertThat(s.status("skid-1/Voted")).isEqualTo(StatusCode.BAD_SENSOR_FAILURE);
        assertThat(s.problem("skid-1/Voted")).isEqualTo("1 of 3 sensors agree, 2 are needed; not B, C");
        s.set("skid-1/A", 3, 0, StatusCode.BAD_NO_COMMUNICATION).evaluate();
        assertThat(s.status("skid-1/Voted")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
    }

    /** Of two that disagree nobody knows which is right. */
    @Test
    void twoThatDisagreeAreNoValue() {
        Skids s = set(three(""), 0, 5.0, 5.2, 4.9);
        s.set("skid-1/C", 1, 0, StatusCode.BAD_NO_COMMUNICATION)
                .set("skid-1/B", 1, 9)
                .evaluate()
                .tick(6);
        assertThat(s.status("skid-1/Voted")).isEqualTo(StatusCode.BAD_SENSOR_FAILURE);
        assertThat(s.value("skid-1/Who")).isEqualTo(7);
    }

    @Test
    void uncertainSensorMakesTheVoteUncertain() {
        Skids s = set(three(""), 0, 5.0, 5.2, 4.9);
        s.set("skid-1/B", 1, 5.2, StatusCode.UNCERTAIN_SENSOR_NOT_ACCURATE).evaluate();
        assertThat(s.status("skid-1/Voted")).isEqualTo(StatusCode.UNCERTAIN_SENSOR_NOT_ACCURATE);
    }

    @Test
    void meanLowestAndHighestAreOfThoseThatAgree() {
        for (String method : new String[] {"mean", "lowest", "highest"}) {
            Skids s = set(three(", method: " + method), 0, 5.0, 5.2, 9);
            s.tick(5);
            double expected = method.equals("mean") ? 5.1 : method.equals("lowest") ? 5.0 : 5.2;
            assertThat(s.value("skid-1/Voted")).as(method).isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void truthValuesVoteByMajority() {
        Skids s = new Skids(
                """
                A: {type: Boolean}
                B: {type: Boolean}
                C: {type: Boolean}
                Voted: {type: Boolean, vote: {of: [A, B, C], delay: 1 s, discrepancy: Off}}
                Off: {type: Boolean}
                """,
                "A: coil 10\nB: coil 11\nC: coil 12");
        set(s, 0, 1, 0, 1);
        assertThat(s.value("skid-1/Voted")).isEqualTo(1);
        assertThat(s.value("skid-1/Off")).isZero();
        s.tick(1);
        assertThat(s.value("skid-1/Voted")).isEqualTo(1);
        assertThat(s.value("skid-1/Off")).isEqualTo(1);
        assertThat(s.status("skid-1/Voted")).isEqualTo(StatusCode.UNCERTAIN_SUB_NORMAL);
    }
}
