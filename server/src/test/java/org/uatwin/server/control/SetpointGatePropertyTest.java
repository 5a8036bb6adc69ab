package org.uatwin.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.uatwin.informationmodel.value.StatusCode;

/**
 * Whatever clients, devices and time do: nothing is ever sent that leaves the limits, that an interlock forbids at that moment, or
 * that moves a setpoint faster than its rate.
 */
class SetpointGatePropertyTest {
    private static final double RATE = 100;
    private static final double STEP = 200;

    /** Something that happens. */
    interface Deed {
        void to(ControlStand stand);
    }

    @Provide
    @SuppressWarnings("FutureReturnValueIgnored") // what was sent counts, not what was answered
    Arbitrary<List<Deed>> deeds() {
        Arbitrary<Deed> writes = Arbitraries.doubles()
                .between(-500, 4000)
                .map(value -> named("write " + value, s -> s.write("pump/SpeedSetpoint", value)));
        Arbitrary<Deed> times =
                Arbitraries.doubles().between(0, 5).map(seconds -> named("pass " + seconds, s -> s.pass(seconds)));
        Arbitrary<Deed> levels = Combinators.combine(
                        Arbitraries.doubles().between(0, 100),
                        Arbitraries.of(
                                StatusCode.GOOD,
                                StatusCode.GOOD,
                                StatusCode.BAD_SENSOR_FAILURE,
                                StatusCode.UNCERTAIN_LAST_USABLE_VALUE))
                .as((level, status) -> named("level " + level + " " + status, s -> s.set("tank/Level", level, status)));
        Arbitrary<Deed> devices = Arbitraries.of(
                        ControlStand.Answer.CONFIRMED, ControlStand.Answer.REFUSED, ControlStand.Answer.LOST)
                .map(answer -> named("device " + answer, s -> s.answers = answer));
        Arbitrary<Deed> polls = Arbitraries.just(named("poll", SetpointGatePropertyTest::poll));
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(4, writes),
                        net.jqwik.api.Tuple.of(4, times),
                        net.jqwik.api.Tuple.of(2, levels),
                        net.jqwik.api.Tuple.of(1, devices),
                        net.jqwik.api.Tuple.of(1, polls))
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    /** The device is read: its value is the last one that it got. */
    private static void poll(ControlStand s) {
        List<Double> values = s.values("pump/SpeedSetpoint");
        s.set("pump/SpeedSetpoint", values.isEmpty() ? 1000 : values.get(values.size() - 1));
    }

    private static Deed named(String name, Deed deed) {
        return new Deed() {
            @Override
            public void to(ControlStand stand) {
                deed.to(stand);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }

    @Property(tries = 400)
    void noSequenceSendsWhatTheRulesForbid(@ForAll("deeds") List<Deed> deeds) {
        ControlStand s = new ControlStand();
        List<Boolean> wasAllowed = new ArrayList<>();
        for (Deed deed : deeds) {
            int before = s.sent.size();
            double level = s.value("tank/Level");
            boolean isGood = s.live.table().read(s.row("tank/Level")).status().isGood();
            deed.to(s);
            for (ControlStand.Sent sent : s.sent.subList(before, s.sent.size())) {
                boolean isSafe = sent.target() == 0;
                wasAllowed.add(isSafe || (isGood && (level < 90 || sent.value() <= sent.before())));
            }
        }
        assertThat(wasAllowed).doesNotContain(false);
        double device = 1000;
        List<double[]> moves = new ArrayList<>();
        for (ControlStand.Sent sent : s.sent) {
            assertThat(sent.value()).isBetween(0.0, 2900.0);
            moves.add(new double[] {sent.second(), Math.abs(sent.value() - device)});
            device = sent.value();
        }
        for (int first = 0; first < moves.size(); first++) {
            double sum = 0;
            for (int last = first; last < moves.size(); last++) {
                sum += moves.get(last)[1];
                double seconds = moves.get(last)[0] - moves.get(first)[0];
                assertThat(sum).isLessThanOrEqualTo((STEP + RATE * seconds) * (1 + 1e-6) + 1e-6);
            }
        }
    }
}
