package org.uatwin.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.certs.store.CertificateFiles;
import org.uatwin.certs.store.IdentityRequest;
import org.uatwin.certs.store.OwnIdentity;
import org.uatwin.certs.store.PkiDirectory;
import org.uatwin.certs.trust.TrustStore;
import org.uatwin.certs.validation.CertificateValidator;
import org.uatwin.certs.validation.Outcome;
import org.uatwin.certs.validation.Purpose;
import org.uatwin.certs.validation.ValidationPolicy;

/** A tool we did not write reads what we make, and we read what it makes. */
@Tag("acceptance")
class OpensslAcceptanceTest {
    private static final String URI = "urn:test:openssl";
    private static final String LEAF =
            """
            basicConstraints=critical,CA:FALSE
            keyUsage=critical,digitalSignature,nonRepudiation,keyEncipherment,dataEncipherment
            extendedKeyUsage=clientAuth,serverAuth
            subjectAltName=URI:urn:test:openssl,DNS:localhost
            """;
    private static final InstantSource CLOCK = InstantSource.system();

    private Path directory = Path.of("");
    private PkiDirectory pki = new PkiDirectory(directory);

    @BeforeEach
    void directory(@TempDir Path temporary) {
        directory = temporary;
        pki = PkiDirectory.inDataDirectory(temporary).create();
    }

    @Test
    void opensslReadsOurCertificateAndKey() throws Exception {
        OwnIdentity identity = OwnIdentity.loadOrCreate(
                pki, new IdentityRequest("urn:uatwin:x", "uatwin", List.of("line-7"), List.of("10.0.0.7")), CLOCK);
        String text = openssl(
                "x509", "-inform", "DER", "-in", identity.certificateFile().toString(), "-noout", "-text");
        assertThat(text)
                .contains("Version: 3", "sha256WithRSAEncryption", "Public-Key: (2048 bit)", "CA:FALSE")
                .contains("Digital Signature, Non Repudiation, Key Encipherment, Data Encipherment, Certificate Sign")
                .contains("TLS Web Server Authentication, TLS Web Client Authentication")
                .contains("URI:urn:uatwin:x, DNS:line-7, IP Address:10.0.0.7")
                .contains("X509v3 Subject Key Identifier");
        assertThat(openssl("pkey", "-in", identity.keyFile().toString(), "-check", "-noout"))
                .contains("valid");
        assertThat(openssl("pkey", "-in", identity.keyFile().toString(), "-pubout"))
                .isEqualTo(openssl(
                        "x509",
                        "-inform",
                        "DER",
                        "-in",
                        identity.certificateFile().toString(),
                        "-noout",
                        "-pubkey"));
    }

    /** As PKCS#8 and as PKCS#1, with the certificate as PEM. */
    @Test
    void pairMadeByOpensslIsUsed() throws Exception {
        selfSigned("own");
        Files.copy(directory.resolve("own.pem"), pki.ownCertificates().resolve("own.pem"));
        Path key = pki.ownPrivateKeys().resolve("own.key");
        Files.copy(directory.resolve("own.key"), key);
        IdentityRequest request = new IdentityRequest(URI, "uatwin", List.of("localhost"), List.of());
        assertThat(OwnIdentity.loadOrCreate(pki, request, CLOCK).origin()).isEqualTo(OwnIdentity.Origin.SUPPLIED);
        openssl("pkey", "-in", path("own.key"), "-traditional", "-out", path("pkcs1.key"));
        assertThat(Files.readString(directory.resolve("pkcs1.key"))).contains("BEGIN RSA PRIVATE KEY");
        Files.copy(directory.resolve("pkcs1.key"), key, StandardCopyOption.REPLACE_EXISTING);
        assertThat(OwnIdentity.loadOrCreate(pki, request, CLOCK).origin()).isEqualTo(OwnIdentity.Origin.SUPPLIED);
        openssl("pkey", "-in", path("own.key"), "-aes256", "-passout", "pass:secret", "-out", path("locked.key"));
        Files.copy(directory.resolve("locked.key"), key, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> OwnIdentity.loadOrCreate(pki, request, CLOCK))
                .hasMessageContainingAll("encrypted", "openssl pkcs8");
    }

