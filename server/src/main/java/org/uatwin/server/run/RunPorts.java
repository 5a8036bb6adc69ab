package org.uatwin.server.run;

import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredDataItem;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.server.access.PermissionClass;
import org.uatwin.server.access.PermissionSource;
import org.uatwin.server.address.PlantPorts;
import org.uatwin.server.event.NotifierTree;
import org.uatwin.server.service.EuRanges;
import org.uatwin.server.service.NewItem;
import org.uatwin.server.service.PushedNodes;

/** What the services ask about computed nodes, runs among them. Any thread. */
public final class RunPorts implements PermissionSource, EuRanges, PushedNodes, NotifierTree {
    private static final Range PERCENT = new Range(0, 100);

    private final PlantPorts plant;
    private final RunNodes runs;

    public RunPorts(PlantPorts plant, RunNodes runs) {
        this.plant = plant;
        this.runs = runs;
    }

    /** Null for a run that is not there, so that its address space answers Bad_NodeIdUnknown, as it does to strangers. */
    @Override
    public @Nullable PermissionClass permissionClass(NodeId nodeId) {
        if (!runs.owns(nodeId)) {
            return plant.permissionClass(nodeId);
        }
        RunNodes.Found found = runs.find(null, nodeId);
        if (found == null) {
            return null;
        }
        return found.member().nodeClass == NodeClass.Method ? PermissionClass.METHOD : PermissionClass.PLANT_READ;
    }

    @Override
    public @Nullable Range euRange(NodeId nodeId) {
        RunId run = runs.parts(nodeId);
        if (run == null) {
            return plant.euRange(nodeId);
        }
        return run.member().equals(RunMembers.PROGRESS) ? PERCENT : null;
    }

    @Override
    public boolean isPushed(NodeId nodeId) {
        return runs.owns(nodeId) || plant.isPushed(nodeId);
    }

    @Override
    public @Nullable Function<NewItem, MonitoredDataItem> itemsOf(NodeId nodeId) {
        return runs.owns(nodeId) ? null : plant.itemsOf(nodeId);
    }

    /** Events of a run reach the folder it is in. */
    @Override
    public boolean reaches(NodeId notifier, NodeId source) {
        RunId run = runs.parts(source);
        return run != null
                && runs.folder(notifier)
                        .filter(twin -> twin.answersTo(run.twin()))
                        .isPresent();
    }
}
