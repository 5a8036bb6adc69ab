package org.uatwin.simulation.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.learning.FeatureTable;
import org.uatwin.simulation.learning.LearningProgress;

class ExpectedBehaviourTest {
    private final SplittableRandom random = new SplittableRandom(2);

    private static double power(double wind) {
        return 100 / (1 + Math.exp(-(wind - 8) * 1.2));
    }

    @Test
    void aPowerCurveIsFoundAndItsBoundsHold() {
        int n = 4_000;
        double[] wind = new double[n];
        double[] power = new double[n];
        for (int i = 0; i < n; i++) {
            wind[i] = 8 + 4 * Math.sin(i / 50.0) + random.nextGaussian();
            power[i] = power(wind[i]) + 3 * random.nextGaussian();
        }
        FeatureTable table = new FeatureTable(List.of("Wind"), new double[][] {Arrays.copyOf(wind, 3_000)});
        ExpectedBehaviour model =
                ExpectedBehaviour.learn(table, null, Arrays.copyOf(power, 3_000), 1, LearningProgress.NONE);
        List<ExpectedBehaviour.Expectation> answers =
                model.of(new FeatureTable(List.of("Wind"), new double[][] {Arrays.copyOfRange(wind, 3_000, n)}), null);
        int held = 0;
        for (int i = 0; i < answers.size(); i++) {
            double truth = power[3_000 + i];
            held += truth >= answers.get(i).lower() && truth <= answers.get(i).upper() ? 1 : 0;
        }
        assertThat((double) held / answers.size()).isBetween(0.85, 0.95);
        assertThat(model.error()).isBetween(2.5, 4.0); // the noise is 3
        assertThat(model.calendarShare()).isZero();
    }

    /** Six weeks of a building: nights, working days and a cooling load above 18 degrees. */
    @Test
    void aCalendarIsUsedWhereItHelps() {
        LocalDateTime monday = LocalDateTime.of(2026, 6, 1, 0, 0);
        List<LocalDateTime> times = new ArrayList<>();
        double[] temperature = new double[42 * 48];
        double[] load = new double[temperature.length];
        for (int i = 0; i < load.length; i++) {
            LocalDateTime time = monday.plusMinutes(30L * i);
            times.add(time);
            temperature[i] = 18 + 8 * Math.sin(2 * Math.PI * (i % 48 - 18) / 48.0) + 4 * Math.sin(i / 300.0);
            boolean isBusy = time.getDayOfWeek().getValue() <= 5 && time.getHour() >= 8 && time.getHour() < 18;
            load[i] = 5 + (isBusy ? 10 + 0.8 * Math.max(0, temperature[i] - 18) : 0) + 0.5 * random.nextGaussian();
        }
        int cut = 28 * 48;
        ExpectedBehaviour model = ExpectedBehaviour.learn(
                new FeatureTable(List.of("Temperature"), new double[][] {Arrays.copyOf(temperature, cut)}),
                times.subList(0, cut),
                Arrays.copyOf(load, cut),
                1,
                LearningProgress.NONE);
        List<ExpectedBehaviour.Expectation> answers = model.of(
                new FeatureTable(
                        List.of("Temperature"), new double[][] {Arrays.copyOfRange(temperature, cut, load.length)}),
                times.subList(cut, load.length));
        double squares = 0;
        for (int i = 0; i < answers.size(); i++) {
            squares += Math.pow(answers.get(i).value() - load[cut + i], 2);
        }
        assertThat(Math.sqrt(squares / answers.size())).isLessThan(0.8);
        assertThat(model.calendarShare()).isPositive();
    }

    @Test
    void tooFewRowsAreSaid() {
        FeatureTable table = new FeatureTable(List.of("x"), new double[1][50]);
        assertThatThrownBy(() -> ExpectedBehaviour.learn(table, null, new double[50], 1, LearningProgress.NONE))
                .hasMessageContaining("50 rows");
    }
}
