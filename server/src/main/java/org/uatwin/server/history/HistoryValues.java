package org.uatwin.server.history;

import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.jspecify.annotations.Nullable;
import org.uatwin.historian.store.HistorySamples;
import org.uatwin.server.address.Variants;

/** Stored samples as DataValues: Bad ones without value, timestamps as asked for, an index range applied to each. */
final class HistoryValues {
    private static final StatusCode NO_DATA_IN_RANGE = new StatusCode(StatusCodes.Bad_IndexRangeNoData);

    private HistoryValues() {}

    static DataValue[] of(
            HistorySamples samples,
            HistoricalVariable variable,
            TimestampsToReturn timestamps,
            @Nullable IndexRange range) {
        DataValue[] values = new DataValue[samples.size()];
        boolean hasSource = timestamps == TimestampsToReturn.Source || timestamps == TimestampsToReturn.Both;
        boolean hasServer = timestamps == TimestampsToReturn.Server || timestamps == TimestampsToReturn.Both;
        for (int i = 0; i < values.length; i++) {
            Object object = samples.object(i);
            StatusCode status = new StatusCode(samples.statusBits(i));
            Variant variant = Variant.NULL_VALUE;
            if (!status.isBad()) {
                Object part = range == null || object == null ? object : range.of(object);
                if (part == null && object != null) {
                    status = NO_DATA_IN_RANGE;
                } else {
                    variant = Variants.of(variable.type(), variable.isArray(), samples.bits(i), part);
                }
            }
            values[i] = new DataValue(
                    variant,
                    status,
                    hasSource ? new DateTime(samples.sourceTime(i)) : null,
                    hasServer ? new DateTime(samples.receiveTime(i)) : null);
        }
        return values;
    }
}
