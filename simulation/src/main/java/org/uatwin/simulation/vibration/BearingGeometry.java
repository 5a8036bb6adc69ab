package org.uatwin.simulation.vibration;

/**
 * What decides at which orders a bearing's faults knock.
 *
 * @param balls rolling elements of a row, 3 to 200.
 * @param ballDiameterMm of a ball or roller, above 0.
 * @param pitchDiameterMm of the circle through their centres, larger than the ball.
 * @param contactAngleDeg 0 to below 90.
 */
public record BearingGeometry(int balls, double ballDiameterMm, double pitchDiameterMm, double contactAngleDeg) {
    /**
     * @throws IllegalArgumentException if a number is out of its range.
     */
    public BearingGeometry {
        if (balls < 3 || balls > 200) {
            throw new IllegalArgumentException("%d balls: 3 to 200".formatted(balls));
        }
        if (!(ballDiameterMm > 0) || !(pitchDiameterMm > ballDiameterMm) || !Double.isFinite(pitchDiameterMm)) {
            throw new IllegalArgumentException(
                    "balls of %s mm on a circle of %s mm".formatted(ballDiameterMm, pitchDiameterMm));
        }
        if (!(contactAngleDeg >= 0 && contactAngleDeg < 90)) {
            throw new IllegalArgumentException(
                    "a contact angle of %s degrees: 0 to below 90".formatted(contactAngleDeg));
        }
    }

    public BearingOrders orders() {
        return BearingOrders.of(balls, ballDiameterMm / pitchDiameterMm, contactAngleDeg);
    }
}
