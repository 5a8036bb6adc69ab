package org.uatwin.certs.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.certs.PkiException;

/**
 * The key and the certificate our server shows to clients. Immutable.
 *
 * <p>A pair an administrator put into {@code own/certs} and {@code own/private} under any other name than {@code uatwin} is used
 * before the self-made one ({@code uatwin.der}, {@code uatwin.pem}). {@link #findings()} says everything an administrator should
 * know about the choice; the same lines are logged when the identity is loaded.
 */
public final class OwnIdentity {
    /** Where the certificate comes from. */
    public enum Origin {
        /** Made by this call: clients have to trust it (again). */
        SELF_MADE_NOW,
        /** Made on an earlier start. */
        SELF_MADE,
        /** Put there by an administrator. */
        SUPPLIED
    }

    private static final Logger LOG = LoggerFactory.getLogger(OwnIdentity.class);
    private static final String SELF_MADE_CERTIFICATE = "uatwin.der";
    private static final String SELF_MADE_KEY = "uatwin.pem";
    private static final int MIN_RSA_BITS = 2048;
    private static final DateTimeFormatter ASIDE_SUFFIX =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Origin origin;
    private final RSAPrivateKey privateKey;
    private final List<X509Certificate> chain;
    private final Path certificateFile;
    private final Path keyFile;
    private final List<String> findings;

    private OwnIdentity(Origin origin, Candidate candidate, List<String> findings) {
        this.origin = origin;
        this.privateKey = candidate.key;
        this.chain = candidate.chain;
        this.certificateFile = candidate.certificateFile;
        this.keyFile = candidate.keyFile;
        this.findings = List.copyOf(findings);
    }

    /**
     * Loads the pair to use, or makes one: on the first start, when a wanted host name or address is missing in the self-made
     * certificate, or when the ApplicationUri changed. The replaced files stay beside the new ones with a date suffix. A supplied
     * certificate is never replaced; what is wrong with it is reported. An expired one is still used, because the alternative
     * would be a plant without a server, and reported with the way to renew it.
     *
     * @throws PkiException when a supplied pair cannot work: key unreadable or encrypted, less than 2048 bit, not RSA, other
     *     ApplicationUri.
     */
    public static OwnIdentity loadOrCreate(PkiDirectory pki, IdentityRequest request, InstantSource clock) {
        pki.create();
        Instant now = clock.instant();
        List<String> findings = new ArrayList<>();
        OwnIdentity identity = supplied(pki, now, findings)
                .map(candidate -> useSupplied(candidate, request, now, findings))
                .orElseGet(() -> selfMade(pki, request, now, findings));
        identity.findings.forEach(LOG::warn);
        return identity;
    }

    /** The certificate the server would use, without making, moving or changing anything. Empty before the first start. */
    public static Optional<Preview> peek(PkiDirectory pki, InstantSource clock) {
        if (!Files.isDirectory(pki.ownCertificates()) || !Files.isDirectory(pki.ownPrivateKeys())) {
            return Optional.empty();
        }
        Path selfMade = pki.ownCertificates().resolve(SELF_MADE_CERTIFICATE);
        List<String> findings = new ArrayList<>();
        Optional<Candidate> supplied = supplied(pki, clock.instant(), findings);
        if (supplied.isPresent()) {
            return Optional.of(
                    new Preview(supplied.get().certificateFile, supplied.get().leaf(), findings));
        }
        return Files.exists(selfMade)
                ? Optional.of(new Preview(
                        selfMade, CertificateFiles.readCertificates(selfMade).get(0), findings))
                : Optional.empty();
    }

    /**
     * What a start would use.
     *
     * @param findings supplied files that would not be used, with the reason.
     */
    public record Preview(Path certificateFile, X509Certificate certificate, List<String> findings) {
        public Preview {
            findings = List.copyOf(findings);
        }
    }

    public Origin origin() {
        return origin;
    }

