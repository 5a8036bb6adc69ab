package org.uatwin.simulation.contract;

/**
 * Discrete mode of a modelled machine. {@link #number()} is the value of the twin's {@code State} point: 0 Stopped, 1 Starting,
 * 2 Running, 3 Tripped (protection has switched it off, latched), 4 Failed (end of life, latched).
 */
public enum OperatingMode {
    STOPPED(0, "Stopped"),
    STARTING(1, "Starting"),
    RUNNING(2, "Running"),
    TRIPPED(3, "Tripped"),
    FAILED(4, "Failed");

    private final int number;
    private final String text;

    OperatingMode(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** The number of this mode in a multi-state point, 0..4. */
    public int number() {
        return number;
    }

    /** English text of the mode. */
    public String text() {
        return text;
    }

    /** Whether the drive may be energised in this mode. */
    public boolean canDrive() {
        return this != TRIPPED && this != FAILED;
    }

    /** The mode with this number, or {@link #RUNNING} when the number is none of ours. */
    public static OperatingMode ofNumber(double number) {
        OperatingMode[] all = values();
        int index = (int) number;
        return index >= 0 && index < all.length && index == number ? all[index] : RUNNING;
    }
}
