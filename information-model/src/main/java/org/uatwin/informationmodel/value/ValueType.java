package org.uatwin.informationmodel.value;

import java.util.Locale;
import java.util.Optional;

/**
 * The built-in data types a point can have, and how their values travel inside the product.
 *
 * <p>A scalar is kept as 64 {@code long} bits: Boolean 0/1; integers sign- or zero-extended (UInt64 as its raw bits);
 * Float and Double as {@link Double#doubleToRawLongBits(double)} of the value as a double; DateTime as
 * {@link UaTime} ticks. Everything else is an object: {@code String}, and for arrays {@code boolean[]},
 * {@code long[]} (integers, DateTime), {@code double[]} (Float, Double), {@code String[]}. Arrays are never changed
 * after they were handed over.
 */
public enum ValueType {
    BOOLEAN(1, "Boolean", 1),
    SBYTE(2, "SByte", 8),
    BYTE(3, "Byte", 8),
    INT16(4, "Int16", 16),
    UINT16(5, "UInt16", 16),
    INT32(6, "Int32", 32),
    UINT32(7, "UInt32", 32),
    INT64(8, "Int64", 64),
    UINT64(9, "UInt64", 64),
    FLOAT(10, "Float", 32),
    DOUBLE(11, "Double", 64),
    STRING(12, "String", 0),
    DATE_TIME(13, "DateTime", 64);

    private final int builtinId;
    private final String uaName;
    private final int width;

    ValueType(int builtinId, String uaName, int width) {
        this.builtinId = builtinId;
        this.uaName = uaName;
        this.width = width;
    }

    /** Built-in type id of OPC UA Part 6, table 1; also the numeric NodeId of the DataType in namespace 0. */
    public int builtinId() {
        return builtinId;
    }

    /** Name as OPC UA spells it, for example {@code UInt16}. */
    public String uaName() {
        return uaName;
    }

    /** Bits of one scalar; 0 for String. */
    public int width() {
        return width;
    }

    public boolean isInteger() {
        return this != BOOLEAN && builtinId <= UINT64.builtinId;
    }

    public boolean isFloating() {
        return this == FLOAT || this == DOUBLE;
    }

    public boolean isNumeric() {
        return isInteger() || isFloating();
    }

    public boolean isUnsigned() {
        return this == BYTE || this == UINT16 || this == UINT32 || this == UINT64;
    }

    /** Whether a scalar of this type lives in 64 bits (everything but String). */
    public boolean isPrimitive() {
        return this != STRING;
    }

    /** The scalar in {@code bits} as a double; Boolean is 0 or 1. Int64/UInt64 beyond 2^53 round. */
    public double toDouble(long bits) {
        if (isFloating()) {
            return Double.longBitsToDouble(bits);
        }
        if (this == UINT64 && bits < 0) {
            return (bits >>> 1) * 2.0 + (bits & 1);
        }
        return bits;
    }

    /**
     * The bits of {@code value} in this type, rounded half up for integers.
     *
     * @throws IllegalArgumentException if the value is not finite or outside the type's range (integers, Boolean).
     */
    public long fromDouble(double value) {
        if (this == FLOAT) {
            return Double.doubleToRawLongBits((float) value);
        }
        if (this == DOUBLE) {
            return Double.doubleToRawLongBits(value);
        }
        if (!isInteger() && this != BOOLEAN) {
            throw new IllegalArgumentException(uaName + " cannot take the number " + value);
        }
        double rounded = Math.floor(value + 0.5);
        if (!(rounded >= minimum() && rounded <= maximum())) {
            throw new IllegalArgumentException(
                    "%s is outside %s (%.0f..%.0f)".formatted(value, uaName, minimum(), maximum()));
        }
        if (this == UINT64 && rounded >= 0x1p63) {
            return (long) (rounded - 0x1p63) + Long.MIN_VALUE;
        }
        return (long) rounded;
    }

    /** Smallest value of an integer type (Boolean: 0); the most negative finite value of a floating type. */
    public double minimum() {
        return switch (this) {
            case BOOLEAN, BYTE, UINT16, UINT32, UINT64, STRING, DATE_TIME -> 0;
            case SBYTE -> Byte.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case INT32 -> Integer.MIN_VALUE;
            case INT64 -> -0x1p63;
            case FLOAT -> -Float.MAX_VALUE;
            case DOUBLE -> -Double.MAX_VALUE;
        };
    }

    /** Largest value of the type; of the 64-bit integers the largest double that still fits. */
    public double maximum() {
        return switch (this) {
            case BOOLEAN -> 1;
            case SBYTE -> Byte.MAX_VALUE;
            case BYTE -> 255;
            case INT16 -> Short.MAX_VALUE;
            case UINT16 -> 65_535;
            case INT32 -> Integer.MAX_VALUE;
            case UINT32 -> 4_294_967_295.0;
            case INT64 -> Math.nextDown(0x1p63);
            case UINT64 -> Math.nextDown(0x1p64);
            case FLOAT -> Float.MAX_VALUE;
            case DOUBLE -> Double.MAX_VALUE;
            case STRING, DATE_TIME -> 0;
        };
    }

    /** The type of that OPC UA name, whatever the case; empty if there is none. */
    public static Optional<ValueType> named(String name) {
        for (ValueType type : values()) {
            if (type.uaName.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
