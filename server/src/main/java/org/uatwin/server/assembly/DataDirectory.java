package org.uatwin.server.assembly;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The data directory (contracts section 6), locked against a second server while open. Its layout version is in
 * {@code VERSION}; a newer one than this program knows is refused.
 */
public final class DataDirectory implements AutoCloseable {
    /** Layout this program writes. */
    public static final int LAYOUT_VERSION = 1;

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Opens the directory, making it on first use.
     *
     * @throws StartException if it cannot be made, belongs to another running server or to a newer program.
     */
    public static DataDirectory open(Path root) {
        try {
            Files.createDirectories(root);
            Files.createDirectories(root.resolve("log"));
            FileChannel channel =
                    FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StartException(
                        "%s is in use by another uatwin server.\n  Fix: stop that server, or give this one its own directory with --data DIR."
                                .formatted(root));
            }
            DataDirectory directory = new DataDirectory(root, channel, lock);
            directory.checkVersion();
            return directory;
        } catch (IOException e) {
            throw new StartException(
                    "%s cannot be used as data directory: %s.\n  Fix: give a writable directory with --data DIR."
                            .formatted(root, e.getMessage()),
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private void checkVersion() throws IOException {
        Path file = root.resolve("VERSION");
        if (!Files.exists(file)) {
            Files.writeString(file, LAYOUT_VERSION + "\n");
            return;
        }
        String text = Files.readString(file).trim();
        int version;
        try {
            version = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            close();
            throw new StartException(
                    "%s holds \"%s\" where a number is expected.\n  Fix: restore the directory from a backup."
                            .formatted(file, text));
        }
        if (version > LAYOUT_VERSION) {
            close();
            throw new StartException(
                    "%s was written by a newer uatwin (layout %d, this one knows %d).\n  Fix: start the newer version, or another directory."
                            .formatted(root, version, LAYOUT_VERSION));
        }
    }

    public Path root() {
        return root;
    }

    public Path resolve(String name) {
        return root.resolve(name);
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("the lock of " + root + " cannot be released", e);
        }
    }
}
