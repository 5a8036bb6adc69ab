package org.uatwin.simulation.asset.motor;

/**
 * Steady state of an induction machine by its T equivalent circuit (Krause, Analysis of Electric Machinery, ch. 4): stator
 * impedance rs + j xls in series with j xm parallel to rr/s + j xlr. Reactances are given at rated frequency and scale with
 * frequency. Resistances in ohm, voltages line to line; immutable, allocates nothing per call.
 */
public final class EquivalentCircuit {
    private final double rs;
    private final double xls;
    private final double xm;
    private final double xlr;
    private final double rr;
    private final double ratedFrequency;
    private final double polePairs;

    /**
     * A circuit at rated frequency.
     *
     * @param rs stator resistance.
     * @param xls stator leakage reactance.
     * @param xm magnetising reactance.
     * @param xlr rotor leakage reactance, referred.
     * @param rr rotor resistance, referred.
     * @param ratedFrequency Hz at which the reactances hold.
     * @param polePairs number of pole pairs.
     */
    public EquivalentCircuit(
            double rs, double xls, double xm, double xlr, double rr, double ratedFrequency, double polePairs) {
        this.rs = rs;
        this.xls = xls;
        this.xm = xm;
        this.xlr = xlr;
        this.rr = rr;
        this.ratedFrequency = ratedFrequency;
        this.polePairs = polePairs;
    }

    /** Synchronous speed, mechanical rad/s. */
    public double synchronousSpeed(double frequency) {
        return 2 * Math.PI * frequency / polePairs;
    }

    /** Slip at a shaft speed. */
    public double slip(double frequency, double speedRadS) {
        double sync = synchronousSpeed(frequency);
        return (sync - speedRadS) / sync;
    }

    /** Square of stator current, A2 per phase. */
    public double statorCurrentSquared(double voltage, double frequency, double slip) {
        double phase = voltage / Math.sqrt(3);
        double zr = totalResistance(frequency, slip);
        double zx = totalReactance(frequency, slip);
        return phase * phase / (zr * zr + zx * zx);
    }

    /** Electrical input power, W. */
    public double inputPower(double voltage, double frequency, double slip) {
        return 3 * statorCurrentSquared(voltage, frequency, slip) * totalResistance(frequency, slip);
    }

    /** Power across the air gap, W; torque is this over synchronous speed. */
    public double airGapPower(double voltage, double frequency, double slip) {
        return 3 * statorCurrentSquared(voltage, frequency, slip) * (totalResistance(frequency, slip) - rs);
    }

    /** Electromagnetic torque, N m: {@code 3 |Ir|^2 rr / (s ws)}. */
    public double torque(double voltage, double frequency, double slip) {
        return airGapPower(voltage, frequency, slip) / synchronousSpeed(frequency);
    }

    /** Stator resistance, ohm. */
    public double statorResistance() {
        return rs;
    }

    /** Slip of largest torque while motoring. */
    public double breakdownSlip(double frequency) {
        double k = frequency / ratedFrequency;
        // Thevenin impedance of the stator seen from the rotor: (j xm)(rs + j xls) / (rs + j (xls + xm)).
        double a = k * (xls + xm);
        double square = rs * rs + a * a;
        double m = k * xm;
        double rth = m * m * rs / square;
        double xth = m * (rs * rs + k * xls * a) / square;
        double x = xth + k * xlr;
        return rr / Math.sqrt(rth * rth + x * x);
    }

    /** Slip on the stable branch at which the machine makes this torque; the breakdown slip when it cannot. */
    public double slipForTorque(double voltage, double frequency, double torque) {
        double high = breakdownSlip(frequency);
        double low = -high;
        if (torque(voltage, frequency, high) <= torque) {
            return high;
        }
        for (int i = 0; i < 60; i++) {
            double middle = 0.5 * (low + high);
            if (torque(voltage, frequency, middle) < torque) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    /** Slip on the stable branch, 0 or more, at which the machine draws this power; the breakdown slip when it cannot. */
    public double slipForPower(double voltage, double frequency, double power) {
        double high = breakdownSlip(frequency);
        double low = 0;
        for (int i = 0; i < 60; i++) {
            double middle = 0.5 * (low + high);
            if (inputPower(voltage, frequency, middle) < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    // Parallel of j xm and rr/s + j xlr, multiplied through by s so that zero slip is no pole:
    // j xm (rr + j s xlr) / (rr + j s (xlr + xm)).
    private double totalResistance(double frequency, double slip) {
        double k = frequency / ratedFrequency;
        double b = slip * k * (xlr + xm);
        double m = k * xm;
        double parallel = m * (rr * b - slip * k * xlr * rr) / (rr * rr + b * b);
        return rs + parallel;
    }

    private double totalReactance(double frequency, double slip) {
        double k = frequency / ratedFrequency;
        double b = slip * k * (xlr + xm);
        double m = k * xm;
        double parallel = m * (rr * rr + slip * k * xlr * b) / (rr * rr + b * b);
        return k * xls + parallel;
    }
}
