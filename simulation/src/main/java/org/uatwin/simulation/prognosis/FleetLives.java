package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.learning.LearningProgress;

/**
 * What runs to failure of one indicator, in all assets of a type, say of one that still lives: by likeness from 5 runs on, by regression as well
 * from 10 on. Immutable, any thread.
 */
public final class FleetLives {
    /** Runs without which nothing is said. */
    public static final int FEWEST = 5;

    private static final int FEWEST_OF_REGRESSION = 10;
    private static final int VALUES = 100; // of the middle life
    private static final int SHORTEST = 10; // values of the one asked about
    private static final long SEED = 1;

    private final String mode;
    private final double hoursPerValue;
    private final SimilarityPrognosis similar;
    private final @Nullable RegressionPrognosis regression;

    private FleetLives(
            String mode, double hoursPerValue, SimilarityPrognosis similar, @Nullable RegressionPrognosis regression) {
        this.mode = mode;
        this.hoursPerValue = hoursPerValue;
        this.similar = similar;
        this.regression = regression;
    }

    /**
     * Learns; less than a second for ten runs.
     *
     * @param mode failure mode they ended by.
     * @throws IllegalArgumentException if there are fewer than {@link #FEWEST} runs.
     */
    public static FleetLives learn(String mode, List<IndicatorRun> runs) {
        double[] lives = runs.stream().mapToDouble(IndicatorRun::life).sorted().toArray();
        if (lives.length < FEWEST) {
            throw new IllegalArgumentException(
                    "%d runs to failure are known; %d are needed.\n  Fix: record failures with RecordMaintenance."
                            .formatted(lives.length, FEWEST));
        }
        double hours = lives[lives.length / 2] / VALUES;
        List<double[]> histories =
                runs.stream().map(run -> run.resampled(hours)).toList();
        RegressionPrognosis regression = null;
        if (runs.size() >= FEWEST_OF_REGRESSION) {
            List<UnitHistory> units = new ArrayList<>();
            for (int i = 0; i < histories.size(); i++) {
                units.add(unit(i + 1, histories.get(i)));
            }
            regression = new RegressionPrognosis(
                    RulModel.learn(units, RulModel.DEFAULT_CAP, SEED, LearningProgress.NONE), hours);
        }
        return new FleetLives(mode, hours, SimilarityPrognosis.of(histories, hours), regression);
    }

    private static UnitHistory unit(int number, double[] shares) {
        double[][] settings = new double[shares.length][1];
        double[][] sensors =
                Arrays.stream(shares).mapToObj(share -> new double[] {share}).toArray(double[][]::new);
        return new UnitHistory(number, settings, sensors);
    }

    /**
     * Of an asset.
     *
     * @param soFar its indicator until now.
     * @param horizonHours up to which it is looked.
     * @return empty while its past is shorter than a tenth of a life.
     */
    List<MethodForecast> forecast(IndicatorRun soFar, double horizonHours) {
        double[] values = soFar.resampled(hoursPerValue);
        if (values.length < SHORTEST) {
            return List.of();
        }
        List<MethodForecast> said = new ArrayList<>();
        said.add(similar.forecast(values).of(mode, horizonHours));
        if (regression != null) {
            said.add(regression.forecast(unit(0, values)).of(mode, horizonHours));
        }
        return said;
    }
}
