package org.uatwin.plcadapters.modbus;

import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.plant.ProtocolSyntax;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.Protocol;
import org.uatwin.plcadapters.adapter.ReplayLink;
import org.uatwin.plcadapters.adapter.ReplayTime;
import org.uatwin.plcadapters.adapter.TrafficSource;

/** Modbus TCP, RTU over TCP and serial RTU as adapter. */
public final class ModbusProtocol implements Protocol {
    @Override
    public List<String> names() {
        return List.of("modbus-tcp", "modbus-rtu-over-tcp", "modbus-rtu");
    }

    @Override
    public Optional<ProtocolSyntax> syntax() {
        return Optional.empty();
    }

    @Override
    public Link open(LinkOpening opening) {
        if (!(opening.connection() instanceof ModbusConnection connection)) {
            throw new IllegalArgumentException(opening.connection().name() + " is no Modbus connection");
        }
        return ModbusLinks.open(connection, opening);
    }

    @Override
    public Optional<ReplayLink> replay(LinkOpening opening, TrafficSource traffic, ReplayTime time) {
        return opening.connection() instanceof ModbusConnection connection
                ? Optional.of(ModbusReplay.open(connection, opening, traffic, time))
                : Optional.empty();
    }
}
