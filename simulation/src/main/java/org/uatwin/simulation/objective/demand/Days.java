package org.uatwin.simulation.objective.demand;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.objective.Play;

/** The same horizon with several random numbers, as means over intervals. */
final class Days {
    private final List<Play> plays = new ArrayList<>();
    private final String output;
    private final int intervals;

    /** @param output whose peak matters. */
    Days(Play play, long seed, int days, String output, int intervals) {
        for (int d = 0; d < days; d++) {
            plays.add(play.withSeed(seed + 1_000_003L * d));
        }
        this.output = output;
        this.intervals = intervals;
    }

    /** What a plan comes to on each of the days. */
    final class Result {
        final List<Play.Played> days;

        private Result(List<Play.Played> days) {
            this.days = days;
        }

        /** Mean power of each interval, mean of the days. */
        double[] profile() {
            double[] mean = new double[intervals];
            for (Play.Played day : days) {
                double[] own = intervals(day);
                for (int k = 0; k < intervals; k++) {
                    mean[k] += own[k] / days.size();
                }
            }
            return mean;
        }

        /** Highest interval, mean of the days. */
        double peak() {
            double sum = 0;
            for (Play.Played day : days) {
                sum += peak(day);
            }
            return sum / days.size();
        }

        double peak(Play.Played day) {
            double most = 0;
            for (double value : intervals(day)) {
                most = Math.max(most, value);
            }
            return most;
        }

        private double[] intervals(Play.Played day) {
            double[] values = day.values(output);
            double[] means = new double[intervals];
            int steps = values.length - 1;
            for (int i = 1; i <= steps; i++) {
                int k = (int) Math.min(intervals - 1, (long) (i - 1) * intervals / steps);
                means[k] += values[i] * intervals / steps;
            }
            return means;
        }
    }

    Result of(List<ScenarioAction> actions) {
        return new Result(plays.stream().map(play -> play.of(actions)).toList());
    }
}
