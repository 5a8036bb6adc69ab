package org.uatwin.server.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.server.types.BuiltInStructures;
import org.uatwin.server.types.StructureDeclaration;

/**
 * The structured variant of a method: the same question and answer as one structure each, for clients that handle these
 * (contracts section 4). Its fields are the flat method's arguments and more.
 *
 * @param flat the method whose variant it is.
 * @param request the structure of its one argument; empty if it takes what the flat method takes.
 * @param result the structure it answers.
 */
record DetailedMethod(String flat, Optional<StructureDeclaration> request, StructureDeclaration result) {
    /** What is appended to the name of the flat method. */
    static final String SUFFIX = "Detailed";

    /** Name of the one argument, and of the answer. */
    static final String REQUEST = "Request";

    static final String RESULT = "Result";

    static final List<DetailedMethod> ALL = List.of(
            of("WhatIf", "WhatIfRequestDataType", "WhatIfResultDataType"),
            of("Simulate", "SimulationRequestDataType", "SimulationResultDataType"),
            of("GetRunStatus", "", "RunStatusDataType"),
            of("GetRunSeries", "RunSeriesRequestDataType", "RunSeriesDataType"),
            of("GetRunResult", "RunResultRequestDataType", "RunResultDataType"),
            of("CancelRun", "", "CancelRunResultDataType"),
            of("DescribeModel", "", "ModelDescriptionDataType"),
            of("Optimize", "OptimizationRequestDataType", "OptimizationResultDataType"),
            of("DescribeObjectives", "", "ObjectivesDescriptionDataType"),
            of("AssessHealth", "", "HealthAssessmentDataType"),
            of("PredictRemainingUsefulLife", "", "RemainingLifeDataType"),
            of("Diagnose", "", "DiagnosisDataType"),
            of("PlanMaintenance", "MaintenancePlanRequestDataType", "MaintenancePlanDataType"),
            of("RecordMaintenance", "MaintenanceRecordRequestDataType", "MaintenanceRecordResultDataType"),
            of("LearnBaseline", "BaselineRequestDataType", "BaselineResultDataType"),
            of("ScheduleMaintenance", "MaintenancePlanRequestDataType", "MaintenanceScheduleDataType"));

    private static DetailedMethod of(String flat, String request, String result) {
        return new DetailedMethod(flat, BuiltInStructures.named(request), structure(result));
    }

    private static StructureDeclaration structure(String name) {
        return BuiltInStructures.named(name).orElseThrow(() -> new IllegalStateException("no structure " + name));
    }

    /** The variant of that name. */
    static Optional<DetailedMethod> named(String name) {
        return ALL.stream().filter(method -> method.name().equals(name)).findFirst();
    }

    String name() {
        return flat + SUFFIX;
    }

    /** Its signature. */
    MethodSignature signature(MethodSignature of) {
        List<MethodSignature.Arg> inputs = new ArrayList<>();
        if (request.isPresent()) {
            inputs.add(MethodSignature.Arg.structure(REQUEST, request.get(), of.name() + " as one structure."));
        } else {
            inputs.addAll(of.inputs());
        }
        return new MethodSignature(
                name(),
                of.description() + " Question and answer are structures.",
                inputs,
                List.of(MethodSignature.Arg.structure(RESULT, result, "The answer; Success and Message come first.")));
    }
}
