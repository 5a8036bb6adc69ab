package org.uatwin.plcadapters.mqtt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.payload.RawValue;
import org.uatwin.plcadapters.sparkplug.NodeVoice;
import org.uatwin.plcadapters.sparkplug.SparkplugTopic;

/**
 * A virtual edge node of Sparkplug B with its devices: births after every connect and on request, metrics by alias,
 * deaths, commands. Owned by the stepping thread.
 */
final class VirtualEdgeNode {
    private static final double WITHOUT_PERIOD_S = 1;
    private static final double ROUNDING_S = 1e-6;

    /** Takes a command for a value. */
    @FunctionalInterface
    interface Taker {
        void take(VirtualValue value, RawValue wish);
    }

    /** The node itself or a device below it. */
    private static final class Part {
        final String device;
        final VirtualStation station;
        final Map<String, VirtualValue> metrics = new LinkedHashMap<>();
        double period = WITHOUT_PERIOD_S;
        boolean isPeriodDeclared;
        double due;
        boolean isBorn;

        Part(String device, VirtualStation station) {
            this.device = device;
            this.station = station;
        }
    }

    private final String group;
    private final String node;
    private final String session;
    private final Map<String, Part> parts = new LinkedHashMap<>(); // by device, the node itself first
    private final Map<String, Long> aliases = new HashMap<>();
    private final NodeVoice voice = new NodeVoice();
    private int birthSequence;
    private boolean isConnected;

    VirtualEdgeNode(String group, String node, String session) {
        this.group = group;
        this.node = node;
        this.session = session;
    }

    String session() {
        return session;
    }

    void add(VirtualStation station) {
        String device = station.sparkplug().orElseThrow().device();
        Part part = parts.computeIfAbsent(device, d -> new Part(d, station));
        for (VirtualValue value : station.values()) {
            part.metrics.put(value.address().topic(), value);
            aliases.putIfAbsent(device + "/" + value.address().topic(), (long) aliases.size() + 1);
            value.address().options().period().ifPresent(period -> {
                double seconds = period.toNanos() / 1e9;
                part.period = part.isPeriodDeclared ? Math.min(part.period, seconds) : seconds;
                part.isPeriodDeclared = true;
            });
        }
    }

    /** What the broker publishes when the session breaks. */
    PahoPort.Will will(int attempt) {
        return new PahoPort.Will(topic(SparkplugTopic.Type.NDEATH, ""), NodeVoice.death(attempt, 0), false);
    }

    List<SubscriptionPlan.Filter> filters() {
        return List.of(
                new SubscriptionPlan.Filter(SparkplugTopic.command(group, node, ""), 1),
                new SubscriptionPlan.Filter(SparkplugTopic.command(group, node, "+"), 1));
    }

    private String topic(SparkplugTopic.Type type, String device) {
        return new SparkplugTopic(group, type, node, device).toString();
    }

    /** The session is there; the births follow. */
    void connected(int attempt, double now) {
        birthSequence = attempt;
        isConnected = true;
        births(now);
    }

    /** The session broke by command. */
    void broken() {
        isConnected = false;
    }

    private void births(double now) {
        Part own = parts.get("");
        VirtualStation speaker =
                own != null ? own.station : parts.values().iterator().next().station;
        byte[] birth = voice.nodeBirth(birthSequence, own == null ? List.of() : metrics(own, false), millis());
        say(speaker, SparkplugTopic.Type.NBIRTH, "", birth, now);
        for (Part part : parts.values()) {
            if (!part.device.isEmpty() && !part.station.isDead()) {
                say(
                        part.station,
                        SparkplugTopic.Type.DBIRTH,
                        part.device,
                        voice.deviceBirth(metrics(part, false), millis()),
                        now);
            }
            part.isBorn = !part.station.isDead();
            part.due = now + part.period;
        }
    }

    private void say(VirtualStation station, SparkplugTopic.Type type, String device, byte[] payload, double now) {
        station.send(new VirtualOutput.Message(topic(type, device), payload, 0, false), now);
    }

    /** A device below the node dies, or comes back; of the node itself the broker tells. */
    void follow(VirtualStation station, VirtualOutput output) {
        String device = station.sparkplug().orElseThrow().device();
        Part part = parts.get(device);
        if (part == null || device.isEmpty() || !isConnected || part.isBorn != station.isDead()) {
            return;
        }
        part.isBorn = !station.isDead();
        SparkplugTopic.Type type = part.isBorn ? SparkplugTopic.Type.DBIRTH : SparkplugTopic.Type.DDEATH;
        byte[] payload =
                part.isBorn ? voice.deviceBirth(metrics(part, false), millis()) : voice.data(List.of(), millis());
        output.publish(session, new VirtualOutput.Message(topic(type, device), payload, 0, false));
    }

