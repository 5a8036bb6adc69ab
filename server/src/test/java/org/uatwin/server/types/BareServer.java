package org.uatwin.server.types;

import java.nio.file.Path;
import java.time.Instant;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.structured.BuildInfo;

/** A Milo server without endpoints that holds the built-in types and one site; closes itself. */
final class BareServer implements AutoCloseable {

    final NamespaceRegistry registry;
    final OpcUaServer server;
    final TypeSpace types;

    BareServer(Path directory) {
        registry = NamespaceRegistry.open(directory, "demo");
        OpcUaServerConfig config = OpcUaServerConfig.builder()
                .setApplicationUri(registry.applicationUri())
                .setProductUri("urn:uatwin")
                .setBuildInfo(new BuildInfo("urn:uatwin", "uatwin", "uatwin", "0", "0", DateTime.now()))
                .build();
        server = new OpcUaServer(config, profile -> {
            throw new IllegalStateException("this server has no endpoints");
        });
        registry.register(server);
        types = new TypeSpace(server, registry);
        types.startup();
        types.addNamespaceMetadata(NamespaceMetadata.ofSite(
                NamespaceRegistry.siteUri("demo"), "1", Instant.parse("2026-11-21T00:00:00Z")));
    }

    @Override
    public void close() {
        types.shutdown();
        server.getServerNamespace().shutdown(); // OpcUaServer.shutdown refuses a server without endpoints
        server.getOpcUaNamespace().shutdown();
    }
}
