package org.uatwin.server.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.virtual.fault.FaultException;
import org.uatwin.server.virtual.fault.FaultKind;
import org.uatwin.server.virtual.fault.FaultOrder;
import org.uatwin.server.virtual.fault.FaultSchedule;

/** Machines, signals and faults over simulated time, without a socket. */
class VirtualSiteTest {
    static final String PLANT =
            """
            uatwin: 1
            siteId: t
            connections:
              line-1:
                host: 192.0.2.10
                order: CDAB
                pollGroups: {normal: 100 ms}
                timeout: 300 ms
                devices: {plc: {unit: 3}, drive: {unit: 4}}
            types:
              Oven:
                version: 1.0.0
                level: component
                points:
                  Temperature: {unit: Cel, euRange: [0, 300], limits: {high: 250}}
                  TemperatureSetpoint: {unit: Cel, euRange: [0, 300], writable: true}
                  Level: {unit: "%", euRange: [0, 100]}
            twins:
              - id: oven-1
                type: Oven
                device: line-1/plc
                points:
                  Temperature: {address: input 0 int16, scale: 0.1}
                  TemperatureSetpoint: holding 0 float32
                  Level: input 2 uint16
              - id: pump-1
                type: CentrifugalPump
                device: line-1/drive
                points: {SpeedSetpoint: holding 10 float32, Speed: input 10 float32, Flow: input 12 float32, Running: coil 0}
            """;
    private static final long STEP = 100_000_000;

    /** A wire that keeps what was put on it. */
    private static final class PaperField implements VirtualField {
        final Map<String, Double> shown = new HashMap<>();
        final Map<String, Outlet.Twist> twists = new HashMap<>();
        final List<String> missing = new ArrayList<>();
        List<FaultOrder> wire = List.of();

        double number(String point) {
            return Objects.requireNonNull(shown.get(point));
        }

        @Override
        public String connection() {
            return "line-1";
        }

        @Override
        public Endpoint endpoint() {
            return new Endpoint("line-1", "paper", "nowhere", 0);
        }

        @Override
        public Optional<Outlet> outlet(Binding binding, Member.Point point, Treatment treatment, long startTicks) {
            Range range = ModbusOutlet.representable((Binding.Modbus) binding, point.dataType());
            return Optional.of(new Outlet() {
                @Override
                public Range representable() {
                    return range;
                }

                @Override
                public boolean isTwistable() {
                    return point.dataType().isNumeric();
                }

                @Override
                public void serve(long bits, @Nullable Object object, Twist twist) {
                    shown.put(point.name(), point.dataType().toDouble(bits));
                    twists.put(point.name(), twist);
                }

                @Override
                public void serveMissing() {
                    missing.add(point.name());
                }

                @Override
                public double served() {
                    return number(point.name());
                }
            });
        }

        @Override
        public void attach(List<VirtualPoint> points) {}

        @Override
        public void takeWrites() {}

        @Override
        public void misbehave(List<FaultOrder> faults) {
            wire = faults;
        }

        @Override
        public List<String> devices() {
            return List.of("plc", "drive");
        }

        @Override
        public void close() {}
    }

    static Plant plant() {
        return PlantFile.read(PLANT, "t.yaml", Protocols.onClassPath()).plant().orElseThrow();
    }

    private final PaperField field = new PaperField();

    private VirtualSite site(long seed, String schedule) {
        return new VirtualSite(
                plant(),
                List.of(field),
                Physics.NONE,
                seed,
                FaultSchedule.parse(schedule, "f.yaml"),
                0,
                Optional.empty());
    }

    private static void run(VirtualSite site, double seconds) {
        for (int i = 0; i < Math.round(seconds * 1e9 / STEP); i++) {
            site.step(STEP);
        }
    }

