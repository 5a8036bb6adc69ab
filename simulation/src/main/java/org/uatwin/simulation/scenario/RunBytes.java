package org.uatwin.simulation.scenario;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Small parts of stored runs: texts, instants, lists. Lengths are bounded, so that damaged bytes cannot ask for memory. */
final class RunBytes {
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int MOST_ELEMENTS = 5_000_000;

    private RunBytes() {}

    /** Writes one element. */
    @FunctionalInterface
    interface Writer<T> {
        void write(T element) throws IOException;
    }

    /** Reads one element. */
    @FunctionalInterface
    interface Reader<T> {
        T read() throws IOException;
    }

    static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String text(DataInputStream in) throws IOException {
        byte[] bytes = new byte[length(in, LONGEST_TEXT)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static void instant(DataOutputStream out, Optional<Instant> instant) throws IOException {
        out.writeBoolean(instant.isPresent());
        if (instant.isPresent()) {
            Instant at = instant.get();
            out.writeLong(at.getEpochSecond());
            out.writeInt(at.getNano());
        }
    }

    static Optional<Instant> instant(DataInputStream in) throws IOException {
        return in.readBoolean() ? Optional.of(Instant.ofEpochSecond(in.readLong(), in.readInt())) : Optional.empty();
    }

    static <T> void list(DataOutputStream out, List<T> list, Writer<T> writer) throws IOException {
        out.writeInt(list.size());
        for (T element : list) {
            writer.write(element);
        }
    }

    static <T> List<T> list(DataInputStream in, Reader<T> reader) throws IOException {
        int size = length(in, MOST_ELEMENTS);
        List<T> list = new ArrayList<>(Math.min(size, 1000));
        for (int i = 0; i < size; i++) {
            list.add(reader.read());
        }
        return list;
    }

    static void numbers(DataOutputStream out, double... numbers) throws IOException {
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    static double[] numbers(DataInputStream in, int size) throws IOException {
        double[] numbers = new double[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = in.readDouble();
        }
        return numbers;
    }

    /** A length of at most {@code most}. */
    static int length(DataInputStream in, int most) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > most) {
            throw new IOException("length " + length);
        }
        return length;
    }
}
