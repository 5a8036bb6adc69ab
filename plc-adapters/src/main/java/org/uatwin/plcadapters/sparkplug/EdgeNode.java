package org.uatwin.plcadapters.sparkplug;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.jspecify.annotations.Nullable;
import org.uatwin.plcadapters.payload.PayloadException;
import org.uatwin.plcadapters.payload.RawValue;

/**
 * What a host knows of one edge node: whether it is alive, its aliases, and the sequence number it must send next. Fed
 * with the node's messages in the order of the broker; not thread-safe.
 */
public final class EdgeNode {
    private static final int SEQUENCE = 256;
    private static final int UNKNOWN = -1;

    /** What a host makes of the messages. */
    public interface Handler {
        /**
         * A metric has a value. {@code value} is reused after the call.
         *
         * @param device empty for the node itself.
         * @param timeMs epoch milliseconds of the metric or, if it has none, of the payload; 0 if neither has.
         * @param quality of the metric's property Quality: 192 good, 500 stale, 0 bad; 192 if it has none.
         */
        void metric(String device, String name, RawValue value, long timeMs, int quality);

        /** The node is there; its values follow. */
        void born();

        /** The node, with all its devices, or one device is gone. */
        void died(String device);

        /** Something was missed: only a rebirth brings aliases and values back. */
        void rebirthNeeded(String cause);
    }

    /** Alias and type of a metric, from its birth. */
    private record Definition(String device, String name, int dataType) {}

    private final Map<Long, Definition> aliases = new HashMap<>();
    private final Map<String, Definition> byName = new HashMap<>();
    private final RawValue raw = new RawValue();
    private int nextSequence = UNKNOWN;
    private long birthSequence = UNKNOWN; // bdSeq of the last NBIRTH
    private boolean isAlive;

    /** Whether a birth was seen, and no death since. */
    public boolean isAlive() {
        return isAlive;
    }

    /**
     * Takes a message of the node.
     *
     * @throws PayloadException if the payload is none of Sparkplug B.
     */
    public void accept(SparkplugTopic topic, byte[] bytes, Handler handler) {
        Payload payload;
        try {
            payload = Payload.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new PayloadException("no payload of Sparkplug B: " + e.getMessage(), e);
        }
        switch (topic.type()) {
            case NBIRTH -> nodeBirth(payload, handler);
            case NDEATH -> nodeDeath(payload, handler);
            case DBIRTH, DDATA, NDATA -> {
                if (isInSequence(topic, payload, handler)) {
                    metrics(topic, payload, handler);
                }
            }
            case DDEATH -> {
                if (isInSequence(topic, payload, handler)) {
                    handler.died(topic.device());
                }
            }
            case NCMD, DCMD -> {
                // from a host, perhaps from us
            }
        }
    }

    private void nodeBirth(Payload payload, Handler handler) {
        aliases.clear();
        byName.clear();
        isAlive = true;
        nextSequence = payload.hasSeq() ? (int) ((payload.getSeq() + 1) % SEQUENCE) : UNKNOWN;
        birthSequence = UNKNOWN;
        for (Payload.Metric metric : payload.getMetricsList()) {
            if (metric.getName().equals("bdSeq")) {
                birthSequence = number(metric);
            }
        }
        handler.born();
        metrics(new SparkplugTopic("", SparkplugTopic.Type.NBIRTH, "", ""), payload, handler);
    }

    private void nodeDeath(Payload payload, Handler handler) {
        for (Payload.Metric metric : payload.getMetricsList()) {
            if (metric.getName().equals("bdSeq") && birthSequence != UNKNOWN && number(metric) != birthSequence) {
                return; // the last will of an earlier session, late
            }
        }
        isAlive = false;
        nextSequence = UNKNOWN;
        handler.died("");
    }

    private static long number(Payload.Metric metric) {
        return metric.hasLongValue() ? metric.getLongValue() : Integer.toUnsignedLong(metric.getIntValue());
    }

    private boolean isInSequence(SparkplugTopic topic, Payload payload, Handler handler) {
        if (!isAlive) {
            handler.rebirthNeeded("%s came before a birth".formatted(topic));
            return topic.type() == SparkplugTopic.Type.DBIRTH; // carries names, so it can be read all the same
        }
        if (payload.hasSeq() && nextSequence != UNKNOWN) {
            int found = (int) (payload.getSeq() % SEQUENCE);
            int wanted = nextSequence;
            nextSequence = (found + 1) % SEQUENCE;
            if (found != wanted) {
                handler.rebirthNeeded("%s has sequence number %d, not %d".formatted(topic, found, wanted));
            }
        }
        return true;
    }

    private void metrics(SparkplugTopic topic, Payload payload, Handler handler) {
        boolean isBirth = topic.type() == SparkplugTopic.Type.NBIRTH || topic.type() == SparkplugTopic.Type.DBIRTH;
        for (Payload.Metric metric : payload.getMetricsList()) {
            Definition definition = definition(topic.device(), metric, isBirth);
            if (definition == null) {
                handler.rebirthNeeded("%s uses the unknown alias %d".formatted(topic, metric.getAlias()));
                continue;
            }
            if (metric.getIsHistorical()) {
                continue; // of the past: it must not become the present value
            }
            int type = metric.hasDatatype() ? metric.getDatatype() : definition.dataType();
            MetricValue.read(metric, type, raw);
            long time = metric.hasTimestamp() ? metric.getTimestamp() : payload.getTimestamp();
            handler.metric(definition.device(), definition.name(), raw, time, MetricValue.quality(metric));
        }
    }

    private @Nullable Definition definition(String device, Payload.Metric metric, boolean isBirth) {
        if (isBirth) {
            Definition definition = new Definition(device, metric.getName(), metric.getDatatype());
            byName.put(device + "/" + metric.getName(), definition);
            if (metric.hasAlias()) {
                aliases.put(metric.getAlias(), definition);
            }
            return definition;
        }
        if (!metric.hasName() || metric.getName().isEmpty()) {
            return aliases.get(metric.getAlias());
        }
        Definition known = byName.get(device + "/" + metric.getName());
        return known != null ? known : new Definition(device, metric.getName(), metric.getDatatype());
    }

    /** Data type of a metric as its birth declared it; 0 if it was not born. */
    public int dataType(String device, String name) {
        Definition definition = byName.get(device + "/" + name);
        return definition == null ? 0 : definition.dataType();
    }
}
