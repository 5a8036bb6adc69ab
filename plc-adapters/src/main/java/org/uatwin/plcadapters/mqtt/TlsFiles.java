package org.uatwin.plcadapters.mqtt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates and keys from PEM files (RFC 7468) as the TLS of the JDK wants them. */
final class TlsFiles {
    private static final String BEGIN_KEY = "-----BEGIN PRIVATE KEY-----";
    private static final String END_KEY = "-----END PRIVATE KEY-----";

    private TlsFiles() {}

    /** A file that cannot be used; never says what is in it. */
    static final class TlsException extends Exception {
        private static final long serialVersionUID = 1;

        private final String key;
        private final String fix;

        TlsException(String key, String message, String fix, @Nullable Throwable cause) {
            super(message, cause);
            this.key = key;
            this.fix = fix;
        }

        /** The key of the plant file that named the file. */
        String key() {
            return key;
        }

        String fix() {
            return fix;
        }
    }

    static SSLContext context(MqttSettings.Tls tls) throws TlsException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(tls), trust(tls.ca()), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException("url", "TLS cannot be set up: " + e.getMessage(), "check certificate and key.", e);
        }
    }

    private static TrustManager @Nullable [] trust(Optional<Path> ca)
            throws TlsException, GeneralSecurityException, IOException {
        if (ca.isEmpty()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int n = 0;
        for (Certificate certificate : certificates("ca", ca.get())) {
            store.setCertificateEntry("ca-" + n++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(MqttSettings.Tls tls)
            throws TlsException, GeneralSecurityException, IOException {
        if (tls.certificate().isEmpty() || tls.key().isEmpty()) {
            return null;
        }
        Collection<? extends Certificate> chain =
                certificates("certificate", tls.certificate().get());
        PrivateKey key = key(tls.key().get());
        Certificate own = chain.iterator().next();
        if (!own.getPublicKey().getAlgorithm().startsWith(key.getAlgorithm().substring(0, 2))) {
            throw new TlsException(
                    "key",
                    "%s holds a key of kind %s, the certificate one of kind %s"
                            .formatted(
                                    tls.key().get(),
                                    key.getAlgorithm(),
                                    own.getPublicKey().getAlgorithm()),
                    "name the key the certificate was made for.",
                    null);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", key, new char[0], chain.toArray(new Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static Collection<? extends Certificate> certificates(String key, Path file) throws TlsException {
        try {
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (!found.isEmpty()) {
                return found;
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException(
                    key, "%s holds no certificates".formatted(file), "it must be PEM: -----BEGIN CERTIFICATE-----.", e);
        }
        throw new TlsException(
                key, "%s holds no certificates".formatted(file), "it must be PEM: -----BEGIN CERTIFICATE-----.", null);
    }

    private static PrivateKey key(Path file) throws TlsException {
        String fix = "convert it: openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem.";
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            int start = text.indexOf(BEGIN_KEY);
            int end = text.indexOf(END_KEY);
            if (start < 0 || end < start) {
                throw new TlsException("key", "%s holds no key in PKCS#8".formatted(file), fix, null);
            }
            byte[] der = Base64.getMimeDecoder().decode(text.substring(start + BEGIN_KEY.length(), end));
            for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
                } catch (InvalidKeySpecException e) {
                    // a key of another kind: the next algorithm may know it
                }
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new TlsException("key", "%s cannot be read as a key".formatted(file), fix, e);
        }
        throw new TlsException(
                "key", "%s holds a key of an unknown kind".formatted(file), "use RSA, EC or Ed25519.", null);
    }
}
