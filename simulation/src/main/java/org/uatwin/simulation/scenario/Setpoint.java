package org.uatwin.simulation.scenario;

/**
 * A setpoint that an optimisation recommends for now: what a later call may send to the device.
 *
 * @param twinId twin that has the point: the one that was asked, or a part of it.
 * @param point name of the point in that twin.
 * @param unit symbol, as the model counts.
 * @param value recommended.
 * @param present value the run started from.
 */
public record Setpoint(String twinId, String point, String unit, double value, double present) {
    public Setpoint {
        if (!Double.isFinite(value) || !Double.isFinite(present)) {
            throw new IllegalArgumentException("%s/%s: %s instead of %s".formatted(twinId, point, value, present));
        }
    }

    /** Twin and point, as people write them. */
    public String place() {
        return twinId + "/" + point;
    }
}
