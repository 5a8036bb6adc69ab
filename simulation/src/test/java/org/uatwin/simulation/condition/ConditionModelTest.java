package org.uatwin.simulation.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.learning.FeatureTable;
import org.uatwin.simulation.learning.LearningProgress;

/** A press that repeats a stroke: how fast its pressure rises tells the valve, how far it leaks away tells the seal. */
class ConditionModelTest {
    private final SplittableRandom random = new SplittableRandom(12);
    private final List<String> valve = new ArrayList<>();
    private final List<String> seal = new ArrayList<>();

    /** Conditions last for ten cycles each; the load differs from cycle to cycle and hides them from single samples. */
    private CycleRecords stroke(int first, int number) {
        double[][] pressure = new double[number][40];
        double[][] temperature = new double[number][8];
        List<Integer> cycles = new ArrayList<>();
        valve.clear();
        seal.clear();
        for (int c = 0; c < number; c++) {
            int cycle = first + c;
            cycles.add(cycle);
            int slow = cycle / 10 % 3;
            boolean isLeaking = cycle / 20 % 2 == 1;
            valve.add(List.of("good", "slow", "stuck").get(slow));
            seal.add(isLeaking ? "leak" : "tight");
            double load = 80 + 40 * random.nextDouble();
            for (int i = 0; i < 40; i++) {
                double rise = 1 - Math.exp(-i / (3.0 + 2 * slow));
                double loss = isLeaking ? 0.004 * i : 0;
                pressure[c][i] = load * (rise - loss) + random.nextGaussian();
            }
            for (int i = 0; i < 8; i++) {
                temperature[c][i] = 40 + load / 10 + random.nextGaussian();
            }
        }
        return new CycleRecords(
                cycles,
                List.of(
                        new CycleRecords.Channel("Pressure", pressure),
                        new CycleRecords.Channel("Temperature", temperature)));
    }

    private static double right(ConditionModel model, CycleRecords records, List<String> truth) {
        List<ConditionModel.Verdict> verdicts = model.of(records);
        int right = 0;
        for (int i = 0; i < truth.size(); i++) {
            double sum =
                    verdicts.get(i).probabilities().stream().mapToDouble(p -> p).sum();
            assertThat(sum).isCloseTo(1, within(1e-9));
            right += verdicts.get(i).condition().equals(truth.get(i)) ? 1 : 0;
        }
        return (double) right / truth.size();
    }

    @Test
    void conditionsAreToldInCyclesNeverSeen() {
        CycleRecords known = stroke(1, 300);
        ConditionModel ofValve = ConditionModel.learn(known, valve, 1, LearningProgress.NONE);
        ConditionModel ofSeal = ConditionModel.learn(known, seal, 1, LearningProgress.NONE);
        assertThat(ofValve.conditions()).containsExactly("good", "slow", "stuck");
        CycleRecords other = stroke(1_001, 120);
        double rightly = right(ofValve, other, valve);
        assertThat(rightly).isGreaterThan(0.9);
        assertThat(ofValve.accuracy()).isCloseTo(rightly, within(0.08));
        assertThat(right(ofSeal, other, seal)).isGreaterThan(0.9);
        assertThat(ofValve.mostAskedChannels(1)).containsKey("Pressure");
        assertThat(ofValve.mostAsked(3).keySet()).allMatch(name -> name.startsWith("Pressure."));
    }

    /** What is said with 80 % is right about eight times of ten: a probability that flatters is worse than none. */
    @Test
    void probabilitiesAreHonest() {
        CycleRecords known = stroke(1, 300);
        List<String> blurred = new ArrayList<>(seal);
        for (int i = 0; i < blurred.size(); i++) {
            if (random.nextInt(5) == 0) {
                blurred.set(i, "leak".equals(blurred.get(i)) ? "tight" : "leak"); // a fifth is wrong
            }
        }
        ConditionModel model = ConditionModel.learn(known, blurred, 1, LearningProgress.NONE);
        double mean = model.of(stroke(1_001, 200)).stream()
                .mapToDouble(v ->
                        v.probabilities().stream().mapToDouble(p -> p).max().orElse(0))
                .average()
                .orElse(0);
        assertThat(mean).isBetween(0.65, 0.92);
    }

