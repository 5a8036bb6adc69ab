package org.uatwin.plcadapters.opcua;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.KeyPair;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.CompositeValidator;
import org.eclipse.milo.opcua.sdk.server.identity.UsernameIdentityValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.BuildInfo;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/** A server of Milo on loopback with the nodes of {@link UpstreamNodes}; restarted on the same port at will. */
final class UpstreamServer implements AutoCloseable {
    static final String URI = "urn:test:upstream";
    static final String USER = "mirror";
    static final String PASSWORD = "let me in";
    private static final Identity IDENTITY = Identity.make(URI);

    private final int port;
    private final OpcUaServer server;
    private final UpstreamNodes nodes;

    /** A key with its certificate. */
    record Identity(KeyPair keys, X509Certificate certificate) {
        static Identity make(String uri) {
            try {
                KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
                X509Certificate certificate = new SelfSignedCertificateBuilder(keys)
                        .setCommonName("test")
                        .setApplicationUri(uri)
                        .addIpAddress("127.0.0.1")
                        .build();
                return new Identity(keys, certificate);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private UpstreamServer(int port, OpcUaServer server, UpstreamNodes nodes) {
        this.port = port;
        this.server = server;
        this.nodes = nodes;
    }

    static UpstreamServer start() {
        return start(freePort(), List.of());
    }

    /** @param before namespaces registered before that of the nodes, which moves its index. */
    static UpstreamServer start(int port, List<String> before) {
        if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
            Security.addProvider(new BouncyCastleProvider());
        }
        try {
            OpcUaServer server = new OpcUaServer(
                    config(port),
                    profile -> new OpcTcpServerTransport(
                            OpcTcpServerTransportConfig.newBuilder().build()));
            before.forEach(uri -> server.getNamespaceTable().add(uri));
            UpstreamNodes nodes = new UpstreamNodes(server);
            nodes.startup();
            server.startup().get(30, TimeUnit.SECONDS);
            return new UpstreamServer(port, server, nodes);
        } catch (Exception e) {
            throw new IllegalStateException("the upstream server cannot start", e);
        }
    }

    /** The same server again, after a stop. */
    UpstreamServer startAgain(List<String> before) {
        return start(port, before);
    }

    UpstreamNodes nodes() {
        return nodes;
    }

    String url() {
        return "opc.tcp://127.0.0.1:%d/up".formatted(port);
    }

    static X509Certificate certificate() {
        return IDENTITY.certificate();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OpcUaServerConfig config(int port) throws Exception {
        RsaSha256CertificateFactory factory = new RsaSha256CertificateFactory() {
            @Override
            protected KeyPair createRsaSha256KeyPair() {
                return IDENTITY.keys();
            }

            @Override
            protected X509Certificate[] createRsaSha256CertificateChain(KeyPair ignored) {
                return new X509Certificate[] {IDENTITY.certificate()};
            }
        };
        DefaultApplicationGroup group = DefaultApplicationGroup.createAndInitialize(
                new MemoryTrustListManager(), new MemoryCertificateStore(), factory, (chain, uri, hosts) -> {});
        return OpcUaServerConfig.builder()
                .setApplicationUri(URI)
                .setApplicationName(LocalizedText.english("upstream"))
                .setProductUri(URI)
                .setBuildInfo(new BuildInfo(URI, "test", "test", "0", "0", DateTime.now()))
                .setEndpoints(endpoints(port))
                .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine(), group))
                .setIdentityValidator(new CompositeValidator(
                        AnonymousIdentityValidator.INSTANCE,
                        new UsernameIdentityValidator(challenge ->
                                USER.equals(challenge.getUsername()) && PASSWORD.equals(challenge.getPassword()))))
                .build();
    }

    private static Set<EndpointConfig> endpoints(int port) {
        List<UserTokenPolicy> tokens = new ArrayList<>();
        tokens.add(new UserTokenPolicy("anonymous", UserTokenType.Anonymous, null, null, null));
        tokens.add(new UserTokenPolicy(
                "password", UserTokenType.UserName, null, null, SecurityPolicy.Basic256Sha256.getUri()));
        EndpointConfig.Builder base = EndpointConfig.newBuilder()
                .setBindAddress("127.0.0.1")
                .setBindPort(port)
                .setHostname("a-name-nobody-knows")
                .setPath("/up")
                .setCertificate(IDENTITY.certificate())
                .addTokenPolicies(tokens.toArray(UserTokenPolicy[]::new));
        Set<EndpointConfig> endpoints = new LinkedHashSet<>();
        endpoints.add(base.copy()
                .setSecurityPolicy(SecurityPolicy.None)
                .setSecurityMode(MessageSecurityMode.None)
                .build());
        for (SecurityPolicy policy : List.of(
                SecurityPolicy.Basic256Sha256,
                SecurityPolicy.Aes128_Sha256_RsaOaep,
                SecurityPolicy.Aes256_Sha256_RsaPss)) {
            endpoints.add(base.copy()
                    .setSecurityPolicy(policy)
                    .setSecurityMode(MessageSecurityMode.SignAndEncrypt)
                    .build());
        }
        return endpoints;
    }

    @Override
    public void close() {
        try {
            nodes.shutdown();
            server.shutdown().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the upstream server does not stop", e);
        }
    }
}
