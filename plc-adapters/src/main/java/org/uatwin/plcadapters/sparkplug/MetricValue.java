package org.uatwin.plcadapters.sparkplug;

import java.util.List;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.uatwin.plcadapters.payload.RawValue;

/**
 * Values of metrics. Signed integers travel in the unsigned fields of the message (Sparkplug 3.0, section 6.4.16): Int8 to Int32
 * as 32 bits in two's complement, Int64 as 64; what to make of them says the data type.
 */
public final class MetricValue {
    /** Quality of a metric that says nothing of it (section 6.4.7). */
    public static final int GOOD = 192;

    private static final int STALE = 500;

    private MetricValue() {}

    static void read(Payload.Metric metric, int type, RawValue out) {
        if (metric.getIsNull()) {
            out.setNull();
            return;
        }
        switch (metric.getValueCase()) {
            case INT_VALUE -> {
                long value = isSigned(type)
                        ? narrowed(metric.getIntValue(), type)
                        : Integer.toUnsignedLong(metric.getIntValue());
                out.setWhole(value, (double) value, null);
            }
            case LONG_VALUE -> readLong(metric.getLongValue(), type, out);
            case FLOAT_VALUE -> out.setNumber(metric.getFloatValue(), null);
            case DOUBLE_VALUE -> out.setNumber(metric.getDoubleValue(), null);
            case BOOLEAN_VALUE -> out.setBoolean(metric.getBooleanValue());
            case STRING_VALUE -> out.setText(metric.getStringValue());
            default -> out.setOther(); // data sets, templates, bytes
        }
    }

    private static void readLong(long value, int type, RawValue out) {
        if (type == DataType.Int64_VALUE || value >= 0) {
            out.setWhole(value, (double) value, null);
        } else if (isSigned(type)) {
            out.setWhole(narrowed((int) value, type), (double) narrowed((int) value, type), null);
        } else {
            out.setWhole(value, (value >>> 1) * 2.0 + (value & 1), null);
        }
    }

    private static boolean isSigned(int type) {
        return type == DataType.Int8_VALUE
                || type == DataType.Int16_VALUE
                || type == DataType.Int32_VALUE
                || type == DataType.Int64_VALUE;
    }

    /** Some edge nodes fill the upper bits of a small negative number with zeros, others with ones. */
    private static long narrowed(int value, int type) {
        return type == DataType.Int8_VALUE ? (byte) value : type == DataType.Int16_VALUE ? (short) value : value;
    }

    /** The property Quality; {@link #GOOD} without one. */
    static int quality(Payload.Metric metric) {
        if (!metric.hasProperties()) {
            return GOOD;
        }
        List<String> keys = metric.getProperties().getKeysList();
        int at = keys.indexOf("Quality");
        if (at < 0 || at >= metric.getProperties().getValuesCount()) {
            return GOOD;
        }
        Payload.PropertyValue value = metric.getProperties().getValues(at);
        return value.hasLongValue() ? (int) value.getLongValue() : value.getIntValue();
    }

    /** Whether a quality says that the value is old, not wrong. */
    public static boolean isStale(int quality) {
        return quality == STALE;
    }
}
