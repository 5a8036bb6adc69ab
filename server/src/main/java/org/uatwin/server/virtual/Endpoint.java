package org.uatwin.server.virtual;

import java.net.URI;
import org.uatwin.informationmodel.plant.Connection;
import org.uatwin.informationmodel.plant.FieldConnection;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.plcadapters.mqtt.VirtualMqttDevices;

/**
 * Where a virtual connection listens.
 *
 * @param protocol the value of {@code protocol:} a plant file would say, of MQTT the scheme of its URL; a serial line is
 *     served as RTU over TCP.
 */
public record Endpoint(String connection, String protocol, String host, int port) {
    /** The connection as it is, but at this address. */
    public Connection instead(Connection connection) {
        if (connection instanceof ModbusConnection modbus) {
            return modbus.withTransport(
                    protocol.equals("modbus-tcp")
                            ? new Transport.Tcp(host, port)
                            : new Transport.RtuOverTcp(host, port));
        }
        if (connection instanceof FieldConnection field && VirtualMqttDevices.areOf(connection)) {
            String path =
                    protocol.startsWith("ws") ? VirtualMqttDevices.broker(field).getRawPath() : "";
            return VirtualMqttDevices.redirected(
                    field, URI.create("%s://%s:%d%s".formatted(protocol, host, port, path)));
        }
        return connection;
    }

    @Override
    public String toString() {
        return "%s %s %s %d".formatted(connection, protocol, host, port);
    }
}
