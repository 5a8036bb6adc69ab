package org.uatwin.server.run;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.AddressSpaceFilter;
import org.eclipse.milo.opcua.sdk.server.AddressSpaceFragment;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.SimpleAddressSpaceFilter;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.scenario.RunStatus;

/**
 * Runs as Milo sees them: an address space fragment that owns the ids of their nodes and stores nothing. To be registered before the
 * plant's, which owns the rest of the namespace. Calls come through {@link RunCalls}.
 */
public final class RunFragment implements AddressSpaceFragment {
    private static final long LARGEST_QUEUE = 10_000;

    private final RunNodes nodes;
    private final RunAttributes attributes;
    private final RunItems items;
    private final AddressSpaceFilter filter;

    public RunFragment(RunNodes nodes, RunWatch watch, InstantSource clock) {
        this.nodes = nodes;
        this.attributes = new RunAttributes(nodes, clock);
        this.items = new RunItems(nodes, attributes, System::nanoTime);
        this.filter = SimpleAddressSpaceFilter.create(nodes::owns);
        watch.use(nodes, items);
    }

    @Override
    public AddressSpaceFilter getFilter() {
        return filter;
    }

    @Override
    public List<DataValue> read(
            ReadContext context, Double maxAge, TimestampsToReturn timestamps, List<ReadValueId> readValueIds) {
        Session session = context.getSession().orElse(null);
        return readValueIds.stream()
                .map(id -> attributes.read(session, id, timestamps))
                .toList();
    }

    @Override
    public List<StatusCode> write(WriteContext context, List<WriteValue> writeValues) {
        Session session = context.getSession().orElse(null);
        return writeValues.stream()
                .map(value -> nodes.find(session, value.getNodeId()) != null)
                .map(isKnown -> new StatusCode(isKnown ? StatusCodes.Bad_NotWritable : StatusCodes.Bad_NodeIdUnknown))
                .toList();
    }

    @Override
    public List<ReferenceResult> browse(BrowseContext context, ViewDescription view, List<NodeId> nodeIds) {
        Session session = context.getSession().orElse(null);
        List<ReferenceResult> results = new ArrayList<>(nodeIds.size());
        for (NodeId id : nodeIds) {
            RunNodes.Found found = nodes.find(session, id);
            results.add(found == null ? ReferenceResult.unknown() : ReferenceResult.of(references(found)));
        }
        return results;
    }

    private List<Reference> references(RunNodes.Found found) {
        List<Reference> references = new ArrayList<>();
        RunMember member = found.member();
        NodeId id = nodes.id(found.twin(), found.run(), member);
        if (member.typeDefinition.isNotNull()) {
            references.add(forward(id, NodeIds.HasTypeDefinition, member.typeDefinition));
        }
        references.add(new Reference(
                id, member.referenceType, parent(found, member.parent).expanded(), Reference.Direction.INVERSE));
        for (RunMember child : member.children) {
            references.add(forward(id, child.referenceType, nodes.id(found.twin(), found.run(), child)));
        }
        return references;
    }

    private NodeId parent(RunNodes.Found found, @Nullable RunMember parent) {
        return parent == null ? nodes.folderId(found.twin()) : nodes.id(found.twin(), found.run(), parent);
    }

    private static Reference forward(NodeId source, NodeId type, NodeId target) {
        return new Reference(source, type, target.expanded(), Reference.Direction.FORWARD);
    }

    /** From the folder of a twin to the runs that the session may see. */
    @Override
    public ReferenceResult.ReferenceList gather(BrowseContext context, ViewDescription view, NodeId nodeId) {
        Optional<TwinInstance> twin = nodes.folder(nodeId);
        List<Reference> references = new ArrayList<>();
        if (twin.isPresent()) {
            for (RunStatus run : nodes.of(context.getSession().orElse(null), twin.get())) {
                references.add(forward(nodeId, NodeIds.HasComponent, nodes.id(twin.get(), run, RunMembers.ROOT)));
            }
        }
        return ReferenceResult.of(references);
    }

    @Override
    public RevisedDataItemParameters onCreateDataItem(
            ReadValueId itemToMonitor, Double requestedSamplingInterval, UInteger requestedQueueSize) {
        return new RevisedDataItemParameters(
                RunItems.revised(requestedSamplingInterval),
                uint(Math.max(1, Math.min(requestedQueueSize.longValue(), LARGEST_QUEUE))));
    }

    @Override
    public RevisedDataItemParameters onModifyDataItem(
            ReadValueId itemToModify, Double requestedSamplingInterval, UInteger requestedQueueSize) {
        return onCreateDataItem(itemToModify, requestedSamplingInterval, requestedQueueSize);
    }

    @Override
    public void onDataItemsCreated(List<DataItem> dataItems) {
        items.created(dataItems);
    }

    @Override
    public void onDataItemsModified(List<DataItem> dataItems) {
        items.deliver(dataItems);
    }

    @Override
    public void onDataItemsDeleted(List<DataItem> dataItems) {
        items.deleted(dataItems);
    }

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> monitoredItems) {
        for (MonitoredItem item : monitoredItems) {
            if (item instanceof DataItem dataItem && item.isSamplingEnabled()) {
                items.deliver(List.of(dataItem));
            }
        }
    }
}
