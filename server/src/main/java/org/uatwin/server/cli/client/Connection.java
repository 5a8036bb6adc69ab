package org.uatwin.server.cli.client;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.jspecify.annotations.Nullable;
import org.uatwin.certs.store.CertificateInfo;
import org.uatwin.certs.store.IdentityRequest;
import org.uatwin.certs.store.OwnIdentity;
import org.uatwin.certs.store.PkiDirectory;
import org.uatwin.certs.store.Thumbprint;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.security.SignatureProvider;

/** One session with a server, and how it came about. */
final class Connection implements AutoCloseable {
    private final OpcUaClient client;
    private final String security;

    private final List<EndpointDescription> offered;

    private Connection(OpcUaClient client, String security, List<EndpointDescription> offered) {
        this.client = client;
        this.security = security;
        this.offered = List.copyOf(offered);
    }

    /** Every endpoint of the server, the one in use among them. */
    List<EndpointDescription> offered() {
        return offered;
    }

    /** URL of the endpoint in use. */
    String url() {
        return String.valueOf(client.getConfig().getEndpoint().getEndpointUrl());
    }

    OpcUaClient client() {
        return client;
    }

    /** Policy and mode in use, for example {@code Aes256_Sha256_RsaPss, SignAndEncrypt}. */
    String security() {
        return security;
    }

