package org.uatwin.simulation.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.asset.conveyor.Conveyor;
import org.uatwin.simulation.asset.pump.CentrifugalPump;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.RunControl;
import org.uatwin.simulation.scenario.RunLimits;
import org.uatwin.simulation.scenario.RunManager;
import org.uatwin.simulation.scenario.RunState;
import org.uatwin.simulation.scenario.StartResult;
import org.uatwin.simulation.scenario.StopReason;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.scenario.Viewer;

/** The best constant speed of a machine, against closed forms and against a search of every value. */
class MachineObjectivesTest {
    private static final ModelBinding BELT = ModelBinding.of("belt", new Conveyor(), Map.of());
    private static final ModelBinding PUMP = ModelBinding.of("pump", new CentrifugalPump(), Map.of());

    private static LiveState belt(double speed, double feed) {
        return PlantReadings.settled(
                BELT,
                PlantReadings.of("SpeedSetpoint", speed, "BeltSpeed", speed, "LoadMassFlow", feed, "Running", 1),
                120);
    }

    private static LiveState pump(double speed, double valve) {
        return PlantReadings.settled(
                PUMP,
                PlantReadings.of("SpeedSetpoint", speed, "Speed", speed, "ValvePosition", valve, "Running", 1),
                120);
    }

    /** Fill is Q / (3.6 v m'max): the lowest speed that keeps it is known in closed form, and power falls with speed. */
    @Test
    void conveyorRunsAtTheLowestSpeedThatKeepsTheFill() {
        Optimum o = Asking.optimum(Subject.of(BELT), belt(1.5, 50), "speed", 0);
        double maxLoad = 1.2 * 100 / 3.6 / 1.5; // default: 1.2 times the rated load
        assertThat(o.decisions().get(0).value()).isCloseTo(50 / 3.6 / maxLoad / 0.8, within(2e-3));
        assertThat(o.gain()).isPositive();
        assertThat(o.active()).extracting(Optimum.Limit::name).containsExactly("Fill");
        assertThat(o.stopReason()).isEqualTo(StopReason.CONVERGED);
        assertThat(o.setpoints()).hasSize(1);
        assertThat(o.setpoints().get(0).place()).isEqualTo("belt/SpeedSetpoint");
        assertThat(o.setpoints().get(0).present()).isEqualTo(1.5);
        assertThat(o.robustness()).isNotEmpty().hasSizeLessThanOrEqualTo(3);
    }

    /** The feed varies: a margin keeps the limit at the feed's peaks, so the belt runs faster. */
    @Test
    void marginOnTheFeedRaisesTheSpeed() {
        double plain = Asking.optimum(Subject.of(BELT), belt(1.5, 50), "speed", 0)
                .decisions()
                .get(0)
                .value();
        Optimum o = Asking.optimum(
                Subject.of(BELT), belt(1.5, 50), "uatwin: 1\nobjective: speed\nsettings: {FeedMargin: 1.2}", 0);
        assertThat(o.decisions().get(0).value()).isCloseTo(1.2 * plain, within(5e-3));
    }

    /** More than the belt can carry: no speed helps, and the answer says which limit and by how much. */
    @Test
    void overloadedConveyorHasNoSolutionAndSaysWhy() {
        Optimum o = Asking.optimum(
                Subject.of(BELT), belt(1.5, 100), "uatwin: 1\nobjective: speed\nsettings: {Feed: 250}", 0);
        assertThat(o.stopReason()).isEqualTo(StopReason.INFEASIBLE);
        assertThat(o.gain()).isZero();
        assertThat(o.setpoints()).isEmpty();
        assertThat(o.text()).contains("No solution", "Fill must be at most 80 %", "SpeedSetpoint = 1.8 m/s");
    }

    /** A pump without a throttled valve that must deliver what it delivers: honest, nothing to gain. */
    @Test
    void pumpThatDeliversJustWhatIsNeededGainsNothing() {
        Optimum o = Asking.optimum(Subject.of(PUMP), pump(2950, 70), "energy", 0);
        assertThat(Math.abs(o.gainPercent())).isLessThan(0.5);
    }

    /** Half of the flow is enough: the grid of all speeds finds nothing better. */
    @Test
    void pumpSpeedAgreesWithTheSearchOfEverySpeed() {
        LiveState live = pump(2950, 70);
        double flow = 60;
        Optimum o = Asking.optimum(
                Subject.of(PUMP), live, "uatwin: 1\nobjective: energy\nsettings: {MinFlow: %s}".formatted(flow), 0);
        Subject subject = Subject.of(PUMP);
        Question q = new Question(
                subject,
                live,
                subject.start(live),
                Settings.defaults(
                        Objectives.builtIn().of("CentrifugalPump").get(0).spec()),
                120,
                0,
                1);
        Play play = new Play(q, 120, 1, List.of("SpecificEnergy", "Flow"));
        double least = Double.POSITIVE_INFINITY;
        for (double speed = 600; speed <= 3540; speed += 5) {
            Play.Played p = play.of(List.of(ScenarioAction.set("SpeedSetpoint", speed, 0)));
            if (p.end("Flow") >= flow) {
                least = Math.min(least, p.end("SpecificEnergy"));
            }
        }
        assertThat(o.value()).isLessThanOrEqualTo(least * 1.0001).isGreaterThan(least * 0.99);
        assertThat(o.gainPercent()).isGreaterThan(5);
        assertThat(o.active()).extracting(Optimum.Limit::name).contains("Flow");
    }

