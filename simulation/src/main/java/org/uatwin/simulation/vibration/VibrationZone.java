package org.uatwin.simulation.vibration;

/** Evaluation zones of ISO 20816-1:2016. */
public enum VibrationZone {
    A(1, "as of a new machine"),
    B(2, "acceptable for long operation"),
    C(3, "not for long: run until it can be repaired"),
    D(4, "severe enough to damage the machine");

    private final int number;
    private final String words;

    VibrationZone(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /** 1 for A to 4 for D. */
    public int number() {
        return number;
    }

    public String words() {
        return words;
    }

    /**
     * @param velocityRmsMmPerS 10 Hz to 1 kHz, the largest of the measured positions; 0 and more.
     * @throws IllegalArgumentException if it is below 0 or no number.
     */
    public static VibrationZone of(double velocityRmsMmPerS, MachineClass machine) {
        if (!(velocityRmsMmPerS >= 0)) {
            throw new IllegalArgumentException("a velocity of %s mm/s".formatted(velocityRmsMmPerS));
        }
        if (velocityRmsMmPerS <= machine.zoneB()) {
            return A;
        }
        return velocityRmsMmPerS <= machine.zoneC() ? B : velocityRmsMmPerS <= machine.zoneD() ? C : D;
    }
}
