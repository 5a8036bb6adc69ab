package org.uatwin.certs.validation;

import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;

/** Whether a certificate was signed with RSA and a hash of the SHA-2 family (OPC UA Part 7, CertificateSignatureAlgorithm). */
final class SignatureStrength {
    private static final Set<String> PKCS1 = Set.of("SHA256WITHRSA", "SHA384WITHRSA", "SHA512WITHRSA");
    private static final Set<ASN1ObjectIdentifier> PSS_HASHES =
            Set.of(NISTObjectIdentifiers.id_sha256, NISTObjectIdentifiers.id_sha384, NISTObjectIdentifiers.id_sha512);

    private SignatureStrength() {}

    static boolean isSha2WithRsa(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (PKCS1.contains(algorithm)) {
            return true;
        }
        byte[] parameters = certificate.getSigAlgParams();
        if (!algorithm.equals("RSASSA-PSS") || parameters == null) {
            return false; // PSS without parameters means SHA-1 (RFC 4055, 3.1)
        }
        try {
            return PSS_HASHES.contains(
                    RSASSAPSSparams.getInstance(parameters).getHashAlgorithm().getAlgorithm());
        } catch (IllegalArgumentException e) {
            return false; // parameters nobody can read
        }
    }
}
