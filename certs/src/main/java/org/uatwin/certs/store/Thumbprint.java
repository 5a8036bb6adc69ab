package org.uatwin.certs.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import org.uatwin.certs.PkiException;

/**
 * The SHA-1 digest of a certificate's DER bytes, the name OPC UA gives a certificate (Part 6, 6.2.2). It is an identifier, not
 * a security check: certificates are compared by their bytes.
 *
 * @param hex 40 upper-case hexadecimal digits.
 */
public record Thumbprint(String hex) implements Comparable<Thumbprint> {
    public Thumbprint {
        if (!hex.matches("[0-9A-F]{40}")) {
            throw new IllegalArgumentException("a thumbprint is 40 upper-case hexadecimal digits: " + hex);
        }
    }

    public static Thumbprint of(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
            return new Thumbprint(HexFormat.of().withUpperCase().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java platform has SHA-1
        } catch (CertificateEncodingException e) {
            throw new PkiException("a certificate cannot be encoded: " + e.getMessage(), e);
        }
    }

    /** Removes what tools print between the digits (colons, blanks) and the case. The result may be shorter than a thumbprint. */
    public static String digitsOf(String text) {
        return text.replaceAll("[\\s:]", "").toUpperCase(Locale.ROOT);
    }

    @Override
    public int compareTo(Thumbprint other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
