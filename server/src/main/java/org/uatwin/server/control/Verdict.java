package org.uatwin.server.control;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.informationmodel.value.StatusCode;

/**
 * Whether a value may be sent.
 *
 * @param status Good, or that of the first reason against it.
 * @param reasons all that speaks against it, for people; empty if it may be sent.
 * @param seconds how long it takes until the value is reached: 0 at once, more for a ramp.
 */
public record Verdict(StatusCode status, List<String> reasons, double seconds) {
    public Verdict {
        reasons = List.copyOf(reasons);
    }

    public boolean isAllowed() {
        return reasons.isEmpty();
    }

    public String text() {
        return String.join("; ", reasons);
    }

    /** Collects reasons; not for two threads. */
    static final class Builder {
        private StatusCode status = StatusCode.GOOD;
        private final List<String> reasons = new ArrayList<>();

        void against(StatusCode code, String reason) {
            if (reasons.isEmpty()) {
                status = code;
            }
            reasons.add(reason);
        }

        boolean isAllowed() {
            return reasons.isEmpty();
        }

        Verdict build(double seconds) {
            return new Verdict(status, reasons, reasons.isEmpty() ? seconds : 0);
        }
    }
}
