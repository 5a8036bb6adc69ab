package org.uatwin.simulation.prognosis;

/**
 * What was measured of one unit, cycle by cycle, oldest first.
 *
 * @param unit its number.
 * @param settings operating settings, one row a cycle.
 * @param sensors condition indicators, one row a cycle.
 */
@SuppressWarnings("ArrayRecordComponent") // as large as a file: not copied
public record UnitHistory(int unit, double[][] settings, double[][] sensors) {
    /**
     * @throws IllegalArgumentException if there is no cycle, or not as many settings as sensors.
     */
    public UnitHistory {
        if (settings.length == 0 || settings.length != sensors.length) {
            throw new IllegalArgumentException(
                    "unit %d: %d rows of settings, %d of sensors".formatted(unit, settings.length, sensors.length));
        }
    }

    public int cycles() {
        return sensors.length;
    }
}
