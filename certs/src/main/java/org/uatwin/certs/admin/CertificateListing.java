package org.uatwin.certs.admin;

import java.util.List;

/**
 * Everything in the {@code pki} directory.
 *
 * @param certificates own, trusted, issuer, rejected (refused last first), then the same for persons.
 * @param problems files that could not be read, with the fix.
 */
public record CertificateListing(String directory, List<CertificateRow> certificates, List<String> problems) {
    public CertificateListing {
        certificates = List.copyOf(certificates);
        problems = List.copyOf(problems);
    }
}
