package org.uatwin.server.security;

import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.ServerSettings;

/**
 * The endpoints of the server: three policies with Sign and SignAndEncrypt, and None only where the plant file says
 * so and the server is reachable from this machine alone. The deprecated Basic128Rsa15 and Basic256 are never offered.
 */
final class Endpoints {
    private static final SecurityPolicy[] POLICIES = {
        SecurityPolicy.Basic256Sha256, SecurityPolicy.Aes128_Sha256_RsaOaep, SecurityPolicy.Aes256_Sha256_RsaPss
    };

    private Endpoints() {}

    static Set<EndpointConfig> of(
            ServerSettings settings, int port, Supplier<X509Certificate> certificate, boolean allowsAnonymous) {
        Set<EndpointConfig> endpoints = new LinkedHashSet<>();
        if (settings.allowsNone() && isLoopback(settings.host())) {
            endpoints.add(endpoint(
                    settings, port, certificate, allowsAnonymous, SecurityPolicy.None, MessageSecurityMode.None));
        }
        for (SecurityPolicy policy : POLICIES) {
            for (MessageSecurityMode mode :
                    new MessageSecurityMode[] {MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt}) {
                endpoints.add(endpoint(settings, port, certificate, allowsAnonymous, policy, mode));
            }
        }
        return endpoints;
    }

    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private static EndpointConfig endpoint(
            ServerSettings settings,
            int port,
            Supplier<X509Certificate> certificate,
            boolean allowsAnonymous,
            SecurityPolicy policy,
            MessageSecurityMode mode) {
        EndpointConfig.Builder builder = EndpointConfig.newBuilder()
                .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
                .setBindAddress(isLoopback(settings.host()) ? "127.0.0.1" : "0.0.0.0")
                .setBindPort(port)
                .setHostname(settings.host())
                .setPath(settings.path())
                .setCertificate(certificate)
                .setSecurityPolicy(policy)
                .setSecurityMode(mode);
        if (allowsAnonymous) {
            builder.addTokenPolicy(token("anonymous", UserTokenType.Anonymous, null));
        }
        // On None the token brings its own security, so that no password or signature crosses unprotected.
        SecurityPolicy own = policy == SecurityPolicy.None ? SecurityPolicy.Basic256Sha256 : policy;
        builder.addTokenPolicy(token("username_" + own.name(), UserTokenType.UserName, own));
        builder.addTokenPolicy(token("certificate_" + own.name(), UserTokenType.Certificate, own));
        return builder.build();
    }

    private static UserTokenPolicy token(String id, UserTokenType type, @Nullable SecurityPolicy policy) {
        return new UserTokenPolicy(id, type, null, null, policy == null ? null : policy.getUri());
    }
}
