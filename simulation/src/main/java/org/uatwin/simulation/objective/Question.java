package org.uatwin.simulation.objective;

import java.util.Optional;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.scenario.Setpoint;
import org.uatwin.simulation.scenario.Subject;

/**
 * What is to be made best, from what start.
 *
 * @param subject the twin.
 * @param live readings it starts from, of parts as {@code <part>/<Point>}.
 * @param start its model started from them; usable.
 * @param settings of the objective.
 * @param horizonSeconds how far it looks ahead; 0 for objectives without a horizon.
 * @param startHour time of day at the start, hours 0..24 in the server's time zone.
 * @param seed of all that is drawn.
 */
public record Question(
        Subject subject,
        LiveState live,
        ModelStart start,
        Settings settings,
        double horizonSeconds,
        double startHour,
        long seed) {

    /** What an input is now, as the model started. */
    public double present(String inputName) {
        return start.inputs()[input(inputName)];
    }

    private int input(String inputName) {
        int index = subject.description().inputIndex(inputName);
        if (index < 0) {
            throw new IllegalArgumentException(subject.twinId() + " has no input " + inputName);
        }
        return index;
    }

    /** The setpoint behind an input; empty when no point carries it. */
    public Optional<Setpoint> setpoint(String inputName, double value) {
        InputSpec spec = subject.description().inputs().get(input(inputName));
        String point = spec.linkedPoint();
        if (point == null) {
            return Optional.empty();
        }
        int slash = point.lastIndexOf('/');
        return Optional.of(new Setpoint(
                slash < 0 ? subject.twinId() : point.substring(0, slash),
                point.substring(slash + 1),
                spec.unit(),
                value,
                present(inputName)));
    }

    /** Time of day this many seconds after the start, in hours; it may count past 24. */
    public double hourAt(double seconds) {
        return startHour + seconds / 3600;
    }
}
