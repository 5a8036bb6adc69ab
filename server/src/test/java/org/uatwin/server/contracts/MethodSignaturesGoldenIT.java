package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.assembly.UatwinServer;

/** Contracts section 4: a signature never changes; a better method gets a new name. */
class MethodSignaturesGoldenIT {
    private static final List<String> METHODS = List.of(
            "WhatIf",
            "Simulate",
            "GetRunStatus",
            "GetRunSeries",
            "CancelRun",
            "GetRunResult",
            "DescribeModel",
            "Reload",
            "Optimize",
            "DescribeObjectives",
            "ApplySetpoints",
            "SetControlMode",
            "AssessHealth",
            "PredictRemainingUsefulLife",
            "Diagnose",
            "PlanMaintenance",
            "RecordMaintenance",
            "LearnBaseline",
            "ListModels",
            "RollbackModel",
            "ExportModel",
            "ScheduleMaintenance",
            "DeferMaintenance",
            "RecordFailure",
            "ListMaintenance");
    /** So that they have no node for them. */
    private static final Set<String> WITHOUT_INPUTS =
            Set.of("DescribeModel", "DescribeObjectives", "AssessHealth", "Diagnose", "ListModels", "ListMaintenance");

    private static final Map<NodeId, String> TYPES = Map.of(
            NodeIds.Boolean, "Boolean",
            NodeIds.Int32, "Int32",
            NodeIds.UInt32, "UInt32",
            NodeIds.Double, "Double",
            NodeIds.String, "String",
            NodeIds.DateTime, "DateTime",
            NodeIds.LocalizedText, "LocalizedText");

    /** Below the pump: without it there is no mode to set. */
    private static final String AUTOMATIC =
            """
                automatic: {period: 1 h, setpoints: {SpeedSetpoint: {formula: "1450 + 0 * Flow"}}}
            """;

    @Test
    void signaturesAreThoseOfTheGoldenFile(@TempDir Path data) throws Exception {
        List<String> lines = new ArrayList<>();
        try (GoldenPlant devices = GoldenPlant.open();
                UatwinServer server = devices.start(data, "golden", GoldenPlant.PUMP + AUTOMATIC);
                PlantClient client = PlantClient.operator(server.endpointUrl())) {
            for (String method : METHODS) {
                List<String> directions = WITHOUT_INPUTS.contains(method)
                        ? List.of("OutputArguments")
                        : List.of("InputArguments", "OutputArguments");
                for (String direction : directions) {
                    ExtensionObject[] arguments =
                            (ExtensionObject[]) Objects.requireNonNull(client.read("%s/MethodSet/%s/%s"
                                            .formatted(
                                                    method.equals("Reload") ? ":plant" : "pump-01", method, direction))
                                    .value()
                                    .value());
                    for (ExtensionObject encoded : arguments) {
                        Argument argument = (Argument) encoded.decode(client.milo.getStaticEncodingContext());
                        lines.add(line(method, direction, argument));
                        assertThat(Objects.requireNonNull(argument.getDescription())
                                        .text())
                                .as("description of %s %s", method, argument.getName())
                                .isNotBlank();
                    }
                }
            }
        }
        assertThat(lines).isEqualTo(golden());
    }

    private static String line(String method, String direction, Argument argument) {
        return "%s %s %s %s%s"
                .formatted(
                        method,
                        direction.startsWith("In") ? "in" : "out",
                        argument.getName(),
                        TYPES.getOrDefault(
                                argument.getDataType(), argument.getDataType().toString()),
                        argument.getValueRank() == 1 ? "[]" : argument.getValueRank() == -1 ? "" : "?");
    }

    private static List<String> golden() throws Exception {
        try (InputStream in =
                Objects.requireNonNull(MethodSignaturesGoldenIT.class.getResourceAsStream("method-signatures.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .toList();
        }
    }
}
