package org.uatwin.server.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.types.StructureDeclaration;

/**
 * Input and output arguments of a method.
 *
 * @param name BrowseName of the method.
 * @param description what it does, for people.
 */
public record MethodSignature(String name, String description, List<Arg> inputs, List<Arg> outputs) {
    /**
     * One argument: a scalar or a one-dimensional array of scalars; of Detailed methods a structure.
     *
     * @param description for people, with the unit.
     */
    public record Arg(
            String name, ArgType type, boolean isArray, String description, @Nullable StructureDeclaration structure) {
        public Arg(String name, ArgType type, boolean isArray, String description) {
            this(name, type, isArray, description, null);
        }

        /** One structure of ours. */
        static Arg structure(String name, StructureDeclaration structure, String description) {
            return new Arg(name, ArgType.STRUCTURE, false, description, structure);
        }

        /** NodeId of the DataType. */
        public NodeId dataType() {
            return structure == null ? new NodeId(0, type.builtinId()) : structure.id();
        }
    }

    /** Types that occur in signatures. */
    public enum ArgType {
        BOOLEAN(ValueType.BOOLEAN.builtinId()),
        INT32(ValueType.INT32.builtinId()),
        UINT32(ValueType.UINT32.builtinId()),
        DOUBLE(ValueType.DOUBLE.builtinId()),
        STRING(ValueType.STRING.builtinId()),
        DATE_TIME(ValueType.DATE_TIME.builtinId()),
        LOCALIZED_TEXT(21),
        /** One of ours, named by the argument. */
        STRUCTURE(22);

        private final int builtinId;

        ArgType(int builtinId) {
            this.builtinId = builtinId;
        }

        /** Built-in type id, also the DataType's numeric NodeId in namespace 0. */
        public int builtinId() {
            return builtinId;
        }
    }

    /** The method of the plant file's twin. */
    public static final String RELOAD = "Reload";

    /** Sends several setpoints, all or none. */
    public static final String APPLY = "ApplySetpoints";

    /** Switches the automatic mode. */
    public static final String SET_MODE = "SetControlMode";

    private static final Map<String, MethodSignature> ALL = all();

    /** Those about health and maintenance, and whether an operator may call each. */
    private static final Map<String, Boolean> OF_MAINTENANCE = Map.ofEntries(
            Map.entry("AssessHealth", true),
            Map.entry("PredictRemainingUsefulLife", true),
            Map.entry("Diagnose", true),
            Map.entry("PlanMaintenance", false),
            Map.entry("ScheduleMaintenance", false),
            Map.entry("DeferMaintenance", true),
            Map.entry("RecordMaintenance", false),
            Map.entry("RecordFailure", false),
            Map.entry("ListMaintenance", true),
            Map.entry("LearnBaseline", false),
            Map.entry("ListModels", false),
            Map.entry("RollbackModel", false),
            Map.entry("ExportModel", false));

    public MethodSignature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The signature of the method of that name; empty if the product has none. */
    public static Optional<MethodSignature> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** Whether a method, or the structured variant of one, is about health and maintenance. */
    public static boolean isOfMaintenance(String name) {
        return OF_MAINTENANCE.containsKey(flat(name));
    }

    /** Whether only engineers may call it (information model 4.7). */
    public boolean isForEngineers() {
        return Boolean.FALSE.equals(OF_MAINTENANCE.get(flat(name)));
    }

    private static String flat(String name) {
        return name.endsWith(DetailedMethod.SUFFIX)
                ? name.substring(0, name.length() - DetailedMethod.SUFFIX.length())
                : name;
    }

    /** The structured variant of this method; empty if it has none. */
    public Optional<MethodSignature> detailed() {
        return named(name + DetailedMethod.SUFFIX);
    }

