package org.uatwin.server.control;

import java.util.List;

/**
 * How an automatic mode stands, for nodes and people.
 *
 * @param reason why it is in that mode.
 * @param since {@link org.uatwin.informationmodel.value.UaTime} ticks of the last change of the mode.
 * @param problem what the last failure was; empty if nothing is wrong.
 * @param failures in a row.
 * @param recommendedAt ticks of the last usable recommendation; 0 if there was none.
 * @param appliedAt ticks of the last time all values were sent and confirmed; 0 if never.
 * @param runId of the last recommendation; empty if there is none.
 * @param setpoints names, in the order of the plant file.
 * @param recommended values, one per setpoint; NaN where there is none.
 * @param applied values that were sent last; NaN where there is none.
 */
public record ControlStatus(
        ControlMode mode,
        String reason,
        long since,
        String problem,
        int failures,
        long recommendedAt,
        long appliedAt,
        String runId,
        List<String> setpoints,
        List<Double> recommended,
        List<Double> applied) {
    public ControlStatus {
        setpoints = List.copyOf(setpoints);
        recommended = List.copyOf(recommended);
        applied = List.copyOf(applied);
    }
}
