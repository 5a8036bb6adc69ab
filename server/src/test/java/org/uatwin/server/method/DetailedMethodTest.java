package org.uatwin.server.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.uatwin.server.types.StructureDeclaration;

/** A structured variant has every argument of its flat method, of the same type, under the same name (contracts section 4). */
class DetailedMethodTest {
    static Stream<DetailedMethod> variants() {
        return DetailedMethod.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void structuresHoldTheArgumentsOfTheFlatMethod(DetailedMethod variant) {
        MethodSignature flat = MethodSignature.named(variant.flat()).orElseThrow();
        assertThat(texts(variant.result())).containsSubsequence(texts(flat.outputs()));
        variant.request().ifPresent(request -> assertThat(texts(request)).containsAll(texts(flat.inputs())));
        assertThat(variant.request().isPresent())
                .isEqualTo(flat.inputs().size() > 1 || variant.flat().equals("GetRunResult"));
        assertThat(flat.detailed()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void resultsBeginWithSuccessAndEndWithTheAnswerBlock(DetailedMethod variant) {
        assertThat(texts(variant.result()))
                .startsWith("Success 1", "Message 21")
                .endsWith("Reason 21");
    }

    @Test
    void signaturesStayAsTheyWerePublished() {
        assertThat(variants().map(DetailedMethodTest::line))
                .containsExactly(
                        "WhatIfDetailed(Request WhatIfRequestDataType) -> Result WhatIfResultDataType",
                        "SimulateDetailed(Request SimulationRequestDataType) -> Result SimulationResultDataType",
                        "GetRunStatusDetailed(RunId STRING) -> Result RunStatusDataType",
                        "GetRunSeriesDetailed(Request RunSeriesRequestDataType) -> Result RunSeriesDataType",
                        "GetRunResultDetailed(Request RunResultRequestDataType) -> Result RunResultDataType",
                        "CancelRunDetailed(RunId STRING) -> Result CancelRunResultDataType",
                        "DescribeModelDetailed() -> Result ModelDescriptionDataType",
                        "OptimizeDetailed(Request OptimizationRequestDataType) -> Result OptimizationResultDataType",
                        "DescribeObjectivesDetailed() -> Result ObjectivesDescriptionDataType",
                        "AssessHealthDetailed() -> Result HealthAssessmentDataType",
                        "PredictRemainingUsefulLifeDetailed(LoadFactor DOUBLE) -> Result RemainingLifeDataType",
                        "DiagnoseDetailed() -> Result DiagnosisDataType",
                        "PlanMaintenanceDetailed(Request MaintenancePlanRequestDataType) -> Result MaintenancePlanDataType",
                        "RecordMaintenanceDetailed(Request MaintenanceRecordRequestDataType) -> Result MaintenanceRecordResultDataType",
                        "LearnBaselineDetailed(Request BaselineRequestDataType) -> Result BaselineResultDataType",
                        "ScheduleMaintenanceDetailed(Request MaintenancePlanRequestDataType) -> Result MaintenanceScheduleDataType");
    }

    private static String line(DetailedMethod variant) {
        MethodSignature signature = MethodSignature.named(variant.name()).orElseThrow();
        return "%s(%s) -> %s"
                .formatted(signature.name(), arguments(signature.inputs()), arguments(signature.outputs()));
    }

    private static String arguments(List<MethodSignature.Arg> arguments) {
        return arguments.stream()
                .map(arg -> arg.name() + " "
                        + (arg.structure() == null
                                ? arg.type()
                                : arg.structure().name()))
                .collect(Collectors.joining(", "));
    }

    private static List<String> texts(StructureDeclaration structure) {
        return structure.fields().stream()
                .map(field ->
                        field.name() + " " + field.dataType().getIdentifier() + (field.valueRank() == 1 ? "[]" : ""))
                .toList();
    }

    private static List<String> texts(List<MethodSignature.Arg> arguments) {
        return arguments.stream()
                .map(arg -> arg.name() + " " + arg.type().builtinId() + (arg.isArray() ? "[]" : ""))
                .toList();
    }
}
