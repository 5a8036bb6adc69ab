package org.uatwin.certs.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.certs.PkiException;
import org.uatwin.certs.store.CertificateFiles;
import org.uatwin.certs.store.CertificateInfo;
import org.uatwin.certs.store.PkiDirectory.TrustFolders;
import org.uatwin.certs.store.Thumbprint;

/** The trusted, issuer and rejected folders of one kind of peer (applications or users). Thread-safe. */
public final class TrustStore {
    /** Files kept in the rejected folder; the ones refused longest ago are deleted beyond it. */
    public static final int MAX_REJECTED = 128;

    /** New rejected files taken in one second; more are only counted. Strangers must not be able to wear out a disk. */
    static final int MAX_REJECTED_PER_SECOND = 10;

    /** Certificates of one refused chain that are noted: the peer's own and the issuers next to it. */
    private static final int MAX_CHAIN_NOTED = 4;

    private static final Logger LOG = LoggerFactory.getLogger(TrustStore.class);
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TrustFolders folders;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    private final FolderReader<X509Certificate> trusted; // guarded by lock
    private final FolderReader<X509Certificate> issuers; // guarded by lock
    private final FolderReader<X509CRL> trustedCrls; // guarded by lock
    private final FolderReader<X509CRL> issuerCrls; // guarded by lock
    private final AtomicLong generation = new AtomicLong();
    private volatile @Nullable Look look; // written under lock

    private final Object rejectedLock = new Object();
    private long rejectedWindow = Long.MIN_VALUE; // guarded by rejectedLock: the second counted
    private int rejectedInWindow; // guarded by rejectedLock
    private final AtomicLong rejectedNotWritten = new AtomicLong();

    /**
     * @param clock stamps rejected files.
     * @param nanoTime monotonic ticker, {@code System::nanoTime} in production.
     */
    public TrustStore(TrustFolders folders, InstantSource clock, LongSupplier nanoTime) {
        this.folders = folders;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.trusted = certificates(folders.trustedCertificates());
        this.issuers = certificates(folders.issuerCertificates());
        this.trustedCrls = crls(folders.trustedCrls());
        this.issuerCrls = crls(folders.issuerCrls());
    }

    public TrustFolders folders() {
        return folders;
    }

    /**
     * What the folders hold, at most one second old.
     *
     * @throws PkiException when a folder cannot be listed: nobody is let in on a guess.
     */
    public TrustSnapshot snapshot() {
        Look current = look;
        long now = nanoTime.getAsLong();
        if (current != null && now - current.nanos < LOOK_EVERY_NANOS) {
            return current.snapshot;
        }
        synchronized (lock) {
            current = look;
            if (current != null && now - current.nanos < LOOK_EVERY_NANOS) {
                return current.snapshot; // another thread looked while we waited
            }
            return lookAgain(current, now);
        }
    }

    /** Looks at the folders now, for a caller that just changed a file. */
    public TrustSnapshot refresh() {
        synchronized (lock) {
            return lookAgain(look, nanoTime.getAsLong());
        }
    }

    /**
     * Counts the changes seen. A server compares it now and then and validates the certificates of live sessions again when it
     * moved, so that a revocation or removal ends them.
     */
    public long generation() {
        snapshot();
        return generation.get();
    }

    /** Rejected certificates, the one refused last first. Reads the folder on each call. */
    public List<StoredCertificate> rejected() {
        FolderReader<X509Certificate> reader = certificates(folders.rejected());
        reader.refresh();
        return stored(reader).stream()
                .sorted(Comparator.comparing(StoredCertificate::modified)
                        .reversed()
                        .thenComparing(StoredCertificate::file))
                .toList();
    }

    /** Certificates that were refused but not written because too many came in one second. */
    public long rejectedNotWritten() {
        return rejectedNotWritten.get();
    }

    /**
     * Notes a refused chain in the rejected folder, issuers first, so that the peer's own certificate is the newest. A
     * certificate already there gets a new time, one we know as an issuer is left out. Never throws: the refusal itself must not depend on a disk.
     */
    public void reject(List<X509Certificate> chain) {
        synchronized (rejectedLock) {
            try {
                TrustSnapshot known = snapshot();
                for (int i = Math.min(chain.size(), MAX_CHAIN_NOTED) - 1; i >= 0; i--) {
                    X509Certificate certificate = chain.get(i);
                    if (!known.trustedCertificates().contains(certificate)
                            && !known.issuerCertificates().contains(certificate)) {
                        rejectOne(certificate, chain.size() - i);
                    }
                }
                prune();
            } catch (IOException | PkiException e) {
                LOG.warn("a refused certificate cannot be noted in {}: {}", folders.rejected(), e.getMessage());
            }
        }
    }

