package org.uatwin.server.event;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.access.PermissionClass;

/**
 * One event: its fields by browse path, nothing else. A path is written {@code ns:Name/ns:Name} with the namespace index,
 * {@code 0:Severity} for example. Immutable; safe to hand to any thread.
 */
public final class EventRecord {
    private final NodeId eventType;
    private final NodeId sourceNode;
    private final PermissionClass audience;
    private final Predicate<Session> onlyFor;
    private final @Nullable NodeId conditionId;
    private final Map<String, Variant> fields;

    private EventRecord(Builder builder) {
        this.eventType = builder.eventType;
        this.sourceNode = builder.sourceNode;
        this.audience = builder.audience;
        this.onlyFor = builder.onlyFor;
        this.conditionId = builder.conditionId;
        this.fields = Map.copyOf(builder.fields);
    }

    /** A new event of this type; the eight fields of BaseEventType have values from the start (Part 5, 6.4.2). */
    public static Builder of(NodeId eventType, NodeId sourceNode, String sourceName) {
        return new Builder(eventType, sourceNode, sourceName);
    }

    public NodeId eventType() {
        return eventType;
    }

    public NodeId sourceNode() {
        return sourceNode;
    }

    /** Who may receive it, beside the permission on its source. */
    public PermissionClass audience() {
        return audience;
    }

    /** Whether a session may know of it, beside its permissions. */
    boolean isFor(Session session) {
        return onlyFor.test(session);
    }

    /** The node a condition event is about (the operand NodeId of ConditionType, Part 9, 5.5.2), or null. */
    public @Nullable NodeId conditionId() {
        return conditionId;
    }

    /** The field at this path, a null Variant when the event has none. */
    public Variant field(String path) {
        Variant value = fields.get(path);
        return value == null ? Variant.NULL_VALUE : value;
    }

    /** The key of a browse path; the empty path is the empty string. */
    public static String path(QualifiedName... names) {
        StringBuilder path = new StringBuilder();
        for (QualifiedName name : names) {
            if (!path.isEmpty()) {
                path.append('/');
            }
            path.append(name.getNamespaceIndex()).append(':').append(name.getName());
        }
        return path.toString();
    }

    @Override
    public String toString() {
        return "EventRecord[" + eventType.toParseableString() + " " + sourceNode.toParseableString() + " "
                + field("0:Message").value() + "]";
    }

    /** Collects the fields of one event; not for two threads. */
    public static final class Builder {
        private final NodeId eventType;
        private final NodeId sourceNode;
        private final Map<String, Variant> fields = new HashMap<>();
        private PermissionClass audience = PermissionClass.SERVER_PUBLIC;
        private Predicate<Session> onlyFor = session -> true;
        private @Nullable NodeId conditionId;

        private Builder(NodeId eventType, NodeId sourceNode, String sourceName) {
            this.eventType = eventType;
            this.sourceNode = sourceNode;
            UUID id = UUID.randomUUID();
            DateTime now = DateTime.now();
            field(
                    "EventId",
                    ByteString.of(ByteBuffer.allocate(16)
                            .putLong(id.getMostSignificantBits())
                            .putLong(id.getLeastSignificantBits())
                            .array()));
            field("EventType", eventType);
            field("SourceNode", sourceNode);
            field("SourceName", sourceName);
            field("Time", now);
            field("ReceiveTime", now);
            field("Message", LocalizedText.english(""));
            field("Severity", ushort(1));
        }

        /** A field of namespace 0 directly below the event; a null value leaves it out. */
        public Builder field(String name, @Nullable Object value) {
            return field(value, new QualifiedName(0, name));
        }

        /** A field anywhere below the event; a null value leaves it out. */
        public Builder field(@Nullable Object value, QualifiedName... path) {
            if (value == null) {
                fields.remove(path(path));
            } else {
                fields.put(path(path), value instanceof Variant variant ? variant : new Variant(value));
            }
            return this;
        }

        public Builder message(LocalizedText message) {
            return field("Message", message);
        }

        /** @param severity 1 (least) to 1000 (Part 5, 6.4.2). */
        public Builder severity(int severity) {
            if (severity < 1 || severity > 1000) {
                throw new IllegalArgumentException("severity must be 1..1000: " + severity);
            }
            return field("Severity", ushort(severity));
        }

        /** When it happened at the source; the moment of building when not given. */
        public Builder time(DateTime time) {
            return field("Time", time);
        }

        /** Only sessions with ReceiveEvents on this class get the event. */
        public Builder audience(PermissionClass permissionClass) {
            this.audience = permissionClass;
            return this;
        }

        /** Only sessions that pass get the event: for what belongs to one user. */
        public Builder onlyFor(Predicate<Session> sessions) {
            this.onlyFor = sessions;
            return this;
        }

        public Builder conditionId(NodeId nodeId) {
            this.conditionId = nodeId;
            return this;
        }

        public EventRecord build() {
            return new EventRecord(this);
        }
    }
}
