package org.uatwin.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;

/** A pump that holds a level by itself: it works while all is well, and gives up for a stated reason when it is not. */
class AutomaticModeTest {
    private static final String HOLDS_LEVEL =
            """
            automatic:
              period: 10 s
              tolerance: 5 s
              retries: 2
              enable: Remote
              heartbeat: pump/Beat
              setpoints:
                pump/SpeedSetpoint: {limits: [800, 1200], fallback: 900, formula: "Level / 100 * 2000"}
            """;

    private ControlStand s = new ControlStand(ControlStand.PUMP, HOLDS_LEVEL);
    private final List<String> changes = new ArrayList<>();
    private Optional<Recommender> recommender = Optional.empty();
    private AutomaticModes modes = modes();

    private AutomaticModes modes() {
        AutomaticModes made = new AutomaticModes(
                s.live,
                s.gate,
                new SetpointBatch(
                        s.gate,
                        s.live.table(),
                        (who, row, before, value, status, text) -> s.audit.add("%s %s %s %s %s"
                                .formatted(who, s.live.label(row), value, status, text)
                                .strip())),
                s,
                rule -> recommender.orElseGet(() -> new FormulaRecommender(() -> s.live, s)),
                (twin, before, now, reason, who) ->
                        changes.add("%s -> %s by %s: %s".formatted(before.text(), now.text(), who, reason)));
        made.start();
        return made;
    }

    private void rules(String rules) {
        s = new ControlStand(ControlStand.PUMP, rules);
        modes = modes();
    }

    private String set(ControlMode mode) {
        return modes.set(s.twin("tank"), mode, "bert", "test");
    }

    private ControlStatus status() {
        ControlStatus status = modes.status(s.twin("tank"));
        if (status == null) {
            throw new AssertionError("no mode");
        }
        return status;
    }

    private void automatic() {
        assertThat(set(ControlMode.AUTOMATIC)).isEmpty();
        s.pass(0.3);
    }

    @Test
    void nothingIsSentBeforeSomebodySwitchesItOn() {
        s.pass(100);
        assertThat(status().mode()).isEqualTo(ControlMode.OFF);
        assertThat(s.sent).isEmpty();
    }

    @Test
    void manualRecommendsAndSendsNothing() {
        set(ControlMode.MANUAL);
        s.pass(1);
        assertThat(status().recommended()).containsExactly(1000.0);
        s.set("tank/Level", 60);
        s.pass(10);
        assertThat(status().recommended()).containsExactly(1200.0);
        assertThat(s.sent).isEmpty();
    }

    @Test
    void automaticSendsEachPeriodWithinItsOwnLimits() {
        s.set("tank/Level", 55);
        automatic();
        assertThat(s.values("pump/SpeedSetpoint")).containsExactly(1100.0);
        s.set("tank/Level", 80); // 1600 is asked for, 1200 is the most
        s.pass(10);
        assertThat(s.value("pump/SpeedSetpoint")).isEqualTo(1200);
        assertThat(status().recommended()).containsExactly(1600.0);
        assertThat(status().applied()).containsExactly(1200.0);
        s.pass(50);
        assertThat(s.values("pump/SpeedSetpoint")).hasSize(2); // the same value is not sent again
        assertThat(s.audit)
                .hasSize(2)
                .element(0)
                .asString()
                .isEqualTo("System/automatic/tank pump/SpeedSetpoint 1100.0 Good");
    }

    /** The operator's hand wins, and what it did stays. */
    @Test
    void operatorWhoWritesEndsItAndKeepsHisValue() {
        automatic();
        assertThat(s.write("pump/SpeedSetpoint", 950)).isNotNull();
        s.pass(0.5);
        assertThat(status().mode()).isEqualTo(ControlMode.FALLBACK);
        assertThat(status().reason()).isEqualTo("pump/SpeedSetpoint was written by anna; setpoints stay as they are");
        s.pass(60);
        assertThat(s.value("pump/SpeedSetpoint")).isEqualTo(950);
    }

