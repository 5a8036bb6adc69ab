package org.uatwin.server.run;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.address.ValueParts;
import org.uatwin.simulation.scenario.RunState;
import org.uatwin.simulation.scenario.RunStatus;

/** The attributes of a run's nodes (OPC UA Part 3, section 5). Any thread; nothing blocks. */
final class RunAttributes {
    private static final int CURRENT_READ = 1;
    private static final int SUBSCRIBE_TO_EVENTS = 1;

    private final RunNodes nodes;
    private final InstantSource clock;

    RunAttributes(RunNodes nodes, InstantSource clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    /** Reads what a client asked for. */
    DataValue read(@Nullable Session session, ReadValueId id, TimestampsToReturn timestamps) {
        RunNodes.Found found = nodes.find(session, id.getNodeId());
        if (found == null) {
            return new DataValue(StatusCodes.Bad_NodeIdUnknown);
        }
        AttributeId attribute = AttributeId.from(id.getAttributeId()).orElse(null);
        if (attribute == null) {
            return new DataValue(StatusCodes.Bad_AttributeIdInvalid);
        }
        if (attribute == AttributeId.Value && found.member().value != null) {
            DataValue whole = value(found.run(), found.member());
            return ValueParts.stamped(part(whole, found.member(), id), timestamps, now());
        }
        if (id.getDataEncoding() != null && id.getDataEncoding().isNotNull()) {
            return new DataValue(StatusCodes.Bad_DataEncodingInvalid);
        }
        if (id.getIndexRange() != null && !id.getIndexRange().isEmpty()) {
            return new DataValue(StatusCodes.Bad_IndexRangeNoData);
        }
        Object value = attribute(session, found, attribute);
        return value == null
                ? new DataValue(StatusCodes.Bad_AttributeIdInvalid)
                : DataValue.derivedNonValue(new DataValue(new Variant(value)), timestamps);
    }

    /** The Value attribute: of the time the run came to its state, progress of a running one of now. */
    DataValue value(RunStatus run, RunMember member) {
        Function<RunStatus, Object> value = Objects.requireNonNull(member.value);
        DateTime now = now();
        boolean isMoving = member.path.equals(RunMembers.PROGRESS) && run.state() == RunState.RUNNING;
        DateTime source = isMoving ? now : RunMembers.time(Optional.of(RunMembers.changedAt(run)));
        return new DataValue(new Variant(value.apply(run)), StatusCode.GOOD, source, now);
    }

    /** What a client asked for of a value. */
    DataValue part(DataValue whole, RunMember member, ReadValueId id) {
        return ValueParts.part(whole, member.dataType, id.getIndexRange(), id.getDataEncoding());
    }

    private DateTime now() {
        return new DateTime(UaTime.ofInstant(clock.instant()));
    }

    private @Nullable Object attribute(@Nullable Session session, RunNodes.Found found, AttributeId id) {
        RunMember member = found.member();
        QualifiedName name = member.parent == null
                ? new QualifiedName(nodes.namespace(), found.run().runId())
                : member.browseName;
        return switch (id) {
            case NodeId -> nodes.id(found.twin(), found.run(), member);
            case NodeClass -> member.nodeClass;
            case BrowseName -> name;
            case DisplayName -> LocalizedText.english(displayName(found));
            case WriteMask, UserWriteMask -> uint(0);
            case EventNotifier ->
                member.nodeClass == NodeClass.Object ? ubyte(member.parent == null ? SUBSCRIBE_TO_EVENTS : 0) : null;
            case Executable -> member.nodeClass == NodeClass.Method ? isExecutable(found) : null;
            case UserExecutable ->
                member.nodeClass == NodeClass.Method
                        ? isExecutable(found) && nodes.access().mayCall(session)
                        : null;
            default -> member.nodeClass == NodeClass.Variable ? variable(session, member, id) : null;
        };
    }

    private static String displayName(RunNodes.Found found) {
        RunMember member = found.member();
        return member.parent == null
                ? "%s %s".formatted(found.run().facts().method(), found.run().scenario())
                : String.valueOf(member.browseName.name());
    }

    /** Halt while the run has not ended; a run is started once and never suspended. */
    static boolean isExecutable(RunNodes.Found found) {
        return RunMembers.HALT.equals(found.member().browseName.name())
                && !found.run().state().isFinal();
    }

    private @Nullable Object variable(@Nullable Session session, RunMember member, AttributeId id) {
        return switch (id) {
            case DataType -> member.dataType;
            case ValueRank -> member.valueRank;
            case ArrayDimensions -> member.valueRank < 1 ? null : new UInteger[] {uint(0)};
            case AccessLevel -> ubyte(CURRENT_READ);
            case AccessLevelEx -> uint(CURRENT_READ);
            case UserAccessLevel -> ubyte(nodes.access().mayRead(session) ? CURRENT_READ : 0);
            case MinimumSamplingInterval -> 0.0;
            case Historizing -> false;
            default -> null;
        };
    }
}
