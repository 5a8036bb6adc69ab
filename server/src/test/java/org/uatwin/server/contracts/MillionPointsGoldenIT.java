package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.types.AddressSpaceWalk;

/** The rules of the address space hold in a plant too large to walk: 10 000 nodes by chance, always the same ones. */
class MillionPointsGoldenIT {
    private static final long SEED = 20_261_125;
    private static final int SAMPLES = 10_000;
    private static final int SITE = 2;
    private static final NodeId TWINS = new NodeId(3, 1002);

    /** Every library type and one of the file's own; nobody answers at the addresses. */
    private static final String PLANT =
            """
            uatwin: 1
            siteId: million
            server: {host: localhost, port: 0, securityNone: true, anonymous: Observer, historyInMemory: 0 s}
            connections:
              gateway-{001..250}:
                host: "127.0.1.{n}"
                port: 9
                timeout: 500 ms
                devices:
                  plc-{u=1..10}: {unit: "{u}"}
            types:
              Probe:
                version: 1.0.0
                level: component
                points:
            %s
            twins:
              - ids: probe-{00001..48000}
                type: Probe
                area: Area {i / 4800 + 1}
                line: Line {i / 480 + 1}
                device: gateway-{i / 200 + 1:03}/plc-{i / 20 %% 10 + 1}
                base: {input: "{i %% 20 * 40}"}
                points: {%s}
              - ids: pump-{0001..2000}
                type: CentrifugalPump
                area: Pumps {i / 500 + 1}
                device: gateway-{i / 8 + 1:03}/plc-1
                base: {input: "{1000 + i %% 8 * 10}", holding: "{i %% 8 * 10}"}
                points: {Flow: input 0 float32, DischargePressure: input 2 float32, Speed: input 4 float32, SpeedSetpoint: holding 0 float32}
              - ids: conveyor-{0001..1000}
                type: Conveyor
                area: Conveyors
                line: Line {i / 250 + 1}
                device: gateway-{i / 4 + 1:03}/plc-2
                base: {input: "{2000 + i %% 4 * 10}"}
                points: {BeltSpeed: input 0 float32}
              - {ids: "motor-{0001..1000}", type: Motor, parent: "conveyor-{n:04}", points: {}}
              - {ids: "tank-{001..500}", type: Tank, area: Tanks, device: "gateway-{i / 2 + 1:03}/plc-3", base: {input: "{i %% 2 * 10}"}, points: {Level: input 3000 float32}}
            """;

    private static String probe(String format, String separator) {
        List<String> lines = new ArrayList<>();
        for (int p = 0; p < 20; p++) {
            lines.add(format.formatted(p + 1, 2 * p));
        }
        return String.join(separator, lines);
    }

    @Test
    void tenThousandNodesOfAMillionPointsBreakNoRule(@TempDir Path data) {
        String text = PLANT.formatted(
                probe("      Value%02d: {unit: bar, euRange: [0, 16]}", "\n"),
                probe("Value%02d: input %d float32", ", "));
        var reading = PlantFile.read(text, "million.yaml");
        Plant plant = reading.plant()
                .orElseThrow(() -> new AssertionError(reading.findings().toString()));
        assertThat(plant.pointCount()).isGreaterThanOrEqualTo(1_000_000);
        try (UatwinServer server = UatwinServer.start(plant, new ServerOptions(data, List.of()))) {
            List<NodeId> roots = new ArrayList<>(List.of(TWINS));
            plant.twins().forEach(twin -> roots.add(new NodeId(SITE, twin.id())));
            plant.connections().forEach(link -> roots.add(new NodeId(SITE, "_" + link.name())));

            AddressSpaceWalk.Report report =
                    new AddressSpaceWalk(server.server()).sample(roots, SAMPLES, new Random(SEED));

            assertThat(report.nodes()).isEqualTo(SAMPLES);
            assertThat(report.ofNamespaces(0, 1)).isEmpty();
            assertThat(report.breaches()).as("seed %d", SEED).isEmpty();
        }
    }
}
