package org.uatwin.plcadapters.opcua;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;

/** Which of a server's endpoints a connection uses. A pure function of what is wanted and what is offered. */
final class EndpointChoice {
    private EndpointChoice() {}

    /**
     * The strongest endpoint the settings allow.
     *
     * @throws UpstreamException if there is none: what is offered, and what to write.
     */
    static EndpointDescription of(UpstreamSettings settings, List<EndpointDescription> offered)
            throws UpstreamException {
        Optional<EndpointDescription> found = offered.stream()
                .filter(e -> String.valueOf(e.getEndpointUrl()).startsWith("opc.tcp:"))
                .filter(e -> isAllowed(settings, e))
                .filter(e -> !tokens(settings, e).isEmpty())
                .max(Comparator.comparing(e -> policy(e).orElse(UpstreamPolicy.NONE)));
        if (found.isPresent()) {
            return found.get();
        }
        String all = offered.stream()
                .map(e -> "%s %s (%s)"
                        .formatted(
                                policy(e).map(UpstreamPolicy::uaName).orElse(String.valueOf(e.getSecurityPolicyUri())),
                                e.getSecurityMode(),
                                Stream.of(tokens(e))
                                        .map(t -> String.valueOf(t.getTokenType()))
                                        .distinct()
                                        .collect(Collectors.joining(", "))))
                .distinct()
                .collect(Collectors.joining("; "));
        boolean isOnlyNone = settings.policy().isEmpty()
                && offered.stream()
                        .allMatch(
                                e -> policy(e).filter(UpstreamPolicy::isSecure).isEmpty());
        throw new UpstreamException("%s offers no endpoint as the plant file wants it (%s). It offers: %s. Fix: %s"
                .formatted(
                        settings.url(),
                        wanted(settings),
                        all.isEmpty() ? "nothing" : all,
                        isOnlyNone
                                ? "switch security on in the server, or accept none of it with securityPolicy: None"
                                : "change securityPolicy, securityMode or user to one of them"));
    }

    private static String wanted(UpstreamSettings settings) {
        return "%s, %s, %s"
                .formatted(
                        settings.policy().map(UpstreamPolicy::uaName).orElse("any policy but None"),
                        settings.signsOnly() ? "Sign" : "SignAndEncrypt",
                        settings.user().isPresent() ? "a user with a password" : "anonymous");
    }

    private static boolean isAllowed(UpstreamSettings settings, EndpointDescription endpoint) {
        Optional<UpstreamPolicy> policy = policy(endpoint);
        if (policy.isEmpty()) {
            return false; // withdrawn, or unknown to us
        }
        if (!policy.get().isSecure()) {
            return settings.policy().equals(policy) && endpoint.getSecurityMode() == MessageSecurityMode.None;
        }
        MessageSecurityMode mode = settings.signsOnly() ? MessageSecurityMode.Sign : MessageSecurityMode.SignAndEncrypt;
        return endpoint.getSecurityMode() == mode
                && (settings.policy().isEmpty() || settings.policy().equals(policy));
    }

    static Optional<UpstreamPolicy> policy(EndpointDescription endpoint) {
        return UpstreamPolicy.ofUri(endpoint.getSecurityPolicyUri());
    }

    private static UserTokenPolicy[] tokens(EndpointDescription endpoint) {
        UserTokenPolicy[] tokens = endpoint.getUserIdentityTokens();
        return tokens == null ? new UserTokenPolicy[0] : tokens;
    }

    /**
     * The ways to log on that the settings can use there, the best first. A password is never sent in clear: its token policy,
     * or that of the channel if it names none, must encrypt.
     */
    static List<UserTokenPolicy> tokens(UpstreamSettings settings, EndpointDescription endpoint) {
        if (settings.user().isEmpty()) {
            return Stream.of(tokens(endpoint))
                    .filter(t -> t.getTokenType() == UserTokenType.Anonymous)
                    .toList();
        }
        return Stream.of(tokens(endpoint))
                .filter(t -> t.getTokenType() == UserTokenType.UserName)
                .filter(t -> strength(t, endpoint) > 0)
                .sorted(Comparator.<UserTokenPolicy>comparingInt(t -> strength(t, endpoint))
                        .reversed())
                .toList();
    }

    @SuppressWarnings("EnumOrdinal") // declared from the weakest to the strongest
    private static int strength(UserTokenPolicy token, EndpointDescription endpoint) {
        String uri = token.getSecurityPolicyUri();
        Optional<UpstreamPolicy> policy = uri == null || uri.isEmpty() ? policy(endpoint) : UpstreamPolicy.ofUri(uri);
        return policy.map(Enum::ordinal).orElse(0);
    }
}
