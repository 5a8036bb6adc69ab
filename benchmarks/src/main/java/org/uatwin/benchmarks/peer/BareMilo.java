package org.uatwin.benchmarks.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.BuildInfo;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/**
 * A server of bare Milo: {@code BareMilo DIR PORT NODES CHANGES_PER_S}. The same endpoints as the product offers, its
 * certificate kept in DIR after the first start, NODES variables, each changed CHANGES_PER_S / NODES times a second.
 */
public final class BareMilo {
    private static final String URI = "urn:uatwin:benchmark-peer";
    private static final char[] PASSWORD = "peer".toCharArray();

    private BareMilo() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        int port = Integer.parseInt(args[1]);
        int nodes = Integer.parseInt(args[2]);
        int changes = Integer.parseInt(args[3]);
        Security.addProvider(new BouncyCastleProvider()); // as Milo's example server does, for Aes256_Sha256_RsaPss
        KeyStore keys = keys(directory.resolve("peer.pfx"));
        X509Certificate certificate = (X509Certificate) keys.getCertificate("peer");
        KeyPair pair = new KeyPair(certificate.getPublicKey(), (PrivateKey) keys.getKey("peer", PASSWORD));
        OpcUaServer server = new OpcUaServer(
                config(port, pair, certificate),
                profile -> new OpcTcpServerTransport(
                        OpcTcpServerTransportConfig.newBuilder().build()));
        PeerNamespace namespace = new PeerNamespace(server, nodes);
        namespace.startup();
        server.startup().get(60, TimeUnit.SECONDS);
        System.out.println("ready opc.tcp://localhost:" + port + "/peer");
        org.uatwin.benchmarks.Pacer.serve(namespace::change, nodes, changes);
    }

    private static KeyStore keys(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        if (Files.exists(file)) {
            try (var in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            return store;
        }
        KeyPair pair = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
        X509Certificate certificate = new SelfSignedCertificateBuilder(pair)
                .setCommonName("peer")
                .setApplicationUri(URI)
                .addDnsName("localhost")
                .addIpAddress("127.0.0.1")
                .build();
        store.load(null, PASSWORD);
        store.setKeyEntry("peer", pair.getPrivate(), PASSWORD, new Certificate[] {certificate});
        Files.createDirectories(file.getParent());
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
        return store;
    }

    private static OpcUaServerConfig config(int port, KeyPair pair, X509Certificate certificate) throws Exception {
        RsaSha256CertificateFactory factory = new RsaSha256CertificateFactory() {
            @Override
            protected KeyPair createRsaSha256KeyPair() {
                return pair;
            }

            @Override
            protected X509Certificate[] createRsaSha256CertificateChain(KeyPair ignored) {
                return new X509Certificate[] {certificate};
            }
        };
        DefaultApplicationGroup group = DefaultApplicationGroup.createAndInitialize(
                new MemoryTrustListManager(),
                new MemoryCertificateStore(),
                factory,
                (chain, applicationUri, hostname) -> {});
        return OpcUaServerConfig.builder()
                .setApplicationUri(URI)
                .setApplicationName(LocalizedText.english("bare Milo"))
                .setProductUri(URI)
                .setBuildInfo(new BuildInfo(URI, "peer", "peer", "0", "0", DateTime.now()))
                .setEndpoints(endpoints(port, certificate))
                .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine(), group))
                .setIdentityValidator(AnonymousIdentityValidator.INSTANCE)
                .setLimits(new Limits())
                .build();
    }

    /** Milo's limits, but for those that would keep the peer from the work asked for. */
    private static final class Limits implements OpcUaServerConfigLimits {
        @Override
        public UInteger getMaxMonitoredItems() {
            return Unsigned.uint(1_000_000);
        }

        @Override
        public UInteger getMaxMonitoredItemsPerCall() {
            return Unsigned.uint(100_000);
        }
    }

    private static Set<EndpointConfig> endpoints(int port, X509Certificate certificate) {
        EndpointConfig.Builder base = EndpointConfig.newBuilder()
                .setBindAddress("127.0.0.1")
                .setBindPort(port)
                .setHostname("localhost")
                .setPath("/peer")
                .setCertificate(certificate)
                .addTokenPolicies(new UserTokenPolicy("anonymous", UserTokenType.Anonymous, null, null, null));
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
}
