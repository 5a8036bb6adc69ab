package org.uatwin.server.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.scenario.RunStatus;

/** One node of a run: what all runs share of it. Changed only while {@link RunMembers} makes the table. */
final class RunMember {
    final String path;
    final QualifiedName browseName;
    final NodeClass nodeClass;
    final NodeId referenceType;
    final NodeId typeDefinition;
    final NodeId dataType;
    final @Nullable RunMember parent;
    final List<RunMember> children = new ArrayList<>();
    int valueRank = -1;

    /** Its value; null for objects and methods. */
    final @Nullable Function<RunStatus, Object> value;

    RunMember(
            @Nullable RunMember parent,
            QualifiedName browseName,
            NodeClass nodeClass,
            NodeId referenceType,
            NodeId typeDefinition,
            NodeId dataType,
            @Nullable Function<RunStatus, Object> value) {
        String name = String.valueOf(browseName.name());
        this.parent = parent;
        this.path = parent == null ? "" : parent.path.isEmpty() ? name : parent.path + "/" + name;
        this.browseName = browseName;
        this.nodeClass = nodeClass;
        this.referenceType = referenceType;
        this.typeDefinition = typeDefinition;
        this.dataType = dataType;
        this.value = value;
        if (parent != null) {
            parent.children.add(this);
        }
    }

    @Override
    public String toString() {
        return path;
    }
}
