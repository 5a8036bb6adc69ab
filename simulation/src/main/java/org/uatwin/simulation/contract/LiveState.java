package org.uatwin.simulation.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An immutable snapshot of a twin's readings by point name: what a run starts from and never changes. */
public final class LiveState {
    private final Map<String, LiveReading> readings;

    private LiveState(Map<String, LiveReading> readings) {
        this.readings = readings;
    }

    /** A copy of these readings. */
    public static LiveState of(Map<String, LiveReading> readings) {
        return new LiveState(Map.copyOf(readings));
    }

    /** The reading of a point, or null when the point is not bound. */
    public @Nullable LiveReading reading(String point) {
        return readings.get(point);
    }

    /** Readings of one part of a system: those named {@code <part>/<point>}, by point. */
    public LiveState part(String id) {
        String prefix = id + "/";
        Map<String, LiveReading> own = new LinkedHashMap<>();
        readings.forEach((name, reading) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), reading);
            }
        });
        return of(own);
    }

    /** Number of points that have a reading. */
    public int size() {
        return readings.size();
    }

    /** This state with one reading replaced. */
    public LiveState with(String point, LiveReading reading) {
        Map<String, LiveReading> copy = new LinkedHashMap<>(readings);
        copy.put(point, reading);
        return new LiveState(Map.copyOf(copy));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LiveState that && readings.equals(that.readings);
    }

    @Override
    public int hashCode() {
        return readings.hashCode();
    }

    @Override
    public String toString() {
        return "LiveState" + readings;
    }
}
