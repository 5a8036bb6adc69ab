package org.uatwin.simulation.objective.robot;

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
import org.uatwin.simulation.asset.robot.RobotTwin;
import org.uatwin.simulation.objective.Questions;
import org.uatwin.simulation.objective.Solution;
import org.uatwin.simulation.twin.BoundSystem;

class TaskOrderTest {
    private static Map<String, Object> task(String name, String joint, double position, double seconds) {
        return Map.of("task", name, "joint", joint, "position_rad", position, "time_s", seconds);
    }

    private static BoundSystem arm(List<Map<String, Object>> tasks) {
        return Questions.twin(RobotTwin.arm(), Map.of(), Map.of("tasks", tasks));
    }

    private static Solution ask(BoundSystem arm) {
        return Questions.ask(new TaskOrder(), arm, PlantReadings.of("Payload", 1), Map.of());
    }

    /** Places along one joint, in the order of the table to and fro: there and back again is the shortest. */
    @Test
    void placesAlongOneJointAreVisitedThereAndBack() {
        Solution solution = ask(arm(List.of(
                task("home", "J1", 0, 0),
                task("near", "J1", 1, 0.5),
                task("side", "J1", -0.2, 0),
                task("far", "J1", 2, 1.5))));
        assertThat(solution.optimum().value()).isLessThan(solution.optimum().baseline());
        assertThat(solution.optimum().caveat()).startsWith("Exact");
        double near = Questions.decided(solution, "Place.near");
        double far = Questions.decided(solution, "Place.far");
        assertThat(Questions.decided(solution, "Place.home")).isZero();
        assertThat(Math.abs(near - far)).isEqualTo(1);
        // The whole cycle as the arm's model moves: it ends where it began, and takes work and moves together.
        var series = solution.series().stream()
                .filter(s -> s.name().equals("Position.J1"))
                .findFirst()
                .orElseThrow()
                .series();
        assertThat(series.values()[0]).isZero();
        assertThat(series.values()[series.size() - 1]).isCloseTo(0, within(1e-9));
        assertThat(series.timesSeconds()[series.size() - 1])
                .isCloseTo(solution.optimum().value(), within(1e-9));
    }

    /** One move of one radian of one joint, there and back: the time of the quintic within speed and acceleration. */
    @Test
    void theTimeOfAMoveIsThatOfItsQuintic() {
        Solution solution =
                ask(arm(List.of(task("home", "J1", 0, 0), task("there", "J1", 1, 0), task("there too", "J1", 1, 2))));
        double one = Math.max(15.0 / 8 / 3.14, Math.sqrt(10 / Math.sqrt(3) / 15));
        assertThat(solution.optimum().baseline()).isCloseTo(2 * one + 2, within(1e-9));
        assertThat(solution.optimum().gain()).isZero();
        assertThat(solution.optimum().message()).contains("Nothing to gain");
    }

    /** Fewer than three tasks leave nothing to choose. */
    @Test
    void anArmWithoutTasksIsNotAsked() {
        assertThat(new TaskOrder().unfit(Questions.twin(RobotTwin.arm(), Map.of(), Map.of())))
                .hasValueSatisfying(why -> assertThat(why).contains("table tasks"));
    }

    /** All permutations of up to eight tasks. */
    @Property(tries = 20)
    void noPermutationIsShorter(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = random.nextInt(3, 9);
        double[][] d = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                d[i][k] = i == k ? 0 : random.nextDouble(1, 10); // need not be symmetric
            }
        }
        int[] order = ExactTour.of(d);
        assertThat(order)
                .containsExactlyInAnyOrder(
                        java.util.stream.IntStream.range(0, n).toArray());
        assertThat(length(d, order)).isCloseTo(shortest(d, new ArrayList<>(List.of(0))), within(1e-9));
    }

    private static double length(double[][] d, int[] order) {
        double sum = 0;
        for (int i = 0; i < order.length; i++) {
            sum += d[order[i]][order[(i + 1) % order.length]];
        }
        return sum;
    }

    private static double shortest(double[][] d, List<Integer> begun) {
        if (begun.size() == d.length) {
            return length(d, begun.stream().mapToInt(Integer::intValue).toArray());
        }
        double least = Double.POSITIVE_INFINITY;
        for (int next = 1; next < d.length; next++) {
            if (!begun.contains(next)) {
                begun.add(next);
                least = Math.min(least, shortest(d, begun));
                begun.remove(begun.size() - 1);
            }
        }
        return least;
    }

    /** Twenty places: not proven, but never longer than the table's order, and the same for the same seed. */
    @Test
    void manyTasksAreOrderedByTheHeuristic() {
        SplittableRandom random = new SplittableRandom(5);
        List<Map<String, Object>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            for (int j = 1; j <= 3; j++) {
                tasks.add(task("t" + i, "J" + j, random.nextDouble(-2, 2), 0.2));
            }
        }
        Solution solution = ask(arm(tasks));
        assertThat(solution.optimum().gainPercent()).isGreaterThan(20);
        assertThat(solution.optimum().caveat()).startsWith("A heuristic");
        assertThat(ask(arm(tasks))).isEqualTo(solution);
    }
}
