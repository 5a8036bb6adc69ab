package org.uatwin.certs.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uatwin.certs.TestCertificates.APPLICATION_USAGE;
import static org.uatwin.certs.TestCertificates.CLIENT_URI;
import static org.uatwin.certs.TestCertificates.NOW;
import static org.uatwin.certs.TestCertificates.ca;
import static org.uatwin.certs.TestCertificates.client;
import static org.uatwin.certs.TestCertificates.crl;
import static org.uatwin.certs.TestCertificates.crlSignedBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.certs.ManualTime;
import org.uatwin.certs.store.CertificateFiles;
import org.uatwin.certs.store.CertificateInfo;
import org.uatwin.certs.store.PkiDirectory;
import org.uatwin.certs.trust.TrustStore;

/** The steps of OPC UA Part 4, 6.1.3, each with a certificate that has just this defect. */
class CertificateValidatorTest {
    private PkiDirectory pki;
    private TrustStore store;
    private CertificateValidator validator;
    private final ManualTime time = new ManualTime();

    @BeforeEach
    void emptyStore(@TempDir Path directory) {
        pki = new PkiDirectory(directory).create();
        store = new TrustStore(pki.applications(), time, time::nanoTime);
        validator = new CertificateValidator(store, ValidationPolicy.defaults());
    }

    @Test
    void trustedSelfSignedClientIsAccepted() {
        X509Certificate client = client("good").make();
        trust(client);
        assertThat(validate(client).outcome()).isEqualTo(Outcome.GOOD);
        assertThat(store.rejected()).isEmpty();
    }

    @Test
    void strangerIsRefusedNotedAndToldNothing() {
        X509Certificate client = client("stranger").make();
        ValidationResult result = validate(client);
        assertThat(result.outcome()).isEqualTo(Outcome.UNTRUSTED);
        assertThat(result.outcome().publicCode()).isEqualTo(0x80130000); // Bad_SecurityChecksFailed
        assertThat(store.rejected()).extracting(c -> c.certificate()).containsExactly(client);
        assertThat(result.trustCommand())
                .contains("uatwin certs trust " + CertificateInfo.of(client).thumbprint());
    }

    /** An expired certificate of a stranger must not show by its answer that expiry was looked at. */
    @Test
    void trustIsDecidedBeforeValidity() {
        X509Certificate expired = client("old")
                .valid(NOW.minus(Duration.ofDays(900)), NOW.minusSeconds(1))
                .make();
        assertThat(validate(expired).outcome()).isEqualTo(Outcome.UNTRUSTED);
        trust(expired);
        assertThat(validate(expired).outcome()).isEqualTo(Outcome.TIME_INVALID);
        assertThat(validate(expired).trustCommand()).isEmpty();
    }

    @Test
    void certificateOfTomorrowIsRefused() {
        X509Certificate early =
                client("early").valid(NOW.plusSeconds(1), NOW.plusSeconds(999)).make();
        trust(early);
        assertThat(validate(early).outcome()).isEqualTo(Outcome.TIME_INVALID);
    }

    @Test
    void trustedButShortKeyIsRefused() {
        X509Certificate weak = client("weak").bits(1024).make();
        trust(weak);
        assertThat(validate(weak).outcome()).isEqualTo(Outcome.POLICY_CHECK_FAILED);
        assertThat(validate(weak).detail()).contains("1024", "2048..4096");
    }

    @Test
    void trustedButSha1SignatureIsRefused() {
        X509Certificate sha1 = client("sha1").signedWith("SHA1withRSA").make();
        trust(sha1);
        assertThat(validate(sha1).outcome()).isEqualTo(Outcome.POLICY_CHECK_FAILED);
    }

    @Test
    void trustedButOtherApplicationUriIsRefused() {
        X509Certificate other = client("uri").uri("urn:test:somebody-else").make();
        trust(other);
        ValidationResult result = validate(other);
        assertThat(result.outcome()).isEqualTo(Outcome.URI_INVALID);
        assertThat(result.detail()).contains("urn:test:somebody-else", CLIENT_URI);
        assertThat(validator
                        .validate(List.of(other), Purpose.APPLICATION_INSTANCE, null, NOW)
                        .outcome())
                .isEqualTo(Outcome.GOOD); // the secure channel opens before the client says its URI
    }

    @Test
    void certificateWithoutUriIsNoApplicationButMayBeAPerson() {
        X509Certificate person = client("person").uri(null).make();
        trust(person);
        assertThat(validate(person).outcome()).isEqualTo(Outcome.URI_INVALID);
        assertThat(validator.validate(List.of(person), Purpose.USER, null, NOW).outcome())
                .isEqualTo(Outcome.GOOD);
    }

