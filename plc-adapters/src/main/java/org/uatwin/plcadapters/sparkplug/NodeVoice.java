package org.uatwin.plcadapters.sparkplug;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.jspecify.annotations.Nullable;
import org.uatwin.plcadapters.payload.PayloadException;
import org.uatwin.plcadapters.payload.RawValue;

/**
 * What an edge node says and hears (Sparkplug 3.0, section 6.4): births, data and deaths with their sequence numbers,
 * and commands read. The other side of {@link EdgeNode}; not thread-safe.
 */
public final class NodeVoice {
    /** Metric by which a host asks for the births again. */
    public static final String REBIRTH = "Node Control/Rebirth";

    private static final String BIRTH_SEQUENCE = "bdSeq";
    private static final int SEQUENCES = 256;

    private int next;

    /**
     * A metric to be said.
     *
     * @param value Double, Long, Boolean or String; null: the device has none.
     * @param timeMs epoch milliseconds.
     */
    public record Metric(String name, long alias, int dataType, @Nullable Object value, long timeMs) {}

    /** Who takes what a host commands. */
    @FunctionalInterface
    public interface Commanded {
        /**
         * @param name empty if the host gave an alias only.
         * @param value reused after the call.
         */
        void set(String name, long alias, RawValue value);
    }

    /** The last will of a session, NDEATH. */
    public static byte[] death(int birthSequence, long nowMs) {
        return Payload.newBuilder()
                .setTimestamp(nowMs)
                .addMetrics(birthSequence(birthSequence, nowMs))
                .build()
                .toByteArray();
    }

    private static Payload.Metric.Builder birthSequence(int number, long nowMs) {
        return Payload.Metric.newBuilder()
                .setName(BIRTH_SEQUENCE)
                .setTimestamp(nowMs)
                .setDatatype(DataType.Int64_VALUE)
                .setLongValue(number % SEQUENCES);
    }

    /** NBIRTH: sequence numbers begin anew. */
    public byte[] nodeBirth(int birthSequence, List<Metric> metrics, long nowMs) {
        next = 0;
        Payload.Builder payload = sequenced(nowMs)
                .addMetrics(birthSequence(birthSequence, nowMs))
                .addMetrics(Payload.Metric.newBuilder()
                        .setName(REBIRTH)
                        .setTimestamp(nowMs)
                        .setDatatype(DataType.Boolean_VALUE)
                        .setBooleanValue(false));
        metrics.forEach(metric -> payload.addMetrics(metric(metric, true)));
        return payload.build().toByteArray();
    }

    /** DBIRTH: names, aliases and types of the metrics of a device. */
    public byte[] deviceBirth(List<Metric> metrics, long nowMs) {
        return message(metrics, true, nowMs);
    }

    /** NDATA or DDATA: metrics by their aliases; DDEATH if there are none. */
    public byte[] data(List<Metric> metrics, long nowMs) {
        return message(metrics, false, nowMs);
    }

    private byte[] message(List<Metric> metrics, boolean isBirth, long nowMs) {
        Payload.Builder payload = sequenced(nowMs);
        metrics.forEach(metric -> payload.addMetrics(metric(metric, isBirth)));
        return payload.build().toByteArray();
    }

    private Payload.Builder sequenced(long nowMs) {
        Payload.Builder payload = Payload.newBuilder().setTimestamp(nowMs).setSeq(next);
        next = (next + 1) % SEQUENCES;
        return payload;
    }

    private static Payload.Metric metric(Metric metric, boolean isBirth) {
        Payload.Metric.Builder out =
                Payload.Metric.newBuilder().setAlias(metric.alias()).setTimestamp(metric.timeMs());
        if (isBirth) {
            out.setName(metric.name());
        }
        out.setDatatype(metric.dataType());
        if (metric.value() == null) {
            return out.setIsNull(true).build();
        }
        Commands.put(out, metric.dataType(), metric.value());
        return out.build();
    }

    /**
     * Reads NCMD or DCMD.
     *
     * @throws PayloadException if the payload is none of Sparkplug B.
     */
    public static void hear(byte[] bytes, Commanded commanded) {
        Payload payload;
        try {
            payload = Payload.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new PayloadException("no payload of Sparkplug B: " + e.getMessage(), e);
        }
        RawValue value = new RawValue();
        for (Payload.Metric metric : payload.getMetricsList()) {
            MetricValue.read(metric, metric.getDatatype(), value);
            commanded.set(metric.getName(), metric.hasAlias() ? metric.getAlias() : -1, value);
        }
    }
}
