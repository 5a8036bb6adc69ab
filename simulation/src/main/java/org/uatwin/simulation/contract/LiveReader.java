package org.uatwin.simulation.contract;

import java.util.ArrayList;
import java.util.List;

/** Reads inputs and measurements out of a {@link LiveState} by the rules of their specifications and keeps account of it. */
public final class LiveReader {
    private final LiveState live;
    private final List<PointIssue> issues = new ArrayList<>();
    private double dataAgeSeconds;

    /** A reader over this snapshot; used by one thread while a model starts. */
    public LiveReader(LiveState live) {
        this.live = live;
    }

    /** The value an input starts with: its reading, the held reading or its default, by the hold rule. */
    public double input(InputSpec spec) {
        String point = spec.linkedPoint();
        if (point == null) {
            return spec.defaultValue();
        }
        LiveReading reading = live.reading(point);
        if (reading == null) {
            return issue(point, PointIssue.Kind.MISSING, spec.defaultValue());
        }
        if (!Double.isFinite(reading.value())) {
            return issue(point, PointIssue.Kind.BAD, spec.defaultValue());
        }
        double held = spec.holdRule() == InputSpec.HoldRule.HOLD_LAST ? reading.value() : spec.defaultValue();
        if (!reading.good()) {
            used(reading);
            return issue(point, PointIssue.Kind.BAD, held);
        }
        used(reading);
        return reading.ageSeconds() > spec.stalenessLimitSeconds()
                ? issue(point, PointIssue.Kind.STALE, held)
                : reading.value();
    }

    /** The measurement of an output, or NaN when it is missing, bad or stale. */
    public double measured(OutputSpec spec) {
        String point = spec.linkedPoint();
        LiveReading reading = point == null ? null : live.reading(point);
        if (point == null || reading == null) {
            return Double.NaN;
        }
        if (!reading.good() || !Double.isFinite(reading.value())) {
            return issue(point, PointIssue.Kind.BAD, Double.NaN);
        }
        if (reading.ageSeconds() > spec.stalenessLimitSeconds()) {
            return issue(point, PointIssue.Kind.STALE, Double.NaN);
        }
        used(reading);
        return reading.value();
    }

    /** Whether a good and fresh reading of this point exists; counts nothing. */
    public boolean isUsable(String point, double stalenessLimitSeconds) {
        LiveReading reading = live.reading(point);
        return reading != null
                && reading.good()
                && Double.isFinite(reading.value())
                && reading.ageSeconds() <= stalenessLimitSeconds;
    }

    /** Records that a reading was usable but contradicts physics; answers the value used instead. */
    public double implausible(String point, double usedInstead) {
        return issue(point, PointIssue.Kind.IMPLAUSIBLE, usedInstead);
    }

    /** What was wrong so far. */
    public List<PointIssue> issues() {
        return List.copyOf(issues);
    }

    /** Age of the oldest reading that was used, in seconds. */
    public double dataAgeSeconds() {
        return dataAgeSeconds;
    }

    private void used(LiveReading reading) {
        dataAgeSeconds = Math.max(dataAgeSeconds, reading.ageSeconds());
    }

    private double issue(String point, PointIssue.Kind kind, double usedValue) {
        issues.add(new PointIssue(point, kind, usedValue));
        return usedValue;
    }
}
