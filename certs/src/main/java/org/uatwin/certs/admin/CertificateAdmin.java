package org.uatwin.certs.admin;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.uatwin.certs.PkiException;
import org.uatwin.certs.store.CertificateFiles;
import org.uatwin.certs.store.CertificateInfo;
import org.uatwin.certs.store.OwnIdentity;
import org.uatwin.certs.store.PkiDirectory;
import org.uatwin.certs.store.Thumbprint;
import org.uatwin.certs.trust.StoredCertificate;
import org.uatwin.certs.trust.TrustSnapshot;
import org.uatwin.certs.trust.TrustStore;

/** {@code uatwin certs list|trust|reject|remove}. */
public final class CertificateAdmin {
    /** Whose certificate: that of a program or that of a person. */
    public enum Scope {
        APPLICATION,
        USER
    }

    private static final int MIN_PREFIX = 4;

    private final PkiDirectory pki;
    private final InstantSource clock;

    public CertificateAdmin(PkiDirectory pki, InstantSource clock) {
        this.pki = pki;
        this.clock = clock;
    }

    /** All certificates with their remaining life. Changes nothing, also when the directory does not exist yet. */
    public CertificateListing list() {
        List<CertificateRow> rows = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Instant now = clock.instant();
        try {
            OwnIdentity.peek(pki, clock).ifPresent(own -> {
                rows.add(CertificateRow.of(
                        "own",
                        CertificateInfo.of(own.certificate()),
                        relative(own.certificateFile()),
                        own.certificate().getNotBefore().toInstant(),
                        now));
                problems.addAll(own.findings());
            });
        } catch (PkiException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        for (Scope scope : Scope.values()) {
            TrustStore store = store(scope);
            TrustSnapshot snapshot = store.snapshot();
            snapshot.trusted().forEach(c -> rows.add(row(scope, "trusted", c)));
            snapshot.issuers().forEach(c -> rows.add(row(scope, "issuer", c)));
            store.rejected().forEach(c -> rows.add(row(scope, "rejected", c)));
            problems.addAll(snapshot.problems());
        }
        return new CertificateListing(pki.root().toString(), rows, problems);
    }

    /**
     * Trusts a certificate. A thumbprint is looked for among the rejected certificates of programs and persons; a file is taken
     * for the certificate of a program.
     *
     * @param reference a thumbprint, a prefix of at least 4 digits that only one certificate has, or a file.
     */
    public CertificateChange trust(String reference) {
        Optional<Path> file = file(reference);
        if (file.isPresent()) {
            return trustFile(file.get(), Scope.APPLICATION);
        }
        Found found = find(reference, List.of(Scope.values()), "rejected");
        return trust(found.certificate.certificate(), found.scope);
    }

    /** As {@link #trust(String)} within one scope, which is how the certificate file of a person is trusted. */
    public CertificateChange trust(String reference, Scope scope) {
        Optional<Path> file = file(reference);
        return file.isPresent()
                ? trustFile(file.get(), scope)
                : trust(find(reference, List.of(scope), "rejected").certificate.certificate(), scope);
    }

    /** Takes the trust of a certificate back; it lies among the rejected afterwards. */
    public CertificateChange reject(String reference) {
        Found found = find(reference, List.of(Scope.values()), "trusted");
        Path now = store(found.scope).distrust(found.certificate);
        return new CertificateChange(
                row(found.scope, "rejected", at(found.certificate, now)),
                List.of(),
                List.of("New connections with it are refused within a second."));
    }

    /** Deletes a certificate wherever it lies: trusted, issuer or rejected. */
    public CertificateChange remove(String reference) {
        Found found = find(reference, List.of(Scope.values()), "trusted", "issuer", "rejected");
        store(found.scope).delete(found.certificate);
        return new CertificateChange(row(found.scope, found.folder, found.certificate), List.of(), List.of());
    }

    private CertificateChange trustFile(Path file, Scope scope) {
        List<X509Certificate> certificates = CertificateFiles.readCertificates(file);
        pki.create();
        TrustStore store = store(scope);
        for (X509Certificate issuer : certificates.subList(1, certificates.size())) {
            store.addIssuer(issuer); // a file with a chain: its own certificate first, then the issuers
        }
        return trust(certificates.get(0), scope);
    }

    private CertificateChange trust(X509Certificate certificate, Scope scope) {
        pki.create();
        TrustStore store = store(scope);
        List<X509Certificate> rejected =
                store.rejected().stream().map(StoredCertificate::certificate).toList();
        Path file = store.trust(certificate);
        List<String> issuersAdded = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        X509Certificate child = certificate;
        while (!CertificateInfo.selfIssued(child)) {
            X509Certificate below = child;
            Optional<X509Certificate> known = issuerOf(
                    below,
                    Stream.concat(
                            store.refresh().trustedCertificates().stream(),
                            store.refresh().issuerCertificates().stream()));
            Optional<X509Certificate> sent = issuerOf(below, rejected.stream());
            if (known.isEmpty() && sent.isEmpty()) {
                notes.add(
                        "Its issuer \"%s\" is not known, so it will still be refused. Put the certificate of this CA into %s."
                                .formatted(
                                        below.getIssuerX500Principal().getName(),
                                        store.folders().issuerCertificates()));
                break;
            }
            if (known.isEmpty()) {
                store.addIssuer(sent.get()); // the client sent it along; it completes the chain and trusts nobody else
                issuersAdded.add(Thumbprint.of(sent.get()).hex());
            }
            child = known.or(() -> sent).get();
            if (issuersAdded.size() > 10) {
                break;
            }
        }
        StoredCertificate stored =
                new StoredCertificate(file, certificate, CertificateInfo.of(certificate), clock.instant());
        CertificateRow row = row(scope, "trusted", stored);
        row.defects().forEach(defect -> notes.add("It will still be refused: " + defect + "."));
        return new CertificateChange(row, issuersAdded, notes);
    }

    private static Optional<X509Certificate> issuerOf(X509Certificate certificate, Stream<X509Certificate> candidates) {
        return candidates
                .filter(c -> c.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(c -> !c.equals(certificate) && CertificateInfo.signedBy(certificate, c))
                .findFirst();
    }

    private Found find(String reference, List<Scope> scopes, String... folders) {
        String digits = Thumbprint.digitsOf(reference);
        if (!digits.matches("[0-9A-F]{" + MIN_PREFIX + ",40}")) {
            throw new PkiException(
                    "\"%s\": neither a file nor a thumbprint (40 hexadecimal digits, or their first %d or more). Fix: uatwin certs list shows the thumbprints."
                            .formatted(reference, MIN_PREFIX));
        }
        Map<String, Found> hits = new LinkedHashMap<>();
        for (Scope scope : scopes) {
            TrustStore store = store(scope);
            for (String folder : folders) {
                for (StoredCertificate certificate : in(store, folder)) {
                    if (certificate.info().thumbprint().hex().startsWith(digits)) {
                        hits.putIfAbsent(
                                scope + certificate.info().thumbprint().hex(), new Found(scope, folder, certificate));
                    }
                }
            }
        }
        if (hits.isEmpty()) {
            throw new PkiException("%s: no %s certificate has this thumbprint. Fix: uatwin certs list shows them all."
                    .formatted(reference, String.join(" or ", folders)));
        }
        if (hits.size() > 1) {
            String all = String.join(
                    ", ",
                    hits.values().stream()
                            .map(hit -> "%s \"%s\" (%s)"
                                    .formatted(
                                            hit.certificate.info().thumbprint(),
                                            hit.certificate.info().commonName(),
                                            hit.scope))
                            .toList());
            throw new PkiException("%s: fits several certificates: %s. Fix: give more digits, or the scope."
                    .formatted(reference, all));
        }
        return hits.values().iterator().next();
    }

    private static List<StoredCertificate> in(TrustStore store, String folder) {
        return switch (folder) {
            case "trusted" -> store.refresh().trusted();
            case "issuer" -> store.refresh().issuers();
            case "rejected" -> store.rejected();
            default -> throw new AssertionError(folder);
        };
    }

    private static Optional<Path> file(String reference) {
        try {
            Path file = Path.of(reference);
            return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private TrustStore store(Scope scope) {
        return new TrustStore(scope == Scope.APPLICATION ? pki.applications() : pki.users(), clock, System::nanoTime);
    }

    private CertificateRow row(Scope scope, String folder, StoredCertificate certificate) {
        return CertificateRow.of(
                scope == Scope.APPLICATION ? folder : "user-" + folder,
                certificate.info(),
                relative(certificate.file()),
                certificate.modified(),
                clock.instant());
    }

    private StoredCertificate at(StoredCertificate certificate, Path file) {
        return new StoredCertificate(file, certificate.certificate(), certificate.info(), clock.instant());
    }

    private String relative(Path file) {
        return file.startsWith(pki.root()) ? pki.root().relativize(file).toString() : file.toString();
    }

    private record Found(Scope scope, String folder, StoredCertificate certificate) {}
}
