package org.uatwin.server.virtual;

/**
 * Where a virtual connection listens.
 *
 * @param protocol the value of {@code protocol:} a plant file would say; a serial line is served as RTU over TCP.
 */
public record Endpoint(String connection, String protocol, String host, int port) {
    @Override
    public String toString() {
        return "%s %s %s %d".formatted(connection, protocol, host, port);
    }
}
