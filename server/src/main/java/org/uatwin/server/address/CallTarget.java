package org.uatwin.server.address;

import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.method.MethodSignature;

/** What a Call request names: a method of a twin, or the status that says why it names none. */
public sealed interface CallTarget {
    /** A method of a twin. */
    record Found(TwinInstance instance, MethodSignature signature) implements CallTarget {}

    /** No such object, or no such method of it. */
    record Refused(StatusCode status) implements CallTarget {}

    /**
     * Finds the method of a request. The object is the twin or its MethodSet; the method is the instance's node or the
     * declaration in the twin's type (OPC UA Part 4, 5.11.2).
     *
     * @return null if the object is not in the plant's namespace.
     */
    static @Nullable CallTarget find(PlantNodes nodes, NodeId objectId, NodeId methodId) {
        if (!nodes.owns(objectId)) {
            return null;
        }
        PlantNodes.Ref object = nodes.find(objectId);
        if (object == null) {
            return new Refused(new StatusCode(StatusCodes.Bad_NodeIdUnknown));
        }
        if (object instanceof PlantNodes.Ref.Member member
                && (member.slot().isRoot() || member.slot().path.equals("MethodSet"))) {
            Layout layout = member.layout();
            for (Slot slot : layout.slots()) {
                MethodSignature signature = slot.method;
                if (signature != null
                        && (methodId.equals(nodes.id(member.instance(), slot))
                                || methodId.equals(nodes.typeIds().memberId(layout.type(), slot.path)))) {
                    return new Found(member.instance(), signature);
                }
            }
        }
        return new Refused(new StatusCode(StatusCodes.Bad_MethodInvalid));
    }
}
