package org.uatwin.server.state;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.uatwin.historian.sqlite.SqliteDriver;

/** The file {@code state.db} of a data directory (contracts section 6). Any thread; one call at a time. */
public final class StateDatabase implements AutoCloseable {
    /** Schema this program writes, in SQLite's {@code user_version}. */
    public static final int SCHEMA = 1;

    private final Path file;
    private final Connection connection; // guarded by this

    private StateDatabase(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens the file, making it on first use.
     *
     * @throws StateException if it cannot be used, or a newer program has written it.
     */
    public static StateDatabase open(Path file) {
        try {
            Connection connection = SqliteDriver.connect(file);
            try (Statement statement = connection.createStatement()) {
                int found;
                try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
                    found = version.getInt(1);
                }
                if (found > SCHEMA) {
                    connection.close();
                    throw StateException.newer(file, found, SCHEMA);
                }
                // A process that is killed leaves the last transaction that was complete. A power cut may cost the
                // last one, synchronous=NORMAL, and the next save brings it back.
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = NORMAL");
                statement.execute("PRAGMA user_version = " + SCHEMA);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            connection.setAutoCommit(false);
            return new StateDatabase(file, connection);
        } catch (SQLException e) {
            throw StateException.broken(file, e);
        }
    }

    /**
     * The table of a part of the server; made on first use.
     *
     * @param name lower-case letters and {@code _}: it stands in SQL.
     */
    public synchronized StateTable table(String name) {
        if (!name.matches("[a-z_]{1,40}")) {
            throw new IllegalArgumentException("no name of a table: " + name);
        }
        run(c -> {
            try (Statement statement = c.createStatement()) {
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS %s (key TEXT PRIMARY KEY, state BLOB NOT NULL) WITHOUT ROWID"
                                .formatted(name));
            }
        });
        return new StateTable(this, name);
    }

    /** Work in one transaction. */
    @FunctionalInterface
    interface Work {
        void on(Connection connection) throws SQLException;
    }

    synchronized void run(Work work) {
        try {
            try {
                work.on(connection);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw StateException.broken(file, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw StateException.broken(file, e);
        }
    }
}
