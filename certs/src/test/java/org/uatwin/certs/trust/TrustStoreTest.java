package org.uatwin.certs.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uatwin.certs.TestCertificates.NOW;
import static org.uatwin.certs.TestCertificates.ca;
import static org.uatwin.certs.TestCertificates.client;
import static org.uatwin.certs.TestCertificates.crl;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.certs.ManualTime;
import org.uatwin.certs.store.CertificateFiles;
import org.uatwin.certs.store.PkiDirectory;
import org.uatwin.certs.store.PkiDirectory.TrustFolders;

/** The folders are the truth: what an administrator copies in or deletes counts without a restart. */
class TrustStoreTest {
    private final ManualTime time = new ManualTime();
    private TrustFolders folders = new PkiDirectory(Path.of("")).applications();
    private TrustStore store = new TrustStore(folders, time, time::nanoTime);

    @BeforeEach
    void directory(@TempDir Path directory) {
        folders = new PkiDirectory(directory).create().applications();
        store = new TrustStore(folders, time, time::nanoTime);
    }

    @Test
    void copiedAndDeletedFilesCountASecondLater() throws Exception {
        assertThat(store.snapshot().trusted()).isEmpty();
        X509Certificate certificate = client("a").make();
        Path file = folders.trustedCertificates().resolve("from-usb-stick.cer");
        Files.write(file, certificate.getEncoded());
        long before = store.generation();
        assertThat(store.snapshot().trusted()).isEmpty(); // one look a second
        time.advance(Duration.ofSeconds(1));
        assertThat(store.snapshot().trustedCertificates()).containsExactly(certificate);
        assertThat(store.generation()).isGreaterThan(before);
        Files.delete(file);
        time.advance(Duration.ofSeconds(1));
        assertThat(store.snapshot().trusted()).isEmpty();
    }

    @Test
    void unchangedFoldersAnswerTheSameSnapshot() {
        TrustSnapshot first = store.snapshot();
        time.advance(Duration.ofSeconds(5));
        assertThat(store.snapshot()).isSameAs(first);
    }

    @Test
    void everyCommonFormatIsRead() throws Exception {
        X509Certificate a = client("a").make();
        X509Certificate b = client("b").make();
        Files.write(folders.trustedCertificates().resolve("a.DER"), a.getEncoded());
        Files.writeString(
                folders.trustedCertificates().resolve("both.pem"),
                "Certificate:\n  Data: ...\n" + pem(a) + "\n" + pem(b));
        Files.write(
                folders.trustedCrls().resolve("x.crl"),
                crl("c", NOW.plusSeconds(99), b).getEncoded());
        TrustSnapshot snapshot = store.snapshot();
        assertThat(snapshot.trustedCertificates()).containsExactlyInAnyOrder(a, b);
        assertThat(snapshot.crls()).hasSize(1);
        assertThat(snapshot.problems()).isEmpty();
    }

    @Test
    void unreadableFilesAreReportedAndDoNotDisturbOthers() throws Exception {
        X509Certificate a = client("a").make();
        CertificateFiles.write(folders.trustedCertificates().resolve("a.der"), a);
        Files.writeString(folders.trustedCertificates().resolve("half.der"), "0");
        Files.write(folders.trustedCertificates().resolve("cut.der"), java.util.Arrays.copyOf(a.getEncoded(), 300));
        Files.writeString(folders.trustedCertificates().resolve("notes.txt"), "hello");
        Files.writeString(folders.trustedCertificates().resolve(".hidden"), "hello");
        Files.writeString(folders.issuerCrls().resolve("bad.crl"), "x");
        TrustSnapshot snapshot = store.snapshot();
        assertThat(snapshot.trustedCertificates()).containsExactly(a);
        assertThat(snapshot.problems()).hasSize(4).allMatch(problem -> problem.contains("Fix:"));
        assertThat(String.join("\n", snapshot.problems())).contains("half.der", "cut.der", "notes.txt", "bad.crl");
    }

    @Test
    void halfCopiedFileIsReadOnceItIsComplete() throws Exception {
        X509Certificate a = client("a").make();
        Path file = folders.trustedCertificates().resolve("a.der");
        Files.write(file, java.util.Arrays.copyOf(a.getEncoded(), 100));
        assertThat(store.snapshot().trusted()).isEmpty();
        Files.write(file, a.getEncoded());
        time.advance(Duration.ofSeconds(1));
        assertThat(store.snapshot().trustedCertificates()).containsExactly(a);
        assertThat(store.snapshot().problems()).isEmpty();
    }