    /** A throttled valve wastes head: opening it and slowing down saves energy at the same flow. */
    @Test
    void movingTheValveOpensItAndSlowsThePump() {
        Optimum o = Asking.optimum(
                Subject.of(PUMP), pump(2950, 40), "uatwin: 1\nobjective: energy\nsettings: {MoveValve: 1}", 0);
        assertThat(o.decisions().get(1).value()).isGreaterThan(95);
        assertThat(o.decisions().get(0).value()).isLessThan(2950);
        assertThat(o.gainPercent()).isGreaterThan(5);
    }

    /** A pump that stands has no energy per volume to lower. */
    @Test
    void standingPumpIsRefusedWithTheReason() {
        LiveState live = PlantReadings.of("SpeedSetpoint", 2950, "Speed", 0, "Running", 0, "Flow", 0);
        Optimum o = Asking.optimum(Subject.of(PUMP), live, "", 0);
        assertThat(o.isFeasible()).isFalse();
        assertThat(o.text()).contains("stands", "start it");
    }

    /** The budget ends a search with the best so far. */
    @Test
    void searchEndsWithTheBestSoFarWhenIterationsAreUsedUp() {
        Optimisation.Checked checked = Asking.check(Subject.of(BELT), belt(1.5, 50), "speed", 0, 10);
        Optimum o =
                checked.task().orElseThrow().perform(RunControl.NONE).optimum().orElseThrow();
        assertThat(o.stopReason()).isEqualTo(StopReason.ITERATIONS);
        assertThat(o.evaluations()).isEqualTo(10);
        assertThat(o.gain()).isNotNegative();
    }

    private static Optimisation.Checked ticking(java.util.function.LongSupplier ticker) {
        Optimisation.Asked asked = new Optimisation.Asked(
                Subject.of(BELT),
                belt(1.5, 50),
                Objectives.builtIn().of("Conveyor"),
                o -> Settings.defaults(o.spec()),
                0);
        return Optimisation.check(asked, new Optimisation.Request("speed", 0, 0), ticker);
    }

    /** A run that is cancelled while it searches is cancelled, and keeps the best it had found. */
    @Test
    void cancelledRunKeepsTheBestSoFar() {
        RunManager runs = new RunManager(() -> Instant.EPOCH, Runnable::run, RunLimits.defaults());
        Viewer viewer = new Viewer("mia", false);
        int[] ticks = {0};
        Optimisation.Checked checked = ticking(() -> {
            if (++ticks[0] == 12) {
                runs.list(viewer).forEach(run -> runs.cancel(run.runId(), viewer));
            }
            return 0;
        });
        StartResult.Started started = (StartResult.Started)
                runs.start(Subject.of(BELT), checked.task().orElseThrow(), "mia");
        assertThat(runs.status(started.runId(), viewer).orElseThrow().state()).isEqualTo(RunState.CANCELLED);
        Optimum o = runs.optimum(started.runId(), viewer).orElseThrow();
        assertThat(o.stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(o.evaluations()).isBetween(5L, 15L);
        assertThat(o.gain()).isPositive();
        assertThat(runs.kpis(started.runId(), viewer).orElseThrow().get(0).name())
                .isEqualTo("Objective");
        assertThat(runs.optimum(started.runId(), new Viewer("tom", false))).isEmpty();
    }

    /** The server's time limit ends a search with the best so far. */
    @Test
    void searchEndsWithTheBestSoFarWhenTimeIsUp() {
        long[] nanos = {0};
        Optimum o = ticking(() -> nanos[0] += 20_000_000_000L)
                .task()
                .orElseThrow()
                .perform(RunControl.NONE)
                .optimum()
                .orElseThrow();
        assertThat(o.stopReason()).isEqualTo(StopReason.TIME);
        assertThat(o.gain()).isPositive();
    }

    /** The same question on the same start has the same answer, bit by bit. */
    @Test
    void sameQuestionHasTheSameAnswer() {
        LiveState live = pump(2950, 40);
        String text = "uatwin: 1\nobjective: energy\nsettings: {MoveValve: 1}";
        assertThat(Asking.optimum(Subject.of(PUMP), live, text, 0))
                .isEqualTo(Asking.optimum(Subject.of(PUMP), live, text, 0));
    }

    /** Wrong names and values are all reported, each with its argument or line. */
    @Test
    void wrongRequestsAreRefusedWithTheirPlace() {
        Subject subject = Subject.of(BELT);
        LiveState live = belt(1.5, 50);
        assertThat(Asking.check(subject, live, "spede", 0, 0)
                        .refusal()
                        .orElseThrow()
                        .toString())
                .contains("argumentIndex=0", "NO_MATCH", "Did you mean \"speed\"?");
        assertThat(Asking.check(subject, live, "speed", 0, 2_000_000)
                        .refusal()
                        .orElseThrow()
                        .toString())
                .contains("argumentIndex=2", "OUT_OF_RANGE");
        StartResult text = Asking.check(
                        subject,
                        live,
                        "uatwin: 1\nobjective: speed\nsettings:\n  MaxFil: 80\n  FeedMargin: 9\nhorizon: soon",
                        0,
                        0)
                .refusal()
                .orElseThrow();
        assertThat(((StartResult.Refused) text).text())
                .contains("line 4", "MaxFill", "line 5", "1..5", "line 6", "horizon is no time");
    }
}
