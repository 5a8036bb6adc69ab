package org.uatwin.server.vibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.AxisInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.type.VibrationPoints.Fault;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.method.SimulationModels;
import org.uatwin.server.virtual.Physics;
import org.uatwin.server.virtual.VirtualDevices;
import org.uatwin.server.virtual.VirtualPlantOptions;
import org.uatwin.server.virtual.fault.FaultOrder;
import org.uatwin.server.virtual.fault.FaultSchedule;

/** examples/vibration as it is: virtual accelerometers, MQTT, the server, an OPC UA client. */
class VirtualAccelerometerIT {
    private static final int SITE = 2;

    @Test
    void aDamagedBearingIsNamedToAClient(@TempDir Path folder) throws Exception {
        Path file = Path.of(System.getProperty("uatwin.root"), "examples", "vibration", "plant.yaml");
        Plant plant = PlantFile.read(file, SimulationModels.builtIn(), Protocols.onClassPath())
                .plant()
                .orElseThrow();
        try (VirtualDevices devices = VirtualDevices.start(plant, options(plant, file.resolveSibling("physics.yaml")));
                UatwinServer server = UatwinServer.start(
                        plant.withServer(s -> s.withPort(0))
                                .withConnections(devices.endpoints().get(0)::instead),
                        new ServerOptions(folder, List.of()))) {
            OpcUaClient client = OpcUaClient.create(
                    server.endpointUrl(),
                    endpoints -> endpoints.stream()
                            .filter(e -> SecurityPolicy.None.getUri().equals(e.getSecurityPolicyUri()))
                            .findFirst(),
                    transport -> {},
                    config -> {});
            client.connect();
            try {
                devices.set(FaultOrder.of("fan-1/DriveEnd", "inner-race", Map.of()), Double.POSITIVE_INFINITY);
                await("fan-1")
                        .atMost(60, TimeUnit.SECONDS)
                        .pollInterval(100, TimeUnit.MILLISECONDS)
                        .until(() -> Integer.valueOf(Fault.INNER_RACE.number())
                                .equals(read(client, "fan-1/DriveEndBearingFault")
                                        .value()
                                        .value()));
                assertThat(read(client, "fan-1/DriveEndEvidence").value().value())
                        .asString()
                        .contains("inner race: order 5.", "(expected 5.415)", "6205-2RS");
                await("fan-1").atMost(10, TimeUnit.SECONDS).until(() -> "BearingInnerRace"
                        .equals(read(client, "fan-1/DiagnosedFault").value().value()));
                assertThat(read(client, "fan-2/DriveEndBearingFault").value().value())
                        .isEqualTo(Fault.NONE.number());
                ExtensionObject axis = (ExtensionObject) read(client, "fan-1/DriveEndSpectrum/XAxisDefinition")
                        .value()
                        .value();
                AxisInformation frequency = (AxisInformation) axis.decode(client.getStaticEncodingContext());
                assertThat(frequency.getEuRange().getHigh()).isBetween(5_990.0, 6_000.0);
                assertThat((Double[])
                                read(client, "fan-1/DriveEndSpectrum").value().value())
                        .hasSize(1_600);
            } finally {
                client.disconnect();
            }
        }
    }

    private static VirtualPlantOptions options(Plant plant, Path physics) {
        return new VirtualPlantOptions(
                InetAddress.getLoopbackAddress(),
                Map.of(),
                Map.of(),
                Physics.read(physics, plant),
                5,
                20,
                Duration.ofMillis(500),
                Optional.empty(),
                FaultSchedule.NONE,
                Optional.empty(),
                InstantSource.system());
    }

    private static DataValue read(OpcUaClient client, String node) throws Exception {
        return client.readValues(0, TimestampsToReturn.Both, List.of(new NodeId(SITE, node)))
                .get(0);
    }
}
