package org.uatwin.simulation.scenario;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.system.Simulation;

/** Mean, smallest, largest and last value of every output of one pass, and the model's own figures at its end. */
final class Tally {
    /** What is told of each output. */
    static final List<String> KINDS = List.of("Mean", "Min", "Max", "End");

    private final List<OutputSpec> outputs;
    private final double[] sum;
    private final double[] least;
    private final double[] most;
    private final double[] last;
    private long count;
    private List<Simulation.Figure> figures = List.of();

    Tally(List<OutputSpec> outputs) {
        this.outputs = outputs;
        int n = outputs.size();
        sum = new double[n];
        least = new double[n];
        most = new double[n];
        last = new double[n];
    }

    void add(double[] y) {
        for (int i = 0; i < last.length; i++) {
            sum[i] += y[i];
            least[i] = count == 0 ? y[i] : Math.min(least[i], y[i]);
            most[i] = count == 0 ? y[i] : Math.max(most[i], y[i]);
            last[i] = y[i];
        }
        count++;
    }

    void end(List<Simulation.Figure> own) {
        figures = own;
    }

    /** Names and units, in the order of {@link #values}. */
    List<Simulation.Figure> names() {
        List<Simulation.Figure> names = new ArrayList<>(figures);
        for (OutputSpec output : outputs) {
            for (String kind : KINDS) {
                names.add(new Simulation.Figure(output.name() + "." + kind, output.unit(), 0));
            }
        }
        return names;
    }

    double[] values() {
        double[] values = new double[figures.size() + KINDS.size() * last.length];
        int at = 0;
        for (Simulation.Figure figure : figures) {
            values[at++] = figure.value();
        }
        for (int i = 0; i < last.length; i++) {
            values[at++] = count == 0 ? 0 : sum[i] / count;
            values[at++] = least[i];
            values[at++] = most[i];
            values[at++] = last[i];
        }
        return values;
    }
}
