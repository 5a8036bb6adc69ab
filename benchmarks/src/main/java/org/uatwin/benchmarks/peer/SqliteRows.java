package org.uatwin.benchmarks.peer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One row a sample in SQLite, keyed by tag and time: what one writes first. WAL, synced at each commit. */
public final class SqliteRows implements HistoryPeer {
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement select;

    public SqliteRows(Path directory) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("rows.db"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("CREATE TABLE history (tag INTEGER, time INTEGER, value REAL, status INTEGER,"
                    + " PRIMARY KEY (tag, time)) WITHOUT ROWID");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO history VALUES (?,?,?,?)");
        select = connection.prepareStatement(
                "SELECT time, value, status FROM history WHERE tag = ? AND time >= ? AND time < ?");
    }

    @Override
    public void append(long micros, String[] tags, double[] values, int[] statuses) throws SQLException {
        for (int t = 0; t < tags.length; t++) {
            insert.setInt(1, t);
            insert.setLong(2, micros);
            insert.setDouble(3, values[t]);
            insert.setInt(4, statuses[t]);
            insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
    }

    @Override
    public void finish() {
        // a commit can be read
    }

    @Override
    public int read(String tag, int tagIndex, long from, long until) throws SQLException {
        select.setInt(1, tagIndex);
        select.setLong(2, from);
        select.setLong(3, until);
        int rows = 0;
        double sum = 0;
        try (ResultSet result = select.executeQuery()) {
            while (result.next()) {
                sum += result.getLong(1) + result.getDouble(2) + result.getInt(3);
                rows++;
            }
        }
        return Double.isNaN(sum) ? -1 : rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