    @Test
    void rejectedFileHasAReadableAndHarmlessName() {
        store.reject(List.of(client("../../etc/evil:name").make()));
        assertThat(store.rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.file().getParent()).isEqualTo(folders.rejected());
            assertThat(rejected.file().getFileName().toString())
                    .matches("_\\.\\._\\.\\._etc_evil_name \\[[0-9A-F]{40}]\\.der");
        });
    }

    @Test
    void rejectedOnesAreListedNewestFirstAndBounded() {
        List<X509Certificate> all = new ArrayList<>();
        for (int i = 0; i < TrustStore.MAX_REJECTED + 5; i++) {
            all.add(client("same-key").uri("urn:test:" + i).make());
            time.advance(Duration.ofSeconds(1));
            store.reject(List.of(all.get(i)));
        }
        assertThat(store.rejected()).hasSize(TrustStore.MAX_REJECTED);
        assertThat(store.rejected().get(0).certificate()).isEqualTo(all.get(all.size() - 1));
        assertThat(store.rejected()).extracting(c -> c.certificate()).doesNotContain(all.get(4));
        time.advance(Duration.ofSeconds(1));
        store.reject(List.of(all.get(50)));
        assertThat(store.rejected().get(0).certificate()).isEqualTo(all.get(50));
        assertThat(store.rejectedNotWritten()).isZero();
    }

    /** A stranger with a certificate generator must not keep the disk busy. */
    @Test
    void aFloodOfRefusalsIsCountedNotWritten() {
        for (int i = 0; i < 25; i++) {
            store.reject(List.of(client("same-key").uri("urn:flood:" + i).make()));
        }
        assertThat(store.rejected()).hasSize(TrustStore.MAX_REJECTED_PER_SECOND);
        assertThat(store.rejectedNotWritten()).isEqualTo(25 - TrustStore.MAX_REJECTED_PER_SECOND);
    }

    @Test
    void trustMovesOutOfTheRejected() {
        X509Certificate a = client("a").make();
        store.reject(List.of(a));
        store.trust(a);
        assertThat(store.snapshot().trustedCertificates()).containsExactly(a);
        assertThat(store.rejected()).isEmpty();
        store.distrust(store.snapshot().trusted().get(0));
        assertThat(store.snapshot().trusted()).isEmpty();
        assertThat(store.rejected()).extracting(c -> c.certificate()).containsExactly(a);
    }

    @Test
    void deletingOneOfSeveralInAFileKeepsTheOthers() throws Exception {
        X509Certificate a = client("a").make();
        X509Certificate b = ca("b").make();
        Files.writeString(folders.trustedCertificates().resolve("both.pem"), pem(a) + pem(b));
        store.delete(store.snapshot().trusted().get(0));
        assertThat(store.snapshot().trustedCertificates()).containsExactly(b);
    }

    /** Every reader sees either the old or the new content, never a mixture or a fault. */
    @Test
    void readersAndWritersMayRunTogether() throws Exception {
        X509Certificate constant = client("constant").make();
        X509Certificate changing = client("changing").make();
        TrustStore live = new TrustStore(folders, time, time::nanoTime);
        live.trust(constant);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<Future<Boolean>> readers = new ArrayList<>();
            Callable<Boolean> reader = () -> {
                boolean always = true;
                while (!done.get()) {
                    always &= live.refresh().trustedCertificates().contains(constant);
                    always &= live.snapshot().trusted().size() <= 2;
                }
                return always;
            };
            readers.add(pool.submit(reader));
            readers.add(pool.submit(reader));
            for (int i = 0; i < 100; i++) {
                live.trust(changing);
                live.delete(live.snapshot().trusted().stream()
                        .filter(c -> c.certificate().equals(changing))
                        .findFirst()
                        .orElseThrow());
            }
            done.set(true);
            for (Future<Boolean> answer : readers) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            done.set(true);
            pool.shutdownNow();
        }
    }

    private static String pem(X509Certificate certificate) throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + new String(
                        Base64.getMimeEncoder(64, new byte[] {'\n'}).encode(certificate.getEncoded()),
                        StandardCharsets.US_ASCII)
                + "\n-----END CERTIFICATE-----\n";
    }
}