    void step(double now) {
        if (!isConnected) {
            return;
        }
        for (Part part : parts.values()) {
            if (part.isBorn && part.due <= now + ROUNDING_S) {
                part.due = Math.max(part.due + part.period, now);
                List<NodeVoice.Metric> metrics = metrics(part, !part.isPeriodDeclared);
                if (!metrics.isEmpty()) {
                    boolean isNode = part.device.isEmpty();
                    say(
                            part.station,
                            isNode ? SparkplugTopic.Type.NDATA : SparkplugTopic.Type.DDATA,
                            part.device,
                            voice.data(metrics, millis()),
                            now);
                }
            }
        }
    }

    /** Takes NCMD and DCMD. */
    void command(SparkplugTopic topic, byte[] payload, double now, Taker taker) {
        Part part = parts.get(topic.device());
        boolean[] isRebirth = new boolean[1];
        NodeVoice.hear(payload, (name, alias, value) -> {
            if (topic.device().isEmpty() && name.equals(NodeVoice.REBIRTH)) {
                isRebirth[0] |= value.truth;
            } else if (part != null) {
                VirtualValue found = metric(part, name, alias);
                if (found != null) {
                    taker.take(found, value);
                    part.due = now; // the metric that comes back confirms the command
                }
            }
        });
        if (isRebirth[0]) {
            births(now);
        }
    }

    private @Nullable VirtualValue metric(Part part, String name, long alias) {
        if (!name.isEmpty()) {
            return part.metrics.get(name);
        }
        for (Map.Entry<String, VirtualValue> entry : part.metrics.entrySet()) {
            if (Long.valueOf(alias).equals(aliases.get(part.device + "/" + entry.getKey()))) {
                return entry.getValue();
            }
        }
        return null;
    }

    private List<NodeVoice.Metric> metrics(Part part, boolean isChangedOnly) {
        List<NodeVoice.Metric> metrics = new ArrayList<>();
        part.metrics.forEach((name, value) -> {
            if (value.takeChange() || !isChangedOnly) {
                Long alias = aliases.get(part.device + "/" + name);
                metrics.add(new NodeVoice.Metric(
                        name, alias == null ? 0 : alias, dataType(value), said(value), millis(value.ticks())));
            }
        });
        return metrics;
    }

    /** The latest time any value has: the node's clock. */
    private long millis() {
        return parts.values().stream()
                .flatMap(part -> part.metrics.values().stream())
                .mapToLong(VirtualValue::ticks)
                .filter(ticks -> ticks != UaTime.NONE)
                .max()
                .stream()
                .map(VirtualEdgeNode::millis)
                .findFirst()
                .orElse(0);
    }

    private static long millis(long ticks) {
        return ticks == UaTime.NONE ? 0 : UaTime.toEpochMillis(ticks);
    }

    private static @Nullable Object said(VirtualValue value) {
        if (value.isMissing()) {
            return null;
        }
        return switch (value.type()) {
            case STRING -> value.text();
            case BOOLEAN -> value.bits() != 0;
            case DATE_TIME -> UaTime.toEpochMillis(value.bits());
            case INT64, UINT64 -> value.isScaled() ? (Object) value.deviceNumber() : (Object) value.bits();
            default -> value.deviceNumber();
        };
    }

    private static int dataType(VirtualValue value) {
        ValueType type = value.type();
        if (type.isNumeric() && value.isScaled()) {
            return DataType.Double_VALUE;
        }
        return switch (type) {
            case BOOLEAN -> DataType.Boolean_VALUE;
            case SBYTE -> DataType.Int8_VALUE;
            case BYTE -> DataType.UInt8_VALUE;
            case INT16 -> DataType.Int16_VALUE;
            case UINT16 -> DataType.UInt16_VALUE;
            case INT32 -> DataType.Int32_VALUE;
            case UINT32 -> DataType.UInt32_VALUE;
            case INT64 -> DataType.Int64_VALUE;
            case UINT64 -> DataType.UInt64_VALUE;
            case FLOAT -> DataType.Float_VALUE;
            case DOUBLE -> DataType.Double_VALUE;
            case STRING -> DataType.String_VALUE;
            case DATE_TIME -> DataType.DateTime_VALUE;
        };
    }

    /** The node dies with the devices behind it, in good order. */
    Optional<VirtualOutput.Message> goodbye() {
        return isConnected
                ? Optional.of(new VirtualOutput.Message(
                        topic(SparkplugTopic.Type.NDEATH, ""), NodeVoice.death(birthSequence, millis()), 0, false))
                : Optional.empty();
    }
}
