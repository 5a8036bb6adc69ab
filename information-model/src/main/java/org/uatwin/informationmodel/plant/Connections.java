package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Connections read so far, by name, and the devices in them by {@code connection/device}. */
final class Connections {
    /**
     * @param order byte order of the device's numbers.
     * @param isManual whether bare numbers are manual addresses.
     * @param groups poll groups of the connection by name, the first is the default.
     */
    record Device(ModbusDevice device, WordOrder order, boolean isManual, Map<String, PollGroup> groups) {
        PollGroup defaultGroup() {
            return groups.values().iterator().next();
        }
    }

    private final List<ModbusConnection> connections = new ArrayList<>();
    private final Map<String, Device> devices = new LinkedHashMap<>();

    void add(ModbusConnection connection, Map<String, Device> byLabel) {
        connections.add(connection);
        devices.putAll(byLabel);
    }

    List<ModbusConnection> all() {
        return connections;
    }

    List<String> deviceLabels() {
        return new ArrayList<>(devices.keySet());
    }

    /** The device of that label; a connection with one device may be named alone. */
    @Nullable
    Device device(String label) {
        Device device = devices.get(label);
        if (device != null || label.indexOf('/') >= 0) {
            return device;
        }
        return connections.stream()
                .filter(c -> c.name().equals(label) && c.devices().size() == 1)
                .findFirst()
                .map(c -> devices.get(c.devices().get(0).label()))
                .orElse(null);
    }

    Optional<Device> only() {
        return devices.size() == 1 ? Optional.of(devices.values().iterator().next()) : Optional.empty();
    }
}
