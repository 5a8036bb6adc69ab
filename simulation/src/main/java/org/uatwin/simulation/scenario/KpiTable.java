package org.uatwin.simulation.scenario;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.system.Simulation;

/** Collects key figures of pairs of passes, with and without the scenario's changes. */
final class KpiTable {
    private static final double TAIL = (1 - WhatIfEngine.CONFIDENCE) / 2;

    private final List<Simulation.Figure> names;
    private final double[] nominal;
    private final double[] nominalBaseline;
    private final List<double[]> with = new ArrayList<>();
    private final List<double[]> without = new ArrayList<>();

    /** Figures of the nominal pair; they stand alone until replicates are added. */
    KpiTable(Tally changed, Tally unchanged) {
        names = changed.names();
        nominal = changed.values();
        nominalBaseline = unchanged.values();
    }

    /** A replicate on the same chance. */
    void add(Tally changed, Tally unchanged) {
        with.add(changed.values());
        without.add(unchanged.values());
    }

    List<Kpi> rows() {
        List<Kpi> rows = new ArrayList<>();
        int n = with.size();
        double[] column = new double[Math.max(1, n)];
        for (int i = 0; i < names.size(); i++) {
            double value = n == 0 ? nominal[i] : mean(with, i);
            double baseline = n == 0 ? nominalBaseline[i] : mean(without, i);
            double lower = value;
            double upper = value;
            if (n > 0) {
                for (int r = 0; r < n; r++) {
                    column[r] = with.get(r)[i];
                }
                lower = Math.min(value, Figures.quantile(column, n, TAIL));
                upper = Math.max(value, Figures.quantile(column, n, 1 - TAIL));
            }
            Simulation.Figure name = names.get(i);
            rows.add(new Kpi(name.name(), name.unit(), value, baseline, lower, upper));
        }
        return rows;
    }

    private static double mean(List<double[]> rows, int column) {
        double sum = 0;
        for (double[] row : rows) {
            sum += row[column];
        }
        return sum / rows.size();
    }
}