    @Test
    void theSameSeedGivesTheSameModelAndLearningCanBeCancelled() {
        CycleRecords known = stroke(1, 100);
        ConditionModel first = ConditionModel.learn(known, seal, 3, LearningProgress.NONE);
        ConditionModel second = ConditionModel.learn(known, seal, 3, LearningProgress.NONE);
        assertThat(second.of(known)).isEqualTo(first.of(known));
        assertThatThrownBy(() -> ConditionModel.learn(known, seal, 3, share -> share < 0.5))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void numbersAreOrderedAsNumbers() {
        CycleRecords known = stroke(1, 60);
        List<String> percent =
                seal.stream().map(s -> "leak".equals(s) ? "20" : "100").toList();
        assertThat(ConditionModel.learn(known, percent, 1, LearningProgress.NONE)
                        .conditions())
                .containsExactly("20", "100");
    }

    @Test
    void whatCannotBeLearnedIsSaid() {
        CycleRecords known = stroke(1, 60);
        List<String> same = new ArrayList<>(java.util.Collections.nCopies(60, "fine"));
        assertThatThrownBy(() -> ConditionModel.learn(known, same, 1, LearningProgress.NONE))
                .hasMessageContaining("all cycles are 'fine'");
        same.set(4, "worn");
        assertThatThrownBy(() -> ConditionModel.learn(known, same, 1, LearningProgress.NONE))
                .hasMessageContaining("only one cycle is 'worn'");
        assertThatThrownBy(() -> ConditionModel.learn(known, List.of("fine"), 1, LearningProgress.NONE))
                .hasMessageContaining("1 labels of 60");
        ConditionModel model = ConditionModel.learn(known, seal, 1, LearningProgress.NONE);
        CycleRecords less = new CycleRecords(known.cycles(), known.channels().subList(0, 1));
        assertThatThrownBy(() -> model.of(less)).hasMessageContaining("not the channels");
    }

    @Test
    void recordsThatDoNotFitTogetherAreRefused() {
        CycleRecords.Channel channel = new CycleRecords.Channel("P", new double[2][8]);
        assertThatThrownBy(() -> new CycleRecords(List.of(2, 1), List.of(channel)))
                .hasMessageContaining("cycle 1 after cycle 2");
        assertThatThrownBy(() -> new CycleRecords(List.of(1), List.of(channel)))
                .hasMessageContaining("P has 2 cycles of 1");
        assertThatThrownBy(() -> new CycleRecords.Channel("P", new double[][] {new double[8], new double[9]}))
                .hasMessageContaining("9 samples");
        assertThatThrownBy(() -> new CycleRecords.Channel("P", new double[1][7]))
                .hasMessageContaining("7 samples");
        assertThatThrownBy(() -> new CycleRecords.Channel("P", new double[][] {{1, 2, 3, 4, 5, 6, 7, Double.NaN}}))
                .hasMessageContaining("not finite");
    }

    /** By hand: 0, 1, ..., 9 has mean 4.5, variance 8.25, slope 9 from end to end, no skewness, kurtosis 1.7757... */
    @Test
    void aRampIsDescribedByItsNumbers() {
        double[][] ramps = new double[3][10];
        for (int i = 0; i < 10; i++) {
            ramps[0][i] = i;
            ramps[1][i] = i + 3;
            ramps[2][i] = 5;
        }
        FeatureTable table =
                CycleFeatures.of(new CycleRecords(List.of(4, 5, 7), List.of(new CycleRecords.Channel("T", ramps))));
        assertThat(at(table, "T.mean", 0)).isCloseTo(4.5, within(1e-12));
        assertThat(at(table, "T.deviation", 0)).isCloseTo(Math.sqrt(8.25), within(1e-12));
        assertThat(at(table, "T.slope", 0)).isCloseTo(9, within(1e-12));
        assertThat(at(table, "T.skewness", 0)).isCloseTo(0, within(1e-12));
        assertThat(at(table, "T.kurtosis", 0)).isCloseTo(120.8625 / (8.25 * 8.25), within(1e-9));
        assertThat(at(table, "T.roughness", 0)).isCloseTo(0, within(1e-9));
        assertThat(at(table, "T.largestStep", 0)).isEqualTo(1);
        assertThat(at(table, "T.part10", 0)).isEqualTo(9);
        assertThat(at(table, "T.changeOfMean", 0)).isNaN();
        assertThat(at(table, "T.changeOfMean", 1)).isCloseTo(3, within(1e-12));
        assertThat(at(table, "T.changeOfMean", 2)).isNaN(); // cycle 6 is not there
        assertThat(at(table, "T.farFromAfter1", 0)).isCloseTo(3, within(1e-12));
        assertThat(at(table, "T.farFromBefore1", 1)).isCloseTo(3, within(1e-12));
        assertThat(at(table, "T.farFromBefore2", 1)).isNaN();
        assertThat(at(table, "T.kurtosis", 2)).isZero(); // a channel that stands still
        assertThat(at(table, "T.similarToNext", 2)).isZero();
    }

    private static double at(FeatureTable table, String name, int row) {
        return table.columns()[table.names().indexOf(name)][row];
    }
}
