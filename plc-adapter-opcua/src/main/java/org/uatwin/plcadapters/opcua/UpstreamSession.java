package org.uatwin.plcadapters.opcua;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.sdk.client.UaSession;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.security.LinkSecurity;

/** One session with an upstream server: Milo's client, made for it and given up with it. Used by the link's thread. */
final class UpstreamSession {
    private static final long MIN_SESSION_TIMEOUT_MS = 60_000;
    private static final int READ_AT_ONCE = 500;
    private static final String OWN_URI = "urn:uatwin:upstream";
    private static final long GOOD_BYE_NS = 2_000_000_000L;

    private final UpstreamSettings settings;
    private final LinkSecurity security;
    private final Waiter waiter;
    private final Consumer<UpstreamEvent> events;
    private volatile @Nullable OpcUaClient client; // written by the link's thread
    private @Nullable UpstreamSubscription subscription;
    private List<String> namespaces = List.of();
    private int readAtOnce = READ_AT_ONCE;

    /** @param events gets what happens, on Milo's threads. */
    UpstreamSession(UpstreamSettings settings, LinkSecurity security, Waiter waiter, Consumer<UpstreamEvent> events) {
        this.settings = settings;
        this.security = security;
        this.waiter = waiter;
        this.events = events;
        if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
            Security.addProvider(new BouncyCastleProvider()); // Aes256_Sha256_RsaPss needs its signature algorithm
        }
    }

    /** Finds the endpoint, checks who is there, opens channel and session and reads the NamespaceArray. */
    void connect() throws UpstreamException {
        EndpointDescription endpoint = EndpointChoice.of(settings, discover());
        boolean isSecure =
                EndpointChoice.policy(endpoint).filter(UpstreamPolicy::isSecure).isPresent();
        if (isSecure || settings.user().isPresent()) {
            checkServer(endpoint);
        }
        OpcUaClient made;
        try {
            made = OpcUaClient.create(config(endpoint, isSecure), t -> t.setConnectTimeout(millis(settings.timeout())));
        } catch (UaException e) {
            throw new UpstreamException("no session can be prepared: " + Waiter.reason(e), e);
        }
        client = made;
        waiter.await(
                made.connectAsync(), "opening a session", 2 * settings.timeout().toNanos());
        made.addSessionActivityListener(new SessionActivityListener() {
            @Override
            public void onSessionActive(UaSession session) {
                tell(UpstreamEvent.Kind.ACTIVE, "");
            }

            @Override
            public void onSessionInactive(UaSession session) {
                tell(UpstreamEvent.Kind.INACTIVE, "the connection was lost");
            }
        });
        namespaces = readNamespaces();
    }

    private void tell(UpstreamEvent.Kind kind, String text) {
        events.accept(UpstreamEvent.of(this, kind, text));
    }

    private static UInteger millis(Duration duration) {
        return UInteger.valueOf(Math.max(1, duration.toMillis()));
    }

    private List<EndpointDescription> discover() throws UpstreamException {
        List<EndpointDescription> offered = waiter.await(
                DiscoveryClient.getEndpoints(settings.url(), t -> t.setConnectTimeout(millis(settings.timeout()))),
                settings.url());
        String host = EndpointUtil.getHost(settings.url());
        if (host == null) {
            return offered;
        }
        // The server may know itself under a name this machine cannot resolve; what the plant file says is reachable.
        int port = EndpointUtil.getPort(settings.url());
        return offered.stream().map(e -> EndpointUtil.updateUrl(e, host, port)).toList();
    }

    private void checkServer(EndpointDescription endpoint) throws UpstreamException {
        ByteString encoded = endpoint.getServerCertificate();
        if (encoded == null || encoded.isNullOrEmpty()) {
            throw new UpstreamException(settings.url() + " announces a secured endpoint, but no certificate");
        }
        try {
            List<X509Certificate> chain = CertificateUtil.decodeCertificates(encoded.bytesOrEmpty());
            security.checkServer(chain, endpoint.getServer().getApplicationUri());
        } catch (UaException | CertificateException e) {
            throw new UpstreamException(
                    "the certificate of %s is not accepted: %s".formatted(settings.url(), e.getMessage()), e);
        }
    }

    private OpcUaClientConfig config(EndpointDescription endpoint, boolean isSecure) throws UpstreamException {
        CertificateValidator peers = new ServerCheck(security);
        OpcUaClientConfigBuilder config = OpcUaClientConfig.builder()
                .setEndpoint(endpoint)
                .setSessionEndpointValidationEnabled(false) // its URL was rewritten above
                .setApplicationName(LocalizedText.english("uatwin"))
                .setApplicationUri(OWN_URI)
                .setProductUri("urn:uatwin")
                .setSessionName(() -> "uatwin")
                .setCertificateValidator(peers)
                .setIdentityProvider(logon(endpoint, peers))
                .setRequestTimeout(millis(settings.timeout()))
                .setSessionTimeout(UInteger.valueOf(Math.max(
                        MIN_SESSION_TIMEOUT_MS, 4 * settings.keepAlive().toMillis())))
                .setKeepAliveInterval(millis(settings.keepAlive()))
                .setKeepAliveTimeout(millis(settings.timeout()))
                .setKeepAliveFailuresAllowed(UInteger.valueOf(1));
        if (isSecure) {
            LinkSecurity.Identity identity = security.identity()
                    .orElseThrow(() ->
                            new UpstreamException("a secured endpoint needs a certificate of ours, and there is none"));
            X509Certificate own = identity.chain().get(0);
            config.setApplicationUri(CertificateUtil.getSanUri(own).orElse(OWN_URI))
                    .setKeyPair(new KeyPair(own.getPublicKey(), identity.key()))
                    .setCertificate(own)
                    .setCertificateChain(identity.chain().toArray(X509Certificate[]::new));
        }
        return config.build();
    }

    private IdentityProvider logon(EndpointDescription endpoint, CertificateValidator peers) {
        Optional<String> user = settings.user();
        if (user.isEmpty()) {
            return new AnonymousProvider();
        }
        return new UsernameProvider(
                user.get(),
                () -> settings.password()
                        .map(p -> p.reveal().getBytes(StandardCharsets.UTF_8))
                        .orElseGet(() -> new byte[0]),
                peers,
                offered -> EndpointChoice.tokens(settings, endpoint).get(0));
    }

    private OpcUaClient client() {
        OpcUaClient open = client;
        if (open == null) {
            throw new IllegalStateException("not connected");
        }
        return open;
    }

    /** URIs of the server's namespaces by index, as they were when the session was opened. */
    List<String> namespaces() {
        return namespaces;
    }

    List<String> readNamespaces() throws UpstreamException {
        return List.of(waiter.await(client().readNamespaceTableAsync(), "reading the NamespaceArray")
                .toArray());
    }

    /**
     * Monitors the points.
     *
     * @return what became of each, in order.
     */
    List<StatusCode> subscribe(List<MonitoredPoint> points) throws UpstreamException {
        UpstreamSubscription made = new UpstreamSubscription(this, client(), settings, events);
        subscription = made;
        waiter.await(made.create(), "creating a subscription");
        List<StatusCode> results = made.add(points);
        readAtOnce = made.limits()
                .maxNodesPerRead()
                .map(UInteger::intValue)
                .filter(limit -> limit > 0)
                .map(limit -> Math.min(limit, READ_AT_ONCE))
                .orElse(READ_AT_ONCE);
        return results;
    }

    /** Tries again those that failed; a node may have come into being. */
    List<StatusCode> subscribeAgain(List<MonitoredPoint> points) throws UpstreamException {
        return subscription == null ? List.of() : subscription.add(points);
    }

    /** Ends the monitoring of these points. */
    void unsubscribe(Set<MonitoredPoint> points) {
        if (subscription != null && !points.isEmpty()) {
            subscription.remove(points);
        }
    }

    /** The longest time the server may be silent, by what it has agreed to. */
    Duration agreedKeepAlive() {
        return subscription == null ? settings.keepAlive() : subscription.agreedKeepAlive();
    }

    List<DataValue> read(List<ReadValueId> ids) throws UpstreamException {
        List<DataValue> values = new ArrayList<>(ids.size());
        for (int from = 0; from < ids.size(); from += readAtOnce) {
            List<ReadValueId> some = ids.subList(from, Math.min(ids.size(), from + readAtOnce));
            DataValue[] results = waiter.await(
                            client().readAsync(0, TimestampsToReturn.Both, some),
                            "reading %d values".formatted(some.size()))
                    .getResults();
            if (results == null || results.length != some.size()) {
                throw new UpstreamException("reading: the server answered with another number of values");
            }
            values.addAll(Arrays.asList(results));
        }
        return values;
    }

    StatusCode write(WriteValue value, long limitNs) throws UpstreamException {
        StatusCode[] results = waiter.await(client().writeAsync(List.of(value)), "writing", limitNs)
                .getResults();
        if (results == null || results.length != 1) {
            throw new UpstreamException("writing: the server answered with another number of results");
        }
        return results[0];
    }

    /** Gives everything up; waits for the good-bye no longer than two seconds. */
    void close() {
        if (subscription != null) {
            subscription.forget();
            subscription = null;
        }
        OpcUaClient open = client;
        client = null;
        if (open != null) {
            Waiter goodBye = new Waiter(GOOD_BYE_NS, () -> {});
            try {
                goodBye.await(open.disconnectAsync(), "good-bye");
            } catch (UpstreamException e) {
                return; // a server that does not say good-bye keeps the session until its timeout
            }
        }
    }

    /** Ends requests under way; any thread. */
    void abort() {
        OpcUaClient open = client;
        if (open != null) {
            CompletableFuture<OpcUaClient> unused = open.disconnectAsync(); // close() waits for it
        }
    }

    /** Asks the trust list again when the channel and the session are opened. */
    private record ServerCheck(LinkSecurity security) implements CertificateValidator {
        @Override
        public void validateCertificateChain(
                List<X509Certificate> chain,
                @Nullable String applicationUri,
                @Nullable String @Nullable [] validHostnames)
                throws UaException {
            try {
                security.checkServer(chain, applicationUri);
            } catch (CertificateException e) {
                throw new UaException(
                        org.eclipse.milo.opcua.stack.core.StatusCodes.Bad_CertificateUntrusted, e.getMessage());
            }
        }
    }
}
