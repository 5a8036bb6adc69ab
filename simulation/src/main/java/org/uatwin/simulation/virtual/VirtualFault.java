package org.uatwin.simulation.virtual;

import java.util.Optional;

/**
 * Something that goes wrong in the virtual plant. {@link #number()} is the value of the fault setpoint: 1 wear, 2 jam, 3
 * sensor-stuck, 4 cable, 5 impeller wear, 6 bearing wear; 0 clears all.
 */
public enum VirtualFault {
    /** Rapid wear: impeller and bearing of a pump, bearing and rollers of a conveyor. */
    WEAR(1, "wear"),
    /** Blockage: a clogged impeller, a belt held fast. */
    JAM(2, "jam"),
    /** A sensor freezes at its present value: flow meter of a pump, belt scale of a conveyor; any severity above 0. */
    SENSOR_STUCK(3, "sensor-stuck"),
    /** The device stops answering; any severity above 0. */
    CABLE(4, "cable"),
    /** Wear of a pump's impeller alone; other machines have none. */
    IMPELLER_WEAR(5, "impeller-wear"),
    /** Wear of the bearing alone: of the shaft of a pump, of the drive pulley of a conveyor. */
    BEARING_WEAR(6, "bearing-wear");

    private final int number;
    private final String text;

    VirtualFault(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** Number in a fault setpoint. */
    public int number() {
        return number;
    }

    /** Name on the command line. */
    public String text() {
        return text;
    }

    /** The fault of this command-line name. */
    public static Optional<VirtualFault> ofText(String text) {
        for (VirtualFault fault : values()) {
            if (fault.text.equals(text)) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    /** The fault of this number. */
    public static Optional<VirtualFault> ofNumber(int number) {
        for (VirtualFault fault : values()) {
            if (fault.number == number) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
