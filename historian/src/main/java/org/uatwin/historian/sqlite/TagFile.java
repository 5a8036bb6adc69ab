package org.uatwin.historian.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.uatwin.historian.codec.BlockCodec;
import org.uatwin.historian.codec.SampleRun;
import org.uatwin.historian.store.TagDefinition;
import org.uatwin.historian.store.TagNames;
import org.uatwin.informationmodel.value.ValueType;

/**
 * {@code tags.db}: the name of each tag, how far back days are kept, and of each tag the last sample of the days that
 * left. Any thread; one call at a time.
 */
final class TagFile implements AutoCloseable {
    static final String NAME = "tags.db";
    static final String TAG_TABLE = "CREATE TABLE tag (id INTEGER PRIMARY KEY, site TEXT NOT NULL, twin TEXT NOT NULL,"
            + " member TEXT NOT NULL, type TEXT NOT NULL, length INTEGER NOT NULL)";

    private static final int SCHEMA = 1;
    private static final String[] TABLES = {
        TAG_TABLE,
        "CREATE TABLE edge (tag INTEGER PRIMARY KEY, time INTEGER NOT NULL, data BLOB NOT NULL)",
        "CREATE TABLE kept (first_day INTEGER NOT NULL)", // days since 1601-01-01; those before it have left
        "INSERT INTO kept VALUES (-1)"
    };

    private final Path file;
    private final Connection connection; // guarded by this
    private final TagNames names = new TagNames(this::changed);
    private final Set<Integer> unsaved = new LinkedHashSet<>(); // guarded by itself
    private long firstDay; // guarded by this

    /** @throws HistoryException if the file cannot be used, or a newer program has written it. */
    TagFile(Path file) {
        this.file = file;
        connection = Sqlite.writer(file, SCHEMA, TABLES);
        try {
            readTags(connection, names::restore);
            unsaved.clear();
            firstDay = Sqlite.integer(connection, "SELECT first_day FROM kept");
        } catch (SQLException e) {
            close();
            throw HistoryException.of(file, e);
        } catch (IllegalArgumentException e) {
            close();
            throw HistoryException.damaged(file, e);
        }
    }

    static void readTags(Connection connection, DayWriter.TagRow visitor) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT id, site, twin, member, type, length FROM tag ORDER BY id")) {
            while (rows.next()) {
                String type = rows.getString(5);
                visitor.row(
                        rows.getInt(1),
                        new TagDefinition(
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                ValueType.named(type).orElseThrow(() -> new IllegalArgumentException("type " + type)),
                                rows.getInt(6)));
            }
        }
    }

    static void bind(PreparedStatement insert, int id, TagDefinition definition) throws SQLException {
        insert.setInt(1, id);
        insert.setString(2, definition.site());
        insert.setString(3, definition.twinId());
        insert.setString(4, definition.member());
        insert.setString(5, definition.type().uaName());
        insert.setInt(6, definition.arrayLength());
    }

    TagNames names() {
        return names;
    }

    private void changed(int id) {
        synchronized (unsaved) {
            unsaved.add(id);
        }
    }

    /** Returns once every name given so far is on the disk. */
    synchronized void save() {
        Set<Integer> ids;
        synchronized (unsaved) {
            if (unsaved.isEmpty()) {
                return;
            }
            ids = new LinkedHashSet<>(unsaved);
        }
        transaction(() -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT OR REPLACE INTO tag VALUES (?,?,?,?,?,?)")) {
                for (int id : ids) {
                    bind(insert, id, names.definition(id).orElseThrow());
                    insert.executeUpdate();
                }
            }
        });
        synchronized (unsaved) {
            unsaved.removeAll(ids); // one renamed meanwhile is saved when its twin is registered again
        }
    }

    /** The first day that is kept, in days since 1601; -1 if none has left. */
    synchronized long firstDay() {
        return firstDay;
    }

    /**
     * Keeps the last samples of days that leave; of a tag that has one already, the later. Once this returns, days
     * before {@code newFirstDay} are gone, even if their files are still there.
     *
     * @param last of each tag, one sample.
     */
    synchronized void leave(long newFirstDay, Map<Integer, SampleRun> last) {
        long first = Math.max(firstDay, newFirstDay);
        transaction(() -> {
            try (PreparedStatement put = connection.prepareStatement("INSERT INTO edge VALUES (?1, ?2, ?3)"
                            + " ON CONFLICT (tag) DO UPDATE SET time = ?2, data = ?3 WHERE ?2 >= time");
                    Statement statement = connection.createStatement()) {
                for (Map.Entry<Integer, SampleRun> each : last.entrySet()) {
                    SampleRun run = each.getValue();
                    ValueType type = names.definition(each.getKey())
                            .map(TagDefinition::type)
                            .orElse(ValueType.DOUBLE);
                    put.setInt(1, each.getKey());
                    put.setLong(2, run.time(0));
                    put.setBytes(3, BlockCodec.encode(run, 0, 1, type));
                    put.executeUpdate();
                }
                statement.execute("UPDATE kept SET first_day = " + first);
            }
        });
        firstDay = first;
    }

    /** The last sample of the days that left; null if the tag has none. */
    synchronized @Nullable SampleRun edge(int tag) {
        if (firstDay < 0) {
            return null;
        }
        try (PreparedStatement get = connection.prepareStatement("SELECT time, data FROM edge WHERE tag = ?")) {
            get.setInt(1, tag);
            try (ResultSet row = get.executeQuery()) {
                return row.next() ? BlockCodec.decode(row.getBytes(2), row.getLong(1)) : null;
            }
        } catch (SQLException e) {
            throw HistoryException.of(file, e);
        }
    }

    /** Changes that are made together or not at all. */
    @FunctionalInterface
    private interface Change {
        void make() throws SQLException;
    }

    private void transaction(Change change) { // lock is held
        try {
            try {
                change.make();
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw HistoryException.of(file, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw HistoryException.of(file, e);
        }
    }
}
