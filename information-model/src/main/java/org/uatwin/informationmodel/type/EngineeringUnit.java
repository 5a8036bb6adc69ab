package org.uatwin.informationmodel.type;

/**
 * A unit of measure (OPC UA Part 8, 5.6.4.3; codes of UNECE Recommendation 20).
 *
 * @param symbol what is shown, for example {@code m³/h}.
 * @param code UNECE common code, 1 to 3 characters, for example {@code MQH}.
 * @param description the unit's English name.
 */
public record EngineeringUnit(String symbol, String code, String description) {
    public static final String NAMESPACE_URI = "http://www.opcfoundation.org/UA/units/un/cefact";

    public EngineeringUnit {
        if (code.isEmpty() || code.length() > 3 || !code.chars().allMatch(c -> c > 32 && c < 127)) {
            throw new IllegalArgumentException("a UNECE code has 1 to 3 ASCII characters: \"" + code + "\"");
        }
    }

    /** UnitId of OPC UA: the ASCII bytes of the code, big-endian. */
    public int unitId() {
        int id = 0;
        for (int i = 0; i < code.length(); i++) {
            id = id << 8 | code.charAt(i);
        }
        return id;
    }
}
