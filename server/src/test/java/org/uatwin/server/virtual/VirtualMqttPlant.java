package org.uatwin.server.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.virtual.fault.FaultOrder;
import org.uatwin.server.virtual.fault.FaultSchedule;

/** A plant on MQTT with a server in front of its virtual devices, over any broker. */
final class VirtualMqttPlant implements AutoCloseable {
    static final String PLANT =
            """
            uatwin: 1
            siteId: t
            connections:
              broker:
                protocol: mqtt
                url: mqtt://192.0.2.9
                backOff: {first: 100 ms, largest: 500 ms}
                devices:
                  gateway: {prefix: g/, period: 200 ms, hold: 1 s, time: /ts, quality: /q, availability: {topic: g/state}}
                  plain: {prefix: p/}
                  node: {period: 200 ms, hold: 1 s, sparkplug: {group: s, node: n}}
            types:
              T:
                version: 1.0.0
                level: component
                points:
                  Level: {unit: "%", euRange: [0, 100]}
                  Temperature: {unit: Cel, euRange: [0, 300]}
                  Setpoint: {unit: Cel, euRange: [0, 300], writable: true}
            twins:
              - {id: json, type: T, device: broker/gateway, points: {Level: "d#/level", Temperature: "d#/t", Setpoint: {address: "d#/set", command: set, confirm: "d#/set"}}}
              - {id: plain, type: T, device: broker/plain, points: {Level: level, Temperature: t, Setpoint: {address: s, command: s/set, confirm: s}}}
              - {id: node, type: T, device: broker/node, points: {Level: Level, Temperature: T, Setpoint: S}}
            """;
    private static final List<String> POINTS = List.of("Level", "Temperature", "Setpoint");
    private static final List<String> TWINS = List.of("json", "plain", "node");

    private final VirtualDevices devices;
    private final UatwinServer server;

    private VirtualMqttPlant(VirtualDevices devices, UatwinServer server) {
        this.devices = devices;
        this.server = server;
    }

    static Plant plant() {
        return PlantFile.read(PLANT, "t.yaml", Protocols.onClassPath()).plant().orElseThrow();
    }

    /** @param brokers of the connection; empty: one of our own. */
    static VirtualMqttPlant start(Path folder, Map<String, URI> brokers) {
        Plant plant = plant();
        VirtualDevices devices = VirtualDevices.start(
                plant,
                new VirtualPlantOptions(
                        InetAddress.getLoopbackAddress(),
                        Map.of(),
                        brokers,
                        Physics.NONE,
                        5,
                        1,
                        Duration.ofMillis(50),
                        Optional.empty(),
                        FaultSchedule.NONE,
                        Optional.empty(),
                        InstantSource.system()));
        assertThat(devices.notServed()).isEmpty();
        Endpoint endpoint = devices.endpoints().get(0);
        Plant redirected = plant.withServer(s -> s.withPort(0)).withConnections(endpoint::instead);
        return new VirtualMqttPlant(devices, UatwinServer.start(redirected, new ServerOptions(folder, List.of())));
    }

    private Sample read(String twin, String point) {
        TwinInstance instance = Objects.requireNonNull(server.live().instance(twin));
        return server.live().table().read(instance.row(point));
    }

    private void awaitSample(String twin, String point, Predicate<Sample> wanted) {
        await(twin + "/" + point)
                .atMost(20, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> wanted.test(read(twin, point)));
    }

    private void awaitStatus(String twin, StatusCode status) {
        awaitSample(twin, "Level", s -> s.status().sameCode(status));
    }

    private void fault(String target, String kind) {
        devices.set(FaultOrder.of(target, kind, Map.of()), Double.POSITIVE_INFINITY);
    }

    private void network(String target, Map<String, String> parameters) {
        devices.set(FaultOrder.of(target, "network", parameters), Double.POSITIVE_INFINITY);
    }

    private void allIsGood() {
        devices.clear("all");
        for (String twin : TWINS) {
            for (String point : POINTS) {
                awaitSample(twin, point, s -> s.status().isGood());
            }
        }
    }

    /** Every fault of the messages, of the session and of the way to the broker, and what the server makes of it. */
    void everyFaultIsItsQuality() {
        allIsGood();
        fault("broker/gateway", "garbage");
        awaitStatus("json", StatusCode.BAD_COMMUNICATION_ERROR);
        assertThat(read("plain", "Level").status().isGood()).isTrue();
        allIsGood();
        for (String twin : List.of("json", "node")) {
            fault(twin, "last-will");
            awaitStatus(twin, StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
            awaitStatus(twin, StatusCode.BAD_NO_COMMUNICATION);
            allIsGood();
        }
        fault("json", "silent");
        awaitStatus("json", StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        awaitStatus("json", StatusCode.BAD_NO_COMMUNICATION);
        allIsGood();
        for (String way : List.of("off", "half-open", "cut", "reset")) {
            fault("broker", way);
            awaitStatus("json", StatusCode.BAD_NO_COMMUNICATION);
            awaitStatus("node", StatusCode.BAD_NO_COMMUNICATION);
            allIsGood();
        }
        network("broker/gateway", Map.of("p", "1", "r", "0", "h", "1"));
        awaitStatus("json", StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        awaitStatus("json", StatusCode.BAD_NO_COMMUNICATION);
        assertThat(read("plain", "Level").status().isGood()).isTrue();
        allIsGood();
        network("broker/gateway", Map.of("delay", "1500"));
        awaitSample(
                "json",
                "Level",
                s -> s.status().isGood() && UaTime.secondsBetween(s.sourceTime(), s.receiveTime()) > 1.3);
        allIsGood();
        awaitSample("json", "Level", s -> UaTime.secondsBetween(s.sourceTime(), s.receiveTime()) < 1);
        fault("broker", "gateway-down");
        awaitStatus("json", StatusCode.BAD_NO_COMMUNICATION);
        awaitStatus("node", StatusCode.BAD_NO_COMMUNICATION);
        allIsGood();
        fault("json", "frozen-timestamp");
        awaitSample("json", "Level", s -> UaTime.secondsBetween(s.sourceTime(), s.receiveTime()) > 1);
        assertThat(read("json", "Level").status().isGood()).isTrue();
        devices.clear("json");
        awaitSample("json", "Level", s -> UaTime.secondsBetween(s.sourceTime(), s.receiveTime()) < 1);
        fault("broker/node", "duplicate");
        fault("broker/plain", "duplicate");
        allIsGood();
    }

    VirtualDevices devices() {
        return devices;
    }

    UatwinServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
        devices.close();
    }
}
