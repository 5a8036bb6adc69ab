package org.uatwin.plcadapters.opcua;

import java.util.Optional;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DeadbandType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * A point in one session: its node there.
 *
 * @param row of the point, which stays through reloads while it is bound like this.
 */
record MonitoredPoint(int row, UpstreamAddress address, NodeId nodeId) {
    ReadValueId valueId() {
        return new ReadValueId(
                nodeId,
                AttributeId.Value.uid(),
                address.element().isEmpty() ? null : address.element(),
                QualifiedName.NULL_VALUE);
    }

    /** The item to be created; {@link #of} finds its point again. */
    OpcUaMonitoredItem item(UpstreamSettings settings) {
        OpcUaMonitoredItem item = new OpcUaMonitoredItem(valueId(), MonitoringMode.Reporting);
        item.setSamplingInterval(
                address.samplingInterval().orElse(settings.samplingInterval()).toNanos() / 1e6);
        item.setQueueSize(UInteger.valueOf(address.queueSize() > 0 ? address.queueSize() : settings.queueSize()));
        item.setDiscardOldest(settings.discardsOldest());
        if (address.deadband() > 0 || settings.sendsNewTimes()) {
            DeadbandType deadband = address.deadband() > 0 ? DeadbandType.Absolute : DeadbandType.None;
            item.setFilter(new DataChangeFilter(
                    settings.sendsNewTimes() ? DataChangeTrigger.StatusValueTimestamp : DataChangeTrigger.StatusValue,
                    UInteger.valueOf(deadband.getValue()),
                    address.deadband()));
        }
        item.setUserObject(this);
        return item;
    }

    static Optional<MonitoredPoint> of(OpcUaMonitoredItem item) {
        return item.getUserObject().map(MonitoredPoint.class::cast);
    }
}
