package org.uatwin.server.address;

import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.wire.SelfEncoded;

/**
 * A scalar on its way to a client without objects for value, status and times. Binary form: OPC UA Part 6, 5.2.2.16
 * (Variant), 5.2.2.17 (DataValue).
 */
final class PointNotification extends MonitoredItemNotification implements SelfEncoded {
    private static final int VALUE = 0x01;
    private static final int STATUS = 0x02;
    private static final int SOURCE_TIME = 0x04;
    private static final int SERVER_TIME = 0x08;

    private final ValueType type;
    private final boolean hasValue;
    private final long bits;
    private final int status;
    private final long source;
    private final long server;

    /**
     * @param bits as {@link ValueType} says; without meaning if there is no value.
     * @param source ticks; 0 sends none. So {@code server}.
     */
    PointNotification(
            UInteger clientHandle, ValueType type, boolean hasValue, long bits, int status, long source, long server) {
        super(clientHandle, null);
        this.type = type;
        this.hasValue = hasValue;
        this.bits = bits;
        this.status = status;
        this.source = source;
        this.server = server;
    }

    @Override
    public DataValue getValue() {
        return new DataValue(
                hasValue ? Variants.of(type, false, bits, null) : Variant.NULL_VALUE,
                status == 0 ? StatusCode.GOOD : new StatusCode(Integer.toUnsignedLong(status)),
                source == 0 ? null : new DateTime(source),
                server == 0 ? null : new DateTime(server));
    }

    @Override
    public void encodeTo(OpcUaBinaryEncoder encoder) {
        encoder.encodeInt32(getClientHandle().intValue());
        int mask = (hasValue ? VALUE : 0)
                | (status != 0 ? STATUS : 0)
                | (source != 0 ? SOURCE_TIME : 0)
                | (server != 0 ? SERVER_TIME : 0);
        encoder.encodeSByte((byte) mask);
        if (hasValue) {
            encoder.encodeSByte((byte) type.builtinId());
            encodeScalar(encoder);
        }
        if (status != 0) {
            encoder.encodeInt32(status);
        }
        if (source != 0) {
            encoder.encodeInt64(source);
        }
        if (server != 0) {
            encoder.encodeInt64(server);
        }
    }

    private void encodeScalar(OpcUaBinaryEncoder encoder) {
        switch (type) {
            case BOOLEAN, SBYTE, BYTE -> encoder.encodeSByte((byte) bits);
            case INT16, UINT16 -> encoder.encodeInt16((short) bits);
            case INT32, UINT32 -> encoder.encodeInt32((int) bits);
            case INT64, UINT64, DOUBLE, DATE_TIME -> encoder.encodeInt64(bits);
            case FLOAT -> encoder.encodeInt32(Float.floatToRawIntBits((float) Double.longBitsToDouble(bits)));
            case STRING -> throw new IllegalStateException("a String is no scalar in bits");
        }
    }
}
