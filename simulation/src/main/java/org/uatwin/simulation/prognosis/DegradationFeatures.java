package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.learning.FeatureTable;
import org.uatwin.simulation.learning.Ridge;

/**
 * What a unit's history says at each of its cycles: windows over every sensor, normalised by operating regime, and over one
 * health indicator made of all of them. Immutable.
 */
final class DegradationFeatures {
    private final Normaliser normaliser;
    private final Ridge indicator;
    private final List<String> names;

    private DegradationFeatures(Normaliser normaliser, Ridge indicator) {
        this.normaliser = normaliser;
        this.indicator = indicator;
        List<String> all = new ArrayList<>();
        for (int sensor : normaliser.kept()) {
            all.addAll(WindowFeatures.names("s" + (sensor + 1)));
        }
        all.addAll(WindowFeatures.names("health indicator"));
        all.add("health indicator lowest");
        all.add("cycle");
        names = List.copyOf(all);
    }

    /** @param cap largest remaining life the indicator tells apart. */
    static DegradationFeatures learn(List<UnitHistory> fleet, double cap) {
        Normaliser normaliser = Normaliser.learn(fleet);
        int rows = fleet.stream().mapToInt(UnitHistory::cycles).sum();
        int width = normaliser.kept().length;
        double[][] z = new double[width][rows];
        double[] target = new double[rows];
        int row = 0;
        for (UnitHistory unit : fleet) {
            double[][] own = normaliser.apply(unit);
            for (int k = 0; k < width; k++) {
                System.arraycopy(own[k], 0, z[k], row, unit.cycles());
            }
            for (int t = 0; t < unit.cycles(); t++) {
                target[row++] = Math.min(cap, unit.cycles() - 1.0 - t);
            }
        }
        List<String> names = new ArrayList<>();
        for (int sensor : normaliser.kept()) {
            names.add("s" + (sensor + 1));
        }
        return new DegradationFeatures(normaliser, Ridge.learn(new FeatureTable(names, z), target, 1));
    }

    int regimes() {
        return normaliser.regimes().count();
    }

    /** A row for each cycle of each unit, one unit after the other. */
    FeatureTable of(List<UnitHistory> units) {
        int rows = units.stream().mapToInt(UnitHistory::cycles).sum();
        double[][] columns = new double[names.size()][rows];
        int row = 0;
        for (UnitHistory unit : units) {
            write(unit, columns, row);
            row += unit.cycles();
        }
        return new FeatureTable(names, columns);
    }

    private void write(UnitHistory unit, double[][] columns, int row) {
        double[][] z = normaliser.apply(unit);
        int c = 0;
        for (double[] signal : z) {
            WindowFeatures.write(signal, columns, c, row);
            c += WindowFeatures.COUNT;
        }
        double[] health = health(z, unit.cycles());
        WindowFeatures.write(health, columns, c, row);
        double[] level = columns[c + 3]; // mean of the middle window
        c += WindowFeatures.COUNT;
        double lowest = Double.POSITIVE_INFINITY;
        for (int t = 0; t < health.length; t++) {
            lowest = Math.min(lowest, level[row + t]);
            columns[c][row + t] = lowest;
            columns[c + 1][row + t] = t + 1;
        }
    }

    /** The health indicator of a unit, cycle by cycle. */
    double[] health(UnitHistory unit) {
        return health(normaliser.apply(unit), unit.cycles());
    }

    private double[] health(double[][] z, int cycles) {
        double[] health = new double[cycles];
        double[] now = new double[z.length];
        for (int t = 0; t < cycles; t++) {
            for (int k = 0; k < now.length; k++) {
                now[k] = z[k][t];
            }
            health[t] = indicator.predict(now);
        }
        return health;
    }
}
