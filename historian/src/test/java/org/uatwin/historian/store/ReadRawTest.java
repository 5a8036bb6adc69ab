package org.uatwin.historian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uatwin.historian.memory.MemoryHistoryStore;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;

/** Part 11, 4.4 and 6.5.3.2: a client draws its trend from exactly these values. */
class ReadRawTest {
    private static final Instant FOUR_O_CLOCK = Instant.parse("2026-01-01T04:00:00Z");

    private final HistoryStore store = new MemoryHistoryStore(
            Duration.ofDays(1), 1 << 20, InstantSource.fixed(FOUR_O_CLOCK.plusSeconds(2 * 3600)));
    private final HistoryTag tag = store.register(new TagDefinition("plant", "pump-01", "Flow", ValueType.DOUBLE, 0));

    private void stored(String... times) {
        HistoryBatch batch = new HistoryBatch(times.length);
        for (String time : times) {
            batch.add(tag, 1, StatusCode.GOOD, ticks(time));
        }
        store.append(batch);
    }

    private static long ticks(String time) {
        if (time.equals("-")) {
            return UaTime.NONE;
        }
        int colon = time.indexOf(':');
        int minutes = Integer.parseInt(time.substring(0, colon)) * 60 + Integer.parseInt(time.substring(colon + 1));
        return UaTime.ofInstant(FOUR_O_CLOCK.plusSeconds((minutes - 240) * 60L));
    }

    private static String text(HistorySamples samples, int i) {
        Duration since = Duration.between(FOUR_O_CLOCK, UaTime.toInstant(samples.sourceTime(i)));
        String time = "%d:%02d".formatted(4 + since.toHours(), since.toMinutesPart());
        String seconds = since.toSecondsPart() == 0 ? "" : ":%02d".formatted(since.toSecondsPart());
        return (samples.status(i).equals(ReadRaw.BAD_BOUND_NOT_FOUND) ? "none@" : "") + time + seconds;
    }

    /** Reads all pages, joined by blanks, pages by a bar. */
    private String read(String start, String end, long numValues, boolean bounds, int maxValues) {
        Optional<RawCursor> next = Optional.of(new ReadRaw(tag, ticks(start), ticks(end), numValues, bounds).begin());
        List<String> pages = new ArrayList<>();
        while (next.isPresent()) {
            RawCursor.Page page = next.get().read(store, maxValues);
            List<String> values = new ArrayList<>();
            for (int i = 0; i < page.samples().size(); i++) {
                values.add(text(page.samples(), i));
            }
            pages.add(String.join(" ", values));
            next = page.next();
        }
        return String.join(" | ", pages);
    }

    @ParameterizedTest
    @CsvSource({
        "5:00, 5:10, 0, false, 5:01 5:04 5:09",
        "5:01, 5:09, 0, false, 5:01 5:04",
        "5:09, 5:01, 0, false, 5:09 5:04",
        "5:02, 5:05, 0, true, 5:01 5:04 5:09",
        "5:05, 5:02, 0, true, 5:09 5:04 5:01",
        "5:01, 5:09, 0, true, 5:01 5:04 5:09",
        "5:00, 5:10, 0, true, none@5:00 5:01 5:04 5:09 none@5:10",
        "5:10, 5:00, 0, true, none@5:10 5:09 5:04 5:01 none@5:00",
        "5:04, 5:04, 0, false, 5:04",
        "5:04, 5:04, 0, true, 5:04 5:09",
        "5:09, 5:09, 0, true, 5:09 none@5:09",
        "5:05, 5:05, 0, false, ''",
        "5:05, 5:05, 0, true, 5:04 5:09",
        "5:10, 5:20, 0, false, ''",
        "5:10, 5:20, 0, true, 5:09 none@5:20",
        "5:00, 5:10, 2, false, 5:01 5:04 | 5:09",
        "5:00, 5:10, 3, false, 5:01 5:04 5:09",
        "5:00, 5:10, 2, true, none@5:00 5:01 | 5:04 5:09 | none@5:10",
        "5:02, -, 2, false, 5:04 5:09",
        "5:02, -, 1, false, 5:04",
        "5:02, -, 9, true, 5:01 5:04 5:09 none@5:09:01",
        "5:10, -, 9, true, 5:09 none@5:10:01",
        "-, 5:05, 2, false, 5:04 5:01",
        "-, 5:05, 9, true, 5:09 5:04 5:01 none@5:00:59",
        "-, 5:00, 9, true, 5:01 none@4:59:59"
    })
    void valuesAndBoundsComeInReadingOrder(String start, String end, long numValues, boolean bounds, String expected) {
        stored("5:01", "5:04", "5:09");
        assertThat(read(start, end, numValues, bounds, 1000)).isEqualTo(expected);
    }

