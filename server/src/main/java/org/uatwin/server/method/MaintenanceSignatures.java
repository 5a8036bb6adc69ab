package org.uatwin.server.method;

import static org.uatwin.server.method.MethodSignature.answer;
import static org.uatwin.server.method.MethodSignature.array;
import static org.uatwin.server.method.MethodSignature.in;
import static org.uatwin.server.method.MethodSignature.out;

import java.util.List;
import org.uatwin.server.method.MethodSignature.ArgType;

/** Signatures of the methods about health and maintenance (information model 4.7). */
final class MaintenanceSignatures {
    private MaintenanceSignatures() {}

    static List<MethodSignature> all() {
        return List.of(
                assess(),
                predict(),
                diagnose(),
                plan(),
                record(),
                learn(),
                listModels(),
                rollbackModel(),
                exportModel(),
                schedule(),
                defer(),
                recordFailure(),
                listMaintenance());
    }

    private static MethodSignature assess() {
        return new MethodSignature(
                "AssessHealth",
                "Tells how healthy the asset is, and what that rests on.",
                List.of(),
                answer(
                        out("HealthScore", ArgType.DOUBLE, "100 as new, 0 failed."),
                        out(
                                "DeviceHealth",
                                ArgType.INT32,
                                "Condition by NAMUR NE 107: 0 normal, 1 failure, 2 check function, 3 off spec, 4 maintenance required."),
                        out("AssessedAt", ArgType.DATE_TIME, "When.")));
    }

    private static MethodSignature predict() {
        return new MethodSignature(
                "PredictRemainingUsefulLife",
                "Tells how long the asset will last, from the live state and what it has worn so far.",
                List.of(in(
                        "LoadFactor",
                        ArgType.DOUBLE,
                        "Future load, as a share of the present one; 0 means 1, as now.")),
                answer(
                        out(
                                "RemainingHours",
                                ArgType.DOUBLE,
                                "Median of the time until the first failure mode is reached, in hours."),
                        out("FailureProbability", ArgType.DOUBLE, "Probability of failing within 168 hours, 0..1."),
                        out("DominantMode", ArgType.STRING, "Failure mode expected first.")));
    }

    private static MethodSignature diagnose() {
        return new MethodSignature(
                "Diagnose",
                "Names the failure mode that explains what is seen, with its evidence.",
                List.of(),
                answer(
                        out(
                                "FaultName",
                                ArgType.STRING,
                                "Failure mode; empty if nothing is wrong, Unknown if none explains it."),
                        out("Confidence", ArgType.DOUBLE, "0..1 that it is this one and not another."),
                        out("Since", ArgType.DATE_TIME, "Since when something is seen; null if nothing is."),
                        array("CandidateNames", ArgType.STRING, "All that could explain it, likeliest first."),
                        array("CandidateConfidences", ArgType.DOUBLE, "Their confidence."),
                        array("Evidence", ArgType.STRING, "What is seen, a line each."),
                        array("Discriminators", ArgType.STRING, "What would tell the candidates apart.")));
    }

    private static MethodSignature plan() {
        return new MethodSignature(
                "PlanMaintenance",
                "Proposes what to do when, and tells what deferring it would risk.",
                List.of(
                        in("EarliestStart", ArgType.DATE_TIME, "Not before; null means now."),
                        in(
                                "LatestEnd",
                                ArgType.DATE_TIME,
                                "To be finished by; null means within the life of the asset, 90 days at most."),
                        in(
                                "MaxDurationHours",
                                ArgType.DOUBLE,
                                "Longest interruption that can be afforded, in hours; 0 means any.")),
                answer(
                        out("ProposedStart", ArgType.DATE_TIME, "When to begin; null if nothing is to be done."),
                        out("DurationHours", ArgType.DOUBLE, "How long it takes, in hours."),
                        out(
                                "RiskBefore",
                                ArgType.DOUBLE,
                                "Probability of failing before the end of the window if nothing is done, 0..1."),
                        out("RiskAfter", ArgType.DOUBLE, "The same if it is done as proposed."),
                        out("Task", ArgType.STRING, "What is to be done.")));
    }

