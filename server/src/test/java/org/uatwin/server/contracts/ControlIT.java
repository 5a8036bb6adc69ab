package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.certs.user.Role;
import org.uatwin.certs.user.UserDirectory.PlainUser;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.plcadapters.device.Fault;
import org.uatwin.plcadapters.device.VirtualModbusServer;
import org.uatwin.plcadapters.device.VirtualModbusUnit;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.event.EventRecord;

/**
 * A pump holds the level of a basin through real Modbus sockets: written by clients, by {@code ApplySetpoints} and by the automatic
 * mode, and every value is audited or refused with its reason.
 */
@TestMethodOrder(MethodOrderer.MethodName.class) // of the plant as the one before left it
class ControlIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final List<PlainUser> USERS = List.of(
            new PlainUser("operator", "operator", Set.of(Role.OBSERVER, Role.OPERATOR)),
            new PlainUser("engineer", "engineer", Set.of(Role.ENGINEER)));
    private static final NodeId MODE_CHANGED = new NodeId(3, 80);
    private static final NodeId STOPPED = new NodeId(3, 81);

    private static final String PLANT =
            """
            uatwin: 1
            siteId: basin
            server: {host: localhost, securityNone: true, anonymous: Observer}
            connections:
              line: {host: 127.0.0.1, port: %1$d, timeout: 300 ms, tries: 1, backOff: {first: 100 ms, largest: 300 ms}, pollGroups: {fast: {period: 50 ms, hold: 200 ms}}, devices: {plc: {unit: 1}, gauge: {unit: 2}}}
            types:
              PumpUnit:
                version: 1.0.0
                methods: [ApplySetpoints]
                points:
                  SpeedSetpoint: {unit: r/min, euRange: [0, 3000], writable: true}
                  Bypass: {unit: "%%", euRange: [0, 100], writable: true}
                  Beat: {type: UInt16, writable: true}
              Basin:
                version: 1.0.0
                methods: [ApplySetpoints, SetControlMode]
                points:
                  Level: {unit: "%%", euRange: [0, 100]}
                  Remote: {type: Boolean}
            twins:
              - id: pump
                type: PumpUnit
                parent: basin
                device: line/plc
                points: {SpeedSetpoint: holding 0 uint16, Bypass: holding 5 uint16, Beat: holding 1 uint16}
                setpoints:
                  SpeedSetpoint: {limits: [0, 2800], rate: 2000, step: 1000, safe: 0, order: 1}
                  Bypass: {order: 2}
                interlocks:
                  - {allow: "'basin/Level' < 90 || asked <= SpeedSetpoint", text: Basin full, for: [SpeedSetpoint]}
              - id: basin
                type: Basin
                points:
                  Level: {device: line/gauge, address: input 0 uint16, scale: 0.1}
                  Remote: {device: line/plc, address: coil 0}
                apply: {onFailure: rollBack}
                automatic:
                  period: 200 ms
                  tolerance: 500 ms
                  freshness: 1 s
                  enable: Remote
                  heartbeat: pump/Beat
                  heartbeatPeriod: 100 ms
                  setpoints:
                    pump/SpeedSetpoint: {limits: [500, 2500], fallback: 800, formula: "1500 + 60 * (60 - Level)"}
            """;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static VirtualModbusServer device;

    @SuppressWarnings("NullAway.Init")
    private static VirtualModbusUnit plc;

    @SuppressWarnings("NullAway.Init")
    private static VirtualModbusUnit gauge;

    @SuppressWarnings("NullAway.Init")
    private static UatwinServer server;

    @SuppressWarnings("NullAway.Init")
    private static PlantClient engineer;

    @SuppressWarnings("NullAway.Init")
    private static PlantClient operator;

    private static final List<EventRecord> EVENTS = new CopyOnWriteArrayList<>();
    private static final ScheduledExecutorService PHYSICS = Executors.newSingleThreadScheduledExecutor();
    private static volatile double level = 40;
    private static volatile boolean isFlowing;

    @BeforeAll
    @SuppressWarnings("FutureReturnValueIgnored") // the physics end with their executor
    static void start(@TempDir Path data) throws Exception {
        device = VirtualModbusServer.start(InetAddress.getLoopbackAddress(), 0);
        plc = device.unit(1);
        gauge = device.unit(2);
        plc.setHolding(0, 1000, 0, 0, 0, 0, 50);
        plc.setCoils(0, true);
        gauge.setInput(0, 400);
        PHYSICS.scheduleAtFixedRate(ControlIT::flow, 20, 20, TimeUnit.MILLISECONDS);
        PlantReading reading = PlantFile.read(PLANT.formatted(device.port()), "basin.yaml");
        server = UatwinServer.start(
                reading.plant()
                        .orElseThrow(() -> new AssertionError(reading.findings().toString()))
                        .withServer(s -> s.withPort(0)),
                new ServerOptions(data, USERS));
        server.server().events().addSink(EVENTS::add);
        engineer = PlantClient.connect(server.endpointUrl(), "engineer");
        operator = PlantClient.operator(server.endpointUrl());
    }

    /** 1500 r/min balance what flows out; the basin is small. */
    private static void flow() {
        if (isFlowing) {
            level = Math.max(0, Math.min(100, level + (plc.holding(0) - 1500) * 0.00004 * 20));
        }
        gauge.setInput(0, (int) Math.round(level * 10));
    }

    @AfterAll
    static void stop() throws Exception {
        PHYSICS.shutdownNow();
        engineer.close();
        operator.close();
        server.close();
        device.close();
    }

    @BeforeEach
    void begin() {
        isFlowing = false;
        level = 40;
        gauge.fault(Fault.NONE);
        plc.fault(Fault.NONE);
        plc.setHolding(0, 1000);
        plc.setHolding(5, 50);
        plc.setCoils(0, true);
        eventually(() -> {
            assertThat(number("basin/Level")).isCloseTo(40, within(0.1));
            assertThat(number("pump/SpeedSetpoint")).isEqualTo(1000);
            assertThat(number("pump/Bypass")).isEqualTo(50);
            assertThat(operator.read("basin/Remote").value().value()).isEqualTo(true);
        });
        EVENTS.clear();
    }

    @AfterEach
    void end() throws Exception {
        gauge.fault(Fault.NONE);
        plc.fault(Fault.NONE);
        engineer.call("basin", "SetControlMode", 0, "");
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }

    private static double number(String path) throws Exception {
        return ((Number) Objects.requireNonNull(operator.read(path).value().value())).doubleValue();
    }

    private static String text(String path) throws Exception {
        return (String) Objects.requireNonNull(operator.read(path).value().value());
    }

    private static CallMethodResult apply(PlantClient client, String twin, String[] names, Double[] values)
            throws Exception {
        return client.call(twin, "ApplySetpoints", "", names, values, "trial", false);
    }

    private static Object output(CallMethodResult result, int i) {
        return Objects.requireNonNull(Objects.requireNonNull(result.getOutputArguments())[i].value());
    }

    private static String message(CallMethodResult result) {
        return Objects.requireNonNull(((LocalizedText) output(result, 1)).text());
    }

    /** Audited writes of a setpoint: user, values, and what was said. */
    private static List<String> audit(String path) {
        return EVENTS.stream()
                .filter(event -> event.eventType().equals(NodeIds.AuditWriteUpdateEventType)
                        && event.sourceNode().equals(PlantClient.id(path)))
                .map(event -> "%s %s -> %s %s %s"
                        .formatted(
                                event.field("0:ClientUserId").value(),
                                event.field("0:OldValue").value(),
                                event.field("0:NewValue").value(),
                                event.field("0:Status").value(),
                                ((LocalizedText) Objects.requireNonNull(
                                                event.field("0:Message").value()))
                                        .text()))
                .toList();
    }

    private static Variant[] modeChange() {
        EventRecord last = EVENTS.stream()
                .filter(event -> event.eventType().equals(MODE_CHANGED))
                .reduce((a, b) -> b)
                .orElseThrow();
        return new Variant[] {last.field("3:OldMode"), last.field("3:NewMode"), last.field("3:Reason")};
    }

    private static void automatic() throws Exception {
        CallMethodResult result = engineer.call("basin", "SetControlMode", 2, "test");
        assertThat(output(result, 0)).as(message(result)).isEqualTo(true);
        assertThat(output(result, 2)).isEqualTo(2);
    }

    private static void inFallback(String because) {
        eventually(() -> {
            assertThat(number("basin/Control/Mode")).isEqualTo(3);
            assertThat(text("basin/Control/Reason")).contains(because);
        });
        eventually(() -> assertThat(modeChange()[2].value()).asString().contains(because));
        assertThat(modeChange()[0].value()).isEqualTo(2);
        assertThat(modeChange()[1].value()).isEqualTo(3);
    }

    @Test
    void aClientWriteGoesThroughTheRules() throws Exception {
        level = 95;
        eventually(() -> assertThat(number("basin/Level")).isCloseTo(95, within(0.1)));
        assertThat(operator.write("pump/SpeedSetpoint", 1100.0).getValue())
                .isEqualTo(StatusCodes.Bad_RequestNotAllowed);
        assertThat(plc.holding(0)).isEqualTo(1000);
        assertThat(text("pump/SpeedSetpoint/LastError")).contains("Basin full");
        assertThat(operator.write("pump/SpeedSetpoint", 2900.0).getValue()).isEqualTo(StatusCodes.Bad_OutOfRange);
        assertThat(operator.write("pump/SpeedSetpoint", 900.0).isGood()).isTrue();
        assertThat(plc.holding(0)).isEqualTo(900);
        eventually(() -> assertThat(audit("pump/SpeedSetpoint")).hasSize(3));
        assertThat(audit("pump/SpeedSetpoint").get(0))
                .startsWith("operator 1000.0 -> 1100.0 false")
                .contains("Basin full");
        assertThat(audit("pump/SpeedSetpoint").get(2)).startsWith("operator 1000.0 -> 900.0 true");
    }

    @Test
    void aLargeChangeGoesInStepsAndStopsWhenAnInterlockTrips() throws Exception {
        assertThat(operator.write("pump/SpeedSetpoint", 2600.0).getValue())
                .isEqualTo(StatusCodes.Good_CompletesAsynchronously);
        assertThat(plc.holding(0)).isEqualTo(2000);
        eventually(() -> assertThat(plc.holding(0)).isEqualTo(2600));
        eventually(() -> assertThat(audit("pump/SpeedSetpoint").get(1)).endsWith("reached in steps"));
        assertThat(operator.write("pump/SpeedSetpoint", 0.0).isGood()).isTrue();
        eventually(() -> assertThat(plc.holding(0)).isZero());
        assertThat(operator.write("pump/SpeedSetpoint", 2600.0).isGood()).isTrue();
        level = 95;
        eventually(() -> assertThat(EVENTS).anyMatch(event -> event.eventType().equals(STOPPED)));
        assertThat(plc.holding(0)).isLessThan(2600);
        EventRecord stopped = EVENTS.stream()
                .filter(event -> event.eventType().equals(STOPPED))
                .findFirst()
                .orElseThrow();
        assertThat(stopped.sourceNode()).isEqualTo(PlantClient.id("pump"));
        assertThat(stopped.field("3:Reason").value()).asString().contains("Basin full");
        assertThat(stopped.field("3:Target").value()).isEqualTo(2600.0);
    }

    @Test
    void applySendsAllAndReadsThemBack() throws Exception {
        CallMethodResult result = apply(
                engineer, "basin", new String[] {"pump/Bypass", "pump.SpeedSetpoint"}, new Double[] {20.0, 1500.0});
        assertThat(result.getStatusCode().isGood()).isTrue();
        assertThat(output(result, 0)).as(message(result)).isEqualTo(true);
        assertThat((String[]) output(result, 2)).containsExactly("pump/SpeedSetpoint", "pump/Bypass"); // as ordered
        assertThat((UInteger[]) output(result, 3))
                .extracting(UInteger::longValue)
                .containsExactly(0L, 0L);
        assertThat((Double[]) output(result, 5)).containsExactly(1000.0, 50.0);
        assertThat((Double[]) output(result, 6)).containsExactly(1500.0, 20.0);
        assertThat((Double[]) output(result, 7)).containsExactly(1500.0, 20.0);
        assertThat(plc.holding(0)).isEqualTo(1500);
        assertThat(plc.holding(5)).isEqualTo(20);
        assertThat(audit("pump/SpeedSetpoint"))
                .containsExactly("engineer 1000.0 -> 1500.0 true Attribute/Write: reason: trial");
    }

    @Test
    void applySendsNothingIfOneMayNotBe() throws Exception {
        String[] names = {"Bypass", "SpeedSetpoint"};
        CallMethodResult result = apply(engineer, "pump", names, new Double[] {20.0, 2900.0});
        assertThat(output(result, 0)).isEqualTo(false);
        assertThat(message(result)).startsWith("Nothing was sent: 1 of 2 setpoints may not be.");
        assertThat((String[]) output(result, 4))
                .containsExactly("2900 r/min lies outside 0 r/min to 2800 r/min", "may be sent");
        assertThat(plc.holding(5)).isEqualTo(50);
        assertThat(audit("pump/SpeedSetpoint"))
                .singleElement()
                .asString()
                .startsWith("engineer 1000.0 -> 2900.0 false")
                .contains("Bad_OutOfRange");
        CallMethodResult check =
                engineer.call("pump", "ApplySetpoints", "", names, new Double[] {20.0, 1200.0}, "", true);
        assertThat(output(check, 0)).isEqualTo(true);
        assertThat(message(check)).isEqualTo("All 2 setpoints may be sent. Nothing was.");
        assertThat(plc.holding(0)).isEqualTo(1000);
    }

    @Test
    void applyTakesBackWhatWasSentWhenALaterOneFails() throws Exception {
        plc.missing(5, 5); // the device does not know the register any more
        try {
            CallMethodResult result = apply(
                    engineer, "basin", new String[] {"pump/SpeedSetpoint", "pump/Bypass"}, new Double[] {1500.0, 20.0});
            assertThat(output(result, 0)).isEqualTo(false);
            assertThat(message(result))
                    .startsWith("pump/Bypass failed")
                    .endsWith("The 1 sent before it were taken back.");
            assertThat(plc.holding(0)).isEqualTo(1000);
            assertThat(audit("pump/SpeedSetpoint"))
                    .hasSize(2)
                    .element(1)
                    .asString()
                    .contains("taken back");
        } finally {
            plc.missing(-1, -1);
        }
    }

    @Test
    void applyNeedsTheRoleAndSensibleArguments() throws Exception {
        assertThat(apply(operator, "pump", new String[] {"Bypass"}, new Double[] {20.0})
                        .getStatusCode()
                        .getValue())
                .isEqualTo(StatusCodes.Bad_UserAccessDenied);
        assertThat(operator.attribute("pump/MethodSet/ApplySetpoints", AttributeId.UserExecutable))
                .isEqualTo(false);
        assertThat(engineer.attribute("pump/MethodSet/ApplySetpoints", AttributeId.UserExecutable))
                .isEqualTo(true);
        CallMethodResult unknown = engineer.call(
                "pump", "ApplySetpoints", "no-run", new String[] {"Bypas"}, new Double[] {1.0, 2.0}, "", false);
        assertThat(unknown.getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_InvalidArgument);
        assertThat(Objects.requireNonNull(unknown.getInputArgumentResults()))
                .extracting(status -> status.getValue())
                .startsWith(StatusCodes.Bad_NoMatch, StatusCodes.Bad_NoMatch, StatusCodes.Bad_InvalidArgument);
        assertThat(plc.holding(5)).isEqualTo(50);
        assertThat(EVENTS)
                .anyMatch(event -> event.eventType().equals(NodeIds.AuditUpdateMethodEventType)
                        && Boolean.FALSE.equals(event.field("0:Status").value()));
    }

    @Test
    void automaticHoldsTheLevelAndBeats() throws Exception {
        isFlowing = true;
        automatic();
        eventually(() -> assertThat(number("basin/Level")).isCloseTo(60, within(2.0)));
        int beat = plc.holding(1);
        eventually(() -> assertThat(plc.holding(1)).isNotEqualTo(beat));
        assertThat(number("basin/Control/Mode")).isEqualTo(2);
        assertThat(audit("pump/SpeedSetpoint").get(0)).startsWith("System/automatic/basin 1000.0 -> 2");
    }

    /** The gauge falls silent: the mode ends within hold time and tolerance, and the fallback speed is sent. */
    @Test
    void automaticFallsBackWhenItsSourceIsGone() throws Exception {
        automatic();
        eventually(() -> assertThat(plc.holding(0)).isEqualTo(2500));
        long start = System.nanoTime();
        gauge.fault(Fault.SILENT);
        inFallback("basin/Level is");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        int beat = plc.holding(1);
        CallMethodResult armed = engineer.call("basin", "SetControlMode", 2, "");
        assertThat(output(armed, 0)).isEqualTo(false);
        assertThat(message(armed)).contains("basin/Level is");
        assertThat(plc.holding(1)).isEqualTo(beat);
    }

    @Test
    void automaticYieldsToTheOperator() throws Exception {
        automatic();
        eventually(() -> assertThat(plc.holding(0)).isEqualTo(2500));
        assertThat(operator.write("pump/SpeedSetpoint", 2000.0).isGood()).isTrue();
        inFallback("pump/SpeedSetpoint was written by operator; setpoints stay as they are");
        assertThat(plc.holding(0)).isEqualTo(2000);
    }

    @Test
    void automaticYieldsToAChangeAtTheDeviceAndToThePlantsSwitch() throws Exception {
        automatic();
        eventually(() -> assertThat(plc.holding(0)).isEqualTo(2500));
        plc.setHolding(0, 1800);
        inFallback("changed at the device");
        assertThat(plc.holding(0)).isEqualTo(1800);
        automatic();
        plc.setCoils(0, false);
        inFallback("the plant took over");
    }

    @Test
    void automaticFallsBackWhenAnInterlockStaysInTheWay() throws Exception {
        level = 95;
        plc.setHolding(0, 300);
        eventually(() -> {
            assertThat(number("pump/SpeedSetpoint")).isEqualTo(300);
            assertThat(number("basin/Level")).isCloseTo(95, within(0.1));
        });
        automatic(); // wants 500 at least
        inFallback("Basin full");
        assertThat(plc.holding(0)).isEqualTo(300); // the fallback value is kept back as well
        eventually(() -> assertThat(text("basin/Control/Problem")).contains("fallback value of pump/SpeedSetpoint"));
    }

    @Test
    void onlyWhoMaySetsTheMode() throws Exception {
        assertThat(operator.call("basin", "SetControlMode", 1, "")
                        .getStatusCode()
                        .getValue())
                .isEqualTo(StatusCodes.Bad_UserAccessDenied);
        assertThat(engineer.call("basin", "SetControlMode", 3, "")
                        .getStatusCode()
                        .getValue())
                .isEqualTo(StatusCodes.Bad_InvalidArgument);
        assertThat(engineer.call("basin", "SetControlMode", 1, "look first")
                        .getStatusCode()
                        .isGood())
                .isTrue();
        eventually(() -> assertThat((Double[])
                        operator.read("basin/Control/RecommendedValues").value().value())
                .containsExactly(2700.0));
        assertThat(plc.holding(0)).isEqualTo(1000);
        assertThat(operator.attribute("basin", AttributeId.EventNotifier)).hasToString("1");
    }
}
