package org.uatwin.plcadapters.modbus;

import java.util.List;
import java.util.function.LongSupplier;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.plcadapters.adapter.BoundPoint;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkStatisticsRows;

/** Opens Modbus links. */
public final class ModbusLinks {
    private ModbusLinks() {}

    /**
     * Plans the polls of a connection. Nothing is sent and no thread runs before {@link Link#start()}.
     *
     * @param points the points bound to this connection; read once, so the list may make its elements on the fly.
     * @param table gets the samples; the rows of the points and of {@code rows} belong to {@code shard}.
     */
    public static Link open(
            ModbusConnection connection,
            List<BoundPoint> points,
            PointTable table,
            int shard,
            LinkStatisticsRows rows,
            LinkEnvironment environment) {
        Wire wire = wire(connection.transport(), environment.ticker());
        return LinkBuilder.build(connection, points, table, shard, rows, environment, wire);
    }

    private static Wire wire(Transport transport, LongSupplier ticker) {
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