    private void rejectOne(X509Certificate certificate, int order) throws IOException {
        Path file = folders.rejected().resolve(CertificateInfo.of(certificate).fileName());
        if (!Files.exists(file)) {
            long second = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
            rejectedInWindow = second == rejectedWindow ? rejectedInWindow + 1 : 1;
            rejectedWindow = second;
            if (rejectedInWindow > MAX_REJECTED_PER_SECOND) {
                rejectedNotWritten.incrementAndGet();
                return;
            }
            CertificateFiles.write(file, certificate);
        }
        Files.setLastModifiedTime(
                file, FileTime.from(clock.instant().plus(Duration.ofMillis(order)))); // keeps the order of one chain
    }

    private void prune() throws IOException {
        try (var files = Files.list(folders.rejected())) {
            List<Path> newestFirst = files.filter(file -> file.toString().endsWith(".der"))
                    .sorted(Comparator.comparing(TrustStore::modified).reversed())
                    .toList();
            for (Path file : newestFirst.subList(Math.min(MAX_REJECTED, newestFirst.size()), newestFirst.size())) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // deleted meanwhile
        }
    }

    private TrustSnapshot lookAgain(@Nullable Look previous, long now) {
        boolean changed = false;
        for (FolderReader<?> reader : List.of(trusted, issuers, trustedCrls, issuerCrls)) {
            changed |= reader.refresh();
        }
        TrustSnapshot snapshot;
        if (previous != null && !changed) {
            snapshot = previous.snapshot;
        } else {
            List<X509CRL> crls = new ArrayList<>();
            trustedCrls.items().forEach(item -> crls.add(item.value()));
            issuerCrls.items().forEach(item -> crls.add(item.value()));
            List<String> problems = new ArrayList<>(trusted.problems());
            problems.addAll(issuers.problems());
            problems.addAll(trustedCrls.problems());
            problems.addAll(issuerCrls.problems());
            snapshot = new TrustSnapshot(stored(trusted), stored(issuers), crls, problems);
            generation.incrementAndGet();
        }
        look = new Look(now, snapshot);
        return snapshot;
    }

    private static List<StoredCertificate> stored(FolderReader<X509Certificate> reader) {
        return reader.items().stream()
                .map(item -> new StoredCertificate(
                        item.file(),
                        item.value(),
                        CertificateInfo.of(item.value()),
                        item.modified().toInstant()))
                .toList();
    }

    private static FolderReader<X509Certificate> certificates(Path folder) {
        return new FolderReader<>(folder, CertificateFiles.CERTIFICATE_ENDINGS, CertificateFiles::readCertificates);
    }

    private static FolderReader<X509CRL> crls(Path folder) {
        return new FolderReader<>(folder, CertificateFiles.CRL_ENDINGS, CertificateFiles::readCrls);
    }

    /** Puts a certificate into the trusted folder and takes it out of the rejected one. */
    public Path trust(X509Certificate certificate) {
        return place(certificate, folders.trustedCertificates());
    }

    /** Puts a certificate into the issuer folder: it may complete chains, but trusts nobody by itself. */
    public Path addIssuer(X509Certificate certificate) {
        return place(certificate, folders.issuerCertificates());
    }

    /** Takes a certificate out of the trusted folder and puts it into the rejected one. */
    public Path distrust(StoredCertificate certificate) {
        Path target = folders.rejected().resolve(certificate.info().fileName());
        CertificateFiles.write(target, certificate.certificate());
        delete(certificate);
        return target;
    }

    /** Deletes a certificate; a file that holds several keeps the others. */
    public void delete(StoredCertificate stored) {
        try {
            List<X509Certificate> others = CertificateFiles.readCertificates(stored.file()).stream()
                    .filter(other -> !other.equals(stored.certificate()))
                    .toList();
            if (others.isEmpty()) {
                Files.deleteIfExists(stored.file());
            } else {
                for (X509Certificate other : others) {
                    CertificateFiles.write(
                            stored.file()
                                    .resolveSibling(CertificateInfo.of(other).fileName()),
                            other);
                }
                Files.deleteIfExists(stored.file());
            }
        } catch (IOException e) {
            throw new PkiException(
                    "%s: cannot be deleted (%s). Fix: check the permissions of its folder."
                            .formatted(stored.file(), e.getClass().getSimpleName()),
                    e);
        }
        refresh();
    }

    private Path place(X509Certificate certificate, Path folder) {
        Path target = folder.resolve(CertificateInfo.of(certificate).fileName());
        CertificateFiles.write(target, certificate);
        Thumbprint thumbprint = Thumbprint.of(certificate);
        for (StoredCertificate old : rejected()) {
            if (old.info().thumbprint().equals(thumbprint)) {
                delete(old);
            }
        }
        refresh();
        return target;
    }

    private record Look(long nanos, TrustSnapshot snapshot) {}
}
