package org.uatwin.simulation.objective;

import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelStart;
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
        long seed) {}
