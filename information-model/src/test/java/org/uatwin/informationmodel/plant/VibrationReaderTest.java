package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.conditioning.VibrationRule;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.type.VibrationPoints;

/** {@code vibration:} of a waveform: what a type and a twin say together, and what is said of wrong ones. */
class VibrationReaderTest {
    private static final ModelCatalog CATALOG = new ModelCatalog() {
        @Override
        public List<String> models() {
            return List.of();
        }

        @Override
        public List<String> parameters(String model) {
            return List.of();
        }

        @Override
        public Optional<String> problem(String model, String parameter, double value) {
            return Optional.empty();
        }

        @Override
        public List<String> bearings() {
            return List.of("6205", "6308");
        }

        @Override
        public Optional<VibrationRule.Bearing> bearing(String designation) {
            return bearings().contains(designation)
                    ? Optional.of(new VibrationRule.Bearing(designation, 9, 7.938, 38.5, 0))
                    : Optional.empty();
        }
    };

    private final Path folder;

    VibrationReaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private PlantReading read(String ofType, String ofTwin) throws IOException {
        return read("unit: m/s2", ofType, ofTwin);
    }

    private PlantReading read(String unit, String ofType, String ofTwin) throws IOException {
        Path file = folder.resolve("plant.yaml");
        Files.writeString(
                file,
                """
                uatwin: 1
                siteId: t
                connections:
                  plc: {protocol: modbus-tcp, host: 192.0.2.1, devices: {d: {unit: 1}}}
                types:
                  Fan:
                    version: 1.0.0
                    points:
                      Speed: {unit: Hz, euRange: [0, 50]}
                      Load: {unit: kW, euRange: [0, 50]}
                      Wave: {kind: waveform, array: 32, %s, euRange: [-50, 20]%s}
                twins:
                  - id: fan
                    type: Fan
                    device: plc/d
                    points: {Speed: input 0 float32, Load: input 2 float32, Wave: {address: input 10 float32%s}}
                """
                        .formatted(unit, block(ofType), block(ofTwin)));
        return PlantFile.read(file, CATALOG, ProtocolCatalog.MODBUS_ONLY);
    }

    private static String block(String keys) {
        return keys.isEmpty() ? "" : ", vibration: {%s}".formatted(keys);
    }

    private VibrationRule rule(String ofType, String ofTwin) throws IOException {
        PlantReading read = read(ofType, ofTwin);
        assertThat(read.findings()).isEmpty();
        Twin fan = read.plant().orElseThrow().twins().get(0);
        return fan.treatment(fan.type().pointOrdinal("Wave")).vibration().orElseThrow();
    }

    private String findings(String ofType, String ofTwin) throws IOException {
        return read(ofType, ofTwin).findings().stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }

    @Test
    void theTwinSaysWhatItsTypeLeavesOpenAndWhatIsOtherwise() throws IOException {
        VibrationRule rule = rule(
                "bearing: 6205, speed: Speed, machine: class-ii, confirm: [2, 4]", "bearing: 6308, sampleRate: 25600");
        assertThat(rule.bearing().orElseThrow().name()).isEqualTo("6308");
        assertThat(rule.speed().orElseThrow().point()).contains(PointRef.of("Speed"));
        assertThat(rule.sampleRateHz()).isEqualTo(25_600);
        assertThat(rule.machine()).contains("class-ii");
        assertThat(rule.confirmHits()).isEqualTo(2);
        assertThat(rule.confirm()).isEqualTo(4);
        assertThat(rule.metrePerS2()).isEqualTo(1);
    }

