package org.uatwin.simulation.objective.feeder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.network.NetworkTwins;
import org.uatwin.simulation.network.RadialFeeder;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.OwnSystem;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.objective.Questions;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.objective.Solution;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.RunControl;
import org.uatwin.simulation.scenario.StopReason;
import org.uatwin.simulation.solver.Trajectory;
import org.uatwin.simulation.twin.BoundSystem;

class ReconfigurationTest {
    private static final Reconfiguration OBJECTIVE = new Reconfiguration();

    private static Map<String, Object> bus(String name, double kw) {
        return Map.of("bus", name, "p_kW", kw, "q_kvar", 0.5 * kw);
    }

    private static Map<String, Object> branch(String from, String to, double ohm, boolean isClosed) {
        return Map.of("from", from, "to", to, "r_ohm", ohm, "x_ohm", 0.5 * ohm, "closed", isClosed ? 1.0 : 0.0);
    }

    /** The far end c hangs on the long way round; the tie s-c is short. */
    private static BoundSystem ring() {
        return Questions.twin(
                NetworkTwins.feeder(),
                Map.of(),
                Map.of(
                        "buses",
                        List.of(bus("s", 0), bus("a", 200), bus("b", 200), bus("c", 400)),
                        "branches",
                        List.of(
                                branch("s", "a", 1, true),
                                branch("a", "b", 1, true),
                                branch("b", "c", 1, true),
                                branch("s", "c", 0.5, false))));
    }

    private static LiveState live(BoundSystem feeder) {
        OwnSystem own = OwnSystem.of(new RadialFeeder(), question(feeder, PlantReadings.of("SourcePower", 1.0)));
        var simulation = own.with("LoadScale", 1).prepare(1);
        double[] u = own.with("LoadScale", 1).inputs(simulation);
        double[] y = new double[simulation.outputs().size()];
        simulation.begin(u);
        simulation.read(y);
        return PlantReadings.of("SourcePower", y[2]);
    }

    private static Question question(BoundSystem feeder, LiveState live) {
        return new Question(feeder, live, feeder.start(live), Settings.defaults(OBJECTIVE.spec()), 0, 12, 1);
    }

    /** Two steps, the tie first: a bus must not lose its supply on the way. */
    @Test
    void aShortTieTakesTheFarEnd() {
        BoundSystem ring = ring();
        Solution solution = Questions.ask(OBJECTIVE, ring, live(ring), Map.of());
        assertThat(solution.optimum().stopReason()).isEqualTo(StopReason.CONVERGED);
        assertThat(solution.optimum().caveat()).startsWith("Exact");
        assertThat(solution.occurrences())
                .extracting(Trajectory.Occurrence::name)
                .containsExactly("close s-c", "open a-b");
        assertThat(Questions.decided(solution, "Switch.a-b")).isZero();
        assertThat(solution.optimum().gain()).isPositive();
        assertThat(solution.optimum().robustness()).isNotEmpty();
    }

    /** An optimum that is reached already is said to be one, with no gain and nothing to switch. */
    @Test
    void aFeederSwitchedBestGainsNothing() {
        BoundSystem feeder = Questions.twin(
                NetworkTwins.feeder(),
                Map.of(),
                Map.of(
                        "buses",
                        List.of(bus("s", 0), bus("a", 200), bus("b", 200)),
                        "branches",
                        List.of(branch("s", "a", 1, true), branch("s", "b", 1, true), branch("a", "b", 1, false))));
        Solution solution = Questions.ask(OBJECTIVE, feeder, live(feeder), Map.of());
        assertThat(solution.optimum().gain()).isZero();
        assertThat(solution.occurrences()).isEmpty();
        assertThat(solution.optimum().message()).contains("Nothing to gain").contains("a-b");
    }

    /** No operation is allowed, so none is recommended; a branch without a switch stays as it is. */
    @Test
    void operationsAndMissingSwitchesAreRespected() {
        BoundSystem ring = ring();
        Solution none = Questions.ask(OBJECTIVE, ring, live(ring), Map.of("MostOperations", 1.0));
        assertThat(none.optimum().gain()).isZero();
        assertThat(none.optimum().active()).extracting(Optimum.Limit::name).contains("Operations");

        List<Map<String, Object>> branches = new ArrayList<>(
                List.of(branch("s", "a", 1, true), branch("b", "c", 1, true), branch("s", "c", 0.5, false)));
        branches.add(Map.of("from", "a", "to", "b", "r_ohm", 1.0, "x_ohm", 0.5, "switchable", 0.0));
        BoundSystem fixed = Questions.twin(
                NetworkTwins.feeder(),
                Map.of(),
                Map.of(
                        "buses",
                        List.of(bus("s", 0), bus("a", 200), bus("b", 200), bus("c", 400)),
                        "branches",
                        branches));
        Solution solution = Questions.ask(OBJECTIVE, fixed, live(fixed), Map.of());
        assertThat(solution.optimum().decisions()).noneMatch(d -> d.name().equals("Switch.a-b"));
        assertThat(Questions.decided(solution, "Switch.b-c")).isZero();
    }