    @Test
    void emptyHistoryHasOnlyMissingBounds() {
        assertThat(read("5:00", "5:10", 0, false, 10)).isEmpty();
        assertThat(read("5:00", "5:10", 0, true, 10)).isEqualTo("none@5:00 none@5:10");
    }

    @Test
    void theServersPageLimitSplitsAnAnswerWithoutLosingItsNumber() {
        stored("5:01", "5:02", "5:03", "5:04");
        assertThat(read("5:00", "-", 3, false, 2)).isEqualTo("5:01 5:02 | 5:03");
        assertThat(read("5:02", "5:04", 0, true, 1)).isEqualTo("5:02 | 5:03 | 5:04");
    }

    @Test
    void fewerThanTwoArgumentsAreRefused() {
        assertThat(ReadRaw.refusal(5, 0, 0)).contains(ReadRaw.BAD_HISTORY_OPERATION_INVALID);
        assertThat(ReadRaw.refusal(0, 5, 0)).contains(ReadRaw.BAD_HISTORY_OPERATION_INVALID);
        assertThat(ReadRaw.refusal(0, 0, 5)).contains(ReadRaw.BAD_HISTORY_OPERATION_INVALID);
        assertThat(ReadRaw.refusal(5, 5, 0)).isEmpty();
        assertThatThrownBy(() -> new ReadRaw(tag, 0, 0, 5, false)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Several values of one time must neither be lost nor doubled where a page ends between them. */
    @Property(tries = 300)
    void pagesJoinedEqualTheUnpagedRead(
            @ForAll List<@IntRange(min = 0, max = 20) Integer> minutes,
            @ForAll @IntRange(min = 0, max = 20) int start,
            @ForAll @IntRange(min = 0, max = 20) int end,
            @ForAll boolean bounds,
            @ForAll @IntRange(min = 1, max = 7) int pageSize) {
        HistoryTag own = store.register(
                new TagDefinition("plant", "pump-01", "P" + System.identityHashCode(minutes), ValueType.INT64, 0));
        HistoryBatch batch = new HistoryBatch(Math.max(1, minutes.size()));
        for (int i = 0; i < minutes.size(); i++) {
            batch.add(own, i, StatusCode.GOOD, ticks("5:%02d".formatted(minutes.get(i))));
        }
        store.append(batch);
        ReadRaw request = new ReadRaw(own, ticks("5:%02d".formatted(start)), ticks("5:%02d".formatted(end)), 0, bounds);
        assertThat(all(request, pageSize)).isEqualTo(all(request, 100_000));
    }

    private List<String> all(ReadRaw request, int pageSize) {
        List<String> values = new ArrayList<>();
        Optional<RawCursor> next = Optional.of(request.begin());
        while (next.isPresent()) {
            RawCursor.Page page = next.get().read(store, pageSize);
            assertThat(page.samples().size()).isLessThanOrEqualTo(pageSize);
            for (int i = 0; i < page.samples().size(); i++) {
                values.add(text(page.samples(), i) + "=" + page.samples().bits(i));
            }
            next = page.next();
        }
        return values;
    }
}
