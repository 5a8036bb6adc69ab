package org.uatwin.simulation.objective;

import java.util.List;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.scenario.NamedSeries;

/**
 * Equal parts of a horizon between which decisions may change.
 *
 * @param count at least 1.
 * @param seconds of each.
 */
public record Stages(int count, double seconds) {
    public Stages {
        if (count < 1 || !(seconds > 0)) {
            throw new IllegalArgumentException("%d stages of %s s".formatted(count, seconds));
        }
    }

    /** As many as fit a horizon when each is about this long. */
    public static Stages of(double horizonSeconds, double wantedSeconds, int fewest) {
        int count = (int) Math.max(fewest, Math.round(horizonSeconds / wantedSeconds));
        return new Stages(count, horizonSeconds / count);
    }

    /** When a stage begins, in seconds from the start. */
    public double begin(int stage) {
        return stage * seconds;
    }

    /** A series with a value for each stage. */
    public NamedSeries series(String name, String unit, double[] values) {
        double[] times = new double[count];
        for (int k = 0; k < count; k++) {
            times[k] = begin(k);
        }
        return NamedSeries.of(name, unit, times, values);
    }

    /** What an input is set to in each stage by actions at the beginnings of stages. */
    public double[] values(String input, double present, List<ScenarioAction> actions) {
        double[] values = new double[count];
        double now = present;
        for (int k = 0; k < count; k++) {
            for (ScenarioAction a : actions) {
                if (a.target().equals(input) && Math.abs(a.atSeconds() - begin(k)) < 1e-6) {
                    now = a.value();
                }
            }
            values[k] = now;
        }
        return values;
    }

    /** A profile of the day at the beginning of each stage. */
    public double[] values(DayProfile profile, Question question) {
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            values[k] = profile.at(question.hourAt(begin(k)));
        }
        return values;
    }
}
