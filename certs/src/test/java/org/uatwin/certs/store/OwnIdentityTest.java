package org.uatwin.certs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uatwin.certs.TestCertificates.ca;
import static org.uatwin.certs.TestCertificates.client;
import static org.uatwin.certs.TestCertificates.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.certs.ManualTime;
import org.uatwin.certs.PkiException;
import org.uatwin.certs.TestCertificates;
import org.uatwin.certs.store.OwnIdentity.Origin;

/** Our own key and certificate: made once, kept, replaced only for a reason, or supplied by an administrator. */
class OwnIdentityTest {
    private static final String URI = "urn:uatwin:0f8fad5b-d9cb-469f-a165-70867728950e";
    private static final IdentityRequest REQUEST =
            new IdentityRequest(URI, "uatwin@line-7", List.of("line-7", "localhost"), List.of("127.0.0.1", "::1"));

    private final ManualTime time = new ManualTime();
    private PkiDirectory pki = new PkiDirectory(Path.of(""));

    @BeforeEach
    void directory(@TempDir Path directory) {
        pki = PkiDirectory.inDataDirectory(directory);
    }

    /** OPC UA Part 6, 6.2.2, the table of an application instance certificate. */
    @Test
    void firstStartMakesACertificateByPart6() throws Exception {
        OwnIdentity identity = load(REQUEST);
        X509Certificate certificate = identity.certificate();
        CertificateInfo info = CertificateInfo.of(certificate);
        assertThat(identity.origin()).isEqualTo(Origin.SELF_MADE_NOW);
        assertThat(identity.findings()).isEmpty();
        assertThat(info.applicationUri()).contains(URI);
        assertThat(info.dnsNames()).containsExactly("line-7", "localhost");
        assertThat(info.ipAddresses()).containsExactly("127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(info.keyBits()).isEqualTo(2048);
        assertThat(info.signatureAlgorithm()).isEqualTo("SHA256withRSA");
        assertThat(info.isSelfSigned()).isTrue();
        assertThat(info.isCa()).isFalse();
        assertThat(certificate.getKeyUsage()).containsExactly(true, true, true, true, false, true, false, false, false);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getExtensionValue("2.5.29.14")).isNotNull(); // subjectKeyIdentifier
        assertThat(Duration.between(time.instant(), info.notAfter())).isEqualTo(Duration.ofDays(1095));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(identity.keyPair().getPrivate());
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        signature.update((byte) 1);
        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void keyIsReadableByItsOwnerOnly() throws IOException {
        OwnIdentity identity = load(REQUEST);
        assertThat(permissions(identity.keyFile())).isEqualTo("rw-------");
        assertThat(permissions(pki.ownPrivateKeys())).isEqualTo("rwx------");
        assertThat(Files.readString(identity.keyFile())).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(identity.toString()).doesNotContainIgnoringCase("private");
        Files.setPosixFilePermissions(identity.keyFile(), PosixFilePermissions.fromString("rw-r--r--"));
        OwnIdentity again = load(REQUEST);
        assertThat(again.findings()).singleElement().asString().contains("readable by others");
        assertThat(permissions(identity.keyFile())).isEqualTo("rw-------");
    }

    @Test
    void restartKeepsTheCertificate() {
        X509Certificate first = load(REQUEST).certificate();
        OwnIdentity second = load(REQUEST);
        assertThat(second.origin()).isEqualTo(Origin.SELF_MADE);
        assertThat(second.certificate()).isEqualTo(first);
        OwnIdentity fewer = load(new IdentityRequest(URI, "uatwin", List.of("LOCALHOST"), List.of("0:0:0:0:0:0:0:1")));
        assertThat(fewer.certificate()).isEqualTo(first); // all names are there: clients keep their trust
    }

    @Test
    void newHostNameMakesANewCertificateAndKeepsTheOldAside() throws IOException {
        X509Certificate first = load(REQUEST).certificate();
        OwnIdentity second = load(new IdentityRequest(URI, "uatwin", List.of("line-7.plant.example"), List.of()));
        assertThat(second.origin()).isEqualTo(Origin.SELF_MADE_NOW);
        assertThat(second.findings()).singleElement().asString().contains("line-7.plant.example");
        Path aside = pki.ownCertificates().resolve("uatwin.der.20261121T120000Z");
        assertThat(CertificateFiles.readCertificates(aside)).containsExactly(first);
        assertThat(permissions(pki.ownPrivateKeys().resolve("uatwin.pem.20261121T120000Z")))
                .isEqualTo("rw-------");
    }

    /** A server that refuses to start would be worse than one whose clients complain. */
    @Test
    void expiredCertificateIsUsedAndReported() {
        X509Certificate first = load(REQUEST).certificate();
        time.advance(Duration.ofDays(1096));
        OwnIdentity later = load(REQUEST);
        assertThat(later.certificate()).isEqualTo(first);
        assertThat(later.findings()).singleElement().asString().contains("expired on 2029", "Fix:");
    }

    @Test
    void keyWithoutCertificateAfterACrashIsReplaced() throws IOException {
        Files.delete(load(REQUEST).certificateFile());
        assertThat(load(REQUEST).origin()).isEqualTo(Origin.SELF_MADE_NOW);
        assertThat(load(REQUEST).origin()).isEqualTo(Origin.SELF_MADE);
    }

    @Test
    void suppliedPairWithItsIssuersIsUsed() throws Exception {
        load(REQUEST);
        X509Certificate root = ca("plantca").make();
        X509Certificate leaf = client("supplied").uri(URI).issuedBy("plantca").make();
        supply("server", leaf, "supplied");
        CertificateFiles.write(pki.ownCertificates().resolve("ca.crt"), root);
        OwnIdentity identity = load(new IdentityRequest(URI, "uatwin", List.of(), List.of()));
        assertThat(identity.origin()).isEqualTo(Origin.SUPPLIED);
        assertThat(identity.chain()).containsExactly(leaf, root);
        assertThat(identity.findings()).singleElement().asString().contains("readable by others"); // as cp left it
        assertThat(permissions(identity.keyFile())).isEqualTo("rw-------");
        assertThat(OwnIdentity.peek(pki, time).map(OwnIdentity.Preview::certificate))
                .contains(leaf);
    }

    @Test
    void renewedSuppliedPairWinsOverTheExpiredOne() throws Exception {
        X509Certificate old = client("supplied")
                .uri(URI)
                .valid(TestCertificates.NOW.minusSeconds(99), TestCertificates.NOW.minusSeconds(9))
                .make();
        X509Certificate renewed = client("supplied").uri(URI).make();
        supply("a", old, "supplied");
        supply("b", renewed, "supplied");
        assertThat(load(REQUEST).certificate()).isEqualTo(renewed);
    }

    /** "Own certificate ignored without a message" is a complaint about other servers. */
    @Test
    void suppliedCertificateWithoutItsKeyIsReported() throws Exception {
        CertificateFiles.write(
                pki.create().ownCertificates().resolve("lost.der"),
                client("lost").uri(URI).make());
        OwnIdentity identity = load(REQUEST);
        assertThat(identity.origin()).isEqualTo(Origin.SELF_MADE_NOW);
        assertThat(identity.findings()).singleElement().asString().contains("lost.der", "no key", "Fix:");
    }

    @Test
    void suppliedPairThatCannotWorkStopsTheStart() throws Exception {
        supply("server", client("supplied").uri("urn:other").make(), "supplied");
        assertThatThrownBy(() -> load(REQUEST))
                .isInstanceOf(PkiException.class)
                .hasMessageContainingAll("server.der", "urn:other", URI, "Fix:");
        Files.writeString(pki.ownPrivateKeys().resolve("server.pem"), "nonsense");
        assertThatThrownBy(() -> load(REQUEST)).hasMessageContainingAll("server.pem", "PKCS#8");
    }

    @Test
    void requestIsChecked() {
        assertThatThrownBy(() -> new IdentityRequest("no uri", "x", List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IdentityRequest(URI, "x", List.of("bad name"), List.of()))
                .hasMessageContaining("bad name");
        assertThatThrownBy(() -> new IdentityRequest(URI, "x", List.of(), List.of("plant.example")))
                .hasMessageContaining("plant.example");
    }

    private OwnIdentity load(IdentityRequest request) {
        return OwnIdentity.loadOrCreate(pki, request, time);
    }

    private void supply(String file, X509Certificate certificate, String keyName) throws IOException {
        pki.create();
        CertificateFiles.write(pki.ownCertificates().resolve(file + ".der"), certificate);
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys(keyName, 2048).getPrivate().getEncoded());
        Files.writeString(
                pki.ownPrivateKeys().resolve(file + ".pem"),
                "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n",
                StandardCharsets.US_ASCII);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
