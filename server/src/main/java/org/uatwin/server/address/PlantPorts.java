package org.uatwin.server.address;

import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredDataItem;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.control.AutomaticRule;
import org.uatwin.informationmodel.control.ControlRules;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.access.PermissionClass;
import org.uatwin.server.access.PermissionSource;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.method.MethodSignature;
import org.uatwin.server.service.EuRanges;
import org.uatwin.server.service.NameLookup;
import org.uatwin.server.service.NewItem;
import org.uatwin.server.service.PushedNodes;

/** What the services ask about computed nodes, each with one lookup. Any thread. */
public final class PlantPorts implements PermissionSource, NameLookup, EuRanges, PushedNodes {
    private final PlantNodes nodes;

    public PlantPorts(PlantNodes nodes) {
        this.nodes = nodes;
    }

    /**
     * A point that history may be kept of.
     *
     * @param row its row.
     */
    public record HistorizedPoint(TwinInstance instance, Member.Point point, int row) {}

    /** The historized point of a NodeId; null if it is none. */
    public @Nullable HistorizedPoint historized(NodeId nodeId) {
        if (nodes.find(nodeId) instanceof PlantNodes.Ref.Member member
                && nodes.keepsHistory()
                && member.slot().isHistorized()) {
            Member.Point point = member.slot().point;
            return point == null
                    ? null
                    : new HistorizedPoint(
                            member.instance(), point, member.instance().row(point.name()));
        }
        return null;
    }

    @Override
    public @Nullable PermissionClass permissionClass(NodeId nodeId) {
        PlantNodes.Ref ref = nodes.find(nodeId);
        if (ref == null) {
            return null;
        }
        if (ref instanceof PlantNodes.Ref.Member member) {
            if (member.instance().id().equals(Plant.FILE_TWIN)) {
                return PermissionClass.ADMINISTRATION;
            }
            if (member.slot().isWritable()) {
                return PermissionClass.SETPOINT;
            }
            if (member.slot().nodeClass == NodeClass.Method) {
                return control(member) ? PermissionClass.CONTROL : PermissionClass.METHOD;
            }
        }
        return PermissionClass.PLANT_READ;
    }

    /** Whether a method is for engineers: it changes the plant and the plant file does not leave it to operators, or it is one of maintenance. */
    private static boolean control(PlantNodes.Ref.Member member) {
        if (member.slot().method != null && member.slot().method.isForEngineers()) {
            return true;
        }
        ControlRules rules = member.instance().twin().control();
        if (member.slot().isNamed(MethodSignature.APPLY)) {
            return !rules.apply().mayOperators();
        }
        return member.slot().isNamed(MethodSignature.SET_MODE)
                && rules.automatic().filter(AutomaticRule::mayOperators).isEmpty();
    }

    @Override
    public @Nullable NodeId child(NodeId parent, QualifiedName browseName) {
        if (!(nodes.find(parent) instanceof PlantNodes.Ref.Member member)) {
            return null;
        }
        for (Slot child : member.slot().children) {
            if (child.browseName.equals(browseName) && child.presence.isPresent(member.instance())) {
                return nodes.id(member.instance(), child);
            }
        }
        return null;
    }

    @Override
    public @Nullable Range euRange(NodeId nodeId) {
        if (nodes.find(nodeId) instanceof PlantNodes.Ref.Member member && member.slot().point != null) {
            return member.slot().point.euRange().orElse(null);
        }
        return null;
    }

    @Override
    public boolean isPushed(NodeId nodeId) {
        return nodes.find(nodeId) instanceof PlantNodes.Ref.Member member
                && member.slot().value != null
                && member.slot().value.followedOrdinal() >= 0;
    }

    @Override
    public @Nullable Function<NewItem, MonitoredDataItem> itemsOf(NodeId nodeId) {
        if (nodes.find(nodeId) instanceof PlantNodes.Ref.Member member) {
            Member.Point point = member.slot().point;
            if (member.slot().value != null
                    && point != null
                    && !point.isArray()
                    && point.dataType().isPrimitive()) {
                ValueType type = point.dataType();
                return item -> new PointItem(item, type);
            }
        }
        return null;
    }
}
