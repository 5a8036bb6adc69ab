package org.uatwin.simulation.virtual;

import java.util.Optional;

/**
 * Something that goes wrong in the virtual plant. {@link #number()} is the value of the fault setpoint; 0 clears all. Which faults a
 * machine can have, it says: {@link VirtualMachine#faults}.
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
    BEARING_WEAR(6, "bearing-wear"),
    /** The pipe behind a pump is blocked: flow falls and pressure rises. */
    PIPE_BLOCKED(7, "pipe-blocked"),
    /** Lost lubrication: the bearing heats, and wears later. */
    LUBRICATION_LOST(8, "lubrication-lost"),
    /** Rollers of a conveyor that turn heavily. */
    ROLLERS_WORN(9, "rollers-worn"),
    /** Dirt on the motor of a conveyor, or its fan. */
    COOLING_FOULED(10, "cooling-fouled"),
    /** A belt worn and stretched: the take-up holds it with less tension. */
    BELT_WEAR(11, "belt-wear");

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
