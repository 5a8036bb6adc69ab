package org.uatwin.server.address;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.sdk.server.AddressSpaceFilter;
import org.eclipse.milo.opcua.sdk.server.AddressSpaceFragment;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.SimpleAddressSpaceFilter;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;

/**
 * The plant as Milo sees it: an address space fragment that owns the site's namespace and stores nothing. Writes,
 * calls and history reads come through their asynchronous services, not through here.
 */
public final class PlantFragment implements AddressSpaceFragment {
    private static final long LARGEST_QUEUE = 10_000;

    private final PlantNodes nodes;
    private final PlantReferences references;
    private final PlantAttributes attributes;
    private final PlantItems items;
    private final AddressSpaceFilter filter;

    public PlantFragment(PlantNodes nodes, LiveValues live, PlantAccess access, PlantItems items) {
        this.nodes = nodes;
        this.references = new PlantReferences(nodes);
        this.attributes = new PlantAttributes(nodes, live, access);
        this.items = items;
        this.filter = SimpleAddressSpaceFilter.create(nodes::owns);
        items.use(attributes);
    }

    @Override
    public AddressSpaceFilter getFilter() {
        return filter;
    }

    @Override
    public List<DataValue> read(
            ReadContext context, Double maxAge, TimestampsToReturn timestamps, List<ReadValueId> readValueIds) {
        Session session = context.getSession().orElse(null);
        List<DataValue> values = new ArrayList<>(readValueIds.size());
        for (ReadValueId id : readValueIds) {
            values.add(attributes.read(
                    session,
                    id.getNodeId(),
                    id.getAttributeId().intValue(),
                    id.getIndexRange(),
                    id.getDataEncoding(),
                    timestamps));
        }
        return values;
    }

    @Override
    public List<StatusCode> write(WriteContext context, List<WriteValue> writeValues) {
        List<StatusCode> results = new ArrayList<>(writeValues.size());
        for (WriteValue value : writeValues) {
            boolean isKnown = nodes.find(value.getNodeId()) != null;
            results.add(new StatusCode(isKnown ? StatusCodes.Bad_NotWritable : StatusCodes.Bad_NodeIdUnknown));
        }
        return results;
    }

    @Override
    public List<ReferenceResult> browse(BrowseContext context, ViewDescription view, List<NodeId> nodeIds) {
        List<ReferenceResult> results = new ArrayList<>(nodeIds.size());
        PlantNodes.State state = nodes.state();
        for (NodeId nodeId : nodeIds) {
            PlantNodes.Ref ref = nodes.find(state, nodeId);
            results.add(ref == null ? ReferenceResult.unknown() : ReferenceResult.of(references.of(state, ref)));
        }
        return results;
    }

    @Override
    public ReferenceResult.ReferenceList gather(BrowseContext context, ViewDescription view, NodeId nodeId) {
        return ReferenceResult.of(references.from(nodeId));
    }

    @Override
    public RevisedDataItemParameters onCreateDataItem(
            ReadValueId itemToMonitor, Double requestedSamplingInterval, UInteger requestedQueueSize) {
        return new RevisedDataItemParameters(
                items.revisedSamplingInterval(itemToMonitor, requestedSamplingInterval),
                Unsigned.uint(Math.max(1, Math.min(requestedQueueSize.longValue(), LARGEST_QUEUE))));
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
        items.modified(dataItems);
    }

    @Override
    public void onDataItemsDeleted(List<DataItem> dataItems) {
        items.deleted(dataItems);
    }

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> monitoredItems) {
        items.modeChanged(monitoredItems);
    }
}