    public KeyPair keyPair() {
        return new KeyPair(certificate().getPublicKey(), privateKey);
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Our certificate first, then its issuers as far as they were supplied. */
    public List<X509Certificate> chain() {
        return chain;
    }

    public Path certificateFile() {
        return certificateFile;
    }

    public Path keyFile() {
        return keyFile;
    }

    /** Sentences for the administrator, each with its fix. Empty when all is well. */
    public List<String> findings() {
        return findings;
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return "OwnIdentity[%s, %s, %s]".formatted(origin, certificateFile, Thumbprint.of(certificate()));
    }

    private static Optional<Candidate> supplied(PkiDirectory pki, Instant now, List<String> findings) {
        List<Path> keyFiles = filesIn(pki.ownPrivateKeys(), Set.of("pem", "key", "der")).stream()
                .filter(file -> !file.endsWith(SELF_MADE_KEY))
                .toList();
        List<Path> certificateFiles = filesIn(pki.ownCertificates(), CertificateFiles.CERTIFICATE_ENDINGS).stream()
                .filter(file -> !file.endsWith(SELF_MADE_CERTIFICATE))
                .toList();
        if (keyFiles.isEmpty() && certificateFiles.isEmpty()) {
            return Optional.empty();
        }
        List<Key> keys = keyFiles.stream()
                .map(file -> new Key(file, PrivateKeyFiles.read(file)))
                .toList();
        List<X509Certificate> pool = new ArrayList<>();
        List<Candidate> candidates = new ArrayList<>();
        for (Path file : certificateFiles) {
            List<X509Certificate> certificates = CertificateFiles.readCertificates(file);
            pool.addAll(certificates);
            Optional<Key> key =
                    keys.stream().filter(k -> k.fits(certificates.get(0))).findFirst();
            if (key.isPresent()) {
                candidates.add(new Candidate(file, certificates, key.get().file, key.get().key));
            } else if (certificates.get(0).getBasicConstraints() < 0) {
                findings.add("%s: not used, no key in %s belongs to it. Fix: copy its private key there as PKCS#8 PEM."
                        .formatted(file, pki.ownPrivateKeys()));
            }
        }
        for (Key key : keys) {
            if (candidates.stream().noneMatch(c -> c.keyFile.equals(key.file))) {
                findings.add("%s: not used, no certificate in %s belongs to this key. Fix: copy its certificate there."
                        .formatted(key.file, pki.ownCertificates()));
            }
        }
        // A valid one before an expired one, then the one that lasts longest: a renewed pair can lie beside the old
        // one.
        Optional<Candidate> best = candidates.stream().max((a, b) -> {
            int byValidity = Boolean.compare(a.isValid(now), b.isValid(now));
            return byValidity != 0 ? byValidity : a.expires().compareTo(b.expires());
        });
        return best.map(candidate -> candidate.withIssuersFrom(pool));
    }

    private static OwnIdentity useSupplied(
            Candidate candidate, IdentityRequest request, Instant now, List<String> findings) {
        tighten(candidate.keyFile, findings);
        CertificateInfo info = CertificateInfo.of(candidate.leaf());
        Path file = candidate.certificateFile;
        if (info.keyBits() < MIN_RSA_BITS) {
            throw new PkiException(
                    "%s: its RSA key has %d bit, clients and the offered policies need at least %d. Fix: supply a pair with a longer key."
                            .formatted(file, info.keyBits(), MIN_RSA_BITS));
        }
        if (!info.applicationUri().equals(Optional.of(request.applicationUri()))) {
            throw new PkiException(
                    "%s: its SubjectAltName says %s, but this server is %s: every client would refuse it. Fix: request the certificate with URI:%s, or configure the certificate's URI as the ApplicationUri."
                            .formatted(
                                    file,
                                    info.applicationUri()
                                            .map(uri -> "URI:" + uri)
                                            .orElse("no URI"),
                                    request.applicationUri(),
                                    request.applicationUri()));
        }
        List<String> missing = missingNames(info, request);
        if (!missing.isEmpty()) {
            findings.add(
                    "%s: does not name %s; clients that check host names refuse the endpoints with it. Fix: request it with %s in the SubjectAltName."
                            .formatted(
                                    file,
                                    String.join(", ", missing),
                                    missing.size() == 1 ? "this name" : "these names"));
        }
        reportValidity(info, file, now, findings, "supply a renewed certificate and restart");
        return new OwnIdentity(Origin.SUPPLIED, candidate, findings);
    }

    private static OwnIdentity selfMade(PkiDirectory pki, IdentityRequest request, Instant now, List<String> findings) {
        Path certificateFile = pki.ownCertificates().resolve(SELF_MADE_CERTIFICATE);
        Path keyFile = pki.ownPrivateKeys().resolve(SELF_MADE_KEY);
        if (Files.exists(certificateFile) && Files.exists(keyFile)) {
            tighten(keyFile, findings);
            List<X509Certificate> chain = CertificateFiles.readCertificates(certificateFile);
            Candidate candidate = new Candidate(certificateFile, chain, keyFile, PrivateKeyFiles.read(keyFile));
            CertificateInfo info = CertificateInfo.of(candidate.leaf());
            Optional<String> whyNot = whyNotUsable(candidate, info, request);
            if (whyNot.isEmpty()) {
                reportValidity(info, certificateFile, now, findings, "move it away and restart: a new one is made");
                return new OwnIdentity(Origin.SELF_MADE, candidate, findings);
            }
            findings.add(
                    "%s: replaced by a new one because %s; the old one is kept beside it. Clients must trust the new one."
                            .formatted(certificateFile, whyNot.get()));
        }
        setAside(certificateFile, now);
        setAside(keyFile, now);
        KeyPair keys = SelfSignedCertificate.newKeyPair();
        X509Certificate certificate = SelfSignedCertificate.make(keys, request, now);
        PrivateKeyFiles.write(
                keyFile, keys.getPrivate()); // first: a key without certificate is simply replaced next time
        CertificateFiles.write(certificateFile, certificate);
        LOG.info("made a self-signed certificate {} for {}", certificateFile, request.applicationUri());
        return new OwnIdentity(
                Origin.SELF_MADE_NOW,
                new Candidate(certificateFile, List.of(certificate), keyFile, (RSAPrivateKey) keys.getPrivate()),
                findings);
    }

    private static Optional<String> whyNotUsable(Candidate candidate, CertificateInfo info, IdentityRequest request) {
        if (!new Key(candidate.keyFile, candidate.key).fits(candidate.leaf())) {
            return Optional.of("the key in " + candidate.keyFile + " does not belong to it");
        }
        if (!info.applicationUri().equals(Optional.of(request.applicationUri()))) {
            return Optional.of("the ApplicationUri is now " + request.applicationUri());
        }
        List<String> missing = missingNames(info, request);
        return missing.isEmpty() ? Optional.empty() : Optional.of("it does not name " + String.join(", ", missing));
    }

    private static List<String> missingNames(CertificateInfo info, IdentityRequest request) {
        Set<String> dns = info.dnsNames().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Set<InetAddress> addresses =
                info.ipAddresses().stream().map(OwnIdentity::address).collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        request.dnsNames().stream().filter(name -> !dns.contains(name)).forEach(missing::add);
        request.ipAddresses().stream()
                .filter(ip -> !addresses.contains(address(ip)))
                .forEach(missing::add);
        return missing;
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal); // a literal: no name service is asked
        } catch (UnknownHostException e) {
            throw new PkiException("not a literal IP address: " + literal, e);
        }
    }

    private static void reportValidity(
            CertificateInfo info, Path file, Instant now, List<String> findings, String fix) {
        if (now.isAfter(info.notAfter())) {
            findings.add("%s: our certificate expired on %s; clients refuse secure connections. Fix: %s."
                    .formatted(file, info.notAfter(), fix));
        } else if (now.isBefore(info.notBefore())) {
            findings.add("%s: our certificate is not valid before %s. Fix: check the clock of this machine, or %s."
                    .formatted(file, info.notBefore(), fix));
        }
    }

    private static void tighten(Path keyFile, List<String> findings) {
        try {
            if (AtomicFile.tighten(keyFile)) {
                findings.add(
                        "%s: the private key was readable by others; it is now readable by its owner only (0600). If it was ever shared, make a new one."
                                .formatted(keyFile));
            }
        } catch (IOException e) {
            findings.add(
                    "%s: the private key is readable by others and that cannot be changed (%s). Fix: chown it to the user of the server, chmod 600."
                            .formatted(keyFile, e.getClass().getSimpleName()));
        }
    }

    private static void setAside(Path file, Instant now) {
        if (!Files.exists(file)) {
            return;
        }
        Path aside = file.resolveSibling(file.getFileName() + "." + ASIDE_SUFFIX.format(now));
        try {
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new PkiException(
                    "%s: cannot be moved to %s (%s). Fix: check the permissions of the directory."
                            .formatted(file, aside.getFileName(), e.getClass().getSimpleName()),
                    e);
        }
    }

    private static List<Path> filesIn(Path directory, Set<String> endings) {
        try (var files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> endings.contains(ending(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new PkiException(
                    "%s: cannot be listed (%s). Fix: check its permissions."
                            .formatted(directory, e.getClass().getSimpleName()),
                    e);
        }
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private record Key(Path file, RSAPrivateKey key) {
        boolean fits(X509Certificate certificate) {
            return certificate.getPublicKey() instanceof RSAPublicKey rsa
                    && rsa.getModulus().equals(key.getModulus());
        }
    }

    private record Candidate(Path certificateFile, List<X509Certificate> chain, Path keyFile, RSAPrivateKey key) {
        X509Certificate leaf() {
            return chain.get(0);
        }

        Instant expires() {
            return leaf().getNotAfter().toInstant();
        }

        boolean isValid(Instant now) {
            return !now.isBefore(leaf().getNotBefore().toInstant()) && !now.isAfter(expires());
        }

        /** The chain as clients need it: each certificate followed by its issuer, as far as the folder holds it. */
        Candidate withIssuersFrom(List<X509Certificate> pool) {
            List<X509Certificate> ordered = new ArrayList<>(List.of(leaf()));
            X509Certificate last = leaf();
            while (!CertificateInfo.selfIssued(last)) {
                X509Certificate child = last;
                Optional<X509Certificate> issuer = pool.stream()
                        .filter(c -> c.getSubjectX500Principal().equals(child.getIssuerX500Principal()))
                        .filter(c -> !ordered.contains(c) && CertificateInfo.signedBy(child, c))
                        .findFirst();
                if (issuer.isEmpty()) {
                    break;
                }
                last = issuer.get();
                ordered.add(last);
            }
            return new Candidate(certificateFile, List.copyOf(ordered), keyFile, key);
        }
    }
}
