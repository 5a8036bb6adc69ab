package org.uatwin.informationmodel.value;

import java.util.Map;
import java.util.TreeMap;

/**
 * The 32-bit StatusCode of OPC UA (Part 4, 7.39; numbers from Part 6, annex A.2). There is no second quality type.
 *
 * @param bits the code as on the wire: severity in bits 31..30, sub-code in 29..16, info bits below.
 */
public record StatusCode(int bits) {
    private static final int SEVERITY_MASK = 0xC000_0000;
    private static final int CODE_MASK = 0xFFFF_0000;
    private static final int DATA_VALUE = 0x0400;
    private static final int LIMIT_LOW = 0x0100;
    private static final int LIMIT_HIGH = 0x0200;

    public static final StatusCode GOOD = new StatusCode(0);
    /** Written to an intermediate system; whether the device has it is not known (OPC UA Part 4, 5.11.4.4). */
    public static final StatusCode GOOD_COMPLETES_ASYNCHRONOUSLY = new StatusCode(0x002E_0000);

    public static final StatusCode GOOD_CLAMPED = new StatusCode(0x0030_0000);
    public static final StatusCode GOOD_LOCAL_OVERRIDE = new StatusCode(0x0096_0000);
    public static final StatusCode GOOD_NO_DATA = new StatusCode(0x00A5_0000);
    public static final StatusCode UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE = new StatusCode(0x408F_0000);
    public static final StatusCode UNCERTAIN_LAST_USABLE_VALUE = new StatusCode(0x4090_0000);
    public static final StatusCode UNCERTAIN_SUBSTITUTE_VALUE = new StatusCode(0x4091_0000);
    public static final StatusCode UNCERTAIN_SENSOR_NOT_ACCURATE = new StatusCode(0x4093_0000);
    public static final StatusCode UNCERTAIN_ENGINEERING_UNITS_EXCEEDED = new StatusCode(0x4094_0000);
    public static final StatusCode UNCERTAIN_SUB_NORMAL = new StatusCode(0x4095_0000);
    public static final StatusCode BAD_INTERNAL_ERROR = new StatusCode(0x8002_0000);
    public static final StatusCode BAD_COMMUNICATION_ERROR = new StatusCode(0x8005_0000);
    public static final StatusCode BAD_TIMEOUT = new StatusCode(0x800A_0000);
    public static final StatusCode BAD_TOO_MANY_OPERATIONS = new StatusCode(0x8010_0000);
    public static final StatusCode BAD_USER_ACCESS_DENIED = new StatusCode(0x801F_0000);
    public static final StatusCode BAD_NO_COMMUNICATION = new StatusCode(0x8031_0000);
    public static final StatusCode BAD_WAITING_FOR_INITIAL_DATA = new StatusCode(0x8032_0000);
    public static final StatusCode BAD_NOT_WRITABLE = new StatusCode(0x803B_0000);
    public static final StatusCode BAD_OUT_OF_RANGE = new StatusCode(0x803C_0000);
    public static final StatusCode BAD_NOT_SUPPORTED = new StatusCode(0x803D_0000);
    public static final StatusCode BAD_NO_MATCH = new StatusCode(0x806F_0000);
    public static final StatusCode BAD_WRITE_NOT_SUPPORTED = new StatusCode(0x8073_0000);
    public static final StatusCode BAD_TYPE_MISMATCH = new StatusCode(0x8074_0000);
    public static final StatusCode BAD_CONFIGURATION_ERROR = new StatusCode(0x8089_0000);
    public static final StatusCode BAD_NOT_CONNECTED = new StatusCode(0x808A_0000);
    public static final StatusCode BAD_DEVICE_FAILURE = new StatusCode(0x808B_0000);
    public static final StatusCode BAD_SENSOR_FAILURE = new StatusCode(0x808C_0000);
    public static final StatusCode BAD_OUT_OF_SERVICE = new StatusCode(0x808D_0000);
    public static final StatusCode BAD_INVALID_ARGUMENT = new StatusCode(0x80AB_0000);
    public static final StatusCode BAD_INVALID_STATE = new StatusCode(0x80AF_0000);
    /** What the server checks before it acts is not so, an interlock for example. */
    public static final StatusCode BAD_REQUEST_NOT_ALLOWED = new StatusCode(0x80E4_0000);

    public static final StatusCode BAD_NO_VALUE = new StatusCode(0x80F0_0000);
    public static final StatusCode BAD_REQUEST_TIMEOUT = new StatusCode(0x8085_0000);
    public static final StatusCode BAD_SHUTDOWN = new StatusCode(0x800C_0000);

    /** The standard's names of the codes this product assigns itself, by code without info bits. */
    private static final Map<Integer, String> NAMES = names();

    /** This code with the limit bit Low, as of a value held at its lower bound (Part 4, 7.39, limitBits). */
    public StatusCode limitedLow() {
        return new StatusCode((bits & CODE_MASK) | DATA_VALUE | LIMIT_LOW);
    }

