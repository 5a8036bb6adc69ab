package org.uatwin.certs.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.uatwin.certs.PkiException;

/** Reads certificates and revocation lists in DER or PEM, whatever the file's ending says: tools do not agree on endings. */
public final class CertificateFiles {
    /** Endings taken for certificates. */
    public static final Set<String> CERTIFICATE_ENDINGS = Set.of("der", "crt", "cer", "pem");

    /** Endings taken for revocation lists. */
    public static final Set<String> CRL_ENDINGS = Set.of("crl", "der", "pem");

    /** Larger files are not read: a certificate has a few kB, the revocation list of a large CA some MB. */
    private static final long MAX_FILE_BYTES = 16L * 1024 * 1024;

    private static final Set<String> CERTIFICATE_LABELS =
            Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE");

    private CertificateFiles() {}

    /**
     * All certificates of a file, in its order; at least one.
     *
     * @throws PkiException saying what the file is instead.
     */
    public static List<X509Certificate> readCertificates(Path file) {
        try {
            return parseCertificates(readBounded(file));
        } catch (IOException | CertificateException e) {
            throw new PkiException(
                    "%s: no certificate can be read from it: %s. Fix: put a DER or PEM encoded X.509 certificate there."
                            .formatted(file, message(e)),
                    e);
        }
    }

    /** All revocation lists of a file; at least one. */
    public static List<X509CRL> readCrls(Path file) {
        try {
            byte[] content = readBounded(file);
            CertificateFactory factory = factory();
            List<X509CRL> crls = new ArrayList<>();
            if (isDer(content)) {
                crls.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(content)));
            } else {
                for (PemObject block : pemBlocks(content)) {
                    if (block.getType().equals("X509 CRL")) {
                        crls.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(block.getContent())));
                    }
                }
            }
            if (crls.isEmpty()) {
                throw new CRLException("no X509 CRL block found");
            }
            return List.copyOf(crls);
        } catch (IOException | CertificateException | CRLException e) {
            throw new PkiException(
                    "%s: no revocation list can be read from it: %s. Fix: put a DER or PEM encoded X.509 CRL there."
                            .formatted(file, message(e)),
                    e);
        }
    }

    /**
     * Certificates from bytes: one DER certificate, several behind each other (how OPC UA sends a chain, Part 6, 6.2.6), or PEM.
     *
     * @throws CertificateException when there is none, or when bytes are left that are none.
     */
    public static List<X509Certificate> parseCertificates(byte[] content) throws CertificateException {
        CertificateFactory factory = factory();
        List<X509Certificate> certificates = new ArrayList<>();
        if (isDer(content)) {
            ByteArrayInputStream in = new ByteArrayInputStream(content);
            while (in.available() > 0) {
                certificates.add((X509Certificate) factory.generateCertificate(in));
            }
        } else {
            try {
                for (PemObject block : pemBlocks(content)) {
                    if (CERTIFICATE_LABELS.contains(block.getType())) {
                        certificates.add((X509Certificate)
                                factory.generateCertificate(new ByteArrayInputStream(block.getContent())));
                    }
                }
            } catch (IOException e) {
                throw new CertificateException("broken PEM: " + message(e), e);
            }
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("neither DER nor a PEM CERTIFICATE block");
        }
        return List.copyOf(certificates);
    }

    /** Writes one certificate as DER. */
    public static void write(Path file, X509Certificate certificate) {
        try {
            AtomicFile.write(file, certificate.getEncoded(), AtomicFile.Access.EVERYBODY_READS);
        } catch (CertificateException e) {
            throw new PkiException("%s: the certificate cannot be encoded: %s".formatted(file, message(e)), e);
        }
    }

    static List<PemObject> pemBlocks(byte[] content) throws IOException {
        List<PemObject> blocks = new ArrayList<>();
        try (PemReader reader =
                new PemReader(new InputStreamReader(new ByteArrayInputStream(content), StandardCharsets.ISO_8859_1))) {
            for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                blocks.add(block);
            }
        } catch (RuntimeException e) {
            throw new IOException("broken PEM: " + e.getMessage(), e); // the Base64 decoder throws unchecked
        }
        return blocks;
    }

    static byte[] readBounded(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MAX_FILE_BYTES) {
            throw new IOException("%d bytes are more than the %d allowed".formatted(size, MAX_FILE_BYTES));
        }
        return Files.readAllBytes(file);
    }

    static String message(Exception e) {
        return e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage().replaceAll("\\s+", " ");
    }

    private static boolean isDer(byte[] content) {
        // A SEQUENCE with a long-form length: no text starts like that.
        return content.length > 2 && content[0] == 0x30 && (content[1] & 0x80) != 0;
    }

    private static CertificateFactory factory() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }
}
