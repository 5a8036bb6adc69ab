package org.uatwin.server.method;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.maintenance.MaintenanceProposal;
import org.uatwin.server.maintenance.MaintenanceRecord;
import org.uatwin.server.maintenance.MaintenanceStore;

/** Answers about what was done to assets. */
final class RecordAnswers {
    private RecordAnswers() {}

    /** A record and whose it is. */
    private record Row(TwinInstance twin, MaintenanceRecord record) {}

    static CallMethodResult recorded(MaintenanceRecord record, String what) {
        String text = record.resetNames().isEmpty()
                ? what + "; nothing begins anew."
                : "%s; %s begin anew.".formatted(what, String.join(", ", record.resetNames()));
        return Answer.of(
                true,
                text,
                Answer.plain(record.restored(), "", "", "Recorded by %s.".formatted(record.recordedBy())),
                record.id(),
                record.resetNames().toArray(new String[0]));
    }

    /** What was done to a twin and its parts. */
    static CallMethodResult list(LivePlant plant, MaintenanceStore store, TwinInstance twin) {
        List<TwinInstance> twins = new ArrayList<>(List.of(twin));
        twins.addAll(MaintenanceProposal.parts(plant, twin));
        Map<TwinInstance, List<MaintenanceRecord>> found = store.records(twins);
        List<Row> rows = new ArrayList<>();
        twins.forEach(of -> found.getOrDefault(of, List.of()).forEach(record -> rows.add(new Row(of, record))));
        rows.sort(Comparator.comparingLong((Row row) -> row.record().performedAt())
                .reversed());
        long failures = rows.stream().filter(row -> row.record().isFailure()).count();
        String text = rows.isEmpty()
                ? "Nothing was recorded; call RecordMaintenance or RecordFailure."
                : "%d records, %d of them failures.".formatted(rows.size(), failures);
        return Answer.of(
                true,
                text,
                Answer.plain(rows.size(), "", "", text),
                texts(rows, row -> row.record().id()),
                texts(rows, row -> row.twin().id()),
                texts(rows, row -> row.record().task()),
                texts(rows, row -> row.record().isFailure() ? "Corrective" : "Preventive"),
                rows.stream()
                        .map(row -> MaintenanceCalls.time(row.record().performedAt()))
                        .toArray(DateTime[]::new),
                rows.stream()
                        .map(row -> MaintenanceCalls.time(row.record().failedAt()))
                        .toArray(DateTime[]::new),
                rows.stream().map(row -> row.record().restored()).toArray(Double[]::new),
                texts(rows, row -> row.record().remark()),
                texts(rows, row -> row.record().recordedBy()));
    }

    private static String[] texts(List<Row> rows, Function<Row, String> of) {
        return rows.stream().map(of).toArray(String[]::new);
    }
}