    /** This code with the limit bit High. */
    public StatusCode limitedHigh() {
        return new StatusCode((bits & CODE_MASK) | DATA_VALUE | LIMIT_HIGH);
    }

    /** The worse of two codes by severity; the first of equals. */
    public static int worse(int bits, int other) {
        return Integer.compareUnsigned(other >>> 30, bits >>> 30) > 0 ? other : bits;
    }

    public boolean isGood() {
        return (bits & SEVERITY_MASK) == 0;
    }

    public boolean isUncertain() {
        return (bits & SEVERITY_MASK) == 0x4000_0000;
    }

    public boolean isBad() {
        return (bits & 0x8000_0000) != 0;
    }

    /** Whether severity and sub-code are equal, whatever the info bits say. */
    public boolean sameCode(StatusCode other) {
        return (bits & CODE_MASK) == (other.bits & CODE_MASK);
    }

    public static StatusCode of(int bits) {
        return bits == 0 ? GOOD : new StatusCode(bits);
    }

    /** The standard's name, for example {@code Bad_NoCommunication}; the hexadecimal code if this product never assigns it. */
    public String name() {
        String name = NAMES.get(bits & CODE_MASK);
        return name != null ? name : "0x%08X".formatted(bits);
    }

    @Override
    public String toString() {
        return name();
    }

    private static Map<Integer, String> names() {
        Map<Integer, String> names = new TreeMap<>();
        names.put(GOOD.bits, "Good");
        names.put(GOOD_COMPLETES_ASYNCHRONOUSLY.bits, "Good_CompletesAsynchronously");
        names.put(GOOD_CLAMPED.bits, "Good_Clamped");
        names.put(GOOD_LOCAL_OVERRIDE.bits, "Good_LocalOverride");
        names.put(GOOD_NO_DATA.bits, "Good_NoData");
        names.put(UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE.bits, "Uncertain_NoCommunicationLastUsableValue");
        names.put(UNCERTAIN_LAST_USABLE_VALUE.bits, "Uncertain_LastUsableValue");
        names.put(UNCERTAIN_SUBSTITUTE_VALUE.bits, "Uncertain_SubstituteValue");
        names.put(UNCERTAIN_SENSOR_NOT_ACCURATE.bits, "Uncertain_SensorNotAccurate");
        names.put(UNCERTAIN_ENGINEERING_UNITS_EXCEEDED.bits, "Uncertain_EngineeringUnitsExceeded");
        names.put(UNCERTAIN_SUB_NORMAL.bits, "Uncertain_SubNormal");
        names.put(BAD_INTERNAL_ERROR.bits, "Bad_InternalError");
        names.put(BAD_COMMUNICATION_ERROR.bits, "Bad_CommunicationError");
        names.put(BAD_TIMEOUT.bits, "Bad_Timeout");
        names.put(BAD_TOO_MANY_OPERATIONS.bits, "Bad_TooManyOperations");
        names.put(BAD_USER_ACCESS_DENIED.bits, "Bad_UserAccessDenied");
        names.put(BAD_NO_COMMUNICATION.bits, "Bad_NoCommunication");
        names.put(BAD_WAITING_FOR_INITIAL_DATA.bits, "Bad_WaitingForInitialData");
        names.put(BAD_NOT_WRITABLE.bits, "Bad_NotWritable");
        names.put(BAD_OUT_OF_RANGE.bits, "Bad_OutOfRange");
        names.put(BAD_NOT_SUPPORTED.bits, "Bad_NotSupported");
        names.put(BAD_NO_MATCH.bits, "Bad_NoMatch");
        names.put(BAD_WRITE_NOT_SUPPORTED.bits, "Bad_WriteNotSupported");
        names.put(BAD_TYPE_MISMATCH.bits, "Bad_TypeMismatch");
        names.put(BAD_CONFIGURATION_ERROR.bits, "Bad_ConfigurationError");
        names.put(BAD_NOT_CONNECTED.bits, "Bad_NotConnected");
        names.put(BAD_DEVICE_FAILURE.bits, "Bad_DeviceFailure");
        names.put(BAD_SENSOR_FAILURE.bits, "Bad_SensorFailure");
        names.put(BAD_OUT_OF_SERVICE.bits, "Bad_OutOfService");
        names.put(BAD_INVALID_ARGUMENT.bits, "Bad_InvalidArgument");
        names.put(BAD_INVALID_STATE.bits, "Bad_InvalidState");
        names.put(BAD_REQUEST_NOT_ALLOWED.bits, "Bad_RequestNotAllowed");
        names.put(BAD_NO_VALUE.bits, "Bad_NoValue");
        names.put(BAD_REQUEST_TIMEOUT.bits, "Bad_RequestTimeout");
        names.put(BAD_SHUTDOWN.bits, "Bad_Shutdown");
        return names;
    }
}
