package org.uatwin.server.address;

import org.eclipse.milo.opcua.sdk.core.NumericRange;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.jspecify.annotations.Nullable;

/** What clients ask of a value besides itself: a part of it, its encoding, its timestamps. */
public final class ValueParts {
    private ValueParts() {}

    /** Keeps the timestamps asked for; a ServerTimestamp is the last confirmation, now if there was none yet. */
    public static DataValue stamped(DataValue value, TimestampsToReturn timestamps, DateTime now) {
        boolean wantsSource = timestamps == TimestampsToReturn.Source || timestamps == TimestampsToReturn.Both;
        boolean wantsServer = timestamps == TimestampsToReturn.Server || timestamps == TimestampsToReturn.Both;
        DateTime server = value.serverTime() != null ? value.serverTime() : now;
        return new DataValue(
                value.value(),
                value.statusCode(),
                wantsSource ? value.sourceTime() : null,
                wantsServer ? server : null);
    }

    /** Applies index range and encoding to a value of this data type. */
    public static DataValue part(
            DataValue whole, NodeId dataType, @Nullable String indexRange, @Nullable QualifiedName encoding) {
        if (encoding != null && encoding.isNotNull()) {
            if (!isStructure(dataType)) {
                return new DataValue(StatusCodes.Bad_DataEncodingInvalid);
            }
            if (encoding.namespaceIndex().intValue() != 0 || !"Default Binary".equals(encoding.name())) {
                return new DataValue(StatusCodes.Bad_DataEncodingUnsupported);
            }
        }
        if (indexRange == null || indexRange.isEmpty()) {
            return whole;
        }
        try {
            NumericRange range = NumericRange.parse(indexRange);
            if (whole.value().isNull()) {
                return whole.statusCode().isBad() ? whole : new DataValue(StatusCodes.Bad_IndexRangeNoData);
            }
            Object part = NumericRange.readFromValueAtRange(whole.value(), range);
            return new DataValue(new Variant(part), whole.statusCode(), whole.sourceTime(), whole.serverTime());
        } catch (UaException e) {
            return new DataValue(e.getStatusCode());
        }
    }

    private static boolean isStructure(NodeId dataType) {
        return dataType.equals(NodeIds.Range)
                || dataType.equals(NodeIds.EUInformation)
                || dataType.equals(NodeIds.EnumValueType)
                || dataType.equals(NodeIds.Argument);
    }
}