    private static Map<String, MethodSignature> all() {
        MethodSignature whatIf = new MethodSignature(
                "WhatIf",
                "Answers what one output would be after the horizon if one parameter had another value, starting from"
                        + " the live state, which is not changed.",
                List.of(
                        in("ParameterName", ArgType.STRING, "Point or model parameter to change, e.g. SpeedSetpoint."),
                        in("NewValue", ArgType.DOUBLE, "Its new value, in the parameter's unit."),
                        in("OutputName", ArgType.STRING, "Point or key figure to predict, e.g. DischargePressure."),
                        in(
                                "HorizonSeconds",
                                ArgType.DOUBLE,
                                "How far to look ahead, in seconds; 0 means the server's default.")),
                answer(
                        out("Baseline", ArgType.DOUBLE, "The output at the horizon if nothing changes."),
                        out("Predicted", ArgType.DOUBLE, "The output at the horizon with the new value."),
                        out("Delta", ArgType.DOUBLE, "Predicted minus Baseline.")));
        MethodSignature simulate = new MethodSignature(
                "Simulate",
                "Starts a simulation run from the live state and answers its RunId at once.",
                List.of(
                        in("ScenarioName", ArgType.STRING, "Named scenario; empty means: only the parameters below."),
                        in("HorizonSeconds", ArgType.DOUBLE, "Simulated time, in seconds; 0 means the default."),
                        in("StepSeconds", ArgType.DOUBLE, "Output step, in seconds; 0 means the default."),
                        array("ParameterNames", ArgType.STRING, "Points or model parameters to change; may be empty."),
                        array("ParameterValues", ArgType.DOUBLE, "Their values, one per name, in their units.")),
                answer(out("RunId", ArgType.STRING, "Identifies the run for GetRunStatus, GetRunSeries, CancelRun.")));
        MethodSignature status = new MethodSignature(
                "GetRunStatus",
                "Tells how far a run is.",
                List.of(in("RunId", ArgType.STRING, "As answered by Simulate.")),
                answer(
                        out("State", ArgType.INT32, "0 queued, 1 running, 2 completed, 3 cancelled, 4 failed."),
                        out("ProgressPercent", ArgType.DOUBLE, "0 to 100."),
                        out("ResultId", ArgType.STRING, "Identifies the result once completed; else empty.")));
        MethodSignature series = new MethodSignature(
                "GetRunSeries",
                "Answers the time series of one output of a completed run.",
                List.of(
                        in("RunId", ArgType.STRING, "As answered by Simulate."),
                        in("OutputName", ArgType.STRING, "Point or key figure, e.g. Flow."),
                        in("MaxPoints", ArgType.UINT32, "Largest number of points; 0 means the server's default.")),
                answer(
                        array("Times", ArgType.DATE_TIME, "Simulated times, starting at the live state's."),
                        array("Values", ArgType.DOUBLE, "Values at those times, in the output's unit.")));
        MethodSignature cancel = new MethodSignature(
                "CancelRun",
                "Stops a run.",
                List.of(in("RunId", ArgType.STRING, "As answered by Simulate.")),
                answer());
        Map<String, MethodSignature> all = new java.util.LinkedHashMap<>();
        for (MethodSignature signature : List.of(
                whatIf,
                simulate,
                status,
                series,
                cancel,
                runResult(),
                describe(),
                reload(),
                optimize(),
                describeObjectives(),
                ControlSignatures.apply(),
                ControlSignatures.setMode())) {
            all.put(signature.name(), signature);
        }
        MaintenanceSignatures.all().forEach(signature -> all.put(signature.name(), signature));
        for (DetailedMethod detailed : DetailedMethod.ALL) {
            MethodSignature signature = detailed.signature(Objects.requireNonNull(all.get(detailed.flat())));
            all.put(signature.name(), signature);
        }
        return java.util.Collections.unmodifiableMap(all);
    }

    private static MethodSignature runResult() {
        return new MethodSignature(
                "GetRunResult",
                "Answers the key figures and events of a completed run, against the same run without the changes.",
                List.of(in("RunId", ArgType.STRING, "As answered by Simulate.")),
                answer(
                        array(
                                "KpiNames",
                                ArgType.STRING,
                                "Figures of the model, and outputs with .Mean .Min .Max .End."),
                        array("KpiUnits", ArgType.STRING, "Their units."),
                        array("KpiValues", ArgType.DOUBLE, "Of the run; with replicates their means."),
                        array(
                                "BaselineValues",
                                ArgType.DOUBLE,
                                "The same without the changes, on the same random numbers."),
                        array("LowerValues", ArgType.DOUBLE, "Lower ends of the 90 % intervals over the replicates."),
                        array("UpperValues", ArgType.DOUBLE, "Upper ends."),
                        array("EventSeconds", ArgType.DOUBLE, "When events happened, in seconds since the start."),
                        array("EventNames", ArgType.STRING, "What happened then.")));
    }

    private static MethodSignature describe() {
        return new MethodSignature(
                "DescribeModel",
                "Tells what WhatIf and Simulate can be asked: parameters with ranges, outputs, scenarios.",
                List.of(),
                answer(
                        array("ParameterNames", ArgType.STRING, "What may be set: inputs and tunable parameters."),
                        array("ParameterUnits", ArgType.STRING, "Their units."),
                        array("LowerLimits", ArgType.DOUBLE, "Smallest values they may be set to."),
                        array("UpperLimits", ArgType.DOUBLE, "Largest values."),
                        array("OutputNames", ArgType.STRING, "What may be asked for."),
                        array("OutputUnits", ArgType.STRING, "Their units."),
                        array(
                                "ScenarioNames",
                                ArgType.STRING,
                                "Scenarios of Simulate; failure modes begin with fault-."),
                        array("ScenarioTexts", ArgType.STRING, "What happens in them.")));
    }