    /** Also if the mode has just failed to send, and would try again. */
    @Test
    void operatorWinsWhileTheModeTriesAgain() {
        rules(HOLDS_LEVEL.replace("  heartbeat: pump/Beat\n", ""));
        s.poll();
        s.answers = ControlStand.Answer.REFUSED;
        automatic();
        s.answers = ControlStand.Answer.CONFIRMED;
        assertThat(s.write("pump/SpeedSetpoint", 950)).isNotNull();
        s.pass(2);
        assertThat(status().reason()).startsWith("pump/SpeedSetpoint was written by anna");
        s.pass(60);
        assertThat(s.values("pump/SpeedSetpoint")).containsExactly(950.0);
    }

    /** Registers hold whole numbers, and the mode does not take rounding for somebody's hand. */
    @Test
    void roundingOfTheDeviceIsNoOverride() {
        s.quantum = 1;
        s.set("tank/Level", 50.62);
        automatic();
        s.pass(30);
        assertThat(status().mode()).isEqualTo(ControlMode.AUTOMATIC);
        s.set("pump/SpeedSetpoint", 1013);
        s.pass(0.3);
        assertThat(status().mode()).isEqualTo(ControlMode.FALLBACK);
    }

    @Test
    void changeAtTheDeviceEndsItToo() {
        s.set("tank/Level", 55);
        automatic();
        s.set("pump/SpeedSetpoint", 850);
        s.pass(0.5);
        assertThat(status().reason()).contains("pump/SpeedSetpoint is 850.0, not the 1100.0 that was sent");
    }

    /** While a change goes in steps the setpoint differs from its target, and nobody has interfered. */
    @Test
    void stepsOnTheWayAreNoOverride() {
        s.set("pump/SpeedSetpoint", 2500);
        s.set("tank/Level", 50);
        automatic();
        s.pass(8);
        assertThat(s.value("pump/SpeedSetpoint")).isBetween(1001.0, 2400.0);
        s.pass(20);
        assertThat(s.value("pump/SpeedSetpoint")).isEqualTo(1000);
        assertThat(status().mode()).isEqualTo(ControlMode.AUTOMATIC);
    }

    @Test
    void badInputEndsItAfterTheToleranceAndSendsTheFallback() {
        automatic();
        s.set("tank/Level", 50, StatusCode.BAD_NO_COMMUNICATION);
        s.pass(4);
        s.set("tank/Level", 50);
        s.pass(4);
        assertThat(status().mode()).isEqualTo(ControlMode.AUTOMATIC); // a short gap is none
        s.set("tank/Level", 50, StatusCode.BAD_NO_COMMUNICATION);
        s.pass(5.3);
        assertThat(status().mode()).isEqualTo(ControlMode.FALLBACK);
        assertThat(changes)
                .last()
                .asString()
                .isEqualTo("Automatic -> Fallback by System/automatic/tank: tank/Level is Bad_NoCommunication;"
                        + " fallback values are sent");
        // The interlock cannot be judged either, so the fallback value is kept back, and tried as often as declared.
        s.pass(60);
        assertThat(s.value("pump/SpeedSetpoint")).isEqualTo(1000);
        assertThat(status().problem())
                .contains("fallback value of pump/SpeedSetpoint")
                .contains("Tank full");
        assertThat(s.audit.stream().filter(line -> line.contains("900.0"))).hasSize(3);
    }

    @Test
    void fallbackValueIsSentWhenTheRulesAllowIt() {
        s = new ControlStand("setpoints: {SpeedSetpoint: {rate: 100}}", HOLDS_LEVEL);
        modes = modes();
        automatic();
        s.set("tank/Level", 50, StatusCode.BAD_SENSOR_FAILURE);
        s.pass(6);
        assertThat(s.values("pump/SpeedSetpoint")).containsExactly(1000.0, 900.0);
        assertThat(status().mode()).isEqualTo(ControlMode.FALLBACK);
        s.set("tank/Level", 55);
        s.pass(100);
        assertThat(status().mode()).isEqualTo(ControlMode.FALLBACK); // only a person ends it
        assertThat(set(ControlMode.AUTOMATIC)).isEmpty();
        s.pass(1);
        assertThat(s.value("pump/SpeedSetpoint")).isEqualTo(1000);
    }

