package org.uatwin.server.wire;

import org.eclipse.milo.opcua.stack.core.encoding.DataTypeCodec;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.UaDecoder;
import org.eclipse.milo.opcua.stack.core.encoding.UaEncoder;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;

/**
 * DataChangeNotification (OPC UA Part 4, 7.25.2) in binary without a look-up of the codec for each of its items: this is
 * what a server does most. {@link SelfEncoded} items write themselves. Other encodings, and decoding, are Milo's.
 */
record NotificationCodec(DataTypeCodec milo) implements DataTypeCodec {
    @Override
    public Class<?> getType() {
        return milo.getType();
    }

    @Override
    public UaStructuredType decode(EncodingContext context, UaDecoder decoder) {
        return milo.decode(context, decoder);
    }

    @Override
    public void encode(EncodingContext context, UaEncoder encoder, UaStructuredType value) {
        if (encoder instanceof OpcUaBinaryEncoder binary && value instanceof DataChangeNotification change) {
            MonitoredItemNotification[] items = change.getMonitoredItems();
            if (items != null) {
                binary.encodeInt32(items.length);
                for (MonitoredItemNotification item : items) {
                    encode(binary, item);
                }
                binary.encodeDiagnosticInfoArray("DiagnosticInfos", change.getDiagnosticInfos());
                return;
            }
        }
        milo.encode(context, encoder, value);
    }

    private static void encode(OpcUaBinaryEncoder binary, MonitoredItemNotification item) {
        if (item instanceof SelfEncoded own) {
            own.encodeTo(binary);
        } else {
            binary.encodeUInt32(item.getClientHandle());
            binary.encodeDataValue(item.getValue());
        }
    }
}