    private static MethodSignature optimize() {
        return new MethodSignature(
                "Optimize",
                "Starts a search for the best decision from the live state, which is not changed, and answers its RunId at"
                        + " once.",
                List.of(
                        in(
                                "ObjectiveName",
                                ArgType.STRING,
                                "Named objective, or one with its settings in YAML; empty means the default one."),
                        in("HorizonSeconds", ArgType.DOUBLE, "How far to look ahead, in seconds; 0 means the default."),
                        in("MaxIterations", ArgType.UINT32, "Evaluations of the model at most; 0 means the default.")),
                answer(out(
                        "RunId",
                        ArgType.STRING,
                        "Identifies the run for GetRunStatus, GetRunResult, GetRunSeries, CancelRun.")));
    }

    private static MethodSignature describeObjectives() {
        return new MethodSignature(
                "DescribeObjectives",
                "Tells what Optimize can be asked: objectives with their settings, decisions and limits.",
                List.of(),
                answer(
                        array("ObjectiveNames", ArgType.STRING, "What Optimize takes; the first is the default."),
                        array("ObjectiveTexts", ArgType.STRING, "What is decided, what for, and how it is solved."),
                        array("ObjectiveUnits", ArgType.STRING, "Units of what is made small or large."),
                        array("SettingNames", ArgType.STRING, "What a text may set, as objective.Setting."),
                        array("SettingUnits", ArgType.STRING, "Their units."),
                        array("SettingValues", ArgType.STRING, "What holds if the text says nothing."),
                        array("SettingTexts", ArgType.STRING, "What they mean, and their range."),
                        array("DecisionNames", ArgType.STRING, "What is decided, as objective.Decision."),
                        array("DecisionUnits", ArgType.STRING, "Their units."),
                        array("LowerLimits", ArgType.DOUBLE, "Smallest values they may have."),
                        array("UpperLimits", ArgType.DOUBLE, "Largest values."),
                        array("LimitNames", ArgType.STRING, "What must hold beside them, as objective.Limit."),
                        array("LimitTexts", ArgType.STRING, "What that is, with its bound.")));
    }

    /** No prediction, so without the answer block. */
    private static MethodSignature reload() {
        return new MethodSignature(
                RELOAD,
                "Reads the plant file again and takes over what changed; with DryRun it only says what it would do.",
                List.of(in("DryRun", ArgType.BOOLEAN, "Check and compare only; nothing is changed.")),
                List.of(
                        out("Success", ArgType.BOOLEAN, "False if the file was refused; Message says why."),
                        out("Message", ArgType.LOCALIZED_TEXT, "Short text for people."),
                        array(
                                "Findings",
                                ArgType.STRING,
                                "What is to be mended or known, with file, line and column, one text each."),
                        out("Added", ArgType.UINT32, "Twins that are new."),
                        out("Removed", ArgType.UINT32, "Twins that are gone."),
                        out("Changed", ArgType.UINT32, "Twins that are others now, renamed ones included.")));
    }

    static Arg in(String name, ArgType type, String description) {
        return new Arg(name, type, false, description);
    }

    static Arg out(String name, ArgType type, String description) {
        return new Arg(name, type, false, description);
    }

    static Arg array(String name, ArgType type, String description) {
        return new Arg(name, type, true, description);
    }

    /** Outputs framed as contracts section 4 says: Success and Message first, the answer block last. */
    static List<Arg> answer(Arg... own) {
        List<Arg> outputs = new ArrayList<>();
        outputs.add(out("Success", ArgType.BOOLEAN, "Whether there is an answer; if not, Message says why."));
        outputs.add(out("Message", ArgType.LOCALIZED_TEXT, "Short text for the operator."));
        outputs.addAll(List.of(own));
        outputs.add(out("Lower", ArgType.DOUBLE, "Lower end of the interval of the main answer."));
        outputs.add(out("Upper", ArgType.DOUBLE, "Upper end of the interval of the main answer."));
        outputs.add(out("ConfidenceLevel", ArgType.DOUBLE, "Probability of the interval, 0..1; 0 means no interval."));
        outputs.add(out("Unit", ArgType.STRING, "Unit of the main answer; empty if it has none."));
        outputs.add(out("DataAgeSeconds", ArgType.DOUBLE, "Age of the oldest live value used, in seconds."));
        outputs.add(out("FitScore", ArgType.DOUBLE, "How well the model follows the asset, 0..1; -1 not tracked."));
        outputs.add(out("Extrapolated", ArgType.BOOLEAN, "Whether the answer lies outside the validated range."));
        outputs.add(out("ModelVersion", ArgType.STRING, "Name and version of the model that answered."));
        outputs.add(out("Reason", ArgType.LOCALIZED_TEXT, "What the answer rests on, or why there is none."));
        return outputs;
    }
}
