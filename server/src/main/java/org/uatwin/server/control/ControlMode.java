package org.uatwin.server.control;

/** What a twin's automatic mode does; the numbers are those of nodes, methods and the saved state. */
public enum ControlMode {
    OFF("Off"),
    /** Recommends, and sends nothing. */
    MANUAL("Manual"),
    AUTOMATIC("Automatic"),
    /** It has given up; only a person ends this. */
    FALLBACK("Fallback");

    private final String text;

    ControlMode(String text) {
        this.text = text;
    }

    @SuppressWarnings("EnumOrdinal") // the order is that of the numbers, for good
    public int number() {
        return ordinal();
    }

    public String text() {
        return text;
    }
}
