package org.uatwin.certs.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uatwin.certs.TestCertificates.CLIENT_URI;
import static org.uatwin.certs.TestCertificates.NOW;
import static org.uatwin.certs.TestCertificates.ca;
import static org.uatwin.certs.TestCertificates.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.certs.ManualTime;
import org.uatwin.certs.PkiException;
import org.uatwin.certs.store.IdentityRequest;
import org.uatwin.certs.store.OwnIdentity;
import org.uatwin.certs.store.PkiDirectory;
import org.uatwin.certs.store.Thumbprint;
import org.uatwin.certs.trust.TrustStore;
import org.uatwin.certs.validation.CertificateValidator;
import org.uatwin.certs.validation.Outcome;
import org.uatwin.certs.validation.Purpose;
import org.uatwin.certs.validation.ValidationPolicy;
import org.uatwin.certs.validation.ValidationResult;

/** The way of an administrator: a client was refused, one command lets it in. */
class CertificateAdminTest {
    private final ManualTime time = new ManualTime();
    private Path directory = Path.of("");
    private PkiDirectory pki = new PkiDirectory(directory);
    private CertificateAdmin admin = new CertificateAdmin(pki, time);

    @BeforeEach
    void directory(@TempDir Path temporary) {
        directory = temporary;
        pki = PkiDirectory.inDataDirectory(temporary);
        admin = new CertificateAdmin(pki, time);
    }

    @Test
    void refusedClientIsLetInByThePrintedCommand() {
        X509Certificate client = client("scada").make();
        ValidationResult refused = validate(Purpose.APPLICATION_INSTANCE, client);
        String reference = refused.trustCommand().orElseThrow().replace("uatwin certs trust ", "");
        CertificateChange change = admin.trust(reference);
        assertThat(change.certificate().store()).isEqualTo("trusted");
        assertThat(change.certificate().file()).startsWith("trusted/certs/scada [");
        assertThat(change.notes()).isEmpty();
        assertThat(validate(Purpose.APPLICATION_INSTANCE, client).outcome()).isEqualTo(Outcome.GOOD);
        assertThat(admin.reject(reference.substring(0, 8)).certificate().store())
                .isEqualTo("rejected");
        assertThat(validate(Purpose.APPLICATION_INSTANCE, client).outcome()).isEqualTo(Outcome.UNTRUSTED);
        admin.remove(reference);
        assertThat(admin.list().certificates()).isEmpty();
    }

    @Test
    void trustingAnIssuedClientTakesTheIssuersItSent() {
        X509Certificate root = ca("plantca").make();
        X509Certificate leaf = client("scada").issuedBy("plantca").make();
        validate(Purpose.APPLICATION_INSTANCE, leaf, root);
        CertificateChange change = admin.trust(Thumbprint.of(leaf).hex());
        assertThat(change.issuersAdded()).containsExactly(Thumbprint.of(root).hex());
        assertThat(validate(Purpose.APPLICATION_INSTANCE, leaf).outcome()).isEqualTo(Outcome.GOOD);
        X509Certificate sibling = client("other").issuedBy("plantca").make();
        assertThat(validate(Purpose.APPLICATION_INSTANCE, sibling).outcome()).isEqualTo(Outcome.UNTRUSTED);
    }

    @Test
    void trustingALeafOfAnUnknownCaSaysWhatIsMissing() throws Exception {
        Path file = directory.resolve("leaf.der");
        Files.write(file, client("scada").issuedBy("plantca").make().getEncoded());
        assertThat(admin.trust(file.toString()).notes())
                .singleElement()
                .asString()
                .contains("CN=plantca", "issuers");
    }

    @Test
    void personsAreTrustedApartFromPrograms() throws Exception {
        X509Certificate person = client("maria").uri(null).make();
        assertThat(validate(Purpose.USER, person).outcome()).isEqualTo(Outcome.UNTRUSTED);
        assertThat(admin.trust(Thumbprint.of(person).hex()).certificate().store())
                .isEqualTo("user-trusted");
        assertThat(validate(Purpose.USER, person).outcome()).isEqualTo(Outcome.GOOD);
        assertThat(validate(Purpose.APPLICATION_INSTANCE, person).outcome()).isEqualTo(Outcome.UNTRUSTED);
        Path file = directory.resolve("ben.der");
        Files.write(file, client("ben").uri(null).make().getEncoded());
        assertThat(admin.trust(file.toString(), CertificateAdmin.Scope.USER)
                        .certificate()
                        .store())
                .isEqualTo("user-trusted");
    }

    @Test
    void trustingADefectiveCertificateSaysSo() throws Exception {
        Path file = directory.resolve("weak.der");
        Files.write(
                file,
                client("weak")
                        .bits(1024)
                        .valid(NOW.minusSeconds(9), NOW.minusSeconds(1))
                        .make()
                        .getEncoded());
        assertThat(admin.trust(file.toString()).notes())
                .hasSize(2)
                .anyMatch(note -> note.contains("expired"))
                .anyMatch(note -> note.contains("2048"));
    }

    @Test
    void listShowsTheLifeOfEveryCertificate() throws Exception {
        assertThat(admin.list().certificates()).isEmpty();
        OwnIdentity.loadOrCreate(pki, new IdentityRequest("urn:uatwin:x", "me", List.of(), List.of()), time);
        TrustStore store = new TrustStore(pki.applications(), time, time::nanoTime);
        store.trust(client("soon")
                .valid(NOW.minusSeconds(9), NOW.plus(Duration.ofDays(7)))
                .make());
        store.addIssuer(
                ca("oldca").valid(NOW.minusSeconds(9), NOW.minusSeconds(1)).make());
        Files.writeString(pki.applications().trustedCrls().resolve("bad.crl"), "?");
        CertificateListing listing = admin.list();
        assertThat(listing.certificates())
                .extracting(
                        CertificateRow::store,
                        CertificateRow::commonName,
                        CertificateRow::state,
                        CertificateRow::daysLeft)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("own", "me", "ok", 1095L),
                        org.assertj.core.groups.Tuple.tuple("trusted", "soon", "warn", 7L),
                        org.assertj.core.groups.Tuple.tuple("issuer", "oldca", "expired", -1L));
        assertThat(listing.problems()).singleElement().asString().contains("bad.crl");
    }

    @Test
    void unclearReferencesAreRefused() {
        validate(Purpose.APPLICATION_INSTANCE, client("a").make());
        assertThatThrownBy(() -> admin.trust("no-such-file.der"))
                .isInstanceOf(PkiException.class)
                .hasMessageContaining("neither a file nor a thumbprint");
        assertThatThrownBy(() -> admin.trust("ABC")).hasMessageContaining("first 4");
        assertThatThrownBy(() -> admin.trust("0".repeat(40))).hasMessageContaining("uatwin certs list");
        X509Certificate person = client("b").make();
        validate(Purpose.APPLICATION_INSTANCE, person);
        validate(Purpose.USER, person);
        String thumbprint = Thumbprint.of(person).hex();
        assertThatThrownBy(() -> admin.trust(thumbprint)).hasMessageContaining("several");
        assertThat(admin.trust(thumbprint, CertificateAdmin.Scope.USER)
                        .certificate()
                        .store())
                .isEqualTo("user-trusted");
    }

    private ValidationResult validate(Purpose purpose, X509Certificate... chain) {
        TrustStore store =
                new TrustStore(purpose == Purpose.USER ? pki.users() : pki.applications(), time, time::nanoTime);
        pki.create();
        return new CertificateValidator(store, ValidationPolicy.defaults())
                .validate(List.of(chain), purpose, CLIENT_URI, NOW);
    }
}
