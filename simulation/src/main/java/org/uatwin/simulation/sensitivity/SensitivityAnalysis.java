package org.uatwin.simulation.sensitivity;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * One analysis: where the model is evaluated and what of its answers is looked at.
 *
 * @param method how.
 * @param factors what is varied, at least one.
 * @param figures what is looked at.
 * @param size samples of {@link Method#SOBOL}, trajectories of {@link Method#MORRIS}.
 * @param levels of the grid of {@link Method#MORRIS}.
 * @param threads that evaluate; the answer does not depend on it.
 */
public record SensitivityAnalysis(
        Method method, List<Factor> factors, List<Figure> figures, int size, int levels, int threads) {
    /** Most factors: what the sequence of {@link Sobol} has directions for, and more than a person can read. */
    public static final int MOST_FACTORS = 200;

    /** How factors are told apart. */
    public enum Method {
        /** Elementary effects: screening. */
        MORRIS,
        /** Shares of variance. */
        SOBOL
    }

    /**
     * A key figure.
     *
     * @param index its place among the values of a point.
     */
    public record Figure(String name, String unit, int index) {}

    /** Evaluates the model at one point; called from several threads when there are several. */
    @FunctionalInterface
    public interface Evaluator {
        /** All key figures at these values of the factors. */
        double[] evaluate(double[] factors);
    }

    public SensitivityAnalysis {
        factors = List.copyOf(factors);
        figures = List.copyOf(figures);
        if (factors.isEmpty() || factors.size() > MOST_FACTORS || size < 2 || threads < 1) {
            throw new IllegalArgumentException(
                    "%d factors, size %d, %d threads".formatted(factors.size(), size, threads));
        }
        if (method == Method.MORRIS && (levels < 4 || levels % 2 != 0)) {
            throw new IllegalArgumentException("levels must be even and at least 4: " + levels);
        }
    }

    /** How often the model is evaluated. */
    public static long runs(Method method, int factors, int size) {
        return (long) size * (factors + (method == Method.SOBOL ? 2 : 1));
    }

    /** Evaluates and answers, figure by figure and factor by factor. */
    public List<SensitivityTable.Row> run(Evaluator model, long seed) {
        SensitivityMethod plan = method == Method.SOBOL
                ? new Sobol(factors.size(), size, seed)
                : new Morris(factors.size(), size, levels, seed);
        double[][] points = plan.points();
        double[][] values = threads == 1 ? alone(model, points) : together(model, points);
        List<SensitivityTable.Row> rows = new ArrayList<>();
        for (Figure figure : figures) {
            double[] column = new double[points.length];
            for (int n = 0; n < column.length; n++) {
                column[n] = values[n][figure.index()];
            }
            for (SensitivityMethod.Index i : plan.indices(column)) {
                rows.add(new SensitivityTable.Row(
                        figure.name(),
                        factors.get(i.factor()).name(),
                        i.name(),
                        method == Method.SOBOL ? "" : figure.unit(),
                        i.value(),
                        i.lower(),
                        i.upper()));
            }
        }
        return rows;
    }

    private double[] at(double[] point) {
        double[] values = new double[point.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = factors.get(i).at(point[i]);
        }
        return values;
    }

    private double[][] alone(Evaluator model, double[][] points) {
        double[][] values = new double[points.length][];
        for (int n = 0; n < points.length; n++) {
            values[n] = model.evaluate(at(points[n]));
        }
        return values;
    }

    /** Each value goes to the place of its point: who computed it, and when, leaves no trace. */
    private double[][] together(Evaluator model, double[][] points) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<double[]>> work = IntStream.range(0, points.length)
                    .<Callable<double[]>>mapToObj(n -> () -> model.evaluate(at(points[n])))
                    .toList();
            double[][] values = new double[points.length][];
            List<Future<double[]>> done = work.stream().map(pool::submit).toList();
            for (int n = 0; n < values.length; n++) {
                values[n] = done.get(n).get();
            }
            return values;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
