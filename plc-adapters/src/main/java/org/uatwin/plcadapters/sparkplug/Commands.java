package org.uatwin.plcadapters.sparkplug;

import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;

/** What a host sends to edge nodes. */
public final class Commands {
    private Commands() {}

    /** Asks an edge node for its births (section 6.4.5). */
    public static byte[] rebirth(long nowMs) {
        return Payload.newBuilder()
                .setTimestamp(nowMs)
                .addMetrics(Payload.Metric.newBuilder()
                        .setName("Node Control/Rebirth")
                        .setTimestamp(nowMs)
                        .setDatatype(DataType.Boolean_VALUE)
                        .setBooleanValue(true))
                .build()
                .toByteArray();
    }

    /** Sets a metric to a number or truth value, in the data type of its birth. */
    public static byte[] set(String metric, int dataType, double value, long nowMs) {
        Payload.Metric.Builder builder = metric(metric, dataType, nowMs);
        put(builder, dataType, value);
        return payload(builder, nowMs);
    }

    /** Puts a Double, Long, Boolean or String where the data type has its value. */
    static void put(Payload.Metric.Builder builder, int dataType, Object given) {
        if (given instanceof String text) {
            builder.setStringValue(text);
            return;
        }
        double value = given instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) given).doubleValue();
        long whole = given instanceof Long exact ? exact : Math.round(value);
        switch (dataType) {
            case DataType.Boolean_VALUE -> builder.setBooleanValue(value != 0);
            case DataType.Float_VALUE -> builder.setFloatValue((float) value);
            case DataType.Int64_VALUE, DataType.UInt64_VALUE, DataType.DateTime_VALUE -> builder.setLongValue(whole);
            case DataType.Int8_VALUE,
                    DataType.Int16_VALUE,
                    DataType.Int32_VALUE,
                    DataType.UInt8_VALUE,
                    DataType.UInt16_VALUE,
                    DataType.UInt32_VALUE -> builder.setIntValue((int) whole);
            case DataType.String_VALUE, DataType.Text_VALUE -> builder.setStringValue(Double.toString(value));
            default -> builder.setDatatype(DataType.Double_VALUE).setDoubleValue(value);
        }
    }

    /** Sets a metric to a text. */
    public static byte[] set(String metric, String value, long nowMs) {
        return payload(metric(metric, DataType.String_VALUE, nowMs).setStringValue(value), nowMs);
    }

    private static Payload.Metric.Builder metric(String name, int dataType, long nowMs) {
        return Payload.Metric.newBuilder().setName(name).setDatatype(dataType).setTimestamp(nowMs);
    }

    private static byte[] payload(Payload.Metric.Builder metric, long nowMs) {
        return Payload.newBuilder()
                .setTimestamp(nowMs)
                .addMetrics(metric)
                .build()
                .toByteArray();
    }

    /** What a primary host says of itself (section 6.4.28). */
    public static String state(boolean isOnline, long sinceMs) {
        return "{\"online\":%b,\"timestamp\":%d}".formatted(isOnline, sinceMs);
    }
}
