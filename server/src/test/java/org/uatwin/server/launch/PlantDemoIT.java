package org.uatwin.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.server.cli.FaultOptions;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

/** {@code uatwin demo mixed}: Modbus and MQTT in one process, nothing to install. */
class PlantDemoIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private static PlantDemo start(Path data) {
        Path plant = Path.of(System.getProperty("uatwin.root"), "examples", "mixed", "plant.yaml");
        return PlantDemo.start(plant, data, 0, Optional.empty());
    }

    /** Names of bound points that are not Good. */
    private static List<String> notGood(LivePlant live) {
        List<String> names = new ArrayList<>();
        for (Twin twin : live.plant().twins()) {
            TwinInstance instance = live.instance(twin.id());
            for (int i = 0; i < twin.pointCount(); i++) {
                if (instance != null && twin.binding(i) != null) {
                    String point = twin.type().points().get(i).name();
                    Sample sample = live.table().read(instance.row(point));
                    if (!sample.status().isGood()) {
                        names.add("%s/%s %s".formatted(twin.id(), point, sample.status()));
                    }
                }
            }
        }
        return names;
    }

    @Test
    void everyPointIsGoodAndBothNetworksObeyAndFail() throws Exception {
        try (PlantDemo demo = start(folder)) {
            await().atMost(40, TimeUnit.SECONDS)
                    .pollInterval(100, TimeUnit.MILLISECONDS)
                    .untilAsserted(
                            () -> assertThat(notGood(demo.server().live())).isEmpty());
            OpcUaClient client = OpcUaClient.create(
                    demo.server().endpointUrl(),
                    endpoints -> endpoints.stream()
                            .filter(e -> SecurityPolicy.None.getUri().equals(e.getSecurityPolicyUri()))
                            .findFirst(),
                    transport -> {},
                    config -> config.setIdentityProvider(new UsernameProvider("operator", "operator")));
            client.connect();
            try {
                // Modbus by read-back, JSON by its confirmation topic, Sparkplug by its metric
                for (Object[] wish : new Object[][] {
                    {"pump-01/SpeedSetpoint", 2500.0},
                    {"dosing-01/DoseRateSetpoint", 25.0},
                    {"dosing-01/Enabled", true},
                    {"tank-01/LevelSetpoint", 70.0}
                }) {
                    assertThat(client.writeValues(
                                            List.of(new NodeId(2, (String) wish[0])),
                                            List.of(DataValue.valueOnly(new Variant(wish[1]))))
                                    .get(0)
                                    .isGood())
                            .as((String) wish[0])
                            .isTrue();
                }
            } finally {
                client.disconnect();
            }
            for (String twin : List.of("pump-01", "vibration-01")) {
                fault(twin, FaultOptions.Kind.CABLE);
                await().atMost(20, TimeUnit.SECONDS)
                        .until(() -> notGood(demo.server().live()).stream().anyMatch(n -> n.startsWith(twin)));
                fault(twin, FaultOptions.Kind.CLEAR);
            }
            assertThatThrownBy(() -> fault("tank-01", FaultOptions.Kind.CABLE))
                    .hasMessageContaining("bound to several devices")
                    .hasMessageContaining("plant-broker/edge");
            fault("plant-broker/edge", FaultOptions.Kind.CABLE);
            fault("all", FaultOptions.Kind.CLEAR);
            await().atMost(20, TimeUnit.SECONDS)
                    .untilAsserted(
                            () -> assertThat(notGood(demo.server().live())).isEmpty());
        }
    }

    private void fault(String twin, FaultOptions.Kind kind) {
        int code = new Commands()
                .fault(new FaultOptions(twin, kind, 1, folder, false, new PrintWriter(new StringWriter())));
        assertThat(code).isZero();
    }
}
