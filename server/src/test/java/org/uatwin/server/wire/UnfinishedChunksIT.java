package org.uatwin.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.transport.server.OpcServerTransportFactory;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;
import org.junit.jupiter.api.Test;

/**
 * CVE-2026-63252: connections that end in the middle of a message. Shows the loss on bare Milo too, so that a Milo which mends
 * it makes this test say so.
 */
class UnfinishedChunksIT {
    private static final int CONNECTIONS = 20;
    private static final int CHUNKS = 4;
    private static final int CHUNK = 60_000;
    private static final long SENT = (long) CONNECTIONS * CHUNKS * CHUNK;

    @Test
    void bareMiloLosesThemForGood() throws Exception {
        assertThat(directBytesLeft(profile -> new OpcTcpServerTransport(
                        OpcTcpServerTransportConfig.newBuilder().build())))
                .isGreaterThan(SENT / 2);
    }

    @Test
    void behindTheGateNothingIsLost() throws Exception {
        Connections connections = new Connections(WireLimits.defaults(16 * 1024 * 1024));
        assertThat(directBytesLeft(GuardedTransport.factory(
                        connections, new DecoderLimits(1_000, 1_000, 1_000, 64), opening -> {})))
                .isLessThan(SENT / 10);
        Awaitility.await().until(() -> connections.waitingBytes() == 0 && connections.count() == 0);
    }

    /** Bytes of pooled direct memory that are in use after all connections ended and were not before. */
    private static long directBytesLeft(OpcServerTransportFactory transport) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        OpcUaServer server = new OpcUaServer(
                OpcUaServerConfig.builder()
                        .setApplicationUri("urn:uatwin:test-server")
                        .setEndpoints(Set.of(EndpointConfig.newBuilder()
                                .setBindAddress("127.0.0.1")
                                .setBindPort(port)
                                .setHostname("localhost")
                                .setPath("/test")
                                .setSecurityPolicy(SecurityPolicy.None)
                                .setSecurityMode(MessageSecurityMode.None)
                                .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS)
                                .build()))
                        .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine()))
                        .setIdentityValidator(AnonymousIdentityValidator.INSTANCE)
                        .build(),
                transport);
        server.startup().get(30, TimeUnit.SECONDS);
        try {
            long before = directBytes();
            for (int i = 0; i < CONNECTIONS; i++) {
                try (RawClient client = RawClient.open(port, "opc.tcp://localhost:" + port + "/test")) {
                    for (int chunk = 0; chunk < CHUNKS; chunk++) {
                        client.send(client.message('C', new byte[CHUNK]));
                    }
                    // an answer to what comes after them proves that they have arrived
                    client.send(RawClient.frame("XXX", 'F', new byte[16]));
                    client.end();
                }
            }
            return directBytes() - before;
        } finally {
            server.shutdown().get(30, TimeUnit.SECONDS);
        }
    }

    private static long directBytes() {
        return PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
    }
}
