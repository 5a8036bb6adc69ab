package org.uatwin.server.synchronisation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * What the estimators have learnt, in {@code estimators.state} of the data directory: written whole beside the old file and put
 * in its place once it is on the disk, so that a crash leaves the one or the other. A file that is damaged or of another version is
 * ignored: twins learn anew.
 */
public final class EstimatorFile {
    /** Name in the data directory. */
    public static final String NAME = "estimators.state";

    private static final int MAGIC = 0x75745765; // "utWe"
    private static final int VERSION = 1;
    private static final int MOST_BYTES = 1 << 20; // of one twin

    private final Path file;

    /** @param directory the data directory. */
    public EstimatorFile(Path directory) {
        file = directory.resolve(NAME);
    }

    /**
     * What one twin has learnt.
     *
     * @param definition what it depends on; learnt under another definition it is worth nothing.
     */
    @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
    record Entry(String definition, byte[] learnt) {}

    /** Entries by twin id; empty if there is no file, or none that can be read. */
    Map<String, Entry> read() throws IOException {
        if (!Files.exists(file)) {
            return Map.of();
        }
        byte[] all = Files.readAllBytes(file);
        if (all.length < Long.BYTES) {
            throw new IOException(file + " is cut short");
        }
        CRC32 sum = new CRC32();
        sum.update(all, 0, all.length - Long.BYTES);
        if (ByteBuffer.wrap(all).getLong(all.length - Long.BYTES) != sum.getValue()) {
            throw new IOException(file + " is damaged");
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(all))) {
            if (in.readInt() != MAGIC || in.readInt() != VERSION) {
                throw new IOException(file + " was written by another version");
            }
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                String id = in.readUTF();
                String definition = text(in);
                entries.put(id, new Entry(definition, bytes(in)));
            }
        }
        return entries;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("an entry of " + length + " bytes");
        }
        return in.readNBytes(length);
    }

    /** Replaces the file. */
    void write(Map<String, Entry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(entries.size());
            for (Map.Entry<String, Entry> each : entries.entrySet()) {
                out.writeUTF(each.getKey());
                byte[] definition = each.getValue().definition().getBytes(java.nio.charset.StandardCharsets.UTF_8);
                out.writeInt(definition.length);
                out.write(definition);
                out.writeInt(each.getValue().learnt().length);
                out.write(each.getValue().learnt());
            }
            CRC32 sum = new CRC32();
            sum.update(bytes.toByteArray());
            out.writeLong(sum.getValue());
        }
        Path fresh = file.resolveSibling(NAME + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
