package org.uatwin.server.service;

import java.net.ServerSocket;
import java.security.KeyPair;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.RoleMapper;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.CompositeValidator;
import org.eclipse.milo.opcua.sdk.server.identity.Identity;
import org.eclipse.milo.opcua.sdk.server.identity.UsernameIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.X509IdentityValidator;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
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
import org.uatwin.server.access.Role;

/**
 * A {@link TwinServer} on loopback with {@link TestNamespace}. Users: observer, operator, engineer, security, admin; the
 * password is the name; anonymous is Observer. Every client certificate is accepted.
 */
final class TestServer implements AutoCloseable {
    static final String PATH = "/test";

    final TwinServer server;
    final TestNamespace namespace;
    final int port;

    private TestServer(TwinServer server, TestNamespace namespace, int port) {
        this.server = server;
        this.namespace = namespace;
        this.port = port;
    }

    String url() {
        return "opc.tcp://localhost:" + port + PATH;
    }

    static TestServer start() throws Exception {
        return start(freePort(), ServerLimits.defaults(), ports -> ports);
    }

    static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static TestServer start(int port, ServerLimits limits, UnaryOperator<ServicePorts> ports) throws Exception {
        if (Security.getProvider("BC") == null) {
            Security.addProvider(new BouncyCastleProvider());
        }
        String uri = "urn:uatwin:test-server";
        KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
        X509Certificate certificate = new SelfSignedCertificateBuilder(keys)
                .setCommonName("uatwin test")
                .setApplicationUri(uri)
                .addDnsName("localhost")
                .addIpAddress("127.0.0.1")
                .build();
        RsaSha256CertificateFactory factory = new RsaSha256CertificateFactory() {
            @Override
            protected KeyPair createRsaSha256KeyPair() {
                return keys;
            }

            @Override
            protected X509Certificate[] createRsaSha256CertificateChain(KeyPair pair) {
                return new X509Certificate[] {certificate};
            }
        };
        CertificateValidator acceptAll = (chain, applicationUri, hostname) -> {};
        DefaultApplicationGroup group = DefaultApplicationGroup.createAndInitialize(
                new MemoryTrustListManager(), new MemoryCertificateStore(), factory, acceptAll);
        OpcUaServerConfig config = OpcUaServerConfig.builder()
                .setApplicationUri(uri)
                .setApplicationName(LocalizedText.english("uatwin test server"))
                .setProductUri("urn:uatwin:product")
                .setBuildInfo(new BuildInfo("urn:uatwin:product", "uatwin", "uatwin", "0", "0", DateTime.now()))
                .setEndpoints(endpoints(port, certificate))
                .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine(), group))
                .setIdentityValidator(new CompositeValidator(
                        AnonymousIdentityValidator.INSTANCE,
                        new UsernameIdentityValidator(
                                challenge -> challenge.getUsername().equals(challenge.getPassword())),
                        new X509IdentityValidator(anyone -> true)))
                .setRoleMapper(roles())
                .setLimits(limits.toMilo())
                .setEncodingLimits(limits.encodingLimits())
                .build();
        TwinServer server = new TwinServer(config, limits);
        TestNamespace namespace = new TestNamespace(server);
        namespace.startup();
        server.use(ports.apply(ServicePorts.none().withPermissions(namespace)));
        server.startup().get(30, TimeUnit.SECONDS);
        return new TestServer(server, namespace, port);
    }

    private static RoleMapper roles() {
        return identity -> {
            if (identity instanceof Identity.UsernameIdentity user) {
                List<Role> roles =
                        switch (user.getUsername()) {
                            case "admin" ->
                                List.of(
                                        Role.OBSERVER,
                                        Role.OPERATOR,
                                        Role.ENGINEER,
                                        Role.CONFIGURE_ADMIN,
                                        Role.SECURITY_ADMIN);
                            case "security" -> List.of(Role.SECURITY_ADMIN);
                            case "engineer" -> List.of(Role.ENGINEER);
                            case "operator" -> List.of(Role.OPERATOR);
                            default -> List.of(Role.OBSERVER);
                        };
                return Role.nodeIds(roles);
            }
            return Role.nodeIds(List.of(Role.ANONYMOUS, Role.OBSERVER));
        };
    }

    private static Set<EndpointConfig> endpoints(int port, X509Certificate certificate) {
        UserTokenPolicy anonymous = new UserTokenPolicy("anonymous", UserTokenType.Anonymous, null, null, null);
        UserTokenPolicy userName = new UserTokenPolicy(
                "username", UserTokenType.UserName, null, null, SecurityPolicy.Basic256Sha256.getUri());
        Set<EndpointConfig> endpoints = new LinkedHashSet<>();
        EndpointConfig.Builder base = EndpointConfig.newBuilder()
                .setBindAddress("127.0.0.1")
                .setBindPort(port)
                .setHostname("localhost")
                .setPath(PATH)
                .setCertificate(certificate)
                .addTokenPolicies(anonymous, userName);
        endpoints.add(base.copy()
                .setSecurityPolicy(SecurityPolicy.None)
                .setSecurityMode(MessageSecurityMode.None)
                .addTokenPolicy(new UserTokenPolicy("certificate_clear", UserTokenType.Certificate, null, null, null))
                .build());
        for (SecurityPolicy policy : List.of(
                SecurityPolicy.Basic256Sha256,
                SecurityPolicy.Aes128_Sha256_RsaOaep,
                SecurityPolicy.Aes256_Sha256_RsaPss)) {
            for (MessageSecurityMode mode : List.of(MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt)) {
                endpoints.add(base.copy()
                        .setSecurityPolicy(policy)
                        .setSecurityMode(mode)
                        .build());
            }
        }
        return endpoints;
    }

    @Override
    public void close() throws Exception {
        namespace.shutdown();
        server.shutdown().get(30, TimeUnit.SECONDS);
    }

    /** Runs the server alone, for checks by clients of others: {@code TestServer PORT}. */
    public static void main(String[] args) throws Exception {
        TestServer running = start(Integer.parseInt(args[0]), ServerLimits.defaults(), ports -> ports);
        System.out.println("ready " + running.url());
        Thread.currentThread().join();
    }
}