    @Test
    void missingUsageBitsAreRefused() {
        X509Certificate signOnly =
                client("signonly").usage(KeyUsage.digitalSignature).make();
        trust(signOnly);
        assertThat(validate(signOnly).outcome()).isEqualTo(Outcome.USE_NOT_ALLOWED);
        assertThat(validator
                        .validate(List.of(signOnly), Purpose.USER, null, NOW)
                        .outcome())
                .isEqualTo(Outcome.GOOD);
        X509Certificate none = client("nousage").usage(0).make();
        trust(none);
        assertThat(validate(none).outcome()).isEqualTo(Outcome.USE_NOT_ALLOWED);
    }

    /** Some tools write cA = TRUE into client certificates; they are let in, but the note says so. */
    @Test
    void selfSignedClientThatClaimsToBeACaIsAcceptedWithANote() {
        X509Certificate odd = client("odd").cA(true).make();
        trust(odd);
        ValidationResult result = validate(odd);
        assertThat(result.outcome()).isEqualTo(Outcome.GOOD);
        assertThat(result.notes()).singleElement().asString().contains("cA = TRUE");
    }

    /** Otherwise one trusted client could issue certificates that we trust. */
    @Test
    void trustedClientCannotIssueForOthers() {
        X509Certificate odd = client("odd").cA(true).make();
        X509Certificate friend = client("friend").issuedBy("odd").make();
        trust(odd);
        assertThat(validate(friend, odd).outcome()).isEqualTo(Outcome.ISSUER_USE_NOT_ALLOWED);
        X509Certificate good = client("good").make();
        X509Certificate other = client("otherfriend").issuedBy("good").make();
        trust(good);
        assertThat(validate(other, good).outcome()).isEqualTo(Outcome.ISSUER_USE_NOT_ALLOWED);
    }

    @Test
    void certificateOfATrustedCaIsAccepted() {
        trust(ca("plantca").make());
        ValidationResult result = validate(client("leaf").issuedBy("plantca").make());
        assertThat(result.outcome()).isEqualTo(Outcome.GOOD);
        assertThat(result.notes()).singleElement().asString().contains("revocation list", "missing");
    }

    @Test
    void issuerAloneTrustsNobodyButCompletesTheChainOfATrustedLeaf() {
        X509Certificate leaf = client("leaf").issuedBy("plantca").make();
        store.addIssuer(ca("plantca").make());
        assertThat(validate(leaf).outcome()).isEqualTo(Outcome.UNTRUSTED);
        assertThat(store.rejected()).extracting(c -> c.certificate()).containsExactly(leaf);
        trust(leaf);
        assertThat(validate(leaf).outcome()).isEqualTo(Outcome.GOOD);
    }

    @Test
    void leafWithoutKnownIssuerIsIncompleteEvenIfThePeerSendsTheRoot() {
        X509Certificate root = ca("plantca").make();
        X509Certificate leaf = client("leaf").issuedBy("plantca").make();
        assertThat(validate(leaf).outcome()).isEqualTo(Outcome.CHAIN_INCOMPLETE);
        assertThat(validate(leaf, root).outcome()).isEqualTo(Outcome.CHAIN_INCOMPLETE);
        assertThat(store.rejected()).extracting(c -> c.certificate()).containsExactly(leaf, root);
    }

    @Test
    void intermediateSentByThePeerLeadsToATrustedRoot() {
        X509Certificate root = ca("root").make();
        X509Certificate sub = ca("sub").issuedBy("root").make();
        X509Certificate leaf = client("leaf").issuedBy("sub").make();
        trust(root);
        assertThat(validate(leaf).outcome()).isEqualTo(Outcome.CHAIN_INCOMPLETE);
        assertThat(validate(leaf, sub).outcome()).isEqualTo(Outcome.GOOD);
    }

    @Test
    void pathLengthIsKept() {
        X509Certificate root = ca("root").pathLength(0).make();
        X509Certificate sub = ca("sub").issuedBy("root").make();
        trust(root);
        assertThat(validate(client("leaf").issuedBy("sub").make(), sub).outcome())
                .isEqualTo(Outcome.ISSUER_USE_NOT_ALLOWED);
        assertThat(validate(client("direct").issuedBy("root").make()).outcome()).isEqualTo(Outcome.GOOD);
    }

    @Test
    void forgedSignatureIsInvalid() {
        trust(ca("plantca").make());
        X509Certificate forged =
                client("forged").issuedBy("plantca").signingKey("attacker").make();
        assertThat(validate(forged).outcome()).isEqualTo(Outcome.INVALID);
        assertThat(store.rejected()).isEmpty();
    }

    @Test
    void expiredCaIsAnIssuerTimeFault() {
        trust(ca("oldca")
                .valid(NOW.minus(Duration.ofDays(99)), NOW.minusSeconds(5))
                .make());
        assertThat(validate(client("leaf").issuedBy("oldca").make()).outcome()).isEqualTo(Outcome.ISSUER_TIME_INVALID);
    }

