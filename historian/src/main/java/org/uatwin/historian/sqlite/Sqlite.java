package org.uatwin.historian.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Connections to files of a history: how they sync, and which schema they have. */
final class Sqlite {
    private Sqlite() {}

    /**
     * Opens a file for writing, making it and its tables on first use.
     *
     * @param schema version this program writes, in SQLite's {@code user_version}.
     * @throws HistoryException if the file cannot be used, or a newer program has written it.
     */
    static Connection writer(Path file, int schema, String... tables) {
        try {
            Connection connection = SqliteDriver.connect(file);
            try {
                prepare(connection, file, schema, tables);
                return connection;
            } catch (SQLException | HistoryException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw HistoryException.of(file, e);
        }
    }

    private static void prepare(Connection connection, Path file, int schema, String... tables) throws SQLException {
        int found = (int) integer(connection, "PRAGMA user_version");
        if (found > schema) {
            throw HistoryException.newer(file, found, schema);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL"); // of a new file; before its first table
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL"); // in WAL mode: a commit is synced before it returns
            statement.execute("PRAGMA wal_autocheckpoint = 2000");
            statement.execute("PRAGMA busy_timeout = 10000");
            connection.setAutoCommit(false);
            if (found == 0) {
                for (String table : tables) {
                    statement.execute(table);
                }
                statement.execute("PRAGMA user_version = " + schema);
            }
        }
        connection.commit();
    }

    /** Opens a file that exists for reading, beside its writer. */
    static Connection reader(Path file) {
        try {
            Connection connection = SqliteDriver.connect(file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 10000");
                statement.execute("PRAGMA query_only = 1");
            }
            return connection;
        } catch (SQLException e) {
            throw HistoryException.of(file, e);
        }
    }

    static long integer(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }
}
