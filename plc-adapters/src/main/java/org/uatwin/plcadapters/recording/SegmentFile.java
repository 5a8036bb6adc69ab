package org.uatwin.plcadapters.recording;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.uatwin.plcadapters.adapter.TrafficRecord;

/**
 * The bytes of a segment: a mark of 8 bytes, then frames of length (4 bytes, big-endian), CRC-32C of the body (4 bytes,
 * RFC 3720 appendix B.4) and body. A body begins with its type: 1 session, 2 link, 3 traffic.
 */
final class SegmentFile {
    static final String SUFFIX = ".uatrec";
    static final byte[] MARK = "UATREC01".getBytes(StandardCharsets.US_ASCII);
    static final int LARGEST_BODY = 16_000_000; // larger pieces are cut by the recorder

    private static final int SESSION = 1;
    private static final int LINK = 2;
    private static final int TRAFFIC = 3;
    private static final TrafficRecord.Kind[] KINDS = TrafficRecord.Kind.values();

    private SegmentFile() {}

    static String name(long number) {
        return "%010d%s".formatted(number, SUFFIX);
    }

    /** The frame of an entry. */
    @SuppressWarnings("EnumOrdinal") // fixed by TrafficRecord.Kind
    static byte[] frame(Entry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeLong(0); // length and CRC, below
            if (entry instanceof Entry.Session s) {
                out.writeByte(SESSION);
                out.writeBoolean(s.isStart());
                text(out, s.siteId());
                out.writeLong(s.ns());
                out.writeLong(s.ticks());
            } else if (entry instanceof Entry.Link l) {
                out.writeByte(LINK);
                out.writeInt(l.number());
                text(out, l.name());
                text(out, l.protocol());
            } else if (entry instanceof Entry.Traffic t) {
                TrafficRecord p = t.piece();
                out.writeByte(TRAFFIC);
                out.writeInt(t.link());
                out.writeByte(p.kind().ordinal());
                out.writeLong(p.ns());
                out.writeLong(p.ticks());
                out.writeInt(p.channel());
                text(out, p.text());
                out.writeInt(p.data().length);
                out.write(p.data());
            } else {
                throw new AssertionError(entry);
            }
        } catch (IOException e) {
            throw new AssertionError(e); // memory does not fail
        }
        byte[] frame = bytes.toByteArray();
        int length = frame.length - 8;
        int crc = crc(frame, 8, length);
        for (int i = 0; i < 4; i++) {
            frame[i] = (byte) (length >> (24 - 8 * i));
            frame[4 + i] = (byte) (crc >> (24 - 8 * i));
        }
        return frame;
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /**
     * Reads the next frame.
     *
     * @return null at the end: of the file, or of what is whole in it.
     * @throws EOFException if a frame is cut off.
     * @throws IOException if a frame is damaged.
     */
    static @Nullable Entry read(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int crc = in.readInt();
        if (length < 1 || length > LARGEST_BODY + 1_000_000) {
            throw new IOException("a frame says it has %d bytes".formatted(length));
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("a frame is cut off");
        }
        if (crc(body, 0, length) != crc) {
            throw new IOException("a frame has a wrong CRC");
        }
        return entry(new DataInputStream(new ByteArrayInputStream(body)));
    }

    private static Entry entry(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte();
        return switch (type) {
            case SESSION -> new Entry.Session(in.readBoolean(), text(in), in.readLong(), in.readLong());
            case LINK -> new Entry.Link(in.readInt(), text(in), text(in));
            case TRAFFIC -> {
                int link = in.readInt();
                int kind = in.readUnsignedByte();
                if (kind >= KINDS.length) {
                    throw new IOException("a record of unknown kind %d: made by a newer uatwin?".formatted(kind));
                }
                long ns = in.readLong();
                long ticks = in.readLong();
                int channel = in.readInt();
                String text = text(in);
                byte[] data = in.readNBytes(in.readInt());
                yield new Entry.Traffic(link, new TrafficRecord(KINDS[kind], ns, ticks, channel, text, data));
            }
            default -> throw new IOException("a frame of unknown type %d: made by a newer uatwin?".formatted(type));
        };
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    /** Whether a file begins as a segment does. */
    static boolean isMark(byte[] start) {
        return Arrays.equals(start, MARK);
    }
}
