package org.uatwin.server.types;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.structured.BuildInfo;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/** A Milo server that holds the built-in types and one site; closes itself. */
final class BareServer implements AutoCloseable {

    final NamespaceRegistry registry;
    final OpcUaServer server;
    final TypeSpace types;
    private final boolean hasEndpoints;

    BareServer(Path directory) {
        this(directory, Set.of());
    }

    /** With endpoints, which the caller starts by {@code server.startup()}. */
    BareServer(Path directory, Set<EndpointConfig> endpoints) {
        registry = NamespaceRegistry.open(directory, "demo");
        OpcUaServerConfig config = OpcUaServerConfig.builder()
                .setApplicationUri(registry.applicationUri())
                .setEndpoints(endpoints)
                .setProductUri("urn:uatwin")
                .setBuildInfo(new BuildInfo("urn:uatwin", "uatwin", "uatwin", "0", "0", DateTime.now()))
                .build();
        hasEndpoints = !endpoints.isEmpty();
        server = new OpcUaServer(
                config,
                profile -> new OpcTcpServerTransport(
                        OpcTcpServerTransportConfig.newBuilder().build()));
        registry.register(server);
        types = new TypeSpace(server, registry, InstantSource.system());
        types.startup();
        types.addNamespaceMetadata(NamespaceMetadata.ofSite(
                NamespaceRegistry.siteUri("demo"), "1", Instant.parse("2026-11-21T00:00:00Z")));
    }

    @Override
    public void close() {
        types.shutdown();
        if (hasEndpoints) {
            server.shutdown().join();
        } else {
            server.getServerNamespace().shutdown(); // OpcUaServer.shutdown refuses a server that was never started
            server.getOpcUaNamespace().shutdown();
        }
    }
}
