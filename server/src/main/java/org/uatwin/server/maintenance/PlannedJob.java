package org.uatwin.server.maintenance;

import org.uatwin.informationmodel.maintenance.PlantMaintenance;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.maintenance.MaintenanceJob;

/**
 * Work that is due on an asset, with what is known of it.
 *
 * @param mode failure mode it averts; empty if none is told.
 * @param task what the plant file says of the work.
 * @param job as the planner takes it.
 * @param ageHours of the part; NaN if nobody said since when it works.
 * @param optimalAgeHours at which it is best replaced; 0 if there is no such age, or nothing is known of its life.
 * @param conditionLimit share of the damage at which it is best replaced, 0..1; 1: run it to failure; 0: not known.
 * @param policy how both came about, in words.
 */
public record PlannedJob(
        TwinInstance asset,
        String mode,
        PlantMaintenance.Task task,
        MaintenanceJob job,
        double ageHours,
        double optimalAgeHours,
        double conditionLimit,
        String policy) {}
