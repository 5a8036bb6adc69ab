package org.uatwin.server.address;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.method.MethodSignature;

/**
 * One node of a twin type's layout: what every instance of the type shares. Changed only while the
 * {@link LayoutBuilder} works on it.
 */
final class Slot {
    /** A further hierarchical reference between two slots of one instance, for example a group's Organizes. */
    record Extra(NodeId referenceType, Slot target) {}

    final String path;
    final QualifiedName browseName;
    final NodeClass nodeClass;
    final NodeId typeDefinition;
    final NodeId referenceType;
    final @Nullable Slot parent;
    final List<Slot> children = new ArrayList<>(0);
    final List<Extra> extras = new ArrayList<>(0);
    final List<Extra> inverseExtras = new ArrayList<>(0);

    Text displayName = Text.EMPTY;
    Text description = Text.EMPTY;
    Presence presence = Presence.ALWAYS;

    NodeId dataType = NodeId.NULL_VALUE;
    int valueRank = -1;
    UInteger @Nullable [] arrayDimensions;

    @Nullable
    SlotValue value;

    Member.@Nullable Point point;

    @Nullable
    MethodSignature method;

    Slot(
            @Nullable Slot parent,
            String path,
            QualifiedName browseName,
            NodeClass nodeClass,
            NodeId referenceType,
            NodeId typeDefinition) {
        this.parent = parent;
        this.path = path;
        this.browseName = browseName;
        this.nodeClass = nodeClass;
        this.referenceType = referenceType;
        this.typeDefinition = typeDefinition;
    }

    boolean isRoot() {
        return parent == null;
    }

    /** Whether the instance has this slot and all above it. */
    boolean isPresent(TwinInstance instance) {
        for (Slot slot = this; slot != null; slot = slot.parent) {
            if (!slot.presence.isPresent(instance)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is the method of that name. */
    boolean isNamed(String methodName) {
        return method != null && method.name().equals(methodName);
    }

    boolean isWritable() {
        return point != null && point.isWritable();
    }

    boolean isHistorized() {
        return point != null && point.isHistorized();
    }

    /** Whether a value of this slot means the same as one of {@code other}: unit, range and texts (Part 8, 5.2). */
    boolean meansTheSame(Slot other) {
        Member.Point a = point;
        Member.Point b = other.point;
        return a == null
                || b == null
                || (a.unit().equals(b.unit())
                        && a.euRange().equals(b.euRange())
                        && a.enumTexts().equals(b.enumTexts())
                        && a.trueState().equals(b.trueState())
                        && a.falseState().equals(b.falseState()));
    }

    void organizes(NodeId type, Slot target) {
        extras.add(new Extra(type, target));
        target.inverseExtras.add(new Extra(type, this));
    }

    @Override
    public String toString() {
        return path.isEmpty() ? "<twin>" : path;
    }
}