    private static MethodSignature record() {
        return new MethodSignature(
                "RecordMaintenance",
                "Keeps that the asset was maintained, and lets what the twin has learnt of the parts concerned begin anew.",
                List.of(
                        in(
                                "Task",
                                ArgType.STRING,
                                "What was done: a failure mode (what leads to it was made as new), Overhaul (all of it) or Inspection (nothing was changed)."),
                        in("PerformedAt", ArgType.DATE_TIME, "When; null means now."),
                        in(
                                "Restored",
                                ArgType.DOUBLE,
                                "Share of the damage that was taken away, 0..1; 0 means what the plant file says, else all of it."),
                        in("Remark", ArgType.STRING, "Free text, kept with it.")),
                answer(
                        out("RecordId", ArgType.STRING, "Identifies the record."),
                        array("ResetNames", ArgType.STRING, "What begins anew.")));
    }

    private static MethodSignature learn() {
        return new MethodSignature(
                "LearnBaseline",
                "Starts to learn from history what is normal for the asset, and answers the RunId at once; then the model is in use.",
                List.of(
                        in(
                                "From",
                                ArgType.DATE_TIME,
                                "Begin of the time that was normal; null means 30 days before Until."),
                        in("Until", ArgType.DATE_TIME, "Its end; null means now.")),
                answer(out("RunId", ArgType.STRING, "Identifies the run for GetRunStatus and CancelRun.")));
    }

    private static MethodSignature listModels() {
        return new MethodSignature(
                "ListModels",
                "Lists the learned models that are kept of the asset.",
                List.of(),
                answer(
                        array("Versions", ArgType.STRING, "Their versions, newest first."),
                        array("LearnedAt", ArgType.DATE_TIME, "When each was learned."),
                        array("Rows", ArgType.UINT32, "Instants each was learned from."),
                        array("InUse", ArgType.BOOLEAN, "Whether it is the one in use."),
                        array("Descriptions", ArgType.STRING, "What each knows.")));
    }

    private static MethodSignature rollbackModel() {
        return new MethodSignature(
                "RollbackModel",
                "Uses an earlier learned model again.",
                List.of(in(
                        "Version",
                        ArgType.STRING,
                        "As ListModels gives it; empty means the one before that in use; none means to use no model.")),
                answer(out("ActiveVersion", ArgType.STRING, "The one in use from now on; empty if none is.")));
    }

    private static MethodSignature exportModel() {
        return new MethodSignature(
                "ExportModel",
                "Answers a learned model as a text.",
                List.of(in("Version", ArgType.STRING, "As ListModels gives it; empty means that in use.")),
                answer(out("Document", ArgType.STRING, "The model in JSON.")));
    }

    private static MethodSignature schedule() {
        return new MethodSignature(
                "ScheduleMaintenance",
                "Plans the maintenance of the asset and all its parts together, under the crews and calendars of the plant file; a row of the arrays for each job.",
                plan().inputs(),
                answer(
                        array(
                                "Tasks",
                                ArgType.STRING,
                                "What is to be done; what is planned first comes first, what waits last."),
                        array("TwinIds", ArgType.STRING, "The assets it is done to."),
                        array("Starts", ArgType.DATE_TIME, "When to begin; null if it waits."),
                        array(
                                "LatestStarts",
                                ArgType.DATE_TIME,
                                "Until when the risk stays within its limit; null if beyond what is foreseen."),
                        array("DurationsHours", ArgType.DOUBLE, "How long it takes, in hours."),
                        array("Crews", ArgType.STRING, "Who does it; empty if the plant file has no crews."),
                        array(
                                "RisksBefore",
                                ArgType.DOUBLE,
                                "Probability of failing before the end of the plan if it is not done, 0..1."),
                        array("RisksAfter", ArgType.DOUBLE, "The same with the plan: of failing before it is done."),
                        array(
                                "CostsAgainstWaiting",
                                ArgType.DOUBLE,
                                "Expected cost less that of waiting until the end of the plan; below 0 it saves."),
                        array("CostsOfDeferring", ArgType.DOUBLE, "Expected cost of doing it a week later."),
                        array("Reasons", ArgType.STRING, "Why then, or why not."),
                        array(
                                "OptimalAges",
                                ArgType.DOUBLE,
                                "Age at which the part is best replaced, in hours; 0: none, or not known."),
                        array(
                                "ConditionLimits",
                                ArgType.DOUBLE,
                                "Share of the damage at which it is best replaced, 0..1; 1: run to failure; 0: not known."),
                        array("Policies", ArgType.STRING, "Both in words, with what they rest on."),
                        out("ExpectedCost", ArgType.DOUBLE, "Of the plan."),
                        out("CostOfWaiting", ArgType.DOUBLE, "If all of it waited until the end of the plan."),
                        out("Currency", ArgType.STRING, "Of all costs; empty: in parts of the planned cost of a job."),
                        array("Notes", ArgType.STRING, "What is not planned, and why.")));
    }

