package org.uatwin.historian.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.historian.memory.MemoryHistoryStore;
import org.uatwin.historian.sqlite.SqliteHistoryStore;
import org.uatwin.historian.sqlite.StoreSettings;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;

/** The example table of Part 11 (bounding values), read from the vectors beside the repository. */
@Tag("acceptance")
@Tag("shared")
class ReadRawAcceptanceTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");

    private static final InstantSource CLOCK = InstantSource.fixed(MIDNIGHT.plusSeconds(36_000));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @TestFactory
    Stream<DynamicTest> examplesOfTheStandardInMemory() throws IOException {
        return examples(new MemoryHistoryStore(Duration.ofDays(1), 1 << 20, CLOCK));
    }

    @TestFactory
    Stream<DynamicTest> examplesOfTheStandardOnDisk() throws IOException {
        HistoryStore store = SqliteHistoryStore.open(StoreSettings.of(directory, Duration.ofDays(1), 1 << 30), CLOCK);
        return examples(store).onClose(store::close);
    }

    private static Stream<DynamicTest> examples(HistoryStore store) throws IOException {
        String shared = System.getProperty("uatwin.shared");
        Path vectors = (shared == null ? Path.of(System.getProperty("uatwin.root"), "..", "shared") : Path.of(shared))
                .resolve("history/read_raw_bounds.json");
        JsonNode table = new ObjectMapper().readTree(vectors.toFile());
        HistoryTag tag = store.register(new TagDefinition("plant", "pump-01", "Flow", ValueType.INT32, 0));
        HistoryBatch batch = new HistoryBatch(table.get("stored").size());
        for (JsonNode time : table.get("stored")) {
            batch.add(tag, 1, StatusCode.GOOD, ticks(time));
        }
        store.append(batch).toCompletableFuture().join();
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode example : table.get("cases")) {
            tests.add(DynamicTest.dynamicTest(example.get("id").asText(), () -> check(store, tag, example)));
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(25);
        return tests.stream();
    }

    private static void check(HistoryStore store, HistoryTag tag, JsonNode example) {
        ReadRaw request = new ReadRaw(
                tag,
                ticks(example.get("startTime")),
                ticks(example.get("endTime")),
                example.get("numValuesPerNode").asLong(),
                example.get("returnBounds").asBoolean());
        RawCursor.Page page = request.begin().read(store, 1000);
        HistorySamples samples = page.samples();
        List<String> expected = new ArrayList<>();
        List<String> got = new ArrayList<>();
        for (JsonNode entry : example.get("expected")) {
            expected.add(entry.asText());
        }
        for (int i = 0; i < samples.size(); i++) {
            boolean isMissing = samples.status(i).equals(ReadRaw.BAD_BOUND_NOT_FOUND);
            got.add(
                    isMissing && i < expected.size()
                            ? missing(example, expected.get(i), samples, i)
                            : text(samples, i));
        }
        assertThat(got).as(example.toString()).isEqualTo(expected);
        if (!example.get("startTime").isNull() && !example.get("endTime").isNull()) {
            assertThat(page.next().isPresent())
                    .isEqualTo(example.get("continuationPoint").asBoolean());
        }
    }

    /** FIRST and LAST stand at the requested time, if one was given for that end. */
    private static String missing(JsonNode example, String label, HistorySamples samples, int i) {
        JsonNode time = example.get(i == 0 ? "startTime" : "endTime");
        JsonNode other = example.get(i == 0 ? "endTime" : "startTime");
        if (!time.isNull() && !other.isNull()) {
            assertThat(samples.sourceTime(i)).as(example.toString()).isEqualTo(ticks(time));
        }
        return label.equals("FIRST") || label.equals("LAST") ? label : "missing bound";
    }

    private static String text(HistorySamples samples, int i) {
        Duration time = Duration.between(MIDNIGHT, UaTime.toInstant(samples.sourceTime(i)));
        return "%d:%02d".formatted(time.toHours(), time.toMinutesPart());
    }

    private static long ticks(JsonNode time) {
        if (time.isNull()) {
            return UaTime.NONE;
        }
        String[] parts = time.asText().split(":");
        return UaTime.ofInstant(
                MIDNIGHT.plusSeconds(Integer.parseInt(parts[0]) * 3600L + Integer.parseInt(parts[1]) * 60L));
    }
}
