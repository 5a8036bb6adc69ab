package org.uatwin.plcadapters.modbus;

import java.util.function.LongSupplier;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkOpening;

/** Opens Modbus links. */
final class ModbusLinks {
    private ModbusLinks() {}

    /** Plans the polls of a connection. Nothing is sent and no thread runs before {@link Link#start()}. */
    static Link open(ModbusConnection connection, LinkOpening opening) {
        Wire wire = wire(connection.transport(), opening.environment().ticker());
        Wire watched = opening.tap().isOn() ? new RecordingWire(wire, opening.tap()) : wire;
        return LinkBuilder.build(connection, opening, watched);
    }

    static Wire wire(Transport transport, LongSupplier ticker) {
        if (transport instanceof Transport.Tcp tcp) {
            return new TcpWire(tcp.host(), tcp.port(), ticker);
        }
        if (transport instanceof Transport.RtuOverTcp rtu) {
            return new RtuWire(new SocketLine(rtu.host(), rtu.port(), ticker), ticker);
        }
        if (transport instanceof Transport.Serial serial) {
            return new RtuWire(new SerialLine(serial, ticker), ticker);
        }
        throw new AssertionError(transport);
    }
}
