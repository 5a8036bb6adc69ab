package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connections read so far, by name, and what twins may name as {@code device:} in them. */
final class Connections {
    /** What a twin's points come from: a device, or a connection whose protocol needs none. */
    sealed interface Source {
        /** {@code connection/device}, or the connection alone. */
        String label();

        /** Name of the connection. */
        String connection();

        /** Poll groups of the connection by name, the first is the default; empty if it is not polled. */
        Map<String, PollGroup> groups();

        default Optional<PollGroup> firstGroup() {
            return groups().values().stream().findFirst();
        }
    }

    /**
     * A Modbus device.
     *
     * @param order byte order of the device's numbers.
     * @param isManual whether bare numbers are manual addresses.
     */
    record Device(ModbusDevice device, WordOrder order, boolean isManual, Map<String, PollGroup> groups)
            implements Source {
        @Override
        public String label() {
            return device.label();
        }

        @Override
        public String connection() {
            return device.connection();
        }

        PollGroup defaultGroup() {
            return groups.values().iterator().next();
        }
    }

    /**
     * A device, or the connection itself, of a protocol of the catalog.
     *
     * @param pointKeys keys of a point's section.
     * @param device null for the connection itself.
     */
    record Field(
            ProtocolSyntax syntax,
            Keys pointKeys,
            String connection,
            ConnectionSettings settings,
            FieldConnection.@Nullable Device device,
            Map<String, PollGroup> groups)
            implements Source {
        @Override
        public String label() {
            return device == null ? connection : device.label();
        }
    }

    private final List<Connection> connections = new ArrayList<>();
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Set<String> uninstalled = new HashSet<>();

    /** @param byLabel what twins may name in it. */
    void add(Connection connection, Map<String, ? extends Source> byLabel) {
        connections.add(connection);
        sources.putAll(byLabel);
    }

    /** A connection whose protocol is not installed: it has its finding, and those who name it need none. */
    void addUninstalled(String name) {
        uninstalled.add(name);
    }

    boolean isUninstalled(String label) {
        return uninstalled.contains(label.contains("/") ? label.substring(0, label.indexOf('/')) : label);
    }

    List<Connection> all() {
        return connections;
    }

    List<String> labels() {
        return new ArrayList<>(sources.keySet());
    }

    /** The source of that label; a connection with one device may be named alone. */
    @Nullable
    Source source(String label) {
        Source source = sources.get(label);
        if (source != null || label.indexOf('/') >= 0) {
            return source;
        }
        return connections.stream()
                .filter(c -> c.name().equals(label) && c.devices().size() == 1)
                .findFirst()
                .map(c -> sources.get(c.devices().get(0).label()))
                .orElse(null);
    }

    /** Further twin types of the protocols in use, by name of the protocol. */
    Map<String, String> typeTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Source source : sources.values()) {
            if (source instanceof Field field && !field.syntax().types().isEmpty()) {
                texts.putIfAbsent(field.syntax().names().get(0), field.syntax().types());
            }
        }
        return texts;
    }

    Optional<Source> only() {
        return sources.size() == 1 ? Optional.of(sources.values().iterator().next()) : Optional.empty();
    }
}
