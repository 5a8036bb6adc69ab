package org.uatwin.simulation.objective.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.discrete.LineTwin;
import org.uatwin.simulation.discrete.ProductionLine;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.ObjectiveException;
import org.uatwin.simulation.objective.OwnSystem;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.objective.Questions;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.objective.Solution;
import org.uatwin.simulation.scenario.RunControl;
import org.uatwin.simulation.scenario.StopReason;
import org.uatwin.simulation.twin.BoundSystem;

class LineObjectivesTest {
    private static Map<String, Object> station(String name, double time, double buffer, double mtbf, double mttr) {
        return Map.of(
                "station", name,
                "time_s", time,
                "distribution", "lognormal",
                "variation", 0.3,
                "buffer", buffer,
                "mtbf_s", mtbf,
                "mttr_s", mttr);
    }

    /** Alike stations, all places before the last: the middle needs them most (bowl: Hillier, Boling 1966). */
    private static BoundSystem crooked() {
        List<Map<String, Object>> stations = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            stations.add(station("s" + i, 30, i == 4 ? 12 : 0, 3000, 300));
        }
        return Questions.twin(LineTwin.line(), Map.of(), Map.of("stations", stations));
    }

    /** Places move to the middle of an even line, and the gain is more than chance. */
    @Test
    void placesMoveToTheMiddleOfAnEvenLine() {
        Solution solution =
                Questions.ask(new BufferAllocation(), crooked(), PlantReadings.of(), Map.of("RunHours", 30.0));
        assertThat(solution.optimum().gainPercent()).isGreaterThan(5);
        assertThat(solution.optimum().decisions()).hasSize(4);
        double first = Questions.decided(solution, "Places.s1");
        double second = Questions.decided(solution, "Places.s2");
        double third = Questions.decided(solution, "Places.s3");
        double fourth = Questions.decided(solution, "Places.s4");
        assertThat(first + second + third + fourth).isEqualTo(12);
        assertThat(second + third).isGreaterThanOrEqualTo(first + fourth);
        assertThat(solution.kpis().stream()
                        .filter(k -> k.name().equals("ThroughputGain"))
                        .findFirst()
                        .orElseThrow()
                        .lower())
                .isPositive();
    }

    /** The same question twice has the same answer to the last bit. */
    @Test
    void theSameSeedGivesTheSameAnswer() {
        Map<String, Double> few = Map.of("RunHours", 5.0, "Runs", 4.0);
        Solution one = Questions.ask(new BufferAllocation(), crooked(), PlantReadings.of(), few);
        Solution other = Questions.ask(new BufferAllocation(), crooked(), PlantReadings.of(), few);
        assertThat(one).isEqualTo(other);
    }

    /** Where the places already stand best the answer is to leave them, not a gain within chance. */
    @Test
    void aLineThatIsLaidOutWellIsLeftAlone() {
        List<Map<String, Object>> stations = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            stations.add(station("s" + i, 30, i == 0 ? 0 : 5, 3000, 300));
        }
        BoundSystem line = Questions.twin(LineTwin.line(), Map.of(), Map.of("stations", stations));
        Solution solution = Questions.ask(new BufferAllocation(), line, PlantReadings.of(), Map.of("RunHours", 20.0));
        assertThat(solution.optimum().gain()).isZero();
        assertThat(solution.optimum().message()).contains("stay as they are");
        assertThat(solution.optimum().decisions()).allMatch(d -> d.value() == d.present());
    }

    /** A cancelled question recommends nothing it has not confirmed. */
    @Test
    void aCancelledQuestionRecommendsNothing() {
        RunControl cancelled = new RunControl() {
            @Override
            public boolean isCancelled() {
                return true;
            }

            @Override
            public void progress(double share) {
                // not looked at
            }
        };
        Solution solution = Questions.ask(
                new BufferAllocation(),
                crooked(),
                PlantReadings.of(),
                Map.of(),
                new Effort(1000, 60, () -> 0, cancelled));
        assertThat(solution.optimum().stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(solution.optimum().gain()).isZero();
    }

    /** Against long simulations of every division: what is recommended is within 2 % of the best of all. */
    @Property(tries = 2)
    void theAnswerIsNearTheBestOfAllDivisions(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Map<String, Object>> stations = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            stations.add(station(
                    "s" + i, random.nextDouble(25, 35), 2, random.nextDouble(2000, 8000), random.nextDouble(100, 500)));
        }
        BoundSystem line = Questions.twin(LineTwin.line(), Map.of(), Map.of("stations", stations));
        var live = PlantReadings.of();
        Solution solution = Questions.ask(new BufferAllocation(), line, live, Map.of("RunHours", 30.0));
        OwnSystem own = OwnSystem.of(
                new ProductionLine(),
                new Question(line, live, line.start(live), Settings.defaults(new BufferAllocation().spec()), 0, 12, 1));
        LineTrial trial = new LineTrial(300, 4);
        double most = 0;
        double chosen = 0;
        for (int a = 0; a <= 6; a++) {
            for (int b = 0; a + b <= 6; b++) {
                double simulated = trial.throughput(
                        own.with(own.table("stations").with("buffer", new double[] {0, a, b, 6 - a - b})), 11);
                most = Math.max(most, simulated);
                boolean isChosen =
                        a == Questions.decided(solution, "Places.s1") && b == Questions.decided(solution, "Places.s2");
                chosen = isChosen ? simulated : chosen;
            }
        }
        assertThat(chosen).isGreaterThan(0.98 * most);
    }

    /** The estimate orders divisions of alike stations as simulations do, which is what it starts the search with. */
    @Test
    void theEstimateKnowsThatTheMiddleNeedsPlaces() {
        BoundSystem line = crooked();
        var live = PlantReadings.of();
        LineEstimate estimate = new LineEstimate(OwnSystem.of(
                new ProductionLine(),
                new Question(
                        line, live, line.start(live), Settings.defaults(new BufferAllocation().spec()), 0, 12, 1)));
        double even = estimate.throughput(new int[] {0, 3, 3, 3, 3});
        assertThat(estimate.throughput(new int[] {0, 2, 4, 4, 2})).isGreaterThan(even);
        assertThat(estimate.throughput(new int[] {0, 0, 0, 0, 12})).isLessThan(even);
    }

    private static Map<String, Object> task(String name, double time, String station, String after) {
        return Map.of("task", name, "time_s", time, "station", station, "after", after);
    }

    private static BoundSystem assembly(List<Map<String, Object>> tasks) {
        return Questions.twin(
                LineTwin.line(),
                Map.of(),
                Map.of(
                        "stations",
                        List.of(station("a", 1, 2, 1e6, 60), station("b", 1, 2, 1e6, 60), station("c", 1, 2, 1e6, 60)),
                        "tasks",
                        tasks));
    }

    /** 12 s of work over three stations: 4 s each is possible, and the simulated line is faster by about as much. */
    @Test
    void workIsSpreadEvenly() {
        BoundSystem line = assembly(List.of(
                task("drill", 4, "a", ""),
                task("screw", 2, "a", "drill"),
                task("glue", 2, "a", "screw"),
                task("test", 2, "b", "glue"),
                task("pack", 2, "c", "test")));
        Solution solution = Questions.ask(new LineBalancing(), line, PlantReadings.of(), Map.of());
        assertThat(solution.optimum().baseline()).isEqualTo(8);
        assertThat(solution.optimum().value()).isEqualTo(4);
        assertThat(solution.optimum().caveat()).isEqualTo("Exact.");
        assertThat(Questions.decided(solution, "Station.drill")).isEqualTo(1);
        assertThat(Questions.decided(solution, "Station.pack")).isEqualTo(3);
        var throughput = solution.kpis().stream()
                .filter(k -> k.name().equals("Throughput"))
                .findFirst()
                .orElseThrow();
        assertThat(throughput.value() / throughput.baseline()).isBetween(1.5, 2.1);
        assertThat(solution.optimum().message()).contains("screw to b");
    }

    /** Tasks that wait for each other, or for a station that comes earlier, are said so. */
    @Test
    void whatCannotBeIsSaid() {
        BoundSystem circle = assembly(List.of(task("x", 4, "a", "y"), task("y", 2, "b", "x"), task("z", 2, "c", "")));
        assertThatThrownBy(() -> Questions.ask(new LineBalancing(), circle, PlantReadings.of(), Map.of()))
                .isInstanceOf(ObjectiveException.class)
                .hasMessageContaining("circle");
        BoundSystem bound = assembly(List.of(
                Map.of("task", "x", "time_s", 4.0, "station", "b", "only_at", "b"),
                Map.of("task", "y", "time_s", 4.0, "station", "a", "after", "x", "only_at", "a"),
                task("z", 1, "c", "")));
        Solution never = Questions.ask(new LineBalancing(), bound, PlantReadings.of(), Map.of());
        assertThat(never.optimum().stopReason()).isEqualTo(StopReason.INFEASIBLE);
        assertThat(never.optimum().message()).contains("only_at");
    }

    /** A line that is balanced already gains nothing and moves nothing. */
    @Test
    void aBalancedLineStaysAsItIs() {
        BoundSystem line = assembly(List.of(task("x", 4, "a", ""), task("y", 4, "b", "x"), task("z", 4, "c", "y")));
        Solution solution = Questions.ask(new LineBalancing(), line, PlantReadings.of(), Map.of());
        assertThat(solution.optimum().gain()).isZero();
        assertThat(solution.optimum().message()).contains("Nothing to gain");
    }
}
