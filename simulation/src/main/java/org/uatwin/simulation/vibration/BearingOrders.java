package org.uatwin.simulation.vibration;

/**
 * Events a turn of the shaft.
 *
 * @param outerRace BPFO: balls that pass a point of the outer race.
 * @param innerRace BPFI: balls that pass a point of the inner race.
 * @param ball 2 BSF: strikes of a ball's fault, against both races.
 * @param cage FTF: turns of the cage.
 */
public record BearingOrders(double outerRace, double innerRace, double ball, double cage) {
    /**
     * Of rolling without slip, outer race at rest (Randall and Antoni, Mech. Syst. Signal Process. 25 (2011) 485, equations 1 to 4):
     *
     * <pre>
     * c = d cos b / D      d ball, D pitch diameter, b contact angle
     * BPFO = N/2 (1 - c),  BPFI = N/2 (1 + c),  FTF = (1 - c)/2,  2 BSF = D/d (1 - c^2)
     * </pre>
     *
     * @param balls N.
     * @param ratio d/D.
     */
    public static BearingOrders of(double balls, double ratio, double contactAngleDeg) {
        double c = ratio * StrictMath.cos(StrictMath.toRadians(contactAngleDeg));
        return new BearingOrders(0.5 * balls * (1 - c), 0.5 * balls * (1 + c), (1 - c * c) / ratio, 0.5 * (1 - c));
    }
}
