package org.uatwin.simulation.estimation;

/** How far a twin can be trusted; {@link #number()} is what the twin's {@code FidelityLevel} point shows. */
public enum FidelityLevel {
    /** No data to follow the asset by. */
    NOT_TRACKED(0, "NotTracked"),
    /** It follows, but is not calibrated yet. */
    INITIAL(1, "Initial"),
    /** It follows, and its uncertainty has been confirmed by what came after. */
    CALIBRATED(2, "Calibrated"),
    /** It follows worse than when it was calibrated, or its asset has changed. */
    DRIFTING(3, "Drifting"),
    /** It does not explain its asset. */
    INVALID(4, "Invalid");

    private final int number;
    private final String text;

    FidelityLevel(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** 0..4. */
    public int number() {
        return number;
    }

    /** English text. */
    public String text() {
        return text;
    }

    /** Whether an answer may stand on the estimate. */
    public boolean isUsable() {
        return this == CALIBRATED || this == DRIFTING;
    }
}
