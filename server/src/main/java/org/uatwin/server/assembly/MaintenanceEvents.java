package org.uatwin.server.assembly;

import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.uatwin.server.access.PermissionClass;
import org.uatwin.server.address.NamespaceIndexes;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.event.EventRecord;
import org.uatwin.server.maintenance.Assessment;
import org.uatwin.server.maintenance.MaintenanceListener;
import org.uatwin.server.maintenance.MaintenanceRecord;
import org.uatwin.server.maintenance.Texts;
import org.uatwin.server.service.TwinServer;
import org.uatwin.simulation.detection.Detection;
import org.uatwin.simulation.estimation.Synchronisation;
import org.uatwin.simulation.prognosis.Prognosis;

/** What changes about the health of twins, as events of these (information model 4.9). Any thread. */
record MaintenanceEvents(TwinServer server, int site, Residuals residuals) implements MaintenanceListener {
    private static final int PREDICTION_UPDATED = 83; // ids of twins.model
    private static final int ANOMALY_DETECTED = 84;
    private static final int MAINTENANCE_RECOMMENDED = 85;
    private static final int MAINTENANCE_RECORDED = 86;
    private static final int SEVERITY_UPDATED = 100;
    private static final int SEVERITY_ANOMALY = 500;
    private static final int SEVERITY_RECOMMENDED = 600;
    private static final int SEVERITY_RECORDED = 200;

    /** How well twins follow their assets: where the residual of a point is looked up. */
    @FunctionalInterface
    interface Residuals {
        @org.jspecify.annotations.Nullable
        Synchronisation of(TwinInstance twin);
    }

    @Override
    public void predictionUpdated(TwinInstance twin, Assessment found, Prognosis p) {
        if (!isHeard()) {
            return;
        }
        raise(event(twin, PREDICTION_UPDATED, SEVERITY_UPDATED, found, "remaining life " + Texts.prognosis(p))
                .field(new Variant(p.medianHours()), named("RemainingHours"))
                .field(new Variant(p.lowerHours()), named("LowerHours"))
                .field(new Variant(p.upperHours()), named("UpperHours"))
                .field(new Variant(Math.max(0, found.health().score())), named("HealthScore"))
                .field(new Variant(p.dominantMode()), named("DominantMode")));
    }

    @Override
    public void anomalyDetected(TwinInstance twin, Assessment found) {
        if (!isHeard()) {
            return;
        }
        Detection detection = found.detection();
        String point = detection.contributors().isEmpty()
                ? ""
                : detection.contributors().get(0).point();
        Synchronisation following = residuals.of(twin);
        double residual = following == null
                ? 0
                : following.outputs().stream()
                        .filter(output -> output.point().equals(point) && Double.isFinite(output.residual()))
                        .mapToDouble(Synchronisation.Output::residual)
                        .findFirst()
                        .orElse(0);
        raise(event(twin, ANOMALY_DETECTED, SEVERITY_ANOMALY, found, Texts.anomaly(detection))
                .field(new Variant(point), named("PointName"))
                .field(new Variant(residual), named("Residual"))
                .field(new Variant(detection.score()), named("Score"))
                .field(new Variant(Texts.fault(found.fault())), named("FaultName")));
    }

    @Override
    public void maintenanceRecommended(TwinInstance twin, Assessment found, String task, long latestStart) {
        if (!isHeard()) {
            return;
        }
        String text = "%s is recommended, to begin by %s".formatted(task, Texts.time(latestStart));
        raise(event(twin, MAINTENANCE_RECOMMENDED, SEVERITY_RECOMMENDED, found, text)
                .field(new Variant(task), named("Task"))
                .field(new Variant(new DateTime(latestStart)), named("LatestStart")));
    }

    @Override
    public void maintenanceRecorded(TwinInstance twin, MaintenanceRecord record) {
        if (!isHeard()) {
            return;
        }
        String text = "%s: %s was recorded by %s.".formatted(twin.id(), record.task(), record.recordedBy());
        raise(event(twin, MAINTENANCE_RECORDED, SEVERITY_RECORDED, "", text)
                .field(new Variant(record.task()), named("Task"))
                .field(new Variant(record.id()), named("RecordId"))
                .field(new Variant(record.recordedBy()), named("RecordedBy")));
    }

    private boolean isHeard() {
        return server.events().hasListeners();
    }

    private void raise(EventRecord.Builder event) {
        server.events().raise(event.build());
    }

    private static QualifiedName named(String field) {
        return new QualifiedName(NamespaceIndexes.TYPES, field);
    }

    private EventRecord.Builder event(TwinInstance twin, int type, int severity, Assessment found, String text) {
        return event(twin, type, severity, found.modelVersion(), "%s: %s.".formatted(twin.id(), text))
                .time(new DateTime(found.time()));
    }

    private EventRecord.Builder event(TwinInstance twin, int type, int severity, String modelVersion, String text) {
        return EventRecord.of(new NodeId(NamespaceIndexes.TYPES, type), new NodeId(site, twin.id()), twin.id())
                .audience(PermissionClass.PLANT_READ)
                .severity(severity)
                .message(LocalizedText.english(text))
                .field(new Variant(twin.id()), named("TwinId"))
                .field(new Variant(modelVersion), named("ModelVersion"));
    }
}