    @Override
    public void close() {
        try {
            client.disconnectAsync().get(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The command has its answer; a server that does not say good-bye changes nothing about it.
            return;
        }
    }

    /**
     * Opens a session.
     *
     * @param given endpoint among the command's parameters.
     * @param say where remarks go: the policy used, a certificate trusted.
     */
    static Connection open(ClientOptions options, Optional<String> given, Consumer<String> say) {
        return new Opening(options, options.endpoint(given), say).open();
    }

    /** One attempt to get a session: holds what its steps share. */
    private static final class Opening {
        private static final int CLOSED_ATTEMPTS = 5;

        private final ClientOptions options;
        private final ClientOptions.Endpoint endpoint;
        private final Consumer<String> say;
        private final Optional<ClientOptions.Credentials> credentials;
        private final boolean isLoopback;
        private List<EndpointDescription> offered = List.of();

        Opening(ClientOptions options, ClientOptions.Endpoint endpoint, Consumer<String> say) {
            this.options = options;
            this.endpoint = endpoint;
            this.say = say;
            this.credentials = options.credentials();
            this.isLoopback = isLoopback(EndpointUtil.getHost(endpoint.url()));
        }

        Connection open() {
            offered = discover();
            List<EndpointDescription> candidates = candidates(offered);
            CliException refused = null;
            for (EndpointDescription candidate : candidates) {
                try {
                    Connection connection = connect(candidate);
                    String remark = refused == null ? "" : "  (" + refused.getMessage() + ")";
                    say.accept("connected to %s, %s%s%s"
                            .formatted(
                                    candidate.getEndpointUrl(),
                                    connection.security(),
                                    credentials.map(c -> ", as " + c.user()).orElse(", anonymous"),
                                    remark));
                    return connection;
                } catch (NotTrusted e) {
                    refused = new CliException(Exit.NO_CONNECTION, String.valueOf(e.getMessage()), e);
                }
            }
            if (refused == null) {
                throw new AssertionError("no candidate was tried");
            }
            throw refused;
        }

        private List<EndpointDescription> discover() {
            try {
                List<EndpointDescription> offered = DiscoveryClient.getEndpoints(
                                endpoint.url(),
                                transport -> transport.setConnectTimeout(
                                        uint(options.timeout().toMillis())))
                        .get(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
                String host = EndpointUtil.getHost(endpoint.url());
                return offered.stream()
                        .filter(e -> String.valueOf(e.getEndpointUrl()).startsWith("opc.tcp:"))
                        // The server may know itself under a name this machine cannot resolve.
                        .map(e -> host == null
                                ? e
                                : EndpointUtil.updateUrl(e, host, EndpointUtil.getPort(endpoint.url())))
                        .toList();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CliException(Exit.NO_CONNECTION, "interrupted", e);
            } catch (ExecutionException | TimeoutException e) {
                throw unreachable(e);
            }
        }

        private CliException unreachable(Exception e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String why = root instanceof TimeoutException
                    ? "no answer within %d s".formatted(options.timeout().toSeconds())
                    : root instanceof UnknownHostException
                            ? "the host name is not known"
                            : String.valueOf(root.getMessage());
            return new CliException(
                    Exit.NO_CONNECTION,
                    "cannot reach %s (%s): %s.%nFix: start a server (uatwin demo), or name the right endpoint with -e opc.tcp://HOST:PORT/uatwin"
                            .formatted(endpoint.url(), endpoint.origin(), why),
                    e);
        }

        /** What to try, in order: the policy asked for, or the most secure one and, on this machine, None after it. */
        private List<EndpointDescription> candidates(List<EndpointDescription> offered) {
            List<EndpointDescription> usable = offered.stream()
                    .filter(e -> policy(e) != null && acceptsUser(e))
                    .sorted(Comparator.comparingInt(Opening::strength).reversed())
                    .toList();
            List<EndpointDescription> chosen = new ArrayList<>();
            if (options.policy().isPresent()) {
                String wanted = options.policy().get().name();
                usable.stream().filter(e -> wanted.equals(name(e))).findFirst().ifPresent(chosen::add);
            } else if (!usable.isEmpty()) {
                chosen.add(usable.get(0));
                EndpointDescription last = usable.get(usable.size() - 1);
                if (isLoopback && usable.size() > 1 && policy(last) == SecurityPolicy.None) {
                    chosen.add(last);
                }
            }
            if (chosen.isEmpty()) {
                throw new CliException(
                        Exit.NO_CONNECTION,
                        "%s offers no endpoint %s. It offers: %s."
                                .formatted(
                                        endpoint.url(),
                                        options.policy()
                                                .map(p -> "with " + p)
                                                .orElse(
                                                        credentials.isPresent()
                                                                ? "for users with a password"
                                                                : "for anonymous sessions (give --user NAME)"),
                                        String.join(
                                                ", ",
                                                offered.stream()
                                                        .map(e -> "%s %s".formatted(name(e), e.getSecurityMode()))
                                                        .toList())));
            }
            return chosen;
        }

        private boolean acceptsUser(EndpointDescription e) {
            UserTokenType wanted = credentials.isPresent() ? UserTokenType.UserName : UserTokenType.Anonymous;
            UserTokenPolicy[] policies = e.getUserIdentityTokens();
            if (policies != null) {
                for (UserTokenPolicy policy : policies) {
                    if (policy.getTokenType() == wanted) {
                        return true;
                    }
                }
            }
            return false;
        }

        /**
         * A server may end the connection before its reason has arrived; asked again, it says it. Only the reason decides
         * whether another endpoint may do.
         */
        private Connection connect(EndpointDescription target) throws NotTrusted {
            for (int attempt = 1; ; attempt++) {
                try {
                    return connectOnce(target);
                } catch (Closed e) {
                    if (attempt == CLOSED_ATTEMPTS) {
                        throw new CliException(
                                Exit.NO_CONNECTION,
                                "%s closed the connection with %s without a reason. Fix: look into the server's log."
                                        .formatted(endpoint.url(), name(target)),
                                e);
                    }
                }
            }
        }

        private Connection connectOnce(EndpointDescription target) throws NotTrusted, Closed {
            boolean isSecure = policy(target) != SecurityPolicy.None;
            ServerTrust trust =
                    new ServerTrust(new PkiDirectory(options.pki()), isLoopback, options.trustsServer(), say);
            if (isSecure || credentials.isPresent()) {
                trust.check(target); // before a session: a question must not race with its timeouts
            }
            SignatureProvider.install();
            OwnIdentity identity = isSecure ? identity() : null;
            OpcUaClient client;
            try {
                client = OpcUaClient.create(
                        config(target, identity, trust),
                        transport -> transport.setConnectTimeout(
                                uint(options.timeout().toMillis())));
            } catch (UaException e) {
                throw new CliException(Exit.NO_CONNECTION, "cannot prepare a session: " + e.getMessage(), e);
            }
            try {
                client.connectAsync().get(options.timeout().toMillis() * 2, TimeUnit.MILLISECONDS);
                return new Connection(
                        client, name(target) + (isSecure ? ", " + target.getSecurityMode() : ""), offered);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CliException(Exit.NO_CONNECTION, "interrupted", e);
            } catch (ExecutionException | CompletionException | TimeoutException e) {
                abandon(client);
                throw notConnected(e, target, identity);
            }
        }

        /** Gives an attempt up; whether that works changes nothing about the next one. */
        private static void abandon(OpcUaClient client) {
            client.disconnectAsync().exceptionally(ignored -> client).join();
        }

        private CliException notConnected(Exception e, EndpointDescription target, @Nullable OwnIdentity identity)
                throws NotTrusted, Closed {
            long code = UaException.extractStatusCode(e)
                    .map(status -> status.getValue())
                    .orElse(0L);
            String status = Values.statusName(code);
            if (code == StatusCodes.Bad_ConnectionClosed) {
                throw new Closed(e);
            }
            if (identity != null
                    && (code == StatusCodes.Bad_SecurityChecksFailed || code == StatusCodes.Bad_CertificateUntrusted)) {
                throw new NotTrusted(
                        "the server does not trust this client for %s yet; on the server: uatwin certs trust %s"
                                .formatted(name(target), Thumbprint.of(identity.certificate())),
                        e);
            }
            if (code == StatusCodes.Bad_UserAccessDenied
                    || code == StatusCodes.Bad_IdentityTokenRejected
                    || code == StatusCodes.Bad_IdentityTokenInvalid) {
                return new CliException(
                        Exit.NO_CONNECTION,
                        "%s refused the logon%s (%s). Fix: check name and password; uatwin users list shows who exists."
                                .formatted(
                                        endpoint.url(),
                                        credentials.map(c -> " of " + c.user()).orElse(""),
                                        status),
                        e);
            }
            return code == 0
                    ? unreachable(e)
                    : new CliException(
                            Exit.NO_CONNECTION,
                            "%s refused the session with %s: %s.".formatted(endpoint.url(), name(target), status),
                            e);
        }

        private OpcUaClientConfig config(
                EndpointDescription target, @Nullable OwnIdentity identity, ServerTrust trust) {
            IdentityProvider user = credentials
                    .<IdentityProvider>map(c ->
                            new UsernameProvider(c.user(), () -> c.password().getBytes(StandardCharsets.UTF_8), trust))
                    .orElseGet(AnonymousProvider::new);
            var builder = OpcUaClientConfig.builder()
                    .setEndpoint(target)
                    .setSessionEndpointValidationEnabled(false)
                    .setApplicationName(LocalizedText.english("uatwin client"))
                    .setApplicationUri("urn:uatwin:client")
                    .setProductUri("urn:uatwin")
                    .setCertificateValidator(trust)
                    .setIdentityProvider(user)
                    .setRequestTimeout(uint(options.timeout().toMillis()));
            if (identity != null) {
                builder.setApplicationUri(CertificateInfo.applicationUri(identity.certificate())
                                .orElse(""))
                        .setKeyPair(identity.keyPair())
                        .setCertificate(identity.certificate())
                        .setCertificateChain(identity.chain().toArray(X509Certificate[]::new));
            }
            return builder.build();
        }

        /** The certificate of this client; made on first use, with an ApplicationUri of its own. */
        private OwnIdentity identity() {
            Path root = options.pki();
            PkiDirectory pki = new PkiDirectory(root);
            boolean isNew = !Files.isDirectory(pki.ownCertificates());
            String uri = OwnIdentity.peek(pki, InstantSource.system())
                    .flatMap(own -> CertificateInfo.applicationUri(own.certificate()))
                    .orElseGet(() -> "urn:uatwin:client:" + UUID.randomUUID());
            OwnIdentity identity = OwnIdentity.loadOrCreate(
                    pki,
                    new IdentityRequest(uri, "uatwin client", List.of("localhost"), List.of()),
                    InstantSource.system());
            if (isNew) {
                say.accept("made a certificate for this client in %s".formatted(root));
            }
            return identity;
        }

        private static @Nullable SecurityPolicy policy(EndpointDescription e) {
            return SecurityPolicy.fromUriSafe(String.valueOf(e.getSecurityPolicyUri()))
                    .filter(p -> namesOf(ClientOptions.Policy.values()).contains(p.name()))
                    .orElse(null);
        }

        private static List<String> namesOf(ClientOptions.Policy[] policies) {
            List<String> names = new ArrayList<>();
            for (ClientOptions.Policy policy : policies) {
                names.add(policy.name());
            }
            return names;
        }

        private static String name(EndpointDescription e) {
            String uri = String.valueOf(e.getSecurityPolicyUri());
            return uri.substring(uri.indexOf('#') + 1);
        }

        /** Encrypted before signed before nothing; among them the order of {@link ClientOptions.Policy}. */
        private static int strength(EndpointDescription e) {
            List<String> names = List.of("None", "Aes128_Sha256_RsaOaep", "Basic256Sha256", "Aes256_Sha256_RsaPss");
            int mode = e.getSecurityMode() == MessageSecurityMode.SignAndEncrypt
                    ? 20
                    : e.getSecurityMode() == MessageSecurityMode.Sign ? 10 : 0;
            return mode + names.indexOf(name(e));
        }

        private static boolean isLoopback(@Nullable String host) {
            if (host == null) {
                return false;
            }
            try {
                return InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException e) {
                return false; // the connection will say so
            }
        }
    }

    /** The server closed the connection and did not say why. */
    private static final class Closed extends Exception {
        private static final long serialVersionUID = 1L;

        Closed(Throwable cause) {
            super(cause);
        }
    }

    /** The server refused this client's certificate: another endpoint may do. */
    private static final class NotTrusted extends Exception {
        private static final long serialVersionUID = 1L;

        NotTrusted(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
