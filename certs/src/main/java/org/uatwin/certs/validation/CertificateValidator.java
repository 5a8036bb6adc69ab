package org.uatwin.certs.validation;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.certs.PkiException;
import org.uatwin.certs.store.CertificateFiles;
import org.uatwin.certs.store.CertificateInfo;
import org.uatwin.certs.trust.TrustSnapshot;
import org.uatwin.certs.trust.TrustStore;

/**
 * Validates what peers show, in the order of OPC UA Part 4, 6.1.3: structure, chain, signatures, security policy, trust list,
 * validity, URI, usage, revocation. The first failed step is the answer, so a trusted certificate is refused for its own defect,
 * and a stranger only for being one. The host name step concerns a client that checks a server and is not done here.
 *
 * <p>A self-signed certificate is trusted when it lies in the trusted folder itself. An issued one is trusted when it or one of
 * its issuers lies there, and every issuer up to the root can be found. Thread-safe.
 */
public final class CertificateValidator {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateValidator.class);

    private static final int MAX_LOGGED_NOTES = 1_000;

    private final TrustStore trustStore;
    private final ValidationPolicy policy;
    private final Set<String> loggedNotes = ConcurrentHashMap.newKeySet(); // each note is logged once

    public CertificateValidator(TrustStore trustStore, ValidationPolicy policy) {
        this.trustStore = trustStore;
        this.policy = policy;
    }

    public TrustStore trustStore() {
        return trustStore;
    }

    /**
     * As {@link #validate(List, Purpose, String, Instant)} for the bytes on the wire: DER certificates behind each other, the
     * peer's own first (Part 6, 6.2.6).
     */
    public ValidationResult validateEncoded(
            byte[] encoded, Purpose purpose, @Nullable String expectedApplicationUri, Instant now) {
        try {
            return validate(CertificateFiles.parseCertificates(encoded), purpose, expectedApplicationUri, now);
        } catch (CertificateException e) {
            ValidationResult result = new ValidationResult(
                    Outcome.INVALID,
                    "a peer sent bytes that are no certificate",
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    false);
            LOG.warn("refused: {}", result.detail());
            return result;
        }
    }

    /**
     * Decides, logs a refusal, and notes an untrusted chain in the rejected folder.
     *
     * @param chain the peer's own certificate first; its issuers in any order.
     * @param expectedApplicationUri what the client says it is (CreateSession); null where it has not said so yet, then any URI
     *     will do. Ignored for users.
     * @throws PkiException when the trust folders cannot be read.
     */
    public ValidationResult validate(
            List<X509Certificate> chain, Purpose purpose, @Nullable String expectedApplicationUri, Instant now) {
        ValidationResult result = judge(chain, purpose, expectedApplicationUri, now);
        if (!result.isGood()) {
            if (result.canBeTrusted()) {
                trustStore.reject(result.chain());
            }
            LOG.warn(
                    "refused ({}): {}{}",
                    result.outcome().statusName(),
                    result.detail(),
                    result.trustCommand()
                            .map(command -> "  To let it in: %s --data %s"
                                    .formatted(command, trustStore.folders().dataDirectory()))
                            .orElse(""));
        } else {
            // Only trusted peers get here, so the notes are few; the limit is for the case that they are not.
            result.notes().stream()
                    .filter(note -> loggedNotes.size() < MAX_LOGGED_NOTES && loggedNotes.add(note))
                    .forEach(note -> LOG.warn("{}, but {}", result.detail(), note));
        }
        return result;
    }

    /** Decides without writing or logging, for example to judge the certificates of live sessions again. */
    public ValidationResult judge(
            List<X509Certificate> chain, Purpose purpose, @Nullable String expectedApplicationUri, Instant now) {
        if (chain.isEmpty()) {
            return new ValidationResult(
                    Outcome.INVALID, "a peer sent no certificate", List.of(), Optional.empty(), List.of(), false);
        }
        X509Certificate leaf = chain.get(0);
        if (CertificateInfo.keyBits(leaf) > ValidationPolicy.MAX_ISSUER_RSA_BITS) {
            // Before any signature is computed with it: a giant key would be a way to keep us busy.
            return new ValidationResult(
                    Outcome.POLICY_CHECK_FAILED,
                    "a peer sent a key of %d bit".formatted(CertificateInfo.keyBits(leaf)),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    false);
        }
        return new Judgement(chain, purpose, expectedApplicationUri, now).run();
    }

    /** One validation: holds what its steps share. */
    private final class Judgement {
        private final X509Certificate leaf;
        private final CertificateInfo info;
        private final Purpose purpose;
        private final @Nullable String expectedApplicationUri;
        private final Instant now;
        private final TrustSnapshot trust;
        private final ChainBuilder.Chain built;
        private final List<X509Certificate> path;
        private final boolean trusted;
        private final List<String> notes = new ArrayList<>();

        Judgement(List<X509Certificate> sent, Purpose purpose, @Nullable String expectedApplicationUri, Instant now) {
            this.leaf = sent.get(0);
            this.info = CertificateInfo.of(leaf);
            this.purpose = purpose;
            this.expectedApplicationUri = expectedApplicationUri;
            this.now = now;
            this.trust = trustStore.snapshot();
            this.built = new ChainBuilder(trust, sent, now).build(leaf);
            this.path = built.certificates();
            this.trusted = path.stream().anyMatch(trust.trustedCertificates()::contains);
        }

        ValidationResult run() {
            return structure()
                    .or(this::chain)
                    .or(this::policy)
                    .or(this::trustList)
                    .or(this::validity)
                    .or(this::uri)
                    .or(this::usage)
                    .or(this::revocation)
                    .or(this::rfc5280)
                    .orElseGet(() -> result(Outcome.GOOD, "accepted"));
        }

        private Optional<ValidationResult> structure() {
            return leaf.hasUnsupportedCriticalExtension()
                    ? refuse(Outcome.INVALID, "it has a critical extension that is not known")
                    : Optional.empty();
        }

        private Optional<ValidationResult> chain() {
            return switch (built.state()) {
                case COMPLETE -> Optional.empty();
                case WRONG_SIGNATURE ->
                    refuse(Outcome.INVALID, "the signature of %s is wrong".formatted(name(built.last())));
                case INCOMPLETE ->
                    refuse(
                            Outcome.CHAIN_INCOMPLETE,
                            "the issuer \"%s\" is not known. Fix: put the certificate of this CA into %s to trust all it issues, or into %s and trust the single certificate"
                                    .formatted(
                                            built.last()
                                                    .getIssuerX500Principal()
                                                    .getName(),
                                            trustStore.folders().trustedCertificates(),
                                            trustStore.folders().issuerCertificates()));
            };
        }

        private Optional<ValidationResult> policy() {
            for (X509Certificate certificate : path) {
                int bits = CertificateInfo.keyBits(certificate);
                int max = certificate.equals(leaf) ? policy.maxRsaBits() : ValidationPolicy.MAX_ISSUER_RSA_BITS;
                if (!(certificate.getPublicKey() instanceof RSAPublicKey)) {
                    return refuse(
                            Outcome.POLICY_CHECK_FAILED,
                            "%s has a key of type %s, the policies offered need RSA"
                                    .formatted(
                                            name(certificate),
                                            certificate.getPublicKey().getAlgorithm()));
                }
                if (bits < policy.minRsaBits() || bits > max) {
                    return refuse(
                            Outcome.POLICY_CHECK_FAILED,
                            "%s has an RSA key of %d bit, allowed are %d..%d"
                                    .formatted(name(certificate), bits, policy.minRsaBits(), max));
                }
                // The signature of a known root proves nothing, whatever its algorithm: its bytes are what is trusted.
                boolean isRoot = !certificate.equals(leaf) && CertificateInfo.selfIssued(certificate);
                if (!isRoot && !SignatureStrength.isSha2WithRsa(certificate)) {
                    return refuse(
                            Outcome.POLICY_CHECK_FAILED,
                            "%s is signed with %s, needed is SHA-256 or better with RSA"
                                    .formatted(name(certificate), certificate.getSigAlgName()));
                }
            }
            return Optional.empty();
        }

        private Optional<ValidationResult> trustList() {
            return trusted ? Optional.empty() : refuse(Outcome.UNTRUSTED, "nothing of its chain is trusted");
        }

        private Optional<ValidationResult> validity() {
            for (X509Certificate certificate : path) {
                Instant from = certificate.getNotBefore().toInstant();
                Instant until = certificate.getNotAfter().toInstant();
                if (now.isBefore(from) || now.isAfter(until)) {
                    return refuse(
                            certificate.equals(leaf) ? Outcome.TIME_INVALID : Outcome.ISSUER_TIME_INVALID,
                            "%s is valid from %s to %s, now is %s".formatted(name(certificate), from, until, now));
                }
            }
            return Optional.empty();
        }

        private Optional<ValidationResult> uri() {
            if (purpose == Purpose.USER) {
                return Optional.empty();
            }
            if (info.applicationUri().isEmpty()) {
                return refuse(Outcome.URI_INVALID, "its SubjectAltName has no URI");
            }
            String uri = info.applicationUri().get();
            return expectedApplicationUri == null || uri.equals(expectedApplicationUri)
                    ? Optional.empty()
                    : refuse(
                            Outcome.URI_INVALID,
                            "its SubjectAltName says \"%s\", the peer says it is \"%s\""
                                    .formatted(uri, printable(expectedApplicationUri)));
        }

        private Optional<ValidationResult> usage() {
            Optional<String> defect = CertificateUsage.defect(leaf, purpose);
            if (defect.isPresent()) {
                // Many PLCs make certificates with less than the standard asks for; who trusted this very one knows it.
                if (purpose != Purpose.SERVER_INSTANCE
                        || !trust.trustedCertificates().contains(leaf)) {
                    return refuse(Outcome.USE_NOT_ALLOWED, defect.get());
                }
                notes.add(defect.get());
            }
            if (path.size() == 1 && info.isCa() && purpose != Purpose.USER) {
                notes.add("it says of itself to be a CA (cA = TRUE), which an application certificate should not");
            }
            for (int i = 1; i < path.size(); i++) {
                Optional<String> issuerDefect = CertificateUsage.issuerDefect(path.get(i), i - 1);
                if (issuerDefect.isPresent()) {
                    return refuse(
                            Outcome.ISSUER_USE_NOT_ALLOWED,
                            "%s must not issue certificates: %s".formatted(name(path.get(i)), issuerDefect.get()));
                }
            }
            return Optional.empty();
        }

        private Optional<ValidationResult> revocation() {
            for (int i = 0; i + 1 < path.size(); i++) {
                X509Certificate certificate = path.get(i);
                Revocation.Status status = Revocation.of(certificate, path.get(i + 1), trust.crls(), now);
                boolean own = i == 0;
                if (status == Revocation.Status.REVOKED) {
                    return refuse(
                            own ? Outcome.REVOKED : Outcome.ISSUER_REVOKED,
                            "%s was revoked by its issuer".formatted(name(certificate)));
                }
                if (status != Revocation.Status.NOT_REVOKED) {
                    String note = "the revocation list of %s is %s. Fix: put a current one into %s"
                            .formatted(
                                    name(path.get(i + 1)),
                                    status == Revocation.Status.OVERDUE ? "overdue" : "missing",
                                    trustStore.folders().trustedCrls());
                    if (policy.missingCrl() == ValidationPolicy.MissingCrl.REFUSE) {
                        return refuse(own ? Outcome.REVOCATION_UNKNOWN : Outcome.ISSUER_REVOCATION_UNKNOWN, note);
                    }
                    notes.add(note);
                }
            }
            return Optional.empty();
        }

        /** What is left of RFC 5280, 6.1: name constraints, certificate policies, critical extensions of issuers. */
        private Optional<ValidationResult> rfc5280() {
            if (path.size() < 2) {
                return Optional.empty();
            }
            try {
                X509Certificate root = path.get(path.size() - 1);
                PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
                parameters.setRevocationEnabled(false);
                parameters.setDate(Date.from(now));
                CertPathValidator.getInstance("PKIX")
                        .validate(
                                CertificateFactory.getInstance("X.509")
                                        .generateCertPath(path.subList(0, path.size() - 1)),
                                parameters);
                return Optional.empty();
            } catch (GeneralSecurityException e) {
                return refuse(Outcome.INVALID, "its chain breaks RFC 5280: " + e.getMessage());
            }
        }

        private Optional<ValidationResult> refuse(Outcome outcome, String cause) {
            return Optional.of(result(outcome, cause));
        }

        private ValidationResult result(Outcome outcome, String cause) {
            boolean canBeTrusted = !trusted && (outcome == Outcome.UNTRUSTED || outcome == Outcome.CHAIN_INCOMPLETE);
            return new ValidationResult(
                    outcome, "%s: %s".formatted(name(leaf), cause), notes, Optional.of(info), path, canBeTrusted);
        }

        private String name(X509Certificate certificate) {
            CertificateInfo facts = certificate.equals(leaf) ? info : CertificateInfo.of(certificate);
            return "\"%s\" [%s]".formatted(printable(facts.commonName()), facts.thumbprint());
        }
    }

    /** A name a stranger chose must not be able to forge lines of our log. */
    private static String printable(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]", "?");
        return clean.length() > 200 ? clean.substring(0, 200) + "..." : clean;
    }
}
