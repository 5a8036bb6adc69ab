package org.uatwin.server.method;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.scenario.InvalidParameter;
import org.uatwin.simulation.scenario.RunManager;
import org.uatwin.simulation.scenario.RunStatus;
import org.uatwin.simulation.scenario.Series;
import org.uatwin.simulation.scenario.SeriesResult;
import org.uatwin.simulation.scenario.Viewer;

/** Several series of a run on one grid of times, evenly spaced; values between the points a run keeps are interpolated. */
final class Trajectories {
    /** A message must hold them: 8 MB. */
    private static final int MOST_VALUES = 1_000_000;

    private final List<String> names = new ArrayList<>();
    private final List<String> units = new ArrayList<>();
    private final List<Series> columns = new ArrayList<>();
    private Double[] times = new Double[0];
    private Double[][] values = new Double[0][0];
    private Optional<InvalidParameter> problem = Optional.empty();

    private Trajectories() {}

    /**
     * The series of these names; none when the run has no result.
     *
     * @param wanted empty for all outputs, without statistics.
     * @param maxRows 0 for the default.
     */
    static Trajectories of(RunManager runs, String runId, Viewer viewer, List<String> wanted, long maxRows) {
        Trajectories trajectories = new Trajectories();
        List<String> all = wanted.isEmpty() ? outputs(runs, runId, viewer) : wanted;
        for (String name : all) {
            SeriesResult result = runs.series(runId, name == null ? "" : name, maxRows, viewer);
            if (result instanceof SeriesResult.Invalid invalid) {
                trajectories.problem = Optional.of(invalid.problem());
                return trajectories;
            }
            if (runs.series(runId, name == null ? "" : name, RunManager.MOST_POINTS, viewer)
                    instanceof SeriesResult.Found found) {
                trajectories.names.add(name);
                trajectories.units.add(found.unit());
                trajectories.columns.add(found.series());
            }
        }
        if (!trajectories.columns.isEmpty()) {
            trajectories.sample(maxRows == 0 ? RunManager.DEFAULT_POINTS : (int) maxRows);
        }
        return trajectories;
    }

    private static List<String> outputs(RunManager runs, String runId, Viewer viewer) {
        List<String> series = runs.seriesNames(runId, viewer);
        Optional<RunStatus> status = runs.status(runId, viewer);
        return status.isEmpty() || status.get().facts().isTask()
                ? series
                : status.get().facts().outputs().stream()
                        .map(output -> output.name())
                        .filter(series::contains)
                        .toList();
    }

    private void sample(int maxRows) {
        int rows = Math.max(2, Math.min(maxRows, MOST_VALUES / columns.size()));
        double begin =
                columns.stream().mapToDouble(c -> c.timesSeconds()[0]).min().orElse(0);
        double end = columns.stream()
                .mapToDouble(c -> c.timesSeconds()[c.size() - 1])
                .max()
                .orElse(0);
        times = new Double[rows];
        values = new Double[rows][columns.size()];
        for (int row = 0; row < rows; row++) {
            times[row] = row == rows - 1 ? end : begin + (end - begin) * row / (rows - 1);
        }
        for (int column = 0; column < columns.size(); column++) {
            double[] t = columns.get(column).timesSeconds();
            double[] v = columns.get(column).values();
            for (int row = 0; row < rows; row++) {
                values[row][column] = at(times[row], t, v);
            }
        }
    }

    /** Linear between the points, constant outside. */
    private static double at(double time, double[] t, double[] v) {
        int index = Arrays.binarySearch(t, time);
        if (index >= 0) {
            return v[index];
        }
        int after = -index - 1;
        if (after == 0) {
            return v[0];
        }
        if (after == t.length) {
            return v[t.length - 1];
        }
        double share = (time - t[after - 1]) / (t[after] - t[after - 1]);
        return v[after - 1] + share * (v[after] - v[after - 1]);
    }

    List<String> names() {
        return names;
    }

    List<String> units() {
        return units;
    }

    Double[] times() {
        return times;
    }

    /** A row for each time, a column for each series. */
    Double[][] values() {
        return values;
    }

    /** What is wrong with a name or the number of rows. */
    Optional<InvalidParameter> problem() {
        return problem;
    }
}
