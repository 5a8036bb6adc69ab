package org.uatwin.simulation.detection;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.learning.OperatingRegimes;

/**
 * How the points of one asset move together when all is well, at each of its operating points: what {@link BaselineLearner} makes of
 * its history. Immutable; a model to be stored, rolled back and exported.
 *
 * @param id name and version.
 * @param learnedAt ticks.
 * @param from and until: the history it was learned from, ticks.
 * @param period ticks from row to row.
 * @param rows used.
 * @param rejected implausible rows left out.
 * @param heldOutScore largest score on the last part of the history, which was not learned from; the limit lies above it.
 * @param points that are watched.
 * @param conditions points that tell the operating point; may be none.
 * @param regimes operating points.
 * @param baselines by operating point; null where there was too little history.
 */
public record TwinBaseline(
        String id,
        long learnedAt,
        long from,
        long until,
        long period,
        int rows,
        int rejected,
        double heldOutScore,
        List<String> points,
        List<String> conditions,
        OperatingRegimes regimes,
        List<Optional<MultivariateBaseline>> baselines) {
    private static final int FORMAT = 2; // 1: without principal components
    private static final int MOST = 10_000;

    public TwinBaseline {
        points = List.copyOf(points);
        conditions = List.copyOf(conditions);
        baselines = List.copyOf(baselines);
        if (baselines.size() != regimes.count() || points.isEmpty()) {
            throw new IllegalArgumentException("%d baselines for %d regimes of %d points"
                    .formatted(baselines.size(), regimes.count(), points.size()));
        }
    }

    /** The same under another name. */
    public TwinBaseline named(String other) {
        return new TwinBaseline(
                other,
                learnedAt,
                from,
                until,
                period,
                rows,
                rejected,
                heldOutScore,
                points,
                conditions,
                regimes,
                baselines);
    }

    /** Bytes that {@link #read} reads. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeUTF(id);
            for (long each : new long[] {learnedAt, from, until, period}) {
                out.writeLong(each);
            }
            out.writeInt(rows);
            out.writeInt(rejected);
            out.writeDouble(heldOutScore);
            texts(out, points);
            texts(out, conditions);
            regimes.write(out);
            for (Optional<MultivariateBaseline> each : baselines) {
                out.writeBoolean(each.isPresent());
                if (each.isPresent()) {
                    each.get().write(out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /** What {@link #bytes} wrote; null if it is something else or of another format. */
    public static @Nullable TwinBaseline read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readInt();
            if (format < 1 || format > FORMAT) {
                return null;
            }
            String id = in.readUTF();
            long learnedAt = in.readLong();
            long from = in.readLong();
            long until = in.readLong();
            long period = in.readLong();
            int rows = in.readInt();
            int rejected = in.readInt();
            double heldOut = in.readDouble();
            List<String> points = texts(in);
            List<String> conditions = texts(in);
            OperatingRegimes regimes = OperatingRegimes.read(in);
            List<Optional<MultivariateBaseline>> baselines = new ArrayList<>();
            for (int r = 0; r < regimes.count(); r++) {
                baselines.add(
                        in.readBoolean() ? Optional.of(MultivariateBaseline.read(in, format > 1)) : Optional.empty());
            }
            return new TwinBaseline(
                    id,
                    learnedAt,
                    from,
                    until,
                    period,
                    rows,
                    rejected,
                    heldOut,
                    points,
                    conditions,
                    regimes,
                    baselines);
        } catch (IOException | IllegalArgumentException e) {
            return null; // cut short or not ours
        }
    }

    private static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST) {
            throw new IOException("%d names".formatted(count));
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }
}
