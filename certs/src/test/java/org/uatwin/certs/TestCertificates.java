package org.uatwin.certs;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Makes certificates with exactly the defect a test needs. Keys are made once per name and length, they are slow to make. */
public final class TestCertificates {
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    public static final String CLIENT_URI = "urn:test:client";
    public static final int APPLICATION_USAGE =
            KeyUsage.digitalSignature | KeyUsage.nonRepudiation | KeyUsage.keyEncipherment | KeyUsage.dataEncipherment;

    private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private TestCertificates() {}

    public static KeyPair keys(String name, int bits) {
        return KEYS.computeIfAbsent(name + bits, k -> {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(bits);
                return generator.generateKeyPair();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    /** A client certificate without any defect, self-signed. */
    public static Recipe client(String cn) {
        return new Recipe(cn);
    }

    /** A certificate authority without any defect, self-signed unless an issuer is given. */
    public static Recipe ca(String cn) {
        Recipe recipe = new Recipe(cn);
        recipe.uri = null;
        recipe.ca = true;
        recipe.clientAuth = false;
        recipe.usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
        return recipe;
    }

    public static X509CRL crl(String caName, Instant nextUpdate, X509Certificate... revoked) {
        return crlSignedBy(caName, caName, nextUpdate, revoked);
    }

    /** A list in the name of one CA with the key of another. */
    public static X509CRL crlSignedBy(String keyName, String caName, Instant nextUpdate, X509Certificate... revoked) {
        try {
            X509v2CRLBuilder builder = new X509v2CRLBuilder(
                    new X500Name("CN=" + caName), Date.from(nextUpdate.minus(Duration.ofDays(30))));
            builder.setNextUpdate(Date.from(nextUpdate));
            for (X509Certificate certificate : revoked) {
                builder.addCRLEntry(
                        certificate.getSerialNumber(), Date.from(NOW.minusSeconds(3600)), CRLReason.keyCompromise);
            }
            byte[] encoded = builder.build(new JcaContentSignerBuilder("SHA256withRSA")
                            .build(keys(keyName, 2048).getPrivate()))
                    .getEncoded();
            return (X509CRL)
                    CertificateFactory.getInstance("X.509").generateCRL(new java.io.ByteArrayInputStream(encoded));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What to make; every field starts without defect. */
    public static final class Recipe {
        private final String cn;
        private @Nullable String uri = CLIENT_URI;
        private int bits = 2048;
        private String algorithm = "SHA256withRSA";
        private Instant from = NOW.minus(Duration.ofDays(10));
        private Instant until = NOW.plus(Duration.ofDays(365));
        private boolean ca;
        private @Nullable Integer pathLength;
        private int usage = APPLICATION_USAGE;
        private boolean clientAuth = true;
        private @Nullable String issuer;
        private @Nullable String keyName;

        private Recipe(String cn) {
            this.cn = cn;
        }

        public Recipe uri(@Nullable String value) {
            uri = value;
            return this;
        }

        public Recipe bits(int value) {
            bits = value;
            return this;
        }

        public Recipe signedWith(String value) {
            algorithm = value;
            return this;
        }

        public Recipe valid(Instant start, Instant end) {
            from = start;
            until = end;
            return this;
        }

        public Recipe cA(boolean value) {
            ca = value;
            return this;
        }

        public Recipe pathLength(int value) {
            pathLength = value;
            return this;
        }

        public Recipe usage(int value) {
            usage = value;
            return this;
        }

        public Recipe extendedUsage(boolean value) {
            clientAuth = value;
            return this;
        }

        public Recipe issuedBy(String caName) {
            issuer = caName;
            return this;
        }

        /** Uses (or, for an issued one, is issued with) the key of this name instead of its own (the issuer's). */
        public Recipe signingKey(String name) {
            keyName = name;
            return this;
        }

        public X509Certificate make() {
            try {
                KeyPair own = keys(cn, bits);
                String issuerName = issuer == null ? cn : issuer;
                KeyPair signer = keyName != null ? keys(keyName, 2048) : issuer == null ? own : keys(issuer, 2048);
                X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        new X500Name("CN=" + issuerName),
                        BigInteger.valueOf(SERIAL.incrementAndGet()),
                        Date.from(from),
                        Date.from(until),
                        new X500Name("CN=" + cn),
                        own.getPublic());
                builder.addExtension(
                        Extension.basicConstraints,
                        true,
                        pathLength == null ? new BasicConstraints(ca) : new BasicConstraints(pathLength));
                if (usage != 0) {
                    int selfSigned = issuer == null ? KeyUsage.keyCertSign : 0;
                    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage | selfSigned));
                }
                if (clientAuth) {
                    builder.addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
                }
                if (uri != null) {
                    builder.addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
                }
                return new JcaX509CertificateConverter()
                        .getCertificate(
                                builder.build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate())));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
