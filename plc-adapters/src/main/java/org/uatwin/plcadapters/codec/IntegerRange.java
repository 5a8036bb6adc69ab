package org.uatwin.plcadapters.codec;

import org.uatwin.informationmodel.value.ValueType;

/** Exact range checks of 64-bit integers, where doubles would round. */
final class IntegerRange {
    private IntegerRange() {}

    /** Whether the integer, read as signed or unsigned, is one of the type's values. */
    static boolean holds(ValueType type, long value, boolean isUnsigned) {
        return switch (type) {
            case BOOLEAN -> value == 0 || value == 1;
            case SBYTE -> value >= Byte.MIN_VALUE && value <= Byte.MAX_VALUE;
            case BYTE -> value >= 0 && value <= 255;
            case INT16 -> value >= Short.MIN_VALUE && value <= Short.MAX_VALUE;
            case UINT16 -> value >= 0 && value <= 0xFFFF;
            case INT32 -> value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE;
            case UINT32 -> value >= 0 && value <= 0xFFFF_FFFFL;
            case INT64, DATE_TIME -> !isUnsigned || value >= 0;
            case UINT64 -> isUnsigned || value >= 0;
            case FLOAT, DOUBLE, STRING -> false;
        };
    }
}
