package org.uatwin.server.types;

import java.lang.reflect.Array;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.UaNodeManager;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.jspecify.annotations.Nullable;

/**
 * Repairs what Milo loads into namespace 0. Optional objects that nothing stands behind are taken away. A variable that
 * Milo answers with null and Good gets the initial value of its data type, as a declaration of a type has it (OPC UA Part 3,
 * 5.6.2: the value is of the variable's DataType), or Bad_NoValue where the type has none.
 */
final class StandardNodes {
    private static final int ENUMERATION = 29;
    private static final int STRUCTURE = 22;
    private static final int LAST_BUILT_IN = 25;
    private static final int DEEPEST_TYPE = 20;

    /** PubSub, alias names, device provisioning, link layer discovery; history defaults that are per node here. */
    private static final List<NodeId> NOT_OFFERED = List.of(
            NodeIds.PublishSubscribe,
            NodeIds.Aliases,
            NodeIds.ProvisionableDevice,
            NodeIds.Resources,
            NodeIds.DefaultHAConfiguration,
            NodeIds.DefaultHEConfiguration,
            NodeIds.Server_ServerRedundancy_RedundantServerArray,
            NodeIds.OPCUANamespaceMetadata_DefaultRolePermissions,
            NodeIds.OPCUANamespaceMetadata_DefaultUserRolePermissions,
            NodeIds.OPCUANamespaceMetadata_DefaultAccessRestrictions);

    private final UaNodeManager nodes;
    private final Map<NodeId, Integer> builtIns = new HashMap<>();
    private final Map<String, DataValue> initial = new HashMap<>(); // shared: there are 1 800 variables and few types

    private StandardNodes(UaNodeManager nodes) {
        this.nodes = nodes;
    }

    static void repair(OpcUaServer server) {
        StandardNodes standard = new StandardNodes(server.getOpcUaNamespace().getNodeManager());
        for (NodeId nodeId : NOT_OFFERED) {
            standard.nodes.getNode(nodeId).ifPresent(UaNode::delete);
        }
        for (UaNode node : standard.nodes.getNodes()) {
            if (node instanceof UaVariableNode variable) {
                standard.giveValue(variable);
            }
        }
    }

    private void giveValue(UaVariableNode variable) {
        DataValue value = variable.getValue();
        boolean isNull = value.value() == null || value.value().isNull();
        if (isNull && value.statusCode() != null && value.statusCode().isGood()) {
            NodeId dataType = variable.getDataType();
            Integer rank = variable.getValueRank();
            int builtIn = dataType == null ? 0 : builtIn(dataType);
            boolean isArray = rank != null && (rank == 0 || rank == 1);
            if (rank != null && rank > 1) {
                builtIn = 0; // an empty matrix says nothing
            }
            int type = builtIn;
            variable.setValue(initial.computeIfAbsent(type + (isArray ? "[]" : ""), k -> value(type, isArray)));
        }
    }

    /** The built-in type a data type is encoded as, 0 for an abstract one that may be any (Part 6, 5.1.2). */
    private int builtIn(NodeId dataType) {
        return builtIns.computeIfAbsent(dataType, type -> {
            NodeId current = type;
            for (int i = 0; i < DEEPEST_TYPE && current != null; i++) {
                int id = ((Number) current.getIdentifier()).intValue();
                if (id == ENUMERATION) {
                    return OpcUaDataType.Int32.getTypeId();
                }
                if (id <= LAST_BUILT_IN) {
                    return id;
                }
                current = superType(current);
            }
            return 0;
        });
    }

    private @Nullable NodeId superType(NodeId type) {
        for (Reference reference : nodes.getReferences(type)) {
            if (reference.isInverse() && NodeIds.HasSubtype.equals(reference.getReferenceTypeId())) {
                ExpandedNodeId target = reference.getTargetNodeId();
                return target.getIdentifier() instanceof Number
                        ? new NodeId(
                                target.getNamespaceIndex(), Unsigned.uint(((Number) target.getIdentifier()).intValue()))
                        : null;
            }
        }
        return null;
    }

    private static DataValue value(int builtIn, boolean isArray) {
        Object content = null;
        if (isArray && builtIn >= 1 && builtIn < LAST_BUILT_IN) {
            content = Array.newInstance(Objects.requireNonNull(OpcUaDataType.getBackingClass(builtIn)), 0);
        } else if (!isArray && builtIn != STRUCTURE) {
            content = scalar(builtIn);
        }
        return content == null
                ? new DataValue(Variant.NULL_VALUE, new StatusCode(StatusCodes.Bad_NoValue))
                : new DataValue(new Variant(content));
    }

    private static @Nullable Object scalar(int builtIn) {
        return switch (builtIn) {
            case 1 -> false;
            case 2 -> (byte) 0;
            case 3 -> Unsigned.ubyte(0);
            case 4 -> (short) 0;
            case 5 -> Unsigned.ushort(0);
            case 6 -> 0;
            case 7 -> Unsigned.uint(0);
            case 8 -> 0L;
            case 9 -> Unsigned.ulong(0);
            case 10 -> 0.0f;
            case 11 -> 0.0;
            case 12 -> "";
            case 13 -> DateTime.MIN_VALUE;
            case 14 -> new UUID(0, 0);
            case 15 -> ByteString.of(new byte[0]);
            case 16 -> new XmlElement("");
            case 17 -> NodeId.NULL_VALUE;
            case 18 -> ExpandedNodeId.NULL_VALUE;
            case 19 -> StatusCode.GOOD;
            case 20 -> new QualifiedName(0, "");
            case 21 -> LocalizedText.english("");
            default -> null;
        };
    }
}
