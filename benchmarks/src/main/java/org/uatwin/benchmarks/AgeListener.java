package org.uatwin.benchmarks;

import java.time.Instant;
import java.util.List;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.uatwin.informationmodel.value.UaTime;

/** Notes how old values are when a client's listener gets them, by their SourceTimestamp. */
record AgeListener(Percentiles ages) implements OpcUaSubscription.SubscriptionListener {
    private static final long TICKS_PER_MICROSECOND = 10;

    @Override
    public void onDataReceived(OpcUaSubscription s, List<OpcUaMonitoredItem> items, List<DataValue> values) {
        long now = UaTime.ofInstant(Instant.now());
        for (DataValue value : values) {
            DateTime source = value.sourceTime();
            if (source != null) {
                ages.add((now - source.getUtcTime()) / TICKS_PER_MICROSECOND);
            }
        }
    }
}
