package org.uatwin.server.state;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one part of the server remembers: bytes by key. */
public final class StateTable {
    private final StateDatabase database;
    private final String name;

    StateTable(StateDatabase database, String name) {
        this.database = database;
        this.name = name;
    }

    /** Everything there is. */
    public Map<String, byte[]> load() {
        Map<String, byte[]> states = new HashMap<>();
        database.run(connection -> {
            try (PreparedStatement all = connection.prepareStatement("SELECT key, state FROM " + name);
                    ResultSet rows = all.executeQuery()) {
                while (rows.next()) {
                    states.put(rows.getString(1), rows.getBytes(2));
                }
            }
        });
        return states;
    }

    /** The keys there are. */
    public Set<String> keys() {
        Set<String> keys = new HashSet<>();
        database.run(connection -> {
            try (PreparedStatement all = connection.prepareStatement("SELECT key FROM " + name);
                    ResultSet rows = all.executeQuery()) {
                while (rows.next()) {
                    keys.add(rows.getString(1));
                }
            }
        });
        return keys;
    }

    /** One state; empty if there is none. */
    public Optional<byte[]> get(String key) {
        List<byte[]> found = new ArrayList<>(1);
        database.run(connection -> {
            try (PreparedStatement one =
                    connection.prepareStatement("SELECT state FROM %s WHERE key = ?".formatted(name))) {
                one.setString(1, key);
                try (ResultSet rows = one.executeQuery()) {
                    while (rows.next()) {
                        found.add(rows.getBytes(1));
                    }
                }
            }
        });
        return found.stream().findFirst();
    }

    /** Stores states and forgets others, in one transaction: after it both are on disk, or neither. */
    public void store(Map<String, byte[]> states, Collection<String> forgotten) {
        if (states.isEmpty() && forgotten.isEmpty()) {
            return;
        }
        database.run(connection -> {
            try (PreparedStatement put = connection.prepareStatement(
                            "INSERT OR REPLACE INTO %s (key, state) VALUES (?, ?)".formatted(name));
                    PreparedStatement delete =
                            connection.prepareStatement("DELETE FROM %s WHERE key = ?".formatted(name))) {
                for (Map.Entry<String, byte[]> state : states.entrySet()) {
                    put.setString(1, state.getKey());
                    put.setBytes(2, state.getValue());
                    put.addBatch();
                }
                put.executeBatch();
                for (String key : forgotten) {
                    delete.setString(1, key);
                    delete.addBatch();
                }
                delete.executeBatch();
            }
        });
    }
}
