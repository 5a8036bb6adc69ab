package org.uatwin.server.derived;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.StatusCode;

/** C27 of the complaints: a value arriving from A flows on to C, at a bounded rate, and only if it is Good. */
class FollowNodeTest {
    private static final String FOLLOWS =
            "Setpoint: {address: holding 20 float32, follow: {expression: \"'skid-2/Flow' * 0.5\", every: 2 s, deadband: 1}}";

    private final Skids s = new Skids("", FOLLOWS);

    private void answer(StatusCode status) {
        s.answers.get(s.answers.size() - 1).accept(status);
    }

    @Test
    void changeIsWrittenOnceAndNotBeforeItsTime() {
        s.set("skid-2/Flow", 0, 100).evaluate();
        assertThat(s.written).containsExactly(50.0);
        answer(StatusCode.GOOD);
        s.set("skid-2/Flow", 0.5, 120).evaluate().set("skid-2/Flow", 1, 140).evaluate();
        assertThat(s.written).hasSize(1);
        s.tick(1.9);
        assertThat(s.written).hasSize(1);
        s.tick(2);
        assertThat(s.written).containsExactly(50.0, 70.0); // the last value, not the one between
        answer(StatusCode.GOOD);
        s.set("skid-2/Flow", 10, 141).evaluate().tick(20);
        assertThat(s.written).hasSize(2); // within the deadband
    }

    @Test
    void doubtfulValuesAndThoseOutOfRangeAreNotWritten() {
        s.set("skid-2/Flow", 0, 100, StatusCode.UNCERTAIN_SENSOR_NOT_ACCURATE).evaluate();
        s.set("skid-2/Flow", 1, 100, StatusCode.BAD_NO_COMMUNICATION).evaluate();
        s.set("skid-2/Flow", 2, 500).evaluate();
        assertThat(s.written).isEmpty();
        assertThat(s.problem("skid-1/Setpoint")).isEqualTo("not written: 250.0 lies outside the setpoint's range");
    }

    @Test
    void failedWriteIsTriedAgainUntilItWorks() {
        s.set("skid-2/Flow", 0, 100).evaluate();
        answer(StatusCode.BAD_NO_COMMUNICATION);
        assertThat(s.problem("skid-1/Setpoint")).contains("Bad_NoCommunication");
        s.tick(1).tick(2);
        assertThat(s.written).containsExactly(50.0, 50.0);
        answer(StatusCode.GOOD);
        assertThat(s.problem("skid-1/Setpoint")).isEmpty();
        s.tick(4).tick(60);
        assertThat(s.written).hasSize(2);
    }

    /** A device that does not answer gets no second write before the first one is answered. */
    @Test
    void oneWriteAtATime() {
        s.set("skid-2/Flow", 0, 100)
                .evaluate()
                .set("skid-2/Flow", 5, 120)
                .evaluate()
                .tick(8);
        assertThat(s.written).hasSize(1);
        answer(StatusCode.GOOD);
        s.tick(10);
        assertThat(s.written).containsExactly(50.0, 60.0);
    }
}
