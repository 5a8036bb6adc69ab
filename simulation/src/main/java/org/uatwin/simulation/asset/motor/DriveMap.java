package org.uatwin.simulation.asset.motor;

/**
 * Electrical side of a converter-fed induction motor, from its nameplate.
 *
 * <p>Losses at rated duty are {@code Pn (1/eta - 1)}; a share of 40 % is taken as fixed loss that follows the square of speed
 * (iron, fan) and 60 % as load loss that follows the square of torque (copper). Magnetising current is constant (constant flux):
 * {@code Im = In sqrt(1 - pf^2)}, active current {@code P / (sqrt(3) U)}. The split is typical of 4-pole machines of IE2/IE3
 * (general knowledge, IEC 60034-2-1 loss segregation); it moves part-load efficiency by less than two points.
 */
public final class DriveMap {
    private static final double FIXED_SHARE = 0.4; // of rated losses, typical IE2/IE3 4-pole
    private static final double SQRT3 = Math.sqrt(3);

    private final double ratedTorqueNm;
    private final double ratedSpeedRadS;
    private final double fixedLossW;
    private final double loadLossW;
    private final double voltage;
    private final double magnetisingCurrent;
    private final double ratedCurrent;

    /**
     * A map from the nameplate.
     *
     * @param ratedPowerW shaft power.
     * @param ratedSpeedRadS shaft speed at rated power.
     * @param efficiency 0..1 at rated duty.
     * @param powerFactor 0..1 at rated duty.
     * @param voltage line voltage.
     */
    public DriveMap(double ratedPowerW, double ratedSpeedRadS, double efficiency, double powerFactor, double voltage) {
        this.ratedTorqueNm = ratedPowerW / ratedSpeedRadS;
        this.ratedSpeedRadS = ratedSpeedRadS;
        double losses = ratedPowerW * (1 / efficiency - 1);
        this.fixedLossW = FIXED_SHARE * losses;
        this.loadLossW = (1 - FIXED_SHARE) * losses;
        this.voltage = voltage;
        this.ratedCurrent = ratedPowerW / (efficiency * powerFactor * SQRT3 * voltage);
        this.magnetisingCurrent = ratedCurrent * Math.sqrt(1 - powerFactor * powerFactor);
    }

    /** Efficiency of an IE3 motor with its converter: 0.84 + 0.045 lg P, fitted to catalogue values from 0.75 to 200 kW. */
    public static double typicalEfficiency(double ratedPowerKw) {
        return Math.max(0.7, Math.min(0.95, 0.84 + 0.045 * StrictMath.log10(ratedPowerKw)));
    }

    /** Rated torque, N m. */
    public double ratedTorqueNm() {
        return ratedTorqueNm;
    }

    /** Rated current, A. */
    public double ratedCurrent() {
        return ratedCurrent;
    }

    /** Losses at rated duty, W. */
    public double ratedLossW() {
        return fixedLossW + loadLossW;
    }

    /** Losses, W; zero at standstill without torque. */
    public double lossW(double torqueNm, double speedRadS) {
        double s = speedRadS / ratedSpeedRadS;
        double m = torqueNm / ratedTorqueNm;
        return fixedLossW * s * s + loadLossW * m * m;
    }

    /** Electrical input power, W. */
    public double inputPowerW(double torqueNm, double speedRadS) {
        return torqueNm * speedRadS + lossW(torqueNm, speedRadS);
    }

    /**
     * Line current, A. At standstill under torque it is the current that makes the load loss, so a jam shows; 0 when the drive
     * is off.
     */
    public double currentA(double torqueNm, double speedRadS, boolean energised) {
        if (!energised) {
            return 0;
        }
        double m = torqueNm / ratedTorqueNm;
        double activeRated = Math.sqrt(ratedCurrent * ratedCurrent - magnetisingCurrent * magnetisingCurrent);
        double active = activeRated * Math.abs(m);
        return Math.sqrt(active * active + magnetisingCurrent * magnetisingCurrent);
    }

    /** Shaft torque, N m, that makes this input power at this speed: the positive root of the loss balance. */
    public double torqueFromPower(double inputPowerW, double speedRadS) {
        double s = speedRadS / ratedSpeedRadS;
        double rest = inputPowerW - fixedLossW * s * s;
        if (rest <= 0 || speedRadS <= 0) {
            return 0;
        }
        double a = loadLossW / (ratedTorqueNm * ratedTorqueNm);
        return a <= 0 ? rest / speedRadS : (Math.sqrt(speedRadS * speedRadS + 4 * a * rest) - speedRadS) / (2 * a);
    }

    /** Shaft torque, N m, that draws this current: inverse of {@link #currentA}. */
    public double torqueFromCurrent(double currentA) {
        double activeRated = Math.sqrt(ratedCurrent * ratedCurrent - magnetisingCurrent * magnetisingCurrent);
        double square = currentA * currentA - magnetisingCurrent * magnetisingCurrent;
        return square <= 0 ? 0 : ratedTorqueNm * Math.sqrt(square) / activeRated;
    }

    /** Line voltage, V. */
    public double voltage() {
        return voltage;
    }
}
