package org.uatwin.server.maintenance;

import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.prognosis.Prognosis;

/** Hears what changes about the health of twins; each change once. Called by the thread of {@link LiveMaintenance}; must not wait. */
public interface MaintenanceListener {
    /** Nobody hears. */
    MaintenanceListener NOBODY = new MaintenanceListener() {
        @Override
        public void predictionUpdated(TwinInstance twin, Assessment found, Prognosis prognosis) {
            // nobody hears
        }

        @Override
        public void anomalyDetected(TwinInstance twin, Assessment found) {
            // nobody hears
        }

        @Override
        public void maintenanceRecommended(TwinInstance twin, Assessment found, String task, long latestStart) {
            // nobody hears
        }

        @Override
        public void maintenanceRecorded(TwinInstance twin, MaintenanceRecord record) {
            // nobody hears
        }
    };

    /** There is a first prediction, or one that differs from the one told last. */
    void predictionUpdated(TwinInstance twin, Assessment found, Prognosis prognosis);

    /** Something unusual has begun. */
    void anomalyDetected(TwinInstance twin, Assessment found);

    /**
     * Something is to be done.
     *
     * @param task what.
     * @param latestStart {@link org.uatwin.informationmodel.value.UaTime} ticks by which it must have begun.
     */
    void maintenanceRecommended(TwinInstance twin, Assessment found, String task, long latestStart);

    /** Somebody has recorded that something was done. */
    void maintenanceRecorded(TwinInstance twin, MaintenanceRecord record);
}