    @Test
    void plantThatTakesOverIsLeftAlone() {
        automatic();
        s.set("tank/Remote", 0);
        s.pass(0.3);
        assertThat(status().reason()).isEqualTo("the plant took over: Remote is not true; setpoints stay as they are");
        s.pass(60);
        assertThat(s.values("pump/SpeedSetpoint")).containsExactly(1000.0);
        assertThat(set(ControlMode.AUTOMATIC)).contains("the plant has not handed over");
    }

    @Test
    void cannotBeSwitchedOnWhileAnInputIsBad() {
        s.set("tank/Level", 50, StatusCode.UNCERTAIN_SUB_NORMAL);
        assertThat(set(ControlMode.AUTOMATIC)).isEqualTo("tank stays Off: tank/Level is Uncertain_SubNormal");
        assertThat(status().mode()).isEqualTo(ControlMode.OFF);
    }

    @Test
    void interlockIsTriedAgainAndThenEndsIt() {
        s.set("tank/Level", 55);
        automatic();
        s.set("tank/Level", 92); // no more speed: 1200 is asked for
        s.pass(10);
        assertThat(status().failures()).isEqualTo(1);
        assertThat(status().problem()).contains("Tank full");
        s.pass(20);
        assertThat(status().mode()).isEqualTo(ControlMode.FALLBACK);
        assertThat(status().reason())
                .startsWith("3 failures in a row, the last: Nothing was sent")
                .contains("Tank full");
        s.pass(5);
        assertThat(s.value("pump/SpeedSetpoint")).isEqualTo(900); // slower passes the interlock
    }

    @Test
    void interlockThatTripsOnTheWayCountsAsAFailure() {
        s.set("pump/SpeedSetpoint", 100);
        automatic(); // to 1000 in steps
        s.pass(2);
        s.set("tank/Level", 95);
        s.pass(3);
        assertThat(status().mode()).isEqualTo(ControlMode.AUTOMATIC);
        assertThat(status().problem()).contains("stopped at").contains("Tank full");
    }

    @Test
    void deviceThatRefusesEndsItAfterTheRetries() {
        rules(HOLDS_LEVEL.replace("  heartbeat: pump/Beat\n", ""));
        s.poll();
        s.answers = ControlStand.Answer.REFUSED;
        s.set("tank/Level", 55);
        automatic();
        s.pass(19);
        assertThat(status().mode()).isEqualTo(ControlMode.AUTOMATIC);
        s.pass(3);
        assertThat(status().mode()).isEqualTo(ControlMode.FALLBACK);
        assertThat(status().reason()).contains("Bad_DeviceFailure");
    }

    /** A source that hangs is noticed by the age of what it said last. */
    @Test
    void sourceThatHangsEndsItWithinTheFreshness() {
        recommender = Optional.of((twin, rule) -> new Recommender.Question() {
            @Override
            public Optional<Recommender.Answer> poll() {
                return Optional.empty();
            }

            @Override
            public void cancel() {
                changes.add("cancelled");
            }
        });
        rules(HOLDS_LEVEL);
        automatic();
        s.pass(29);
        assertThat(status().mode()).isEqualTo(ControlMode.AUTOMATIC);
        s.pass(1.5);
        assertThat(status().mode()).isEqualTo(ControlMode.FALLBACK);
        assertThat(status().reason()).startsWith("no usable recommendation for 30 s");
        assertThat(changes).contains("cancelled");
    }

