package org.uatwin.informationmodel.value;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * What a part of the plant remembers, as bytes that outlive the process. They begin with a digest of the part's declaration,
 * so that nothing is given back to a part that means something else now.
 */
public final class SavedState {
    private static final int FORMAT = 1;
    private static final int DIGEST_BYTES = 16;

    /** Writes what is remembered. */
    @FunctionalInterface
    public interface Writer {
        void write(DataOutput out) throws IOException;
    }

    /** Reads what {@link Writer} wrote; must not change anything before it has read all of it. */
    @FunctionalInterface
    public interface Reader {
        void read(DataInput in) throws IOException;
    }

    private SavedState() {}

    /** @param declaration what the state belongs to: equal texts mean the same. */
    public static byte[] of(String declaration, Writer state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeByte(FORMAT);
            out.write(digest(declaration));
            state.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /** Whether the bytes were saved of that declaration, and have been read to their end. */
    public static boolean restore(byte[] saved, String declaration, Reader state) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
            byte[] digest = new byte[DIGEST_BYTES];
            if (in.readByte() != FORMAT) {
                return false;
            }
            in.readFully(digest);
            if (!Arrays.equals(digest, digest(declaration))) {
                return false;
            }
            state.read(in);
            return true;
        } catch (IOException e) { // cut short, or of a program that remembered other things
            return false;
        }
    }

    private static byte[] digest(String declaration) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(declaration.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(whole, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
