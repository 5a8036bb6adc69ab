package org.uatwin.server.maintenance;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.health.DeviceHealth;
import org.uatwin.simulation.prognosis.Prognosis;

/**
 * Decides which findings about one twin are worth an event: changes, each once, and not what only scatters. Owned by the lock of its
 * {@link Watched}.
 */
final class Announcer {
    private static final double CHANGED = 0.2; // of the median told last
    private static final long PAUSE = 600 * UaTime.TICKS_PER_SECOND; // between two predictions told
    private static final double[] WARNINGS_H = {168, 24}; // as RemainingUsefulLife/WarningValues

    private final TwinInstance twin;
    private double toldMedian = Double.NaN;
    private String toldMode = "";
    private long toldAt;
    private long toldAnomaly;
    private int toldWarnings; // WarningValues undercut when it was told last
    private final Set<String> toldTasks = new HashSet<>(); // since something is due

    Announcer(TwinInstance twin) {
        this.twin = twin;
    }

    void found(Assessment found, MaintenanceListener listener) {
        anomaly(found, listener);
        prediction(found, listener);
        recommendation(found, listener);
    }

    private void anomaly(Assessment found, MaintenanceListener listener) {
        long since = found.detection().isAlarm() ? found.detection().since() : 0;
        if (since != 0 && since != toldAnomaly) {
            listener.anomalyDetected(twin, found);
        }
        toldAnomaly = since;
    }

    private void prediction(Assessment found, MaintenanceListener listener) {
        Optional<Prognosis> prognosis = found.prognosis();
        if (prognosis.isEmpty() || found.inputs() != Assessment.Inputs.GOOD) {
            return;
        }
        Prognosis p = prognosis.get();
        double change = Math.abs(p.medianHours() - toldMedian);
        boolean isOther = Double.isNaN(toldMedian)
                || change > CHANGED * toldMedian
                || !p.dominantMode().equals(toldMode);
        boolean isTooSoon = !Double.isNaN(toldMedian) && found.time() - toldAt < PAUSE;
        if (isOther && !isTooSoon) {
            toldMedian = p.medianHours();
            toldMode = p.dominantMode();
            toldAt = found.time();
            listener.predictionUpdated(twin, found, p);
        }
    }

    private void recommendation(Assessment found, MaintenanceListener listener) {
        if (!found.health().isAvailable()) {
            return;
        }
        double hours = found.prognosis().map(Prognosis::lowerHours).orElse(Double.POSITIVE_INFINITY);
        int warnings = 0;
        for (double warning : WARNINGS_H) {
            warnings += hours < warning ? 1 : 0;
        }
        DeviceHealth health = found.health().health();
        boolean isDue = health == DeviceHealth.MAINTENANCE_REQUIRED
                || health == DeviceHealth.FAILURE
                || health == DeviceHealth.CHECK_FUNCTION;
        if (!isDue && warnings == 0) {
            toldTasks.clear();
            toldWarnings = 0;
            return;
        }
        String task = task(found, warnings);
        if (toldTasks.add(task) || warnings > toldWarnings) {
            double left = health == DeviceHealth.FAILURE ? 0 : Math.min(hours, WARNINGS_H[0]);
            long latest = found.time() + (long) (left * 3600 * UaTime.TICKS_PER_SECOND);
            listener.maintenanceRecommended(twin, found, task, latest);
        }
        toldWarnings = Math.max(toldWarnings, warnings);
    }

    /** About the fault that is there; else, if the life is about to end, about what will end it. */
    private static String task(Assessment found, int warnings) {
        String task = Texts.task(found);
        String mode = found.prognosis().map(Prognosis::dominantMode).orElse("");
        boolean isWorn = warnings > 0 && !mode.isEmpty();
        return isWorn && (task.isEmpty() || task.equals(MaintenanceRecord.INSPECTION))
                ? mode
                : task.isEmpty() ? MaintenanceRecord.INSPECTION : task;
    }

    /** After maintenance everything is told anew. */
    void forget() {
        toldMedian = Double.NaN;
        toldMode = "";
        toldAnomaly = 0;
        toldWarnings = 0;
        toldTasks.clear();
    }
}
