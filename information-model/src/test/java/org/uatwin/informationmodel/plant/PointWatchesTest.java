package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.monitoring.PointDetection;
import org.uatwin.informationmodel.monitoring.PointWatch;
import org.uatwin.informationmodel.monitoring.Wear;

/** What a plant file asks to be watched of points: {@code wear:} and {@code detect:}. */
class PointWatchesTest {
    private static PlantReading read(String type, String points) {
        return PlantFile.read(
                """
                uatwin: 1
                siteId: test
                server: {host: localhost, securityNone: true, anonymous: Observer}
                connections:
                  line: {protocol: modbus-tcp, host: 127.0.0.1, port: 15020, devices: {plc: {unit: 1}}}
                types:
                  Mill:
                    version: 1.0.0
                %s
                twins:
                  - {ids: "mill-{1..2}", type: Mill, device: line/plc, points: {%s}}
                """
                        .formatted(type.indent(4), points),
                "test.yaml");
    }

    private static Twin mill(String type, String points) {
        PlantReading reading = read(type, points);
        return reading.plant()
                .orElseThrow(() -> new AssertionError(reading.findings()))
                .twins()
                .get(0);
    }

    private static List<String> problems(String type, String points) {
        return read(type, points).findings().stream().map(Finding::toString).toList();
    }

    private static PointWatch of(Twin twin, String point) {
        return twin.watches().getOrDefault(twin.type().pointOrdinal(point), PointWatch.NONE);
    }

    @Test
    void aTypeSaysWhatWearsAndItsTwinsMayDiffer() {
        String type =
                """
                points:
                  Liner: {unit: mm, euRange: [0, 80], limits: {low: 20, lowLow: 12}, wear: {failureMode: LinerWear}}
                  Vibration: {unit: mm/s, euRange: [0, 45], limits: {high: 4.5, highHigh: 7.1}, wear: {over: 90 d, new: 1.5}}
                  Noise: {unit: bar, euRange: [0, 1], detect: {every: 5 min}}""";
        Twin mill = mill(
                type,
                "Liner: {address: holding 0 float32, wear: {limit: 15}}, Vibration: holding 2 float32, Noise: holding 4 float32");
        assertThat(mill.isWatched()).isTrue();
        assertThat(of(mill, "Liner").wear())
                .contains(new Wear(15, "LinerWear", OptionalDouble.empty(), Duration.ofDays(365)));
        assertThat(of(mill, "Vibration").wear())
                .contains(new Wear(7.1, "Vibration", OptionalDouble.of(1.5), Duration.ofDays(90)));
        assertThat(of(mill, "Noise").detection())
                .contains(new PointDetection(Duration.ofMinutes(5), 3000, 8, Duration.ofHours(2)));
        Twin without = mill(type, "Liner: {address: holding 0 float32, wear: none}, Vibration: {value: 3}");
        assertThat(without.watches()).as("taken away, a constant, not bound").isEqualTo(Map.of());
    }

    @Test
    void aWearWithoutALimitIsAnError() {
        String type = "points: {Liner: {unit: mm, euRange: [0, 80], limits: {low: 20, high: 70}, wear: {}}}";
        assertThat(problems(type, "Liner: holding 0 float32")).anySatisfy(text -> assertThat(text)
                .contains("Liner has no limit at which its asset has failed")
                .contains("add limit: value in mm"));
    }

    @Test
    void whatIsNotWatchedCannotWear() {
        String type = "maintenance: false\npoints: {Liner: {unit: mm, euRange: [0, 80], wear: {limit: 3}}}";
        assertThat(problems(type, "Liner: holding 0 float32"))
                .anySatisfy(text -> assertThat(text).contains("the health of such twins is not watched"));
        String plain = "points: {Liner: {unit: mm, euRange: [0, 80]}}";
        assertThat(problems(plain, "Liner: {address: holding 0 float32, wear: {limit: 3}}"))
                .as("once, not for each twin of a range")
                .filteredOn(text -> text.contains("the health of such twins is not watched"))
                .hasSize(1);
        String setpoint = "points: {Speed: {unit: Hz, euRange: [0, 50], writable: true, detect: {}}}";
        assertThat(problems(setpoint, "")).anySatisfy(text -> assertThat(text).contains("Speed is no measured number"));
    }
}
