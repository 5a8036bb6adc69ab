package org.uatwin.simulation.objective;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.scenario.Course;
import org.uatwin.simulation.scenario.NamedSeries;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.solver.Trajectory;
import org.uatwin.simulation.system.Simulation;

/**
 * Plays the model of a twin from one start with one decision after the other, and keeps the outputs that matter. Every play sees the same
 * chance. Owned by one thread.
 */
public final class Play {
    private final Subject subject;
    private final ModelStart start;
    private final double stepSeconds;
    private final int steps;
    private final long seed;
    private final List<String> outputs;
    private final int[] columns;

    /**
     * @param horizonSeconds of one play.
     * @param stepSeconds wanted; never longer than the model allows, and the horizon is a whole number of steps.
     * @param outputs to keep, by name.
     */
    public Play(Question question, double horizonSeconds, double stepSeconds, List<String> outputs) {
        this(question.subject(), question.start(), question.seed(), horizonSeconds, stepSeconds, outputs);
    }

    private Play(
            Subject subject,
            ModelStart start,
            long seed,
            double horizonSeconds,
            double stepSeconds,
            List<String> outputs) {
        this.subject = subject;
        this.start = start;
        this.seed = seed;
        ModelDescription d = subject.description();
        double step = Math.min(stepSeconds, d.maxStepSeconds());
        this.steps = (int) Math.max(1, Math.ceil(horizonSeconds / step - 1e-9));
        this.stepSeconds = horizonSeconds / steps;
        this.outputs = List.copyOf(outputs);
        this.columns = outputs.stream()
                .mapToInt(name -> {
                    int index = d.outputIndex(name);
                    if (index < 0) {
                        throw new IllegalArgumentException(d.name() + " has no output " + name);
                    }
                    return index;
                })
                .toArray();
    }

    /** The same with other random numbers. */
    public Play withSeed(long another) {
        return new Play(subject, start, another, steps * stepSeconds, stepSeconds, outputs);
    }

    /** Length of a step of the answers. */
    public double stepSeconds() {
        return stepSeconds;
    }

    /** Steps of one play. */
    public int steps() {
        return steps;
    }

    /** One play. Values are those at the end of each step; a model that leaves its domain gives values that are no numbers. */
    public Played of(List<ScenarioAction> actions) {
        Course course = subject.course(start, actions, stepSeconds, seed);
        double[] y = new double[subject.description().outputs().size()];
        double[][] values = new double[columns.length][steps + 1];
        boolean isInside = true;
        for (int i = 0; i <= steps; i++) {
            if (i > 0) {
                course.step();
            }
            course.outputs(y);
            for (int c = 0; c < columns.length; c++) {
                values[c][i] = y[columns[c]];
            }
            if (i % 16 == 0) {
                isInside &= course.insideEnvelope();
            }
        }
        return new Played(values, isInside && course.insideEnvelope(), course.figures(), course.occurrences());
    }

    /** What one play came to. */
    public final class Played {
        private final double[][] values;
        private final boolean isInside;
        private final List<Simulation.Figure> figures;
        private final List<Trajectory.Occurrence> occurrences;

        private Played(
                double[][] values,
                boolean isInside,
                List<Simulation.Figure> figures,
                List<Trajectory.Occurrence> occurrences) {
            this.values = values;
            this.isInside = isInside;
            this.figures = figures;
            this.occurrences = occurrences;
        }

        private double[] column(String output) {
            return values[outputs.indexOf(output)];
        }

        /** Values from time 0 on, one a step. */
        public double[] values(String output) {
            return column(output).clone();
        }

        /** Mean over the horizon, the start not counted. */
        public double mean(String output) {
            double sum = 0;
            double[] v = column(output);
            for (int i = 1; i <= steps; i++) {
                sum += v[i];
            }
            return sum / steps;
        }

        /** Mean times the horizon in hours: kWh of kW. */
        public double hours(String output) {
            return mean(output) * steps * stepSeconds / 3600;
        }

        /** Smallest value, the start not counted. */
        public double min(String output) {
            double least = Double.POSITIVE_INFINITY;
            double[] v = column(output);
            for (int i = 1; i <= steps; i++) {
                least = Math.min(least, v[i]);
            }
            return least;
        }

        /** Largest value, the start not counted. */
        public double max(String output) {
            double most = Double.NEGATIVE_INFINITY;
            double[] v = column(output);
            for (int i = 1; i <= steps; i++) {
                most = Math.max(most, v[i]);
            }
            return most;
        }

        /** Value at the end. */
        public double end(String output) {
            return column(output)[steps];
        }

        /** Whether the model stayed where it may be trusted. */
        public boolean insideEnvelope() {
            return isInside;
        }

        /** Whether every value kept is a number. */
        public boolean isFinite() {
            for (double[] column : values) {
                for (double v : column) {
                    if (!Double.isFinite(v)) {
                        return false;
                    }
                }
            }
            return true;
        }

        /** Key figures of the model. */
        public List<Simulation.Figure> figures() {
            return figures;
        }

        /** Events. */
        public List<Trajectory.Occurrence> occurrences() {
            return occurrences;
        }

        /** The kept outputs as series; {@code suffix} is appended to their names. */
        public List<NamedSeries> series(String suffix) {
            double[] t = new double[steps + 1];
            for (int i = 0; i <= steps; i++) {
                t[i] = i * stepSeconds;
            }
            List<NamedSeries> all = new ArrayList<>();
            ModelDescription d = subject.description();
            for (int c = 0; c < columns.length; c++) {
                String unit = d.outputs().get(columns[c]).unit();
                all.add(NamedSeries.of(outputs.get(c) + suffix, unit, t, values[c]));
            }
            return all;
        }
    }
}
