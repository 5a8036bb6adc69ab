package org.uatwin.informationmodel.value;

/**
 * The quality of a point by the situation of its link: the table of contracts section 2, here and nowhere else. Every
 * protocol adapter reduces what happened to one of these situations.
 */
public enum Quality {
    ANSWERED,
    NOT_YET_READ,
    NOT_BOUND,
    /** The device did not answer (also exception 0A, 0B; exception 05, 06 after their retries). */
    NO_ANSWER,
    /** The link itself is down. */
    LINK_DOWN,
    /** Modbus exception 01, 02, 03: the plant file asks for what the device does not have. */
    REFUSED_ADDRESS,
    /** Modbus exception 04. */
    DEVICE_FAILURE,
    /** Garbage, or an answer with a wrong transaction or unit id. */
    GARBLED,
    SWITCHED_OFF,
    OUTSIDE_VALIDITY,
    OUTSIDE_ENGINEERING_RANGE,
    /** A message the broker kept: nobody knows how long ago it was true. */
    RETAINED,
    /** The device itself says that the value is uncertain. */
    REPORTED_UNCERTAIN,
    /** The device itself says that the value is bad, or that it has none. */
    REPORTED_BAD;

    /**
     * The StatusCode of this situation.
     *
     * @param hasValue whether the point ever had a usable value.
     * @param isWithinHoldTime whether that value is not older than the hold time (default 3 poll periods).
     */
    public StatusCode status(boolean hasValue, boolean isWithinHoldTime) {
        return switch (this) {
            case ANSWERED -> StatusCode.GOOD;
            case NOT_YET_READ -> StatusCode.BAD_WAITING_FOR_INITIAL_DATA;
            case NOT_BOUND -> StatusCode.BAD_NOT_CONNECTED;
            case NO_ANSWER, LINK_DOWN ->
                hasValue && isWithinHoldTime
                        ? StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE
                        : StatusCode.BAD_NO_COMMUNICATION;
            case REFUSED_ADDRESS -> StatusCode.BAD_CONFIGURATION_ERROR;
            case DEVICE_FAILURE -> StatusCode.BAD_DEVICE_FAILURE;
            case GARBLED -> StatusCode.BAD_COMMUNICATION_ERROR;
            case SWITCHED_OFF -> StatusCode.BAD_OUT_OF_SERVICE;
            case OUTSIDE_VALIDITY -> StatusCode.BAD_SENSOR_FAILURE;
            case OUTSIDE_ENGINEERING_RANGE -> StatusCode.UNCERTAIN_ENGINEERING_UNITS_EXCEEDED;
            case RETAINED -> StatusCode.UNCERTAIN_LAST_USABLE_VALUE;
            case REPORTED_UNCERTAIN -> StatusCode.UNCERTAIN_SENSOR_NOT_ACCURATE;
            case REPORTED_BAD -> StatusCode.BAD_DEVICE_FAILURE;
        };
    }

    /** The situation a Modbus exception code stands for (Modbus V1.1b3, section 7). */
    public static Quality ofModbusException(int code) {
        return switch (code) {
            case 1, 2, 3 -> REFUSED_ADDRESS;
            case 4 -> DEVICE_FAILURE;
            case 5, 6, 0x0A, 0x0B -> NO_ANSWER;
            default -> GARBLED;
        };
    }
}