    private static VirtualPoint point(VirtualSite site, String name) {
        return site.points().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** An outage that comes back: each time from its beginning, as long as it should, not one step longer. */
    @Test
    void faultsOfTheScheduleRepeat() {
        VirtualSite site = site(1, "faults: [{at: 10 s, for: 2 s, every: 30 s, target: line-1, kind: off}]");
        double off = 0;
        int begun = 0;
        boolean wasOff = false;
        for (int i = 0; i < Math.round(100e9 / STEP); i++) {
            site.step(STEP);
            boolean isOff = !site.active().isEmpty();
            off += isOff ? STEP / 1e9 : 0;
            begun += isOff && !wasOff ? 1 : 0;
            wasOff = isOff;
        }
        assertThat(begun).isEqualTo(4); // 10, 40, 70 and 100 s
        assertThat(off).isBetween(5.8, 6.5);
    }

    @Test
    void measuredValuesMoveWithinTheirRangeAndLimits() {
        VirtualSite site = site(1, "");
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (int i = 0; i < 6_000; i++) {
            site.step(STEP);
            double level = field.number("Level");
            assertThat(level).isBetween(0.0, 100.0);
            assertThat(field.number("Temperature")).isBetween(0.0, 250.0);
            low = Math.min(low, level);
            high = Math.max(high, level);
        }
        assertThat(high - low).isGreaterThan(30);
    }

    @Test
    void theMeasuredValueFollowsItsSetpoint() {
        VirtualSite site = site(1, "");
        point(site, "oven-1/TemperatureSetpoint").written(Double.doubleToRawLongBits(40), null);
        run(site, 60);
        assertThat(field.number("Temperature")).isCloseTo(40, within(8.0));
        point(site, "oven-1/TemperatureSetpoint").written(Double.doubleToRawLongBits(200), null);
        run(site, 60);
        assertThat(field.number("Temperature")).isCloseTo(200, within(8.0));
    }

    /** The pump's own physics stand behind a twin with that model: half the speed gives far less than half the flow. */
    @Test
    void aTwinWithAModelIsMovedByPhysics() {
        VirtualSite site = site(1, "");
        run(site, 20);
        double flow = field.number("Flow");
        point(site, "pump-1/SpeedSetpoint").written(Double.doubleToRawLongBits(1500), null);
        run(site, 60);
        assertThat(site.machines()).containsExactly("pump-1");
        assertThat(field.number("Speed")).isCloseTo(1500, within(20.0));
        assertThat(field.number("Flow")).isBetween(0.0, 0.8 * flow);
    }

    @Test
    void aScheduledFaultBeginsAndEndsOnTime() {
        VirtualSite site = site(1, "faults: [{at: 10 s, for: 5 s, target: oven-1/Level, kind: gain, factor: 0.5}]");
        VirtualPoint level = point(site, "oven-1/Level");
        run(site, 9.9);
        assertThat(field.number("Level")).isCloseTo(level.truth(), within(0.001));
        run(site, 0.1);
        assertThat(field.number("Level")).isCloseTo(level.truth() / 2, within(0.001));
        run(site, 4.9);
        assertThat(field.number("Level")).isCloseTo(level.truth() / 2, within(0.001));
        run(site, 0.1);
        assertThat(field.number("Level")).isCloseTo(level.truth(), within(0.001));
    }

    @Test
    void aFrozenClockStopsTheWholeDeviceAndNoOther() {
        VirtualSite site = site(1, "");
        run(site, 1);
        site.set(FaultOrder.of("line-1/plc", "frozen-clock", Map.of()), Double.POSITIVE_INFINITY);
        run(site, 0.1);
        Map<String, Double> before = Map.copyOf(field.shown);
        run(site, 10);
        assertThat(field.number("Level")).isEqualTo(before.get("Level"));
        assertThat(field.number("Temperature")).isEqualTo(before.get("Temperature"));
        assertThat(field.number("Flow")).isNotEqualTo(before.get("Flow"));
        assertThat(site.clear("line-1/plc")).isEqualTo(1);
        run(site, 0.1);
        assertThat(field.number("Level")).isNotEqualTo(before.get("Level"));
    }

    @Test
    void wordsAreSwappedWhileTheTruthStays() {
        VirtualSite site = site(1, "faults: [{target: pump-1/Flow, kind: swapped-words}]");
        run(site, 1);
        assertThat(field.twists.get("Flow")).isEqualTo(Outlet.Twist.WORDS);
        assertThat(field.twists.get("Speed")).isEqualTo(Outlet.Twist.NONE);
        assertThat(field.number("Flow")).isEqualTo(point(site, "pump-1/Flow").truth());
    }

    @Test
    void faultsOfTheWireReachTheWireAndLeaveItAgain() {
        VirtualSite site = site(1, "faults: [{at: 1 s, for: 1 s, target: line-1/plc, kind: silent}]");
        run(site, 1.5);
        assertThat(field.wire).extracting(FaultOrder::kind).containsExactly(FaultKind.SILENT);
        run(site, 1);
        assertThat(field.wire).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSamePlantAndAnotherAnother() {
        List<Double> first = values(site(7, SCHEDULE));
        List<Double> again = values(site(7, SCHEDULE));
        List<Double> other = values(site(8, SCHEDULE));
        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    private static final String SCHEDULE =
            """
            faults:
              - {at: 5 s, target: oven-1/Level, kind: noise, sigma: 3}
              - {at: 8 s, target: pump-1/Flow, kind: spike, size: 40, rate: 60}
              - {at: 9 s, for: 20 s, target: oven-1/Temperature, kind: dropout}
            """;

    private List<Double> values(VirtualSite site) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            site.step(STEP);
            values.addAll(List.of(field.number("Level"), field.number("Flow"), field.number("Temperature")));
        }
        return values;
    }

    @Test
    void aTargetThatIsNotThereIsRefusedWithWhatIs() {
        VirtualSite site = site(1, "");
        assertThatThrownBy(() -> site.set(FaultOrder.of("line-2", "off", Map.of()), 1))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("\"line-2\"")
                .hasMessageContaining("line-1");
        assertThatThrownBy(() -> site.set(FaultOrder.of("oven-1", "wear", Map.of()), 1))
                .hasMessageContaining("pump-1");
        assertThatThrownBy(() -> site.set(FaultOrder.of("pump-1/Running", "bias", Map.of("offset", "1")), 1))
                .hasMessageContaining("pump-1/Running");
        assertThatThrownBy(() -> site(1, "faults: [{target: pump-9, kind: stuck}]"))
                .hasMessageContaining("pump-9");
    }
}
