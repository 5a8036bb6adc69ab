package org.uatwin.informationmodel.plant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The files a reading took something from: the plant file, its tables and its secret files, those that could not be read
 * included. Used by one reading, on one thread.
 */
final class Sources {
    private final Set<Path> files = new LinkedHashSet<>();
    private final MessageDigest digest;

    Sources() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Reads a file that makes up the plant; its bytes count for the {@link #fingerprint()}. */
    byte[] read(Path path) throws IOException {
        note(path);
        byte[] bytes = Files.readAllBytes(path);
        digest.update(bytes);
        return bytes;
    }

    /** Remembers a file without letting its content show in the fingerprint: a secret. */
    void note(Path path) {
        files.add(path.toAbsolutePath().normalize());
    }

    Set<Path> files() {
        return files;
    }

    /** The text of a plant that stands in no file. */
    void text(String text) {
        digest.update(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** First 12 hex digits of the SHA-256 over everything read; to be asked once, at the end. */
    String fingerprint() {
        return HexFormat.of().formatHex(digest.digest(), 0, 6);
    }
}