    private static MethodSignature defer() {
        return new MethodSignature(
                "DeferMaintenance",
                "Tells what it risks and costs to do planned work later.",
                List.of(
                        in(
                                "Task",
                                ArgType.STRING,
                                "As PlanMaintenance names it, for a part twin/task; empty means what comes first."),
                        in("LaterStart", ArgType.DATE_TIME, "When it would begin instead; null means in a week.")),
                answer(
                        out("DeferredTask", ArgType.STRING, "The work that is meant."),
                        out("PlannedStart", ArgType.DATE_TIME, "When the plan begins it; null if it waits by plan."),
                        out(
                                "LatestStart",
                                ArgType.DATE_TIME,
                                "Until when the risk stays within its limit; null if beyond what is foreseen."),
                        out("Risk", ArgType.DOUBLE, "Probability of failing before the planned start, 0..1."),
                        out("RiskLater", ArgType.DOUBLE, "The same for the later start."),
                        out("CostOfDeferring", ArgType.DOUBLE, "Expected cost more; below 0 it pays to wait."),
                        out(
                                "Currency",
                                ArgType.STRING,
                                "Of the cost; empty: in parts of the planned cost of the job.")));
    }

    private static MethodSignature recordFailure() {
        return new MethodSignature(
                "RecordFailure",
                "Keeps that the asset failed and was repaired; lives of parts are learned from it, and what the twin has learnt of the part begins anew.",
                List.of(
                        in(
                                "FailureMode",
                                ArgType.STRING,
                                "By what it failed: a failure mode, or a task of the plant file."),
                        in("FailedAt", ArgType.DATE_TIME, "When; null means when it was repaired."),
                        in("RepairedAt", ArgType.DATE_TIME, "When it worked again; null means now."),
                        in(
                                "Restored",
                                ArgType.DOUBLE,
                                "Share of the damage that was taken away, 0..1; 0 means what the plant file says, else all of it."),
                        in("Remark", ArgType.STRING, "Free text, kept with it.")),
                answer(
                        out("RecordId", ArgType.STRING, "Identifies the record."),
                        array("ResetNames", ArgType.STRING, "What begins anew.")));
    }

    private static MethodSignature listMaintenance() {
        return new MethodSignature(
                "ListMaintenance",
                "Lists what was done to the asset and its parts, the latest first.",
                List.of(),
                answer(
                        array("RecordIds", ArgType.STRING, "Identify the records."),
                        array("TwinIds", ArgType.STRING, "The assets."),
                        array("Tasks", ArgType.STRING, "What was done, or by what it failed."),
                        array("Causes", ArgType.STRING, "Preventive (it was planned) or Corrective (it had failed)."),
                        array("PerformedAt", ArgType.DATE_TIME, "When it was done."),
                        array("FailedAt", ArgType.DATE_TIME, "When it had failed; null if it had not."),
                        array("Restored", ArgType.DOUBLE, "Share of the damage that was taken away, 0..1."),
                        array("Remarks", ArgType.STRING, "What was noted."),
                        array("RecordedBy", ArgType.STRING, "Who recorded it.")));
    }
}
