package org.uatwin.certs.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.uatwin.certs.PkiException;

/** Private keys on disk: read as PKCS#8 or PKCS#1 PEM or PKCS#8 DER (what openssl writes), written as PKCS#8 PEM. */
final class PrivateKeyFiles {
    private PrivateKeyFiles() {}

    /** Reads an RSA key. The message never holds a byte of the file. */
    static RSAPrivateKey read(Path file) {
        try {
            byte[] content = CertificateFiles.readBounded(file);
            PrivateKeyInfo info = content.length > 0 && content[0] == 0x30
                    ? PrivateKeyInfo.getInstance(content)
                    : fromPem(file, content);
            if (!info.getPrivateKeyAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
                throw new PkiException(
                        "%s: is not an RSA key. The security policies offered need one. Fix: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048"
                                .formatted(file));
            }
            PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
            return (RSAPrivateKey) key;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
            throw new PkiException(
                    "%s: no private key can be read from it (%s). Fix: put an unencrypted PKCS#8 PEM key there."
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
    }

    static void write(Path file, PrivateKey key) {
        StringWriter text = new StringWriter();
        try (PemWriter pem = new PemWriter(text)) {
            pem.writeObject(new PemObject("PRIVATE KEY", key.getEncoded()));
        } catch (IOException e) {
            throw new AssertionError(e); // a StringWriter does not fail
        }
        AtomicFile.write(file, text.toString().getBytes(StandardCharsets.US_ASCII), AtomicFile.Access.OWNER_ONLY);
    }

    private static PrivateKeyInfo fromPem(Path file, byte[] content) throws IOException {
        try (PEMParser parser =
                new PEMParser(new InputStreamReader(new ByteArrayInputStream(content), StandardCharsets.ISO_8859_1))) {
            for (Object item = parser.readObject(); item != null; item = parser.readObject()) {
                if (item instanceof PrivateKeyInfo info) {
                    return info;
                }
                if (item instanceof PEMKeyPair pair) {
                    return pair.getPrivateKeyInfo();
                }
                if (item instanceof PKCS8EncryptedPrivateKeyInfo || item instanceof PEMEncryptedKeyPair) {
                    throw new PkiException(
                            "%s: the key is encrypted, and a server that starts by itself has nobody to ask for the password. Fix: openssl pkcs8 -topk8 -nocrypt -in %s -out plain.pem, put plain.pem in its place; the file is kept readable by the owner only."
                                    .formatted(file, file.getFileName()));
                }
            }
        }
        throw new IOException("no PRIVATE KEY block");
    }
}
