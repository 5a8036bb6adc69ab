package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.learning.OperatingRegimes;

/** Sensors as deviations from what is usual in the operating regime, in standard deviations. Immutable. */
final class Normaliser {
    private static final double CONSTANT = 1e-6; // of the mean: a deviation below is no signal

    private final OperatingRegimes regimes;
    private final double[][] mean; // by regime
    private final double[][] deviation;
    private final int[] kept;

    private Normaliser(OperatingRegimes regimes, double[][] mean, double[][] deviation, int[] kept) {
        this.regimes = regimes;
        this.mean = mean;
        this.deviation = deviation;
        this.kept = kept;
    }

    static Normaliser learn(List<UnitHistory> fleet) {
        List<double[]> settings = new ArrayList<>();
        fleet.forEach(unit -> settings.addAll(List.of(unit.settings())));
        OperatingRegimes regimes = OperatingRegimes.learn(settings);
        int width = fleet.get(0).sensors()[0].length;
        double[] rows = new double[regimes.count()];
        double[][] mean = new double[regimes.count()][width];
        double[][] deviation = new double[regimes.count()][width];
        for (UnitHistory unit : fleet) {
            for (int t = 0; t < unit.cycles(); t++) {
                int regime = regimes.of(unit.settings()[t]);
                rows[regime]++;
                for (int c = 0; c < width; c++) { // Welford
                    double x = unit.sensors()[t][c];
                    double d = x - mean[regime][c];
                    mean[regime][c] += d / rows[regime];
                    deviation[regime][c] += d * (x - mean[regime][c]);
                }
            }
        }
        List<Integer> kept = new ArrayList<>();
        for (int c = 0; c < width; c++) {
            boolean isSignal = false;
            for (int r = 0; r < regimes.count(); r++) {
                double sd = Math.sqrt(deviation[r][c] / Math.max(1, rows[r] - 1));
                deviation[r][c] = sd > CONSTANT * Math.abs(mean[r][c]) ? sd : 0;
                isSignal |= deviation[r][c] > 0;
            }
            if (isSignal) {
                kept.add(c);
            }
        }
        return new Normaliser(
                regimes, mean, deviation, kept.stream().mapToInt(i -> i).toArray());
    }

    /** Indices of the sensors that say anything. */
    int[] kept() {
        return kept.clone();
    }

    OperatingRegimes regimes() {
        return regimes;
    }

    /** Kept sensors of a unit, sensor by sensor. */
    double[][] apply(UnitHistory unit) {
        double[][] z = new double[kept.length][unit.cycles()];
        for (int t = 0; t < unit.cycles(); t++) {
            int regime = regimes.of(unit.settings()[t]);
            for (int k = 0; k < kept.length; k++) {
                double sd = deviation[regime][kept[k]];
                z[k][t] = sd > 0 ? (unit.sensors()[t][kept[k]] - mean[regime][kept[k]]) / sd : 0;
            }
        }
        return z;
    }
}
