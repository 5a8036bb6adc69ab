package org.uatwin.server.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.PlantDiff;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;

/** When changed files are read: after they have come to rest, however the editor saves them. */
class PlantWatchTest {
    private static final String PLANT =
            "uatwin: 1\nsiteId: %s\ntwins:\n  - {table: pumps.csv, type: CentrifugalPump}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path plant;

    @SuppressWarnings("NullAway.Init")
    private Path table;

    @SuppressWarnings("NullAway.Init")
    private PlantWatch watch;

    private final List<PlantReading> readings = new ArrayList<>();
    private Runnable whileReading = () -> {};
    private int clock; // each save gets a later time, however fast the test is

    @BeforeEach
    void start() throws IOException {
        plant = folder.resolve("plant.yaml");
        table = folder.resolve("pumps.csv");
        save(plant, PLANT.formatted("one"));
        save(table, "id\npump-01\n");
        PlantReading first = PlantFile.read(plant);
        assertThat(first.plant()).as("%s", first.findings()).isPresent();
        watch = new PlantWatch(first, this::read, readings::add);
    }

    private PlantReading read() {
        PlantReading reading = PlantFile.read(plant);
        whileReading.run();
        return reading;
    }

    private void save(Path file, String text) throws IOException {
        Files.writeString(file, text);
        touch(file);
    }

    private void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_800_000_000_000L + 1_000L * clock++));
    }

    private void steps(int times) {
        for (int i = 0; i < times; i++) {
            watch.step();
        }
    }

    @Test
    void nothingIsReadWhileNothingChanges() {
        steps(10);
        assertThat(readings).isEmpty();
    }

    /** An editor that writes in several steps is left alone until it has finished. */
    @Test
    void aChangedFileIsReadOnceWhenItHasComeToRest() throws IOException {
        save(plant, "uatwin: 1\nsit");
        watch.step();
        save(plant, PLANT.formatted("two"));
        watch.step();
        assertThat(readings).isEmpty();
        steps(5);
        assertThat(readings).hasSize(1);
        assertThat(readings.get(0).plant().orElseThrow().siteId()).isEqualTo("two");
    }

    /** Tables and secrets count as well: adding a line to the table adds a twin. */
    @Test
    void aChangedTableIsNoticed() throws IOException {
        save(table, "id\npump-01\npump-02\n");
        steps(3);
        assertThat(readings).hasSize(1);
        assertThat(readings.get(0).plant().orElseThrow().twins()).hasSize(2);
    }

    /** Many editors write beside the file and rename: another file of the same name and even the same size. */
    @Test
    void aRenamedFileIsNoticed() throws IOException {
        Path beside = folder.resolve("plant.yaml.tmp");
        save(beside, PLANT.formatted("six"));
        Files.setLastModifiedTime(beside, Files.getLastModifiedTime(plant));
        Files.move(beside, plant, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        steps(3);
        assertThat(readings).hasSize(1);
    }

    /** What was read while it changed may be half old and half new. */
    @Test
    void aFileThatChangesWhileItIsReadIsReadAgain() throws IOException {
        save(plant, PLANT.formatted("two"));
        whileReading = () -> {
            whileReading = () -> {};
            try {
                save(plant, PLANT.formatted("three"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
        steps(5);
        assertThat(readings).hasSize(1);
        assertThat(readings.get(0).plant().orElseThrow().siteId()).isEqualTo("three");
    }

    /** A bad file is reported once, and the watch goes on, for the tables of before too. */
    @Test
    void aBrokenFileIsReportedAndMendedLater() throws IOException {
        save(plant, "uatwin: 1\nsiteId: [");
        steps(5);
        assertThat(readings).hasSize(1);
        assertThat(readings.get(0).plant()).isEmpty();
        save(table, "id\npump-07\n");
        steps(3);
        save(plant, PLANT.formatted("two"));
        steps(3);
        assertThat(readings).hasSize(3);
        assertThat(readings.get(2).plant()).isPresent();
    }

    @Test
    void aFileThatIsGoneIsReportedAndNotTakenForAnEmptyPlant() throws IOException {
        Files.delete(plant);
        steps(5);
        assertThat(readings).hasSize(1);
        assertThat(readings.get(0).plant()).isEmpty();
    }

    /** A file cut short at a line end is still YAML; half of the plant must not go by accident. */
    @Test
    void halfOfThePlantDoesNotGoByItself() {
        String head = "uatwin: 1\nsiteId: s\ntwins:\n";
        String one = "  - {id: pump-%d, type: CentrifugalPump}\n";
        StringBuilder ten = new StringBuilder(head);
        for (int i = 0; i < 10; i++) {
            ten.append(one.formatted(i));
        }
        var before = PlantFile.read(ten.toString(), "p").plant().orElseThrow();
        for (int left : new int[] {0, 4, 5, 9}) {
            StringBuilder some = new StringBuilder(left == 0 ? "uatwin: 1\nsiteId: s\n" : head);
            for (int i = 0; i < left; i++) {
                some.append(one.formatted(i));
            }
            var after = PlantFile.read(some.toString(), "p").plant().orElseThrow();
            String objection = PlantWatch.objection(PlantDiff.between(before, after), 10);
            assertThat(objection.isEmpty())
                    .as("%d of 10 left: %s", left, objection)
                    .isEqualTo(left >= 5);
        }
    }
}