    @Test
    void clientOfAnOpensslCaIsAcceptedUntilItIsRevoked() throws Exception {
        write(
                "ca.cnf",
                """
                [req]
                distinguished_name=dn
                x509_extensions=v3
                prompt=no
                [dn]
                CN=ossl-ca
                [v3]
                basicConstraints=critical,CA:TRUE
                keyUsage=critical,keyCertSign,cRLSign
                """);
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-config",
                path("ca.cnf"),
                "-keyout",
                path("ca.key"),
                "-out",
                path("ca.pem"));
        write("leaf.ext", LEAF);
        openssl(
                "req",
                "-new",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=leaf",
                "-keyout",
                path("leaf.key"),
                "-out",
                path("leaf.csr"));
        openssl(
                "x509",
                "-req",
                "-in",
                path("leaf.csr"),
                "-CA",
                path("ca.pem"),
                "-CAkey",
                path("ca.key"),
                "-set_serial",
                "77",
                "-days",
                "30",
                "-extfile",
                path("leaf.ext"),
                "-out",
                path("leaf.pem"));
        List<X509Certificate> leaf = CertificateFiles.readCertificates(directory.resolve("leaf.pem"));
        TrustStore store = new TrustStore(pki.applications(), CLOCK, System::nanoTime);
        CertificateValidator validator = new CertificateValidator(store, ValidationPolicy.defaults());
        assertThat(outcome(validator, leaf)).isEqualTo(Outcome.CHAIN_INCOMPLETE);
        Files.copy(
                directory.resolve("ca.pem"),
                pki.applications().trustedCertificates().resolve("ca.pem"));
        store.refresh();
        assertThat(outcome(validator, leaf)).isEqualTo(Outcome.GOOD);

        write("ca.db", "");
        write(
                "rev.cnf",
                "[ca]\ndefault_ca=d\n[d]\ndatabase=" + path("ca.db") + "\ndefault_md=sha256\ndefault_crl_days=10\n");
        openssl(
                "ca",
                "-config",
                path("rev.cnf"),
                "-keyfile",
                path("ca.key"),
                "-cert",
                path("ca.pem"),
                "-revoke",
                path("leaf.pem"));
        openssl(
                "ca",
                "-config",
                path("rev.cnf"),
                "-keyfile",
                path("ca.key"),
                "-cert",
                path("ca.pem"),
                "-gencrl",
                "-out",
                pki.applications().trustedCrls().resolve("ca.crl").toString());
        store.refresh();
        assertThat(outcome(validator, leaf)).isEqualTo(Outcome.REVOKED);
    }

    @Test
    void trustedSelfSignedClientOfOpensslIsAccepted() throws Exception {
        selfSigned("client");
        TrustStore store = new TrustStore(pki.applications(), CLOCK, System::nanoTime);
        Files.copy(
                directory.resolve("client.pem"),
                pki.applications().trustedCertificates().resolve("client.pem"));
        assertThat(outcome(
                        new CertificateValidator(store, ValidationPolicy.defaults()),
                        CertificateFiles.readCertificates(directory.resolve("client.pem"))))
                .isEqualTo(Outcome.GOOD);
    }

    private static Outcome outcome(CertificateValidator validator, List<X509Certificate> chain) {
        return validator
                .validate(chain, Purpose.APPLICATION_INSTANCE, URI, Instant.now())
                .outcome();
    }

    private void selfSigned(String name) throws Exception {
        write(
                name + ".cnf",
                "[req]\ndistinguished_name=dn\nx509_extensions=v3\nprompt=no\n[dn]\nCN=" + name + "\n[v3]\n" + LEAF);
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-config",
                path(name + ".cnf"),
                "-keyout",
                path(name + ".key"),
                "-out",
                path(name + ".pem"));
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private void write(String name, String content) throws Exception {
        Files.writeString(directory.resolve(name), content);
    }

    private static String openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
