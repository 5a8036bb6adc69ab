package org.uatwin.informationmodel.plant;

import java.time.Duration;
import java.util.List;

/**
 * One wire with its devices; its points form one shard of the PointTable.
 *
 * @param name unique within the plant.
 * @param timeout wait for one answer, 10 ms..60 s.
 * @param tries requests sent before a poll counts as failed, 1..10.
 * @param firstBackOff wait before the first reconnect; doubled with jitter up to {@code largestBackOff}.
 * @param demotionPeriod how often a demoted device is probed.
 */
public record ModbusConnection(
        String name,
        Transport transport,
        Duration timeout,
        int tries,
        Duration firstBackOff,
        Duration largestBackOff,
        Duration demotionPeriod,
        WriteMode writeMode,
        List<ModbusDevice> devices,
        List<PollGroup> pollGroups)
        implements Connection {
    public ModbusConnection {
        devices = List.copyOf(devices);
        pollGroups = List.copyOf(pollGroups);
        if (tries < 1 || tries > 10) {
            throw new IllegalArgumentException("tries must be 1..10: " + tries);
        }
    }

    /** The same connection over another wire. */
    public ModbusConnection withTransport(Transport other) {
        return new ModbusConnection(
                name,
                other,
                timeout,
                tries,
                firstBackOff,
                largestBackOff,
                demotionPeriod,
                writeMode,
                devices,
                pollGroups);
    }

    @Override
    public String protocol() {
        return transport.protocol();
    }

    @Override
    public String endpoint() {
        return transport.label();
    }

    @Override
    public String linkType() {
        return "ModbusLink";
    }

    @Override
    public String deviceType() {
        return "ModbusDevice";
    }

    /** Whether only devices and poll groups differ, so that a connection made for one serves the other. */
    public boolean hasSameWireAs(ModbusConnection other) {
        return equals(new ModbusConnection(
                other.name,
                other.transport,
                other.timeout,
                other.tries,
                other.firstBackOff,
                other.largestBackOff,
                other.demotionPeriod,
                other.writeMode,
                devices,
                pollGroups));
    }
}
