package org.uatwin.certs.validation;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.uatwin.certs.store.CertificateInfo;
import org.uatwin.certs.trust.TrustSnapshot;

/**
 * Finds the issuers of a certificate up to a self-signed root: among the trusted, the issuer folder, and last what the peer sent.
 *
 * <p>A root that only the peer sent does not complete a chain: whoever makes a certificate can make a root as well.
 */
final class ChainBuilder {
    /** Certificates in one chain, and certificates of the peer looked at. Real chains have 2 to 4. */
    static final int MAX_LENGTH = 10;

    enum State {
        COMPLETE,
        /** An issuer is missing. */
        INCOMPLETE,
        /** An issuer of that name is there, but its key does not verify the signature. */
        WRONG_SIGNATURE
    }

    record Chain(State state, List<X509Certificate> certificates) {
        X509Certificate last() {
            return certificates.get(certificates.size() - 1);
        }
    }

    private final Set<X509Certificate> known;
    private final Set<X509Certificate> candidates;
    private final Instant now;

    ChainBuilder(TrustSnapshot trust, List<X509Certificate> sent, Instant now) {
        this.known = new LinkedHashSet<>(trust.trustedCertificates());
        this.known.addAll(trust.issuerCertificates());
        this.candidates = new LinkedHashSet<>(known);
        sent.stream().limit(MAX_LENGTH).forEach(candidates::add);
        this.now = now;
    }

    Chain build(X509Certificate leaf) {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
        if (CertificateInfo.selfIssued(leaf)) {
            boolean verified = CertificateInfo.signedBy(leaf, leaf);
            return new Chain(verified ? State.COMPLETE : State.WRONG_SIGNATURE, chain);
        }
        while (chain.size() < MAX_LENGTH) {
            X509Certificate child = chain.get(chain.size() - 1);
            List<X509Certificate> named = candidates.stream()
                    .filter(issuer -> issuer.getSubjectX500Principal().equals(child.getIssuerX500Principal()))
                    .filter(issuer -> !chain.contains(issuer))
                    .filter(issuer -> CertificateInfo.keyBits(issuer) <= ValidationPolicy.MAX_ISSUER_RSA_BITS)
                    .toList();
            // A CA is renewed under its old name: the certificate that is valid now goes first, then one of ours.
            X509Certificate issuer = named.stream()
                    .sorted(Comparator.comparing((X509Certificate c) -> !isValid(c))
                            .thenComparing(c -> !known.contains(c)))
                    .filter(c -> CertificateInfo.signedBy(child, c))
                    .findFirst()
                    .orElse(null);
            if (issuer == null) {
                boolean wrong = named.stream().anyMatch(known::contains);
                return new Chain(wrong ? State.WRONG_SIGNATURE : State.INCOMPLETE, chain);
            }
            chain.add(issuer);
            if (CertificateInfo.selfIssued(issuer)) {
                return new Chain(known.contains(issuer) ? State.COMPLETE : State.INCOMPLETE, chain);
            }
        }
        return new Chain(State.INCOMPLETE, chain);
    }

    private boolean isValid(X509Certificate certificate) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }
}
