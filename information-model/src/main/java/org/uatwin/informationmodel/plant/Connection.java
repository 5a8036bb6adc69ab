package org.uatwin.informationmodel.plant;

import java.util.List;

/** One wire to the field with what lies behind it; its points form one shard of the PointTable. */
public sealed interface Connection permits ModbusConnection, FieldConnection {
    /** Unique within the plant. */
    String name();

    /** The value of {@code protocol:}, by which the adapter is found. */
    String protocol();

    /** The wire in one line for people, for example {@code 192.168.1.20:502}; without user and password. */
    String endpoint();

    /** Devices behind the wire; empty if the protocol or the file knows none. */
    List<? extends Device> devices();

    /** Poll groups, the default first; empty if the protocol is not polled. */
    List<PollGroup> pollGroups();

    /** Name of the twin type that shows the connection's own state, {@code _<connection>}. */
    String linkType();

    /** Name of the twin type that shows the state of one device, {@code _<connection>.<device>}. */
    String deviceType();

    /** One device behind a connection. */
    interface Device {
        /** Name of its connection. */
        String connection();

        /** Unique within the connection. */
        String name();

        /** {@code connection/device}, as messages name it. */
        default String label() {
            return connection() + "/" + name();
        }
    }
}
