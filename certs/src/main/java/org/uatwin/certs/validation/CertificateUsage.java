package org.uatwin.certs.validation;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.certs.store.CertificateInfo;

/** The usage checks: what KeyUsage, ExtendedKeyUsage and basicConstraints allow (OPC UA Part 6, 6.2.2; RFC 5280, 4.2.1). */
final class CertificateUsage {
    private static final int DIGITAL_SIGNATURE = 0; // bit numbers of KeyUsage, RFC 5280, 4.2.1.3
    private static final int NON_REPUDIATION = 1;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int DATA_ENCIPHERMENT = 3;
    private static final int KEY_CERT_SIGN = 5;
    private static final String ANY = "2.5.29.37.0";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private CertificateUsage() {}

    /** What forbids the use of a peer's own certificate; empty when nothing does. */
    static Optional<String> defect(X509Certificate leaf, Purpose purpose) {
        boolean[] usage = leaf.getKeyUsage();
        if (purpose == Purpose.USER) {
            return usage != null && !usage[DIGITAL_SIGNATURE]
                    ? Optional.of("its KeyUsage lacks digitalSignature")
                    : Optional.empty();
        }
        if (usage == null) {
            return Optional.of("it has no KeyUsage");
        }
        List<String> missing = new ArrayList<>();
        require(usage, DIGITAL_SIGNATURE, "digitalSignature", missing);
        require(usage, NON_REPUDIATION, "nonRepudiation", missing);
        require(usage, KEY_ENCIPHERMENT, "keyEncipherment", missing);
        require(usage, DATA_ENCIPHERMENT, "dataEncipherment", missing);
        if (!missing.isEmpty()) {
            return Optional.of("its KeyUsage lacks " + String.join(", ", missing));
        }
        List<String> extended = extendedKeyUsage(leaf);
        boolean isServer = purpose == Purpose.SERVER_INSTANCE;
        return extended.isEmpty() || extended.contains(isServer ? SERVER_AUTH : CLIENT_AUTH) || extended.contains(ANY)
                ? Optional.empty()
                : Optional.of("its ExtendedKeyUsage lacks " + (isServer ? "serverAuth" : "clientAuth"));
    }

    /**
     * What forbids a certificate to issue others. An application instance certificate never may, although the standard gives the
     * self-signed ones keyCertSign: with cA = TRUE, which some tools write, a trusted client could otherwise make friends.
     *
     * @param below issuers between this one and the peer's own certificate.
     */
    static Optional<String> issuerDefect(X509Certificate issuer, int below) {
        int pathLength = issuer.getBasicConstraints();
        if (pathLength < 0) {
            return Optional.of("it is no CA certificate (basicConstraints)");
        }
        boolean[] usage = issuer.getKeyUsage();
        if (usage != null && !usage[KEY_CERT_SIGN]) {
            return Optional.of("its KeyUsage lacks keyCertSign");
        }
        if (below > pathLength) {
            return Optional.of(
                    "its pathLenConstraint allows %d issuers below it, there are %d".formatted(pathLength, below));
        }
        return CertificateInfo.applicationUri(issuer).isPresent()
                        && !extendedKeyUsage(issuer).isEmpty()
                ? Optional.of("it is the certificate of an application")
                : Optional.empty();
    }

    private static void require(boolean[] usage, int bit, String name, List<String> missing) {
        if (!usage[bit]) {
            missing.add(name);
        }
    }

    private static List<String> extendedKeyUsage(X509Certificate certificate) {
        try {
            List<String> usage = certificate.getExtendedKeyUsage();
            return usage == null ? List.of() : usage;
        } catch (CertificateParsingException e) {
            return List.of("unreadable");
        }
    }
}