    @Test
    void dimensionsAndSpeedsHaveUnits() throws IOException {
        VibrationRule rule = rule(
                "bearing: {balls: 9, ballDiameter: 0.794 cm, pitchDiameter: 39.04, contactAngle: 15 deg}, speed: 24.7 Hz,"
                        + " speedRatio: 0.5, sampleRate: 12000, prefix: Fan",
                "");
        VibrationRule.Bearing bearing = rule.bearing().orElseThrow();
        assertThat(bearing.ballMm()).isCloseTo(7.94, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(bearing.angleDeg()).isCloseTo(15, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(rule.speed().orElseThrow().rpm()).isCloseTo(1482, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(rule.speed().orElseThrow().ratio()).isEqualTo(0.5);
        assertThat(rule.prefix()).isEqualTo("Fan");
    }

    /** Clients find results where the type is read, with a source that says where they come from. */
    @Test
    void resultsArePointsOfTheTypeAndBound() throws IOException {
        Plant plant = read("speed: 1500 rpm, bearing: 6205, sampleRate: 2560", "")
                .plant()
                .orElseThrow();
        Twin fan = plant.twins().get(0);
        for (VibrationPoints.Result result : VibrationPoints.Result.values()) {
            int ordinal = fan.type().pointOrdinal(result.name("Wave"));
            assertThat(fan.binding(ordinal)).as(result.name("Wave")).isInstanceOf(Binding.Analysed.class);
        }
        int spectrum = fan.type().pointOrdinal("WaveSpectrum");
        assertThat(fan.binding(spectrum)).isEqualTo(new Binding.Analysed("Wave", "spectrum", 1280));
        assertThat(fan.type().points().get(spectrum).arrayLength()).isEqualTo(16);
        assertThat(fan.type().points().get(spectrum).euRange().orElseThrow().high())
                .isEqualTo(50);
        assertThat(fan.type().isWatched()).isTrue();
        assertThat(fan.isWatched()).isTrue();
    }

    @Test
    void whatIsWrongIsSaidWithPlaceAndWayOut() throws IOException {
        assertThat(findings("bearing: 6206, speed: Speed, sampleRate: 12000", ""))
                .contains("11:", "no bearing \"6206\"", "6205", "balls: 9");
        assertThat(findings("bearing: 6205, sampleRate: 12000", "")).contains("need its speed", "1482 r/min");
        assertThat(findings("bearing: 6205, speed: Speed", ""))
                .contains("how fast the samples of Wave", "sampleRate: 12000");
        assertThat(findings("bearing: 6205, speed: Load, sampleRate: 12000", ""))
                .contains("Load is in kW", "r/min, Hz or rad/s");
        assertThat(findings("bearing: 6205, speed: Sped, sampleRate: 12000", ""))
                .contains("no point \"Sped\"", "Speed");
        assertThat(findings("speed: 1500 bar, sampleRate: 12000", "")).contains("\"1500 bar\" is no speed");
        assertThat(findings("machine: class-v, sampleRate: 12000", "")).contains("class-v", "class-i");
        assertThat(findings("sampleRate: 12000, confirm: [4, 3]", "")).contains("[4, 3]", "[3, 5]");
        assertThat(findings(
                        "bearing: {balls: 9, ballDiameter: 40 mm, pitchDiameter: 39 mm}, speed: Speed, sampleRate: 9000",
                        ""))
                .contains("balls of 40 mm on a circle of 39 mm");
        assertThat(findings("", "bearing: 6205")).contains("Fan declares no vibration for Wave", "vibration: {}");
    }

    @Test
    void gramsAreNoAcceleration() throws IOException {
        assertThat(read("unit: g", "sampleRate: 12000", "").findings().toString())
                .contains("The unit g is the gram", "unit: gn");
        VibrationRule rule = read("unit: gn", "sampleRate: 12000", "")
                .plant()
                .orElseThrow()
                .twins()
                .get(0)
                .treatment(2)
                .vibration()
                .orElseThrow();
        assertThat(rule.metrePerS2()).isEqualTo(9.80665);
    }

    /** Where a reduced channel fills the waveform there is no address, and the rate is the channel's. */
    @Test
    void theWaveformOfAReducedChannelHasTheRateOfTheChannel() throws IOException {
        Path file = folder.resolve("plant.yaml");
        Files.writeString(
                file,
                """
                uatwin: 1
                siteId: t
                connections:
                  plc: {protocol: modbus-tcp, host: 192.0.2.1, devices: {d: {unit: 1}}}
                types:
                  Fan:
                    version: 1.0.0
                    points:
                      Channel: {unit: m/s2, euRange: [-50, 50], reduce: {every: 10 s, sampleRate: 1000, waveform: Wave}}
                      Wave: {kind: waveform, array: 1000, unit: m/s2, euRange: [-50, 50], vibration: {speed: 1500 rpm}}
                twins:
                  - {id: fan, type: Fan, device: plc/d, points: {Channel: input 0 float32, Wave: {vibration: {bearing: 6308}}}}
                """);
        PlantReading read = PlantFile.read(file, CATALOG, ProtocolCatalog.MODBUS_ONLY);
        assertThat(read.findings()).isEmpty();
        Twin fan = read.plant().orElseThrow().twins().get(0);
        VibrationRule rule = fan.treatment(1).vibration().orElseThrow();
        assertThat(rule.sampleRateHz()).isEqualTo(1000);
        assertThat(rule.bearing().orElseThrow().name()).isEqualTo("6308");
        assertThat(fan.binding(1)).isInstanceOf(Binding.Reduced.class);
    }
}
