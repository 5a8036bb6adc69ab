package org.uatwin.informationmodel.plant;

import java.util.List;

/**
 * A connection of a protocol this module does not know itself: what the adapter made of its keys, kept as it is.
 *
 * @param protocol the value of {@code protocol:}.
 * @param settings what {@link ProtocolSyntax#connection} made of the keys.
 */
public record FieldConnection(
        String name,
        String protocol,
        ConnectionSettings settings,
        List<Device> devices,
        List<PollGroup> pollGroups,
        String linkType,
        String deviceType)
        implements Connection {
    public FieldConnection {
        devices = List.copyOf(devices);
        pollGroups = List.copyOf(pollGroups);
    }

    /**
     * A device of such a connection.
     *
     * @param settings what {@link ProtocolSyntax#device} made of the keys; equal settings mean an unchanged device.
     */
    public record Device(String connection, String name, Object settings) implements Connection.Device {}

    @Override
    public String endpoint() {
        return settings.endpoint();
    }
}
