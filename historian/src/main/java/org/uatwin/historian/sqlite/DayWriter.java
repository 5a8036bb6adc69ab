package org.uatwin.historian.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.uatwin.historian.codec.BlockCodec;
import org.uatwin.historian.codec.BlockSummary;
import org.uatwin.historian.codec.SampleRun;
import org.uatwin.historian.store.TagDefinition;

/** The writing connection of one day's file: its statements, all in one transaction until {@link #commit}. */
final class DayWriter implements AutoCloseable {
    static final int SCHEMA = 1;

    /** Samples of a block, unless more were taken at one time. */
    static final int BLOCK = 1024;

    private static final String[] TABLES = {
        // times in 100 ns since the beginning of the day, UTC
        "CREATE TABLE block (id INTEGER PRIMARY KEY, tag INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,"
                + " summary BLOB NOT NULL, data BLOB NOT NULL)",
        "CREATE INDEX block_by_tag ON block (tag, first)",
        "CREATE TABLE journal (id INTEGER PRIMARY KEY, samples INTEGER NOT NULL, data BLOB NOT NULL)",
        TagFile.TAG_TABLE,
        "CREATE TABLE day (packed INTEGER NOT NULL)", // samples in blocks
        "INSERT INTO day VALUES (0)"
    };

    private final Path file;
    private final long start; // ticks of the day's first moment
    private final Connection connection;
    private final PreparedStatement insertJournal;
    private final PreparedStatement insertBlock;
    private final PreparedStatement deleteBlock;
    private final PreparedStatement overlapping;
    private final PreparedStatement newest;
    private final PreparedStatement insertTag;

    DayWriter(Path file, long start) {
        this.file = file;
        this.start = start;
        connection = Sqlite.writer(file, SCHEMA, TABLES);
        try {
            insertJournal = connection.prepareStatement("INSERT INTO journal (samples, data) VALUES (?, ?)");
            insertBlock = connection.prepareStatement(
                    "INSERT INTO block (tag, first, last, summary, data) VALUES (?,?,?,?,?)");
            deleteBlock = connection.prepareStatement("DELETE FROM block WHERE id = ?");
            overlapping = connection.prepareStatement(
                    "SELECT id, first, data FROM block WHERE tag = ? AND first <= ? AND last >= ? ORDER BY first");
            newest = connection.prepareStatement("SELECT last FROM block WHERE tag = ? ORDER BY first DESC LIMIT 1");
            insertTag = connection.prepareStatement("INSERT OR REPLACE INTO tag VALUES (?,?,?,?,?,?)");
        } catch (SQLException e) {
            close();
            throw HistoryException.of(file, e);
        }
    }

    /** SQL whose failure is told with the file's name. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    private <T> T sql(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw HistoryException.of(file, e);
        }
    }

    void journal(int samples, byte[] blob) {
        sql(() -> {
            insertJournal.setInt(1, samples);
            insertJournal.setBytes(2, blob);
            return insertJournal.executeUpdate();
        });
    }

    /** Takes one journal row. */
    @FunctionalInterface
    interface JournalRow {
        void row(int samples, byte[] blob);
    }

    void readJournal(JournalRow visitor) {
        sql(() -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT samples, data FROM journal ORDER BY id")) {
                while (rows.next()) {
                    visitor.row(rows.getInt(1), rows.getBytes(2));
                }
            }
            return true;
        });
    }

    void emptyJournal() {
        execute("DELETE FROM journal");
    }

    void tag(int id, TagDefinition definition) {
        sql(() -> {
            TagFile.bind(insertTag, id, definition);
            return insertTag.executeUpdate();
        });
    }

    /** Time of the newest sample of a tag in blocks; {@link Long#MIN_VALUE} if there is none. */
    long newest(int tag) {
        return sql(() -> {
            newest.setInt(1, tag);
            try (ResultSet row = newest.executeQuery()) {
                return row.next() ? start + row.getLong(1) : Long.MIN_VALUE;
            }
        });
    }

    /** Takes the names of the tags in this file, as they were when it was written. */
    @FunctionalInterface
    interface TagRow {
        void row(int id, TagDefinition definition);
    }

    void readTags(TagRow visitor) {
        sql(() -> {
            try {
                TagFile.readTags(connection, visitor);
            } catch (IllegalArgumentException e) {
                throw HistoryException.damaged(file, e);
            }
            return true;
        });
    }

    /** The highest id of a tag in this file; -1 if there is none. */
    int highestTag() {
        return sql(() -> (int) Sqlite.integer(connection, "SELECT coalesce(max(id), -1) FROM tag"));
    }

    /** A block and where it stands. */
    static final class Found {
        final long id;
        final long first;
        final byte[] data;

        private Found(long id, long first, byte[] data) {
            this.id = id;
            this.first = first;
            this.data = data;
        }
    }

    /** The blocks of a tag that have samples in between, both ends included. */
    List<Found> overlapping(int tag, long from, long to) {
        return sql(() -> {
            List<Found> found = new ArrayList<>();
            overlapping.setInt(1, tag);
            overlapping.setLong(2, to - start);
            overlapping.setLong(3, from - start);
            try (ResultSet rows = overlapping.executeQuery()) {
                while (rows.next()) {
                    found.add(new Found(rows.getLong(1), start + rows.getLong(2), rows.getBytes(3)));
                }
            }
            return found;
        });
    }

    void deleteBlock(long id) {
        sql(() -> {
            deleteBlock.setLong(1, id);
            return deleteBlock.executeUpdate();
        });
    }

    /** Writes a sorted run as blocks; samples of one time stay in one. */
    void blocks(int tag, TagDefinition definition, SampleRun run) {
        for (int from = 0; from < run.size(); ) {
            int to = Math.min(run.size(), from + BLOCK);
            while (to < run.size() && run.time(to) == run.time(to - 1)) {
                to++;
            }
            block(tag, definition, run, from, to);
            from = to;
        }
    }

    private void block(int tag, TagDefinition definition, SampleRun run, int from, int to) {
        byte[] data = BlockCodec.encode(run, from, to, definition.type());
        byte[] summary = BlockSummary.of(run, from, to, definition.type()).toBytes();
        sql(() -> {
            insertBlock.setInt(1, tag);
            insertBlock.setLong(2, run.time(from) - start);
            insertBlock.setLong(3, run.time(to - 1) - start);
            insertBlock.setBytes(4, summary);
            insertBlock.setBytes(5, data);
            return insertBlock.executeUpdate();
        });
    }

    long packed() {
        return sql(() -> Sqlite.integer(connection, "SELECT packed FROM day"));
    }

    void setPacked(long samples) {
        execute("UPDATE day SET packed = " + samples);
    }

    private void execute(String statementText) {
        sql(() -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(statementText);
            }
        });
    }

    /** Returns once everything since the last commit is synced. */
    void commit() {
        sql(() -> {
            connection.commit();
            return true;
        });
    }

    /** Undoes everything since the last commit. */
    void rollback() {
        sql(() -> {
            connection.rollback();
            return true;
        });
    }

    /** Gives free pages back to the file system. */
    void shrink() {
        sql(() -> {
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("PRAGMA incremental_vacuum"); // a query would free one page
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            } finally {
                connection.setAutoCommit(false);
            }
            return true;
        });
    }

    @Override
    public void close() {
        sql(() -> {
            connection.close();
            return true;
        });
    }
}