    /** A limit that nothing keeps is named with what it comes to at best. */
    @Test
    void aVoltageNobodyCanHoldIsSaidToBeInfeasible() {
        BoundSystem ring = ring();
        Solution solution = Questions.ask(OBJECTIVE, ring, live(ring), Map.of("LowestVoltage", 1.0));
        assertThat(solution.optimum().stopReason()).isEqualTo(StopReason.INFEASIBLE);
        assertThat(solution.optimum().message())
                .contains("no radial configuration")
                .contains("lowest voltage");
    }

    /** A cancelled search hands over what it has, never something worse than the present. */
    @Test
    void aCancelledSearchKeepsTheBestSoFar() {
        BoundSystem feeder = random(new SplittableRandom(4), 12, 6);
        int[] asked = {0};
        RunControl control = new RunControl() {
            @Override
            public boolean isCancelled() {
                return ++asked[0] > 12;
            }

            @Override
            public void progress(double share) {
                // not looked at
            }
        };
        Solution solution =
                Questions.ask(OBJECTIVE, feeder, live(feeder), Map.of(), new Effort(100_000, 60, () -> 0, control));
        assertThat(solution.optimum().stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(solution.optimum().gain()).isGreaterThanOrEqualTo(0);
        assertThat(solution.optimum().evaluations()).isLessThan(20);
    }

    private static BoundSystem random(SplittableRandom random, int buses, int ties) {
        List<Map<String, Object>> nodes = new ArrayList<>(List.of(bus("b0", 0)));
        List<Map<String, Object>> branches = new ArrayList<>();
        for (int i = 1; i < buses; i++) {
            nodes.add(bus("b" + i, random.nextInt(20, 200)));
            branches.add(branch("b" + random.nextInt(i), "b" + i, random.nextDouble(0.1, 1), true));
        }
        for (int i = 0; i < ties; i++) {
            int from = random.nextInt(buses);
            int to = (from + 1 + random.nextInt(buses - 1)) % buses;
            Map<String, Object> tie =
                    new java.util.HashMap<>(branch("b" + from, "b" + to, random.nextDouble(0.1, 1), false));
            tie.put("branch", "tie" + i);
            branches.add(tie);
        }
        return Questions.twin(NetworkTwins.feeder(), Map.of(), Map.of("buses", nodes, "branches", branches));
    }

    /** All ways to close branches, radial or not, by counting through the flags: nothing radial loses less than the answer. */
    @Property(tries = 25)
    void noRadialConfigurationIsBetter(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int buses = random.nextInt(3, 7);
        BoundSystem feeder = random(random, buses, random.nextInt(1, 4));
        LiveState live = live(feeder);
        Map<String, Double> limits = Map.of("LowestVoltage", 0.5);
        Solution exact = Questions.ask(OBJECTIVE, feeder, live, limits);
        // Fewer evaluations than configurations: exchanges alone.
        Solution exchanged = Questions.ask(OBJECTIVE, feeder, live, limits, Effort.ofEvaluations(4L * (buses + 4)));
        OwnSystem own = OwnSystem.of(new RadialFeeder(), question(feeder, live));
        SwitchState state = new SwitchState(own, new SwitchState.Limits(0.5, 1.5, 100));
        int n = own.table("branches").rows();
        double least = Double.POSITIVE_INFINITY;
        int radial = 0;
        for (int flags = 0; flags < 1 << n; flags++) {
            boolean[] closed = new boolean[n];
            for (int b = 0; b < n; b++) {
                closed[b] = (flags >> b & 1) == 1;
            }
            if (Integer.bitCount(flags) == buses - 1 && isConnected(own, closed)) {
                least = Math.min(least, state.flow(closed).losses());
                radial++;
            }
        }
        assertThat(radial).isPositive();
        assertThat(exact.optimum().value()).isCloseTo(least, within(1e-7));
        assertThat(exact.optimum().caveat()).startsWith("Exact");
        assertThat(exchanged.optimum().value())
                .isBetween(least - 1e-7, exchanged.optimum().baseline() + 1e-9);
    }

    private static boolean isConnected(OwnSystem own, boolean[] closed) {
        var buses = own.table("buses").index("bus");
        int[] group = new int[buses.size()];
        for (int i = 0; i < group.length; i++) {
            group[i] = i;
        }
        var branches = own.table("branches");
        for (int b = 0; b < closed.length; b++) {
            int from = group[branches.reference(b, "from", buses)];
            int to = group[branches.reference(b, "to", buses)];
            for (int i = 0; i < group.length && closed[b]; i++) {
                group[i] = group[i] == from ? to : group[i];
            }
        }
        return java.util.Arrays.stream(group).allMatch(g -> g == group[0]);
    }
}
