package org.uatwin.server.security;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigBuilder;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.uatwin.certs.store.IdentityRequest;
import org.uatwin.certs.store.OwnIdentity;
import org.uatwin.certs.store.PkiDirectory;
import org.uatwin.certs.trust.TrustStore;
import org.uatwin.certs.user.Role;
import org.uatwin.certs.user.UserDirectory;
import org.uatwin.certs.user.UserFile;
import org.uatwin.certs.validation.CertificateValidator;
import org.uatwin.certs.validation.ValidationPolicy;
import org.uatwin.certs.validation.ValidationResult;
import org.uatwin.informationmodel.plant.ServerSettings;
import org.uatwin.informationmodel.security.LinkSecurity;

/** Everything about security that Milo's configuration takes, made from the data directory and the plant file. */
public final class ServerSecurity {
    private static final String LOOPBACK_ADDRESS = "127.0.0.1";

    private final OwnIdentity identity;
    private final OwnCertificate certificates;
    private final LinkSecurity links;
    private final UserLogon logon;
    private final UserDirectory users;
    private final Refusals refusals;

    private ServerSecurity(
            OwnIdentity identity,
            OwnCertificate certificates,
            LinkSecurity links,
            UserLogon logon,
            UserDirectory users,
            Refusals refusals) {
        this.identity = identity;
        this.certificates = certificates;
        this.links = links;
        this.logon = logon;
        this.users = users;
        this.refusals = refusals;
    }

    /**
     * Loads or makes the server's certificate and opens the trust folders and the user file.
     *
     * @param dataDirectory holds {@code pki/} and {@code users.yaml}.
     * @param demoUsers users that exist in memory only.
     * @throws org.uatwin.certs.PkiException if a file cannot be used; the message says place, cause and fix.
     */
    public static ServerSecurity open(
            Path dataDirectory,
            String applicationUri,
            ServerSettings settings,
            List<UserDirectory.PlainUser> demoUsers,
            InstantSource clock)
            throws UaException {
        PkiDirectory pki = PkiDirectory.inDataDirectory(dataDirectory).create();
        OwnIdentity identity = OwnIdentity.loadOrCreate(pki, request(applicationUri, settings), clock);
        CertificateValidator peers = new CertificateValidator(
                new TrustStore(pki.applications(), clock, System::nanoTime), ValidationPolicy.defaults());
        CertificateValidator persons = new CertificateValidator(
                new TrustStore(pki.users(), clock, System::nanoTime), ValidationPolicy.defaults());
        UserFile file = new UserFile(dataDirectory.resolve("users.yaml"), System::nanoTime);
        UserDirectory users = demoUsers.isEmpty()
                ? UserDirectory.ofFile(file, clock)
                : UserDirectory.ofFileAndMemory(file, demoUsers, clock);
        Optional<Role> anonymous = settings.anonymousRole().flatMap(Role::named);
        Refusals refusals = new Refusals();
        return new ServerSecurity(
                identity,
                new OwnCertificate(identity, peers, refusals, clock),
                new FieldSecurity(identity, peers, clock),
                new UserLogon(users, persons, anonymous, refusals, clock),
                users,
                refusals);
    }

    private static IdentityRequest request(String applicationUri, ServerSettings settings) {
        Set<String> names = new LinkedHashSet<>();
        Set<String> addresses = new LinkedHashSet<>();
        (isAddress(settings.host()) ? addresses : names).add(settings.host());
        names.add("localhost");
        addresses.add(LOOPBACK_ADDRESS);
        return new IdentityRequest(
                applicationUri, "uatwin@" + settings.host(), new ArrayList<>(names), new ArrayList<>(addresses));
    }

    private static boolean isAddress(String host) {
        return host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')) || host.indexOf(':') >= 0;
    }

    /**
     * Puts endpoints, certificates, logon and roles into a configuration.
     *
     * @param port the port that is really used.
     */
    public void configure(OpcUaServerConfigBuilder config, ServerSettings settings, int port) {
        config.setEndpoints(Endpoints.of(settings, port, identity::certificate, logon.allowsAnonymous()))
                .setCertificateManager(certificates)
                .setIdentityValidator(logon.validator())
                .setRoleMapper(logon);
    }

    /** Reports refused certificates to this listener from now on. */
    public void onRefused(RefusedCertificates listener) {
        refusals.listener = listener;
    }

    /** The listener comes after the server it belongs to, and that after the certificates. */
    private static final class Refusals implements RefusedCertificates {
        private volatile RefusedCertificates listener = (chain, uri, result) -> {};

        @Override
        public void refused(List<X509Certificate> chain, String expectedUri, ValidationResult result) {
            listener.refused(chain, expectedUri, result);
        }
    }

    /** Who we are and whom we trust where we are the client ourselves: the same certificate, the same trust list. */
    public LinkSecurity forLinks() {
        return links;
    }

    /** Whether anybody can log on with a password. */
    public boolean hasPasswordUsers() {
        return users.hasPasswordUsers();
    }

    /** What an administrator should know about the server's certificate. */
    public List<String> findings() {
        return identity.findings();
    }
}
