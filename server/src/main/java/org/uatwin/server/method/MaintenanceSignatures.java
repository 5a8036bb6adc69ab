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
                exportModel());
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
                                "Share of the damage that was taken away, 0..1; 0 means all of it."),
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
}
