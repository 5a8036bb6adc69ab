package org.uatwin.certs.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.uatwin.certs.PkiException;

/**
 * Writes whole files so that a reader, a crash or a full disk never leaves half of one: temporary file, fsync, rename.
 *
 * <p>The temporary name starts with a dot; every reader of this module skips such names.
 */
public final class AtomicFile {
    /** Who may read the file. On a file system without POSIX permissions both mean the directory's own rules. */
    public enum Access {
        /** 0600: keys and password hashes. */
        OWNER_ONLY("rw-------"),
        /** 0644: certificates. */
        EVERYBODY_READS("rw-r--r--");

        private final String permissions;

        Access(String permissions) {
            this.permissions = permissions;
        }

        private Set<PosixFilePermission> permissions() {
            return PosixFilePermissions.fromString(permissions);
        }
    }

    private AtomicFile() {}

    /**
     * Replaces or creates {@code file}.
     *
     * @throws PkiException naming the file when it cannot be written; the old content is then untouched.
     */
    public static void write(Path file, byte[] content, Access access) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new PkiException("%s: not a file name".formatted(file));
        }
        Path temporary = directory.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(directory);
            try {
                // The permissions are given at creation: a key is never readable by others, not even for a moment.
                try (FileChannel channel = FileChannel.open(
                        temporary,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        attributes(directory, access.permissions()))) {
                    ByteBuffer buffer = ByteBuffer.wrap(content);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                    channel.force(true);
                }
                if (isPosix(directory)) {
                    Files.setPosixFilePermissions(
                            temporary, access.permissions()); // the umask may have taken bits away
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new PkiException(
                    "%s: cannot be written: %s. Fix: check the owner, the permissions and the free space of %s."
                            .formatted(file, reason(e), directory),
                    e);
        }
    }

    /** Makes the directory and its parents; with {@link Access#OWNER_ONLY} the last one is 0700, also when it existed. */
    static void makeDirectory(Path directory, Access access) {
        try {
            Files.createDirectories(directory);
            if (access == Access.OWNER_ONLY && isPosix(directory)) {
                Set<PosixFilePermission> wanted = PosixFilePermissions.fromString("rwx------");
                if (!Files.getPosixFilePermissions(directory).equals(wanted)) {
                    Files.setPosixFilePermissions(directory, wanted);
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new PkiException(
                    "%s: is a file where a directory is needed. Fix: move it away.".formatted(directory), e);
        } catch (IOException e) {
            throw new PkiException(
                    "%s: directory cannot be made: %s. Fix: check the owner and permissions of its parent."
                            .formatted(directory, reason(e)),
                    e);
        }
    }

    /** Takes all rights of group and others away from a file. Answers whether there were any. */
    public static boolean tighten(Path file) throws IOException {
        if (!isPosix(file)) {
            return false;
        }
        Set<PosixFilePermission> wanted = Access.OWNER_ONLY.permissions();
        Set<PosixFilePermission> present = Files.getPosixFilePermissions(file);
        if (wanted.containsAll(present)) {
            return false;
        }
        Files.setPosixFilePermissions(file, wanted);
        return true;
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    private static FileAttribute<?>[] attributes(Path directory, Set<PosixFilePermission> permissions)
            throws IOException {
        return isPosix(directory)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static String reason(IOException e) {
        return e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
