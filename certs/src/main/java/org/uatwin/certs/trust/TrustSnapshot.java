package org.uatwin.certs.trust;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the trust folders held at one moment. Immutable.
 *
 * @param crls of the trusted and of the issuer folder together.
 * @param problems one line for each file that is no certificate or revocation list, naming the file and the fix.
 */
public record TrustSnapshot(
        List<StoredCertificate> trusted, List<StoredCertificate> issuers, List<X509CRL> crls, List<String> problems) {
    public TrustSnapshot {
        trusted = List.copyOf(trusted);
        issuers = List.copyOf(issuers);
        crls = List.copyOf(crls);
        problems = List.copyOf(problems);
    }

    public Set<X509Certificate> trustedCertificates() {
        return trusted.stream().map(StoredCertificate::certificate).collect(Collectors.toUnmodifiableSet());
    }

    public Set<X509Certificate> issuerCertificates() {
        return issuers.stream().map(StoredCertificate::certificate).collect(Collectors.toUnmodifiableSet());
    }
}
