package org.uatwin.certs.store;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * What a person wants to know of a certificate, read from it once.
 *
 * @param commonName CN of the subject, the whole subject when it has none.
 * @param applicationUri first uniformResourceIdentifier of the SubjectAltName (OPC UA Part 6, 6.2.2).
 * @param ipAddresses as Java prints them: IPv6 in full.
 * @param keyBits length of the RSA modulus or of the EC field; 0 for another algorithm.
 * @param isCa basicConstraints say cA = TRUE.
 * @param isSelfSigned subject equals issuer and its own key verifies its signature.
 */
public record CertificateInfo(
        String subject,
        String commonName,
        String issuer,
        Optional<String> applicationUri,
        List<String> dnsNames,
        List<String> ipAddresses,
        Thumbprint thumbprint,
        Instant notBefore,
        Instant notAfter,
        String keyAlgorithm,
        int keyBits,
        String signatureAlgorithm,
        boolean isCa,
        boolean isSelfSigned) {
    private static final int SAN_DNS = 2; // GeneralName choice numbers, RFC 5280, 4.2.1.6
    private static final int SAN_URI = 6;
    private static final int SAN_IP = 7;

    public CertificateInfo {
        dnsNames = List.copyOf(dnsNames);
        ipAddresses = List.copyOf(ipAddresses);
    }

    /** Reads the facts. An unreadable SubjectAltName counts as none. */
    public static CertificateInfo of(X509Certificate certificate) {
        List<String> uris = alternativeNames(certificate, SAN_URI);
        return new CertificateInfo(
                certificate.getSubjectX500Principal().getName(),
                commonName(certificate),
                certificate.getIssuerX500Principal().getName(),
                uris.stream().findFirst(),
                alternativeNames(certificate, SAN_DNS),
                alternativeNames(certificate, SAN_IP),
                Thumbprint.of(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                certificate.getPublicKey().getAlgorithm(),
                keyBits(certificate),
                certificate.getSigAlgName(),
                certificate.getBasicConstraints() >= 0,
                selfSigned(certificate));
    }

    /** {@code <CN> [<thumbprint>].der}, with everything a file system could stumble over replaced. */
    public String fileName() {
        String safe = commonName.replaceAll("[^\\p{L}\\p{N} ._@-]", "_").strip();
        safe = safe.length() > 64 ? safe.substring(0, 64) : safe;
        // A leading dot would hide the file from people and from our own readers.
        safe = safe.isEmpty() || safe.startsWith(".") ? "_" + safe : safe;
        return safe + " [" + thumbprint + "].der";
    }

    /** Length of the RSA modulus or EC field in bits; 0 for another algorithm. */
    public static int keyBits(X509Certificate certificate) {
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength();
        }
        if (certificate.getPublicKey() instanceof ECPublicKey ec) {
            return ec.getParams().getCurve().getField().getFieldSize();
        }
        return 0;
    }

    /** First URI of the SubjectAltName. */
    public static Optional<String> applicationUri(X509Certificate certificate) {
        return alternativeNames(certificate, SAN_URI).stream().findFirst();
    }

    /** Subject equals issuer: by name only, the signature is not looked at. */
    public static boolean selfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    public static boolean selfSigned(X509Certificate certificate) {
        return selfIssued(certificate) && signedBy(certificate, certificate);
    }

    /** Whether the key of {@code issuer} verifies the signature of {@code certificate}; names are not compared. */
    public static boolean signedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false; // a wrong key, a wrong signature and an unknown algorithm are all "not verified"
        }
    }

    private static String commonName(X509Certificate certificate) {
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        for (RDN rdn : subject.getRDNs(BCStyle.CN)) {
            ASN1Encodable value = rdn.getFirst().getValue();
            if (value instanceof ASN1String text && !text.getString().isBlank()) {
                return text.getString();
            }
        }
        return certificate.getSubjectX500Principal().getName();
    }

    private static List<String> alternativeNames(X509Certificate certificate, int choice) {
        Collection<List<?>> names;
        try {
            names = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        if (names != null) {
            for (List<?> name : names) {
                if (name.get(0).equals(choice) && name.get(1) instanceof String text) {
                    found.add(text);
                }
            }
        }
        return found;
    }
}
