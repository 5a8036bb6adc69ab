package org.uatwin.plcadapters.modbus;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.PointDiagnostics;

/** Points of a link that no permitted request can hold: Bad_ConfigurationError from the start. Immutable once open. */
final class UnreadablePoints {
    private record Entry(Binding.Modbus binding, String cause) {}

    private final Map<Integer, Entry> entries = new HashMap<>();

    void add(int row, Binding.Modbus binding, String cause) {
        entries.put(row, new Entry(binding, binding.label() + ": " + cause));
    }

    /** Gives their rows the status they will keep. */
    void announce(Emitter emitter) {
        long ticks = emitter.ticks();
        for (int row : entries.keySet()) {
            emitter.batch().addStatus(row, Quality.REFUSED_ADDRESS.status(false, false), ticks, ticks);
        }
        emitter.flush();
    }

    @Nullable
    String cause(int row) {
        Entry entry = entries.get(row);
        return entry == null ? null : entry.cause();
    }

    PointDiagnostics diagnostics(int row) {
        Entry entry = entries.get(row);
        if (entry == null) {
            throw new IllegalArgumentException("row %d is not a point of this link".formatted(row));
        }
        return new PointDiagnostics(entry.binding().label(), entry.cause(), UaTime.NONE);
    }
}
