package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.certs.user.Role;
import org.uatwin.certs.user.UserDirectory.PlainUser;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.plcadapters.device.VirtualModbusServer;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;

/** What {@code Optimize} recommends reaches the pump: sent by a person, and by the automatic mode. */
class RecommendationIT {
    private static final String PLANT =
            """
            uatwin: 1
            siteId: pump
            server: {host: localhost, securityNone: true, anonymous: Observer}
            connections:
              line: {host: 127.0.0.1, port: %d, pollGroups: {fast: 100 ms}, devices: {plc: {unit: 1}}}
            twins:
              - id: pump
                type: CentrifugalPump
                points:
                  SpeedSetpoint: holding 0 uint16
                  Speed: input 0 uint16
                  Flow: {value: 80}
                  SuctionPressure: {value: 0.5}
                  DischargePressure: {value: 5.4}
                  ValvePosition: {value: 60}
                  MotorPower: {value: 17}
                  FluidTemperature: {value: 20}
                apply: {maxAge: 1 min}
                automatic:
                  objective: |
                    uatwin: 1
                    objective: energy
                    settings:
                      MinFlow: 60
                  period: 1 s
                  freshness: 30 s
                  extrapolation: allow
                  setpoints: {SpeedSetpoint: {limits: [1000, 3000]}}
            """;

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }

    private static Object output(CallMethodResult result, int i) {
        return Objects.requireNonNull(Objects.requireNonNull(result.getOutputArguments())[i].value());
    }

    private static String message(CallMethodResult result) {
        return Objects.requireNonNull(((LocalizedText) output(result, 1)).text());
    }

    @Test
    void recommendedSpeedIsSentByAPersonAndByTheMode(@TempDir Path data) throws Exception {
        try (VirtualModbusServer device = VirtualModbusServer.start(InetAddress.getLoopbackAddress(), 0)) {
            device.unit(1).setHolding(0, 2900);
            device.unit(1).setInput(0, 2900);
            PlantReading reading = PlantFile.read(PLANT.formatted(device.port()), "pump.yaml");
            try (UatwinServer server = UatwinServer.start(
                            reading.plant()
                                    .orElseThrow(() -> new AssertionError(
                                            reading.findings().toString()))
                                    .withServer(s -> s.withPort(0)),
                            new ServerOptions(
                                    data, List.of(new PlainUser("engineer", "engineer", Set.of(Role.ENGINEER)))));
                    PlantClient client = PlantClient.connect(server.endpointUrl(), "engineer")) {
                eventually(
                        () -> assertThat(client.read("pump/Speed").statusCode().isGood())
                                .isTrue());
                int sent = byHand(client, device);
                device.unit(1).setHolding(0, 2900);
                eventually(() -> assertThat(((Number) Objects.requireNonNull(client.read("pump/SpeedSetpoint")
                                        .value()
                                        .value()))
                                .doubleValue())
                        .isEqualTo(2900));
                CallMethodResult armed = client.call("pump", "SetControlMode", 2, "");
                assertThat(output(armed, 0)).as(message(armed)).isEqualTo(true);
                eventually(() -> assertThat(device.unit(1).holding(0)).isBetween(sent - 30, sent + 30));
                assertThat(client.read("pump/Control/RunId").value().value())
                        .asString()
                        .isNotEmpty();
                assertThat(client.read("pump/Control/Mode").value().value()).isEqualTo(2);
            }
        }
    }

    private static int byHand(PlantClient client, VirtualModbusServer device) throws Exception {
        CallMethodResult started = client.call(
                "pump", "Optimize", "{uatwin: 1, objective: energy, settings: {MinFlow: 60}}", 0.0, Unsigned.uint(0));
        assertThat(output(started, 0)).as(message(started)).isEqualTo(true);
        String run = (String) output(started, 2);
        String[] none = {};
        CallMethodResult early = client.call("pump", "ApplySetpoints", run, none, new Double[0], "", false);
        if (Boolean.FALSE.equals(output(early, 0))) { // it may have ended already
            assertThat(message(early)).startsWith("Nothing was sent: run " + run + " is ");
        }
        eventually(() ->
                assertThat(output(client.call("pump", "GetRunStatus", run), 2)).isEqualTo(2));
        CallMethodResult sent = client.call("pump", "ApplySetpoints", run, none, new Double[0], "less power", false);
        assertThat(output(sent, 0)).as(message(sent)).isEqualTo(true);
        assertThat((String[]) output(sent, 2)).containsExactly("pump/SpeedSetpoint");
        double asked = ((Double[]) output(sent, 6))[0];
        assertThat(asked).isBetween(1000.0, 2890.0); // 60 instead of 80 m³/h are to be had slower
        assertThat(device.unit(1).holding(0)).isEqualTo((int) Math.round(asked));
        assertThat(output(sent, Objects.requireNonNull(sent.getOutputArguments()).length - 2))
                .asString()
                .contains("CentrifugalPump"); // ModelVersion
        return device.unit(1).holding(0);
    }
}
