package org.uatwin.historian.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A reading connection of one day's file. One thread at a time. */
final class DayReader implements AutoCloseable {
    private final Path file;
    private final long start;
    private final Connection connection;
    private final PreparedStatement forward;
    private final PreparedStatement reverse;
    private final PreparedStatement lastOfEach;

    DayReader(Path file, long start) {
        this.file = file;
        this.start = start;
        connection = Sqlite.reader(file);
        try {
            // Blocks do not overlap: the one that begins last at or before the time is the first to look at.
            forward = connection.prepareStatement("SELECT first, data FROM block WHERE tag = ?1 AND first >= coalesce("
                    + "(SELECT max(first) FROM block WHERE tag = ?1 AND first <= ?2), ?2) ORDER BY first");
            reverse = connection.prepareStatement(
                    "SELECT first, data FROM block WHERE tag = ? AND first <= ? ORDER BY first DESC");
            lastOfEach = connection.prepareStatement("SELECT tag, max(first), data FROM block GROUP BY tag");
        } catch (SQLException e) {
            close();
            throw HistoryException.of(file, e);
        }
    }

    /** Takes blocks until it has enough. */
    @FunctionalInterface
    interface Visitor {
        /** @return whether to go on. */
        boolean block(int tag, long first, byte @Nullable [] data);
    }

    /** Blocks that may have samples at {@code from} or after it, oldest first. */
    void forward(int tag, long from, Visitor visitor) {
        read(forward, tag, from, visitor);
    }

    /** Blocks that may have samples at {@code from} or before it, newest first. */
    void reverse(int tag, long from, Visitor visitor) {
        read(reverse, tag, from, visitor);
    }

    private void read(PreparedStatement statement, int tag, long from, Visitor visitor) {
        try {
            statement.setInt(1, tag);
            statement.setLong(2, from - start);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next() && visitor.block(tag, start + rows.getLong(1), rows.getBytes(2))) {
                    // the visitor did it
                }
            }
        } catch (SQLException e) {
            throw HistoryException.of(file, e);
        }
    }

    /** The newest block of every tag. */
    void lastOfEach(Visitor visitor) {
        try (ResultSet rows = lastOfEach.executeQuery()) {
            while (rows.next() && visitor.block(rows.getInt(1), start + rows.getLong(2), rows.getBytes(3))) {
                // the visitor did it
            }
        } catch (SQLException e) {
            throw HistoryException.of(file, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw HistoryException.of(file, e);
        }
    }
}
