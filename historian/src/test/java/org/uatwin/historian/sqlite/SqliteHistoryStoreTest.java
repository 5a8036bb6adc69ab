package org.uatwin.historian.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uatwin.historian.codec.BlockSummary;
import org.uatwin.historian.memory.MemoryHistoryStore;
import org.uatwin.historian.store.HistoryBatch;
import org.uatwin.historian.store.HistoryPage;
import org.uatwin.historian.store.HistorySamples;
import org.uatwin.historian.store.HistoryStore;
import org.uatwin.historian.store.HistoryTag;
import org.uatwin.historian.store.RawQuery;
import org.uatwin.historian.store.TagDefinition;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;

class SqliteHistoryStoreTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final long GIGABYTE = 1L << 30;
    private static final TagDefinition FLOW = new TagDefinition("plant", "pump-01", "Flow", ValueType.DOUBLE, 0);
    private static final TagDefinition STATE = new TagDefinition("plant", "pump-01", "State", ValueType.STRING, 0);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private Instant now = START;

    private SqliteHistoryStore open() {
        return open(GIGABYTE, 50);
    }

    private SqliteHistoryStore open(long sizeBytes, int openSamples) {
        StoreSettings settings = StoreSettings.of(directory, Duration.ofDays(10), sizeBytes)
                .withCommitWindow(Duration.ZERO)
                .withOpenSamples(openSamples);
        return SqliteHistoryStore.open(settings, () -> now);
    }

    private static long second(long s) {
        return UaTime.ofInstant(START) + s * UaTime.TICKS_PER_SECOND;
    }

    private static long day(long d) {
        return second(d * 86_400);
    }

    private static void append(HistoryStore store, HistoryTag tag, double value, long time) {
        store.append(new HistoryBatch(1).add(tag, Double.doubleToRawLongBits(value), StatusCode.GOOD, time))
                .toCompletableFuture()
                .join();
    }

    private static List<Double> values(HistorySamples samples) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            values.add(Double.longBitsToDouble(samples.bits(i)));
        }
        return values;
    }

    private static List<Double> values(HistoryStore store, HistoryTag tag) {
        return values(store.read(RawQuery.of(tag)).samples());
    }

    private static List<List<@Nullable Object>> samples(HistoryStore store, RawQuery query) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        Optional<RawQuery> next = Optional.of(query);
        while (next.isPresent()) {
            HistoryPage page = store.read(next.get());
            HistorySamples samples = page.samples();
            assertThat(samples.size()).isLessThanOrEqualTo(query.limit());
            for (int i = 0; i < samples.size(); i++) {
                List<@Nullable Object> sample = new ArrayList<>();
                sample.add(samples.sourceTime(i));
                sample.add(samples.receiveTime(i));
                sample.add(samples.bits(i));
                sample.add(samples.statusBits(i));
                sample.add(samples.object(i));
                all.add(sample);
            }
            next = page.next();
        }
        return all;
    }

    /**
     * Whatever arrives in whatever order, over several days, with blocks made and servers restarted in between, reads as
     * from the store in memory: forward, in reverse, in pages, and between any two times.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void readsAsTheStoreInMemoryDoes(long seed) {
        Random random = new Random(seed);
        now = START.plus(Duration.ofDays(3));
        SqliteHistoryStore store = open(GIGABYTE, 1 + random.nextInt(200));
        try (MemoryHistoryStore model = new MemoryHistoryStore(Duration.ofDays(1000), 1 << 28, () -> now)) {
            List<TagDefinition> definitions = List.of(FLOW, STATE);
            for (int round = 0; round < 30; round++) {
                HistoryBatch batch = new HistoryBatch(100);
                HistoryBatch same = new HistoryBatch(100);
                int samples = 1 + random.nextInt(100);
                for (int i = 0; i < samples; i++) {
                    TagDefinition definition = definitions.get(random.nextInt(2));
                    int tag = store.register(definition).id();
                    assertThat(model.register(definition).id()).isEqualTo(tag);
                    boolean isText = definition.equals(STATE);
                    long time = random.nextInt(3) == 0
                            ? second(random.nextInt(3 * 86_400)) // late, any day
                            : second(round * 8_000L + random.nextInt(20)); // in the main, several of one time
                    long receive = time + (random.nextInt(4) == 0 ? random.nextInt(1000) : 0);
                    long bits = isText ? 0 : Double.doubleToRawLongBits(random.nextInt(1000) / 100.0);
                    Object object = isText ? "state " + random.nextInt(4) : null;
                    int status = random.nextInt(5) == 0 ? StatusCode.BAD_NO_COMMUNICATION.bits() : 0;
                    batch.add(tag, bits, object, status, time, receive);
                    same.add(tag, bits, object, status, time, receive);
                }
                store.append(batch).toCompletableFuture().join();
                model.append(same);
                if (random.nextInt(6) == 0) {
                    store.maintain();
                }
                if (random.nextInt(6) == 0) {
                    store.close();
                    store = open(GIGABYTE, 1 + random.nextInt(200));
                }
                RawQuery query = new RawQuery(
                        new HistoryTag(0),
                        second(random.nextInt(3 * 86_400)),
                        second(random.nextInt(3 * 86_400)),
                        random.nextBoolean(),
                        1 + random.nextInt(50),
                        0);
                assertThat(samples(store, query)).isEqualTo(samples(model, query));
            }
            for (int tag = 0; tag < 2; tag++) {
                RawQuery all = RawQuery.of(new HistoryTag(tag)).limit(7);
                assertThat(samples(store, all)).isEqualTo(samples(model, all));
                assertThat(samples(store, all.reverse())).isEqualTo(samples(model, all.reverse()));
                assertThat(store.oldest(all.tag())).isEqualTo(model.oldest(all.tag()));
                assertThat(store.newest(all.tag())).isEqualTo(model.newest(all.tag()));
            }
            assertThat(store.statistics().stored()).isEqualTo(model.statistics().stored());
        } finally {
            store.close();
        }
    }

    @Test
    void aTagKeepsItsIdAndFollowsItsTwinsNewNameOverARestart() {
        TagDefinition renamed = FLOW.withTwinId("P-101");
        try (SqliteHistoryStore store = open()) {
            store.register(STATE);
            append(store, store.register(FLOW), 1, second(1));
        }
        try (SqliteHistoryStore store = open()) {
            HistoryTag tag = store.register(renamed, List.of(FLOW));
            append(store, tag, 2, second(2));
        }
        try (SqliteHistoryStore store = open()) {
            HistoryTag tag = store.register(renamed);
            assertThat(values(store, tag)).containsExactly(1.0, 2.0);
            assertThat(store.register(FLOW)).isNotEqualTo(tag);
            assertThat(store.definition(tag)).contains(renamed);
        }
    }

    /** A value that has not changed for weeks is still the value at the beginning of the trend. */
    @Test
    void daysThatAreTooOldLeaveAndTheLastSampleOfEachTagStays() {
        HistoryTag flow;
        HistoryTag state;
        try (SqliteHistoryStore store = open()) {
            flow = store.register(FLOW);
            state = store.register(STATE);
            store.append(new HistoryBatch(1).add(state.id(), 0, "running", 0, second(5), second(5)));
            append(store, flow, 1, second(10));
            append(store, flow, 2, second(20));
            append(store, flow, 3, day(11));
            now = START.plus(Duration.ofDays(11));
            store.maintain();
            assertThat(directory.resolve("2026-03-01.db")).doesNotExist();
            assertThat(values(store, flow)).containsExactly(2.0, 3.0);
            assertThat(store.statistics().expired()).isEqualTo(3);
        }
        try (SqliteHistoryStore store = open()) {
            assertThat(values(store, flow)).containsExactly(2.0, 3.0);
            assertThat(store.read(RawQuery.of(state)).samples().object(0)).isEqualTo("running");
            assertThat(store.read(RawQuery.of(flow).from(day(11)).reverse().until(Long.MIN_VALUE))
                            .samples()
                            .size())
                    .isEqualTo(2);
            append(store, flow, 2.5, second(30)); // older than every day, newer than what was kept
            append(store, flow, 0.5, second(1));
            assertThat(values(store, flow)).containsExactly(2.5, 3.0);
        }
    }

    @Test
    void theOldestDaysLeaveWhenTheFilesTakeTooMuch() {
        now = START.plus(Duration.ofDays(5));
        try (SqliteHistoryStore store = open(100_000, 50)) {
            HistoryTag tag = store.register(FLOW);
            for (int d = 0; d < 5; d++) {
                append(store, tag, d, day(d));
            }
            store.maintain();
            assertThat(store.statistics().displaced()).isPositive();
            assertThat(directory.resolve("2026-03-01.db")).doesNotExist();
            assertThat(directory.resolve("2026-03-05.db")).exists();
            assertThat(store.statistics().bytes()).isLessThanOrEqualTo(100_000);
        }
    }

    /** What stood in the journal until blocks were made is not paid for ever. */
    @Test
    void aDayThatIsOverGivesTheJournalsSpaceBackAndItsBlocksSayWhatTheyHold() throws SQLException {
        now = START.plus(Duration.ofDays(2));
        int samples = 20_000;
        try (SqliteHistoryStore store = open(GIGABYTE, 1_000_000)) {
            HistoryTag tag = store.register(FLOW);
            HistoryBatch batch = new HistoryBatch(samples);
            for (int i = 0; i < samples; i++) {
                batch.add(tag, Double.doubleToRawLongBits(i % 10), StatusCode.GOOD, second(i));
            }
            store.append(batch).toCompletableFuture().join();
            long withJournal = store.statistics().bytes();
            store.maintain();
            assertThat(withJournal).isGreaterThan(80_000);
            assertThat(store.statistics().bytes()).isLessThan(60_000);
            assertThat(values(store, tag)).hasSize(10_000).startsWith(0.0, 1.0);
        }
        int count = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("2026-03-01.db"));
                Statement statement = connection.createStatement();
                ResultSet blocks = statement.executeQuery("SELECT summary FROM block")) {
            while (blocks.next()) {
                BlockSummary summary = BlockSummary.parse(blocks.getBytes(1));
                count += summary.count();
                assertThat(summary.good()).isEqualTo(summary.count());
                assertThat(summary.min()).isZero();
                assertThat(summary.max()).isEqualTo(9);
            }
        }
        assertThat(count).isEqualTo(samples);
    }

    /** A device whose clock jumps about, or a year that is read at once, must not use up the file descriptors. */
    @Test
    void manyDaysAreWrittenAndReadWithFewFilesOpen() throws IOException {
        now = START.plus(Duration.ofDays(9));
        try (SqliteHistoryStore store = open(GIGABYTE, 1_000_000)) {
            HistoryTag tag = store.register(FLOW);
            int days = 60;
            HistoryBatch batch = new HistoryBatch(days);
            for (int d = 0; d < days; d++) {
                batch.add(tag, Double.doubleToRawLongBits(d), StatusCode.GOOD, day(d));
            }
            store.append(batch).toCompletableFuture().join();
            assertThat(values(store, tag)).hasSize(days);
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files.filter(file -> file.toString().endsWith("-wal"))
                                .count())
                        .isLessThan(40);
            }
        }
    }

    /** A process may die between the two: the day's last samples are kept and its file is still there. */
    @Test
    void aDayThatLeftWhileItsFileStayedIsNotReadTwice() throws IOException {
        Path file = directory.resolve("2026-03-01.db");
        Path copy = directory.resolve("copy");
        HistoryTag tag;
        try (SqliteHistoryStore store = open()) {
            tag = store.register(FLOW);
            append(store, tag, 1, second(1));
        }
        Files.copy(file, copy);
        now = START.plus(Duration.ofDays(11));
        try (SqliteHistoryStore store = open()) {
            store.maintain();
        }
        Files.move(copy, file);
        try (SqliteHistoryStore store = open()) {
            assertThat(values(store, tag)).containsExactly(1.0);
            assertThat(file).doesNotExist();
        }
    }

    private void twoDays() {
        now = START.plus(Duration.ofDays(2));
        try (SqliteHistoryStore store = open()) {
            HistoryTag tag = store.register(FLOW);
            append(store, tag, 1, day(0));
            append(store, tag, 2, day(1));
            store.maintain();
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsSetAsideAndTheRestIsServed() throws IOException {
        twoDays();
        Files.writeString(directory.resolve("2026-03-01.db"), "not a database at all".repeat(100));
        try (SqliteHistoryStore store = open()) {
            HistoryTag tag = store.register(FLOW);
            assertThat(values(store, tag)).containsExactly(2.0);
            assertThat(directory.resolve("2026-03-01.db.damaged")).exists();
            append(store, tag, 3, day(0) + 1);
            assertThat(values(store, tag)).containsExactly(3.0, 2.0);
        }
    }

    /** The pages of the tree are wrong while the head of the file is right: found by a reader. */
    @Test
    void aFileFoundDamagedWhileReadingIsSetAsideAndTheRestIsServed() throws IOException {
        twoDays();
        Path file = directory.resolve("2026-03-01.db");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 4096; i < bytes.length; i++) {
            bytes[i] = (byte) 0xA5;
        }
        try (SqliteHistoryStore store = open()) {
            HistoryTag tag = store.register(FLOW);
            Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
            assertThat(values(store, tag)).containsExactly(2.0);
            store.maintain(); // behind what the reader asked for
            assertThat(directory.resolve("2026-03-01.db.damaged")).exists();
        }
    }

    @Test
    void aDamagedBlockIsSaidInTheDataAndTheOthersAreServed() throws SQLException {
        twoDays();
        sql("2026-03-01.db", "UPDATE block SET data = zeroblob(length(data))");
        try (SqliteHistoryStore store = open()) {
            HistoryTag tag = store.register(FLOW);
            HistorySamples samples = store.read(RawQuery.of(tag)).samples();
            assertThat(samples.size()).isEqualTo(2);
            assertThat(samples.statusBits(0)).isEqualTo(0x809D_0000); // Bad_DataLost
            assertThat(samples.statusBits(1)).isZero();
        }
    }

    @Test
    void aDamagedRowOfTheJournalCostsItsSamplesOnly() throws SQLException {
        try (SqliteHistoryStore store = open()) {
            HistoryTag tag = store.register(FLOW);
            append(store, tag, 1, second(1));
            append(store, tag, 2, second(2));
        }
        sql("2026-03-01.db", "UPDATE journal SET data = zeroblob(length(data)) WHERE id = 1");
        try (SqliteHistoryStore store = open()) {
            assertThat(values(store, store.register(FLOW))).containsExactly(2.0);
        }
    }

    /** Otherwise an old copy of the names would give one tag's past to another. */
    @Test
    void anIdOfADayIsNotGivenAgainWhenTheNamesAreAnOlderCopy() throws IOException {
        Path names = directory.resolve("tags.db");
        try (SqliteHistoryStore store = open()) {
            store.register(STATE);
            append(store, store.register(FLOW.withTwinId("first")), 1, second(1));
        }
        Path copy = Files.copy(names, directory.resolve("copy"));
        try (SqliteHistoryStore store = open()) {
            append(store, store.register(FLOW), 2, second(2));
        }
        Files.move(copy, names, StandardCopyOption.REPLACE_EXISTING);
        try (SqliteHistoryStore store = open()) {
            HistoryTag other = store.register(FLOW.withTwinId("other"));
            assertThat(values(store, other)).isEmpty();
            assertThat(values(store, store.register(FLOW))).containsExactly(2.0);
        }
    }

    @Test
    void namesAreTakenFromTheDaysWhenTheirFileIsDamaged() throws IOException {
        twoDays();
        Files.writeString(directory.resolve("tags.db"), "not a database at all".repeat(100));
        try (SqliteHistoryStore store = open()) {
            assertThat(values(store, store.register(FLOW))).containsExactly(1.0, 2.0);
            assertThat(directory.resolve("tags.db.damaged")).exists();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01.db", "tags.db"})
    void whatANewerProgramWroteIsRefused(String name) throws SQLException {
        twoDays();
        sql(name, "PRAGMA user_version = 99");
        assertThatThrownBy(this::open)
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("newer")
                .hasMessageContaining("99");
    }

    private void sql(String file, String statementText) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(file));
                Statement statement = connection.createStatement()) {
            statement.execute(statementText);
        }
    }

    @Test
    void whatDoesNotFitItsTagIsRejectedAndCounted() {
        try (SqliteHistoryStore store = open()) {
            HistoryTag tag = store.register(FLOW);
            HistoryBatch batch = new HistoryBatch(3);
            batch.add(tag.id(), 0, "text", 0, second(1), second(1));
            batch.add(77, 0, null, 0, second(1), second(1));
            batch.add(tag, Double.doubleToRawLongBits(5), StatusCode.GOOD, second(2));
            store.append(batch).toCompletableFuture().join();
            assertThat(values(store, tag)).containsExactly(5.0);
            assertThat(store.statistics().rejected()).isEqualTo(2);
        }
    }

    /** Stopping a server must not cost what its clients believe to be stored. */
    @Test
    void closingAcknowledgesWhatWasAppendedAndFurtherAppendsFail() {
        SqliteHistoryStore store = open();
        HistoryTag tag = store.register(FLOW);
        var last = store.append(new HistoryBatch(1).add(tag, 0, StatusCode.GOOD, second(1)));
        store.close();
        assertThat(last.toCompletableFuture()).isCompleted();
        assertThat(store.append(new HistoryBatch(1).add(tag, 0, StatusCode.GOOD, second(2)))
                        .toCompletableFuture())
                .isCompletedExceptionally();
        assertThatThrownBy(() -> store.read(RawQuery.of(tag))).hasMessageContaining("closed");
        try (SqliteHistoryStore again = open()) {
            assertThat(values(again, tag)).hasSize(1);
        }
    }
}
