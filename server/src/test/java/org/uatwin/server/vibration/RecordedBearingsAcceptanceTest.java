package org.uatwin.server.vibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.type.VibrationPoints.Fault;
import org.uatwin.simulation.vibration.BearingFault;
import org.uatwin.simulation.vibration.BearingGeometry;
import org.uatwin.simulation.vibration.FaultSign;
import org.uatwin.simulation.vibration.VibrationAnalysis;

/**
 * Recordings of seeded faults, two seconds each, played as live waveforms of three quarters of a second that overlap: several short ones must say
 * what the whole recording says.
 */
@Tag("acceptance")
@Tag("shared")
class RecordedBearingsAcceptanceTest {
    private static final Path DATA = Path.of(System.getProperty("uatwin.shared", "../../shared"), "data", "cwru");
    private static final BearingGeometry BEARING = new BearingGeometry(9, 7.94, 39.04, 0);
    private static final double SECONDS = 0.75; // 22 turns
    private static final int SHOWN = 10; // recordings in whose envelope an order of the true fault shows

    @Test
    void liveWaveformsNameWhatTheOrdersOfTheWholeRecordingShow(@TempDir Path folder) throws IOException {
        TreeMap<String, String> differing = new TreeMap<>();
        int right = 0;
        for (String line : Files.readAllLines(DATA.resolve("index.csv"))) {
            String[] cells = line.split(",", -1);
            if (cells[0].equals("file")) {
                continue;
            }
            double rpm = Double.parseDouble(cells[4]);
            double rate = Double.parseDouble(cells[5]);
            double[] samples = samples(DATA.resolve(cells[0]));
            Optional<BearingFault> whole =
                    VibrationAnalysis.of(samples, rate, rpm, BEARING).fault().map(FaultSign::fault);
            Set<String> live = live(folder, samples, rate, rpm);
            String wanted = whole.map(RecordedBearingsAcceptanceTest::words).orElse(Fault.NONE.words());
            boolean isTrue = whole.map(BearingFault::code).orElse("").equals(cells[1]);
            right += isTrue && live.contains(wanted) ? 1 : 0;
            live.remove(Fault.NONE.words()); // before enough snapshots have come
            live.remove(Fault.UNKNOWN.words()); // something knocks: no name
            live.remove(wanted);
            if (!live.isEmpty()) {
                differing.put(cells[0], "%s, not %s".formatted(live, wanted));
            }
        }
        assertThat(differing).as("named otherwise").isEmpty();
        assertThat(right).as("named rightly").isGreaterThanOrEqualTo(SHOWN);
    }

    private static String words(BearingFault fault) {
        return switch (fault) {
            case OUTER_RACE -> Fault.OUTER_RACE.words();
            case INNER_RACE -> Fault.INNER_RACE.words();
            case BALL -> Fault.ROLLING_ELEMENT.words();
        };
    }

    /** All names that were shown. */
    private static Set<String> live(Path folder, double[] samples, double rate, double rpm) throws IOException {
        String plant = Files.readString(Path.of("..", "examples", "vibration", "plant.yaml"))
                .replace("sampleRate: 12000", "sampleRate: " + (int) rate);
        Set<String> shown = new HashSet<>();
        try (FanStand stand = new FanStand(folder, plant, 1)) {
            stand.rpm = rpm;
            int n = (int) (SECONDS * rate);
            for (int from = 0; from + n <= samples.length; from += n / 3) {
                stand.offer(Arrays.copyOfRange(samples, from, from + n));
                stand.vibration.step();
                stand.now += 10_000_000;
                shown.add(List.of(Fault.values())
                        .get((int) stand.sample("DriveEndBearingFault").bits())
                        .words());
            }
        }
        return shown;
    }

    private static double[] samples(Path file) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            return lines.lines().skip(1).mapToDouble(Double::parseDouble).toArray();
        }
    }
}
