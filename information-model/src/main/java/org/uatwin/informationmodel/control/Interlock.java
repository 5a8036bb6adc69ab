package org.uatwin.informationmodel.control;

import java.util.List;
import org.uatwin.informationmodel.expression.Formula;
import org.uatwin.informationmodel.type.Text;

/**
 * A condition without which no value is sent to a setpoint. An input that is not Good counts as a condition not met.
 *
 * @param allow true if a value may be sent; the name {@value #ASKED} in it is that value.
 * @param text what the operator reads when it blocks.
 * @param setpoints of the twin that it guards; empty: all of them.
 */
public record Interlock(Formula allow, Text text, List<String> setpoints) {
    /** The value that is to be sent, in the setpoint's unit. */
    public static final String ASKED = "asked";

    public Interlock {
        setpoints = List.copyOf(setpoints);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an interlock needs a text for the operator: " + allow);
        }
    }

    public boolean guards(String setpoint) {
        return setpoints.isEmpty() || setpoints.contains(setpoint);
    }

    /** Whether it looks at the value that is to be sent. */
    public boolean looksAtAsked() {
        return allow.references().stream()
                .anyMatch(reference -> reference.isOwn() && reference.point().equals(ASKED));
    }
}