    @Test
    void revokedLeafIsRefusedAndItsSiblingIsNot() throws Exception {
        X509Certificate bad = client("bad").issuedBy("plantca").make();
        X509Certificate sibling = client("sibling").issuedBy("plantca").make();
        trust(ca("plantca").make());
        trust(bad); // not even an explicit trust outweighs the revocation
        put(crl("plantca", NOW.plus(Duration.ofDays(5)), bad));
        ValidationResult result = validate(bad);
        assertThat(result.outcome()).isEqualTo(Outcome.REVOKED);
        assertThat(result.outcome().publicCode()).isEqualTo(0x80130000);
        assertThat(validate(sibling).outcome()).isEqualTo(Outcome.GOOD);
        assertThat(validate(sibling).notes()).isEmpty();
    }

    @Test
    void revokedIntermediateIsAnIssuerFault() throws Exception {
        X509Certificate sub = ca("sub").issuedBy("root").make();
        trust(ca("root").make());
        put(crl("root", NOW.plus(Duration.ofDays(5)), sub));
        assertThat(validate(client("leaf").issuedBy("sub").make(), sub).outcome())
                .isEqualTo(Outcome.ISSUER_REVOKED);
    }

    @Test
    void overdueListStillRevokesAndOtherwiseFollowsThePolicy() throws Exception {
        X509Certificate bad = client("bad").issuedBy("plantca").make();
        X509Certificate sibling = client("sibling").issuedBy("plantca").make();
        trust(ca("plantca").make());
        put(crl("plantca", NOW.minus(Duration.ofDays(5)), bad));
        assertThat(validate(bad).outcome()).isEqualTo(Outcome.REVOKED);
        assertThat(validate(sibling).outcome()).isEqualTo(Outcome.GOOD);
        assertThat(validate(sibling).notes()).singleElement().asString().contains("overdue");
        validator = strict();
        assertThat(validate(sibling).outcome()).isEqualTo(Outcome.REVOCATION_UNKNOWN);
    }

    @Test
    void missingListIsRefusedWhereThePolicySaysSo() {
        trust(ca("plantca").make());
        validator = strict();
        assertThat(validate(client("leaf").issuedBy("plantca").make()).outcome())
                .isEqualTo(Outcome.REVOCATION_UNKNOWN);
    }

    @Test
    void listSignedBySomebodyElseRevokesNobody() throws Exception {
        X509Certificate leaf = client("leaf").issuedBy("plantca").make();
        trust(ca("plantca").make());
        put(crlSignedBy("attacker", "plantca", NOW.plusSeconds(99), leaf));
        assertThat(validate(leaf).outcome()).isEqualTo(Outcome.GOOD);
    }

    @Test
    void garbageAndNothingAreInvalid() {
        assertThat(validator
                        .validateEncoded(new byte[] {1, 2, 3}, Purpose.APPLICATION_INSTANCE, null, NOW)
                        .outcome())
                .isEqualTo(Outcome.INVALID);
        assertThat(validator
                        .validate(List.of(), Purpose.APPLICATION_INSTANCE, null, NOW)
                        .outcome())
                .isEqualTo(Outcome.INVALID);
    }

    @Test
    void chainOnTheWireIsSplit() throws Exception {
        X509Certificate root = ca("root").make();
        X509Certificate leaf = client("leaf").issuedBy("root").make();
        trust(root);
        byte[] wire = new byte[leaf.getEncoded().length + root.getEncoded().length];
        System.arraycopy(leaf.getEncoded(), 0, wire, 0, leaf.getEncoded().length);
        System.arraycopy(root.getEncoded(), 0, wire, leaf.getEncoded().length, root.getEncoded().length);
        assertThat(validator
                        .validateEncoded(wire, Purpose.APPLICATION_INSTANCE, CLIENT_URI, NOW)
                        .outcome())
                .isEqualTo(Outcome.GOOD);
    }

    @Test
    void aNameCannotForgeALogLine() {
        X509Certificate evil = client("x\ny").make();
        assertThat(validate(evil).detail()).doesNotContain("\n");
    }

    @Test
    void usageOfACompleteClientIsWhatPart6Asks() {
        assertThat(CertificateUsage.defect(
                        client("good").usage(APPLICATION_USAGE).make(), Purpose.APPLICATION_INSTANCE))
                .isEmpty();
    }

    private CertificateValidator strict() {
        return new CertificateValidator(store, new ValidationPolicy(2048, 4096, ValidationPolicy.MissingCrl.REFUSE));
    }

    private void trust(X509Certificate certificate) {
        CertificateFiles.write(
                pki.applications()
                        .trustedCertificates()
                        .resolve(CertificateInfo.of(certificate).fileName()),
                certificate);
        store.refresh();
    }

    private void put(X509CRL crl) throws Exception {
        write(pki.applications().trustedCrls().resolve("list" + crl.hashCode() + ".crl"), crl.getEncoded());
        store.refresh();
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
    }

    private ValidationResult validate(X509Certificate... chain) {
        return validator.validate(List.of(chain), Purpose.APPLICATION_INSTANCE, CLIENT_URI, NOW);
    }
}
