package org.uatwin.server.types;

import org.eclipse.milo.opcua.stack.core.encoding.DataTypeCodec;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.UaDecoder;
import org.eclipse.milo.opcua.stack.core.encoding.UaEncoder;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.jspecify.annotations.Nullable;

/** Encodes and decodes one structure field by field, in the order of its declaration (OPC UA Part 6, 5.2.6). Any thread. */
final class StructureCodec implements DataTypeCodec {
    private static final int BOOLEAN = 1;
    private static final int INT32 = 6;
    private static final int UINT32 = 7;
    private static final int INT64 = 8;
    private static final int DOUBLE = 11;
    private static final int STRING = 12;
    private static final int DATE_TIME = 13;
    private static final int LOCALIZED_TEXT = 21;
    private static final int VARIANT = 24; // any value, a matrix for example

    private final StructureDeclaration type;

    StructureCodec(StructureDeclaration type) {
        this.type = type;
    }

    @Override
    public Class<?> getType() {
        return StructureValue.class;
    }

    @Override
    public UaStructuredType decode(EncodingContext context, UaDecoder decoder) {
        @Nullable Object[] values = new @Nullable Object[type.fields().size()];
        for (int i = 0; i < values.length; i++) {
            StructureDeclaration.Field field = type.fields().get(i);
            values[i] = field.valueRank() < 0 ? scalar(decoder, field) : array(decoder, field);
        }
        return new StructureValue(type, values);
    }

    private static @Nullable Object scalar(UaDecoder decoder, StructureDeclaration.Field field) {
        String name = field.name();
        return switch (field.builtinId()) {
            case BOOLEAN -> decoder.decodeBoolean(name);
            case INT32 -> decoder.decodeInt32(name);
            case UINT32 -> decoder.decodeUInt32(name);
            case INT64 -> decoder.decodeInt64(name);
            case DOUBLE -> decoder.decodeDouble(name);
            case STRING -> decoder.decodeString(name);
            case DATE_TIME -> decoder.decodeDateTime(name);
            case LOCALIZED_TEXT -> decoder.decodeLocalizedText(name);
            case VARIANT -> decoder.decodeVariant(name);
            default -> throw unknown(field);
        };
    }

    private static @Nullable Object array(UaDecoder decoder, StructureDeclaration.Field field) {
        String name = field.name();
        return switch (field.builtinId()) {
            case BOOLEAN -> decoder.decodeBooleanArray(name);
            case INT32 -> decoder.decodeInt32Array(name);
            case UINT32 -> decoder.decodeUInt32Array(name);
            case INT64 -> decoder.decodeInt64Array(name);
            case DOUBLE -> decoder.decodeDoubleArray(name);
            case STRING -> decoder.decodeStringArray(name);
            case DATE_TIME -> decoder.decodeDateTimeArray(name);
            case LOCALIZED_TEXT -> decoder.decodeLocalizedTextArray(name);
            default -> throw unknown(field);
        };
    }

    @Override
    public void encode(EncodingContext context, UaEncoder encoder, UaStructuredType value) {
        StructureValue structure = (StructureValue) value;
        for (int i = 0; i < type.fields().size(); i++) {
            StructureDeclaration.Field field = type.fields().get(i);
            Object content = structure.values().get(i);
            if (field.valueRank() == 1) {
                array(encoder, field, content);
            } else {
                scalar(encoder, field, content);
            }
        }
    }

    private static void scalar(UaEncoder encoder, StructureDeclaration.Field field, @Nullable Object value) {
        String name = field.name();
        switch (field.builtinId()) {
            case BOOLEAN -> encoder.encodeBoolean(name, (Boolean) value);
            case INT32 -> encoder.encodeInt32(name, (Integer) value);
            case UINT32 -> encoder.encodeUInt32(name, (UInteger) value);
            case INT64 -> encoder.encodeInt64(name, (Long) value);
            case DOUBLE -> encoder.encodeDouble(name, (Double) value);
            case STRING -> encoder.encodeString(name, (String) value);
            case DATE_TIME -> encoder.encodeDateTime(name, (DateTime) value);
            case LOCALIZED_TEXT -> encoder.encodeLocalizedText(name, (LocalizedText) value);
            case VARIANT -> encoder.encodeVariant(name, value == null ? Variant.NULL_VALUE : (Variant) value);
            default -> throw unknown(field);
        }
    }

    private static void array(UaEncoder encoder, StructureDeclaration.Field field, @Nullable Object value) {
        String name = field.name();
        switch (field.builtinId()) {
            case BOOLEAN -> encoder.encodeBooleanArray(name, (Boolean[]) value);
            case INT32 -> encoder.encodeInt32Array(name, (Integer[]) value);
            case UINT32 -> encoder.encodeUInt32Array(name, (UInteger[]) value);
            case INT64 -> encoder.encodeInt64Array(name, (Long[]) value);
            case DOUBLE -> encoder.encodeDoubleArray(name, (Double[]) value);
            case STRING -> encoder.encodeStringArray(name, (String[]) value);
            case DATE_TIME -> encoder.encodeDateTimeArray(name, (DateTime[]) value);
            case LOCALIZED_TEXT -> encoder.encodeLocalizedTextArray(name, (LocalizedText[]) value);
            default -> throw unknown(field);
        }
    }

    private static IllegalStateException unknown(StructureDeclaration.Field field) {
        return new IllegalStateException(
                "%s: no codec for built-in type %d".formatted(field.name(), field.builtinId()));
    }
}
