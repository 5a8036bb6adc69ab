package org.uatwin.simulation.health;

import java.util.Map;
import org.uatwin.informationmodel.type.Text;

/** Device health by NAMUR NE 107, with the numbers of DeviceHealthEnumeration (OPC 10000-100, 4.5.4). */
public enum DeviceHealth {
    NORMAL(0, 0, "normal", "normal"),
    FAILURE(1, 4, "failure", "Ausfall"),
    CHECK_FUNCTION(2, 3, "check function", "Funktionskontrolle"),
    OFF_SPEC(3, 2, "out of specification", "außerhalb der Spezifikation"),
    MAINTENANCE_REQUIRED(4, 1, "maintenance required", "Wartungsbedarf");

    private final int number;
    private final int severity;

    @SuppressWarnings("ImmutableEnumChecker") // a record of an unmodifiable map
    private final Text text;

    DeviceHealth(int number, int severity, String english, String german) {
        this.number = number;
        this.severity = severity;
        this.text = new Text(Map.of("en", english, "de", german));
    }

    /** Value of the enumeration. */
    public int number() {
        return number;
    }

    /** What it is called. */
    public Text text() {
        return text;
    }

    /** The worse of the two: failure before check function before out of specification before maintenance required. */
    public DeviceHealth orWorse(DeviceHealth other) {
        return other.severity > severity ? other : this;
    }
}