    private void answers(double fit, boolean isExtrapolated) {
        recommender = Optional.of((twin, rule) -> {
            SetpointBatch.Wanted value = new SetpointBatch.Wanted(
                    s.twin("pump"), s.twin("pump").type().pointOrdinal("SpeedSetpoint"), 1050);
            Recommendation made = new Recommendation("run-1", List.of(value), s.ticks(), fit, isExtrapolated, "Tank 1");
            return new Recommender.Question() {
                @Override
                public Optional<Recommender.Answer> poll() {
                    return Optional.of(new Recommender.Answer(Optional.of(made), ""));
                }

                @Override
                public void cancel() {}
            };
        });
        rules(HOLDS_LEVEL.replace("  retries: 2", "  retries: 0\n  minFit: 0.8"));
    }

    @Test
    void modelThatFitsBadlyOrIsAskedBeyondItsRangeIsNotFollowed() {
        answers(0.7, false);
        automatic();
        assertThat(status().reason())
                .startsWith("no usable recommendation: the model fits 0.70, at least 0.8 is asked for");
        answers(0.9, true);
        automatic();
        assertThat(status().reason()).contains("outside the model's validated range");
        answers(0.9, false);
        automatic();
        assertThat(s.values("pump/SpeedSetpoint")).containsExactly(1050.0);
        assertThat(status().runId()).isEqualTo("run-1");
        assertThat(s.audit).containsExactly("System/automatic/tank pump/SpeedSetpoint 1050.0 Good run run-1");
    }

    /** The PLC sees whether the mode is alive. */
    @Test
    void heartbeatBeatsOnlyWhileItIsOn() {
        set(ControlMode.MANUAL);
        s.pass(5);
        assertThat(s.values("pump/Beat")).isEmpty();
        automatic();
        s.pass(5);
        int beats = s.values("pump/Beat").size();
        assertThat(beats).isBetween(4, 7);
        assertThat(s.values("pump/Beat").subList(0, 3)).containsExactly(1.0, 2.0, 3.0);
        set(ControlMode.OFF);
        s.pass(5);
        assertThat(s.values("pump/Beat")).hasSize(beats);
    }

    @Test
    void heartbeatThatCannotBeWrittenEndsIt() {
        automatic();
        s.answers = ControlStand.Answer.REFUSED;
        s.pass(8);
        assertThat(status().reason()).startsWith("the heartbeat cannot be written");
    }

    @Test
    void afterARestartSomebodyHasToSetItAgain() {
        automatic();
        Map<String, byte[]> saved = modes.save();
        modes = modes();
        modes.restore(saved);
        s.pass(1);
        assertThat(status().mode()).isEqualTo(ControlMode.MANUAL);
        assertThat(status().reason()).contains("restarted").contains("has to be set to Automatic again");
        rules(HOLDS_LEVEL + "  afterRestart: same\n");
        modes.restore(saved);
        s.pass(1);
        assertThat(status().mode()).isEqualTo(ControlMode.AUTOMATIC);
    }

    @Test
    void fallbackOutlivesARestart() {
        automatic();
        s.set("tank/Remote", 0);
        s.pass(0.3);
        Map<String, byte[]> saved = modes.save();
        modes = modes();
        modes.restore(saved);
        s.pass(30);
        assertThat(status().mode()).isEqualTo(ControlMode.FALLBACK);
    }

    @Test
    void reloadThatChangesTheRulesTakesTheModeBack() {
        automatic();
        modes.follow(s.live);
        assertThat(status().mode()).isEqualTo(ControlMode.AUTOMATIC);
        modes.follow(ControlStand.plant(ControlStand.PUMP, HOLDS_LEVEL.replace("1200", "1100")));
        assertThat(status().mode()).isEqualTo(ControlMode.MANUAL);
        assertThat(changes).last().asString().contains("by System/reload");
    }

    @Test
    void statusSaysWhen() {
        automatic();
        s.pass(3);
        assertThat(UaTime.secondsBetween(status().appliedAt(), s.ticks())).isBetween(2.0, 3.5);
        assertThat(UaTime.secondsBetween(status().recommendedAt(), status().appliedAt()))
                .isBetween(0.0, 0.2);
    }
}
