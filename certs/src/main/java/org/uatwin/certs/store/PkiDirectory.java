package org.uatwin.certs.store;

import java.nio.file.Path;
import java.util.List;

/**
 * The folders under {@code DIR/pki} (contracts section 6). The names are what an administrator and scripts rely on.
 *
 * @param root the {@code pki} directory itself.
 */
public record PkiDirectory(Path root) {
    private static final String FOLDER = "pki";

    /** The {@code pki} directory of a data directory. Nothing is touched on disk. */
    public static PkiDirectory inDataDirectory(Path dataDirectory) {
        return new PkiDirectory(dataDirectory.resolve(FOLDER));
    }

    public Path ownCertificates() {
        return root.resolve("own").resolve("certs");
    }

    public Path ownPrivateKeys() {
        return root.resolve("own").resolve("private");
    }

    /** Folders that decide which applications (OPC UA clients) may open a secure channel. */
    public TrustFolders applications() {
        return TrustFolders.under(root);
    }

    /** Folders that decide which persons may log on with an X.509 certificate. */
    public TrustFolders users() {
        return TrustFolders.under(root.resolve("users"));
    }

    /** Makes what is missing: the private key folder 0700, the others by the umask. Returns itself. */
    public PkiDirectory create() {
        AtomicFile.makeDirectory(ownCertificates(), AtomicFile.Access.EVERYBODY_READS);
        AtomicFile.makeDirectory(ownPrivateKeys(), AtomicFile.Access.OWNER_ONLY);
        for (TrustFolders folders : List.of(applications(), users())) {
            for (Path folder : folders.all()) {
                AtomicFile.makeDirectory(folder, AtomicFile.Access.EVERYBODY_READS);
            }
        }
        return this;
    }

    /** One set of trust folders: trusted and issuer certificates with their revocation lists, and the rejected ones. */
    public record TrustFolders(
            Path trustedCertificates, Path trustedCrls, Path issuerCertificates, Path issuerCrls, Path rejected) {
        static TrustFolders under(Path base) {
            return new TrustFolders(
                    base.resolve("trusted").resolve("certs"),
                    base.resolve("trusted").resolve("crl"),
                    base.resolve("issuers").resolve("certs"),
                    base.resolve("issuers").resolve("crl"),
                    base.resolve("rejected").resolve("certs"));
        }

        /** The data directory these folders belong to: what {@code --data} names on the command line. */
        public Path dataDirectory() {
            Path folder = trustedCertificates.toAbsolutePath();
            while (folder.getParent() != null && !folder.endsWith(FOLDER)) {
                folder = folder.getParent();
            }
            return folder.getParent() == null ? trustedCertificates : folder.getParent();
        }

        List<Path> all() {
            return List.of(trustedCertificates, trustedCrls, issuerCertificates, issuerCrls, rejected);
        }
    }
}
