package org.uatwin.server.maintenance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A model that was learned of an asset, as it is kept. Never changed: learning again makes another version.
 *
 * @param version nobody else of this twin has it; later ones have larger numbers.
 * @param learnedAt {@link org.uatwin.informationmodel.value.UaTime} ticks at which learning ended.
 * @param from begin of what it was learned from, ticks.
 * @param until its end.
 * @param rows instants that were learned from.
 * @param description what it knows, in words.
 * @param learned what the model itself wrote; not to be changed.
 */
@SuppressWarnings("ArrayRecordComponent") // passed on as it is, never compared
public record StoredModel(
        int version, long learnedAt, long from, long until, long rows, String description, byte[] learned) {
    private static final int FORMAT = 1;

    /** As it is shown. */
    public String versionText() {
        return "baseline/" + version;
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeInt(version);
            out.writeLong(learnedAt);
            out.writeLong(from);
            out.writeLong(until);
            out.writeLong(rows);
            out.writeUTF(description);
            out.writeInt(learned.length);
            out.write(learned);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /** Empty if it was written by another program, or is damaged. */
    static Optional<StoredModel> decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != FORMAT) {
                return Optional.empty();
            }
            int version = in.readInt();
            long learnedAt = in.readLong();
            long from = in.readLong();
            long until = in.readLong();
            long rows = in.readLong();
            String description = in.readUTF();
            byte[] learned = new byte[Math.min(in.readInt(), bytes.length)];
            in.readFully(learned);
            return Optional.of(new StoredModel(version, learnedAt, from, until, rows, description, learned));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
