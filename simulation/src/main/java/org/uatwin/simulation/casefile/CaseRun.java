package org.uatwin.simulation.casefile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.math3.distribution.TDistribution;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.scenario.Bands;
import org.uatwin.simulation.scenario.Experiment;
import org.uatwin.simulation.scenario.Kpi;
import org.uatwin.simulation.scenario.RunPlan;
import org.uatwin.simulation.scenario.Series;
import org.uatwin.simulation.sensitivity.SensitivityTable;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.solver.SolverException;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.Simulation.Figure;
import org.uatwin.simulation.system.Simulation.Happening;

/** Runs a case once, replicate by replicate. */
public final class CaseRun {
    private static final double CONFIDENCE = 0.95;

    private CaseRun() {}

    /** Takes the rows of the first replicate, one after the other; the array is reused. */
    @FunctionalInterface
    public interface Sink {
        void row(double timeSeconds, double[] values);
    }

    /**
     * A key figure over all replicates.
     *
     * @param value mean over the replicates.
     * @param halfWidth of the 95 % interval of the mean (Student's t); 0 with one replicate.
     */
    public record Summary(String name, String unit, double value, double halfWidth) {}

    /**
     * What came of it.
     *
     * @param figures key figures.
     * @param happenings events of the first replicate.
     * @param rows rows handed on.
     */
    public record Result(List<Summary> figures, List<Happening> happenings, long rows) {
        public Result {
            figures = List.copyOf(figures);
            happenings = List.copyOf(happenings);
        }
    }

    /**
     * What came of a case that asks for more than its course.
     *
     * @param kpis figures of the model and of the wanted outputs, with those of the run without the actions.
     * @param sensitivity rows of the analysis.
     * @param happenings events of the run itself.
     * @param bands percentiles of the wanted outputs over the replicates, in their order; none without replicates.
     * @param rows rows handed on.
     */
    public record Answer(
            List<Kpi> kpis,
            List<SensitivityTable.Row> sensitivity,
            List<Happening> happenings,
            List<List<Series>> bands,
            long rows) {
        public Answer {
            kpis = List.copyOf(kpis);
            sensitivity = List.copyOf(sensitivity);
            happenings = List.copyOf(happenings);
            bands = List.copyOf(bands);
        }
    }

    /**
     * Runs a case with all it asks: actions against the unchanged run, replicates, analysis.
     *
     * @param threads of the analysis; the answer is the same.
     * @throws SolverException when the model cannot go on.
     */
    public static Answer ask(Case c, int threads, Sink sink) {
        Case.Question question = c.question();
        long steps = c.times().steps();
        RunPlan plan = new RunPlan(
                "of the case",
                question.actions(),
                steps == 0 ? 1 : c.times().horizonSeconds() / steps,
                steps,
                c.replicates() > 1 ? c.replicates() : 0,
                c.seed(),
                0,
                question.sensitivity().map(s -> s.with(threads)),
                List.of());
        CaseSubject subject = question.subject();
        LiveState nothing = LiveState.of(Map.of());
        long[] rows = new long[1];
        double[] row = new double[c.columns().size()];
        Experiment experiment = new Experiment(subject, plan, () -> false, share -> {});
        Experiment.Outcome outcome;
        try {
            outcome = experiment.run(subject.start(nothing), nothing, (step, time, y) -> {
                if (step % c.times().every() == 0 || step == steps) {
                    for (int i = 0; i < row.length; i++) {
                        row[i] = y[c.output(i)];
                    }
                    rows[0]++;
                    sink.row(time, row);
                }
            });
        } catch (Experiment.Ended e) {
            throw new SolverException(String.valueOf(e.getMessage()), e);
        }
        return new Answer(
                wanted(c, subject, outcome.kpis()),
                outcome.sensitivity(),
                outcome.nominal().occurrences().stream()
                        .map(o -> new Happening(o.atSeconds(), o.name()))
                        .toList(),
                bands(c, outcome.bands()),
                rows[0]);
    }

    /** Figures of the model, and those of outputs the case wants. */
    private static List<Kpi> wanted(Case c, CaseSubject subject, List<Kpi> all) {
        Set<String> columns = new HashSet<>();
        c.columns().forEach(port -> columns.add(port.name()));
        return all.stream()
                .filter(kpi -> {
                    String output =
                            kpi.name().substring(0, Math.max(0, kpi.name().lastIndexOf('.')));
                    return columns.contains(output) || subject.description().outputIndex(output) < 0;
                })
                .toList();
    }

    private static List<List<Series>> bands(Case c, Bands bands) {
        List<List<Series>> all = new ArrayList<>();
        for (int i = 0; i < c.columns().size() && bands.replicates() > 0; i++) {
            int output = c.output(i);
            all.add(Bands.STATISTICS.stream()
                    .map(statistic -> bands.of(output, statistic))
                    .toList());
        }
        return all;
    }

    /** Runs it; use a case for one run only. */
    public static Result run(Case c, Sink sink) {
        Simulation simulation = c.first();
        long rows = one(c, simulation, sink);
        List<Happening> happenings = simulation.happenings();
        List<List<Figure>> all = new ArrayList<>();
        all.add(simulation.figures());
        NoiseStream seeds = NoiseStream.ofSeed(c.seed());
        for (int r = 1; r < c.replicates(); r++) {
            Simulation further = c.model().prepare(c.setup().withSeed(seeds.nextSeed()));
            one(c, further, (t, y) -> {});
            all.add(further.figures());
        }
        return new Result(summaries(all), happenings, rows);
    }

    private static long one(Case c, Simulation simulation, Sink sink) {
        double[] u = new double[c.inputs().size()];
        double[] y = new double[simulation.outputs().size()];
        double[] row = new double[c.columns().size()];
        inputs(c, 0, u);
        simulation.begin(u);
        long rows = emit(c, simulation, sink, 0, y, row);
        long steps = c.times().steps();
        for (long k = 0; k < steps; k++) {
            double from = c.times().at(k);
            inputs(c, from, u);
            simulation.advance(u, from, c.times().at(k + 1));
            if ((k + 1) % c.times().every() == 0 || k + 1 == steps) {
                inputs(c, c.times().at(k + 1), u);
                simulation.observe(u);
                rows += emit(c, simulation, sink, c.times().at(k + 1), y, row);
            }
        }
        return rows;
    }

    private static void inputs(Case c, double t, double[] u) {
        for (int i = 0; i < u.length; i++) {
            u[i] = c.inputs().get(i).at(t);
        }
    }

    private static long emit(Case c, Simulation simulation, Sink sink, double t, double[] y, double[] row) {
        simulation.read(y);
        for (int i = 0; i < row.length; i++) {
            row[i] = y[c.output(i)];
        }
        sink.row(t, row);
        return 1;
    }

    private static List<Summary> summaries(List<List<Figure>> all) {
        List<Summary> summaries = new ArrayList<>();
        int n = all.size();
        for (int i = 0; i < all.get(0).size(); i++) {
            Figure figure = all.get(0).get(i);
            double mean = 0;
            for (List<Figure> figures : all) {
                mean += figures.get(i).value() / n;
            }
            double variance = 0;
            for (List<Figure> figures : all) {
                double d = figures.get(i).value() - mean;
                variance += d * d / Math.max(1, n - 1);
            }
            double half = n < 2
                    ? 0
                    : new TDistribution(n - 1.0).inverseCumulativeProbability(0.5 + CONFIDENCE / 2)
                            * Math.sqrt(variance / n);
            summaries.add(new Summary(figure.name(), figure.unit(), mean, half));
        }
        return summaries;
    }
}
