package org.uatwin.simulation.asset.conveyor;

import org.uatwin.simulation.asset.Physics;

/** Closed forms for steady conveyors. Pure functions. */
public final class ConveyorFormulas {
    /** t/h lifted one metre need 1/367 kW: 1000 kg * 9.81 m/s2 / 3600 s / 1000. */
    private static final double LIFT_DIVISOR = 367;

    private static final double[] C_LENGTH = {
        3, 4, 5, 6, 8, 10, 12.5, 16, 20, 25, 32, 40, 50, 63, 80, 100, 120, 140, 160, 180, 200, 250, 300, 400, 500, 600,
        700, 800, 900, 1000, 1500, 2000
    };
    private static final double[] C_FACTOR = {
        9, 7.6, 6.6, 5.9, 5.1, 4.5, 4, 3.6, 3.2, 2.9, 2.6, 2.4, 2.2, 2, 1.92, 1.78, 1.7, 1.63, 1.56, 1.5, 1.45, 1.38,
        1.31, 1.25, 1.2, 1.17, 1.14, 1.12, 1.1, 1.09, 1.06, 1.05
    };

    private ConveyorFormulas() {}

    /**
     * Main resistance by DIN 22101 / ISO 5048, N: {@code C f L g (m'R + (2 m'G + m'L) cos d)}.
     *
     * @param factorC length factor for secondary resistances, at least 1.
     * @param frictionF artificial friction coefficient.
     * @param lengthM length of the conveyor.
     * @param idlerKgM rotating idler mass of both strands per metre.
     * @param beltKgM belt mass per metre.
     * @param loadKgM load per metre.
     * @param cosine of the inclination.
     */
    public static double mainResistanceN(
            double factorC,
            double frictionF,
            double lengthM,
            double idlerKgM,
            double beltKgM,
            double loadKgM,
            double cosine) {
        return factorC * frictionF * lengthM * Physics.GRAVITY * (idlerKgM + (2 * beltKgM + loadKgM) * cosine);
    }

    /** Friction power by the short form with tables, kW: {@code (cB v + Q) / (cL kf)} with v in m/s and Q in t/h. */
    public static double frictionPowerKw(double beltFactor, double speedMS, double flowTH, double lengthFactor) {
        return (beltFactor * speedMS + flowTH) / lengthFactor;
    }

    /** Lifting power, kW: {@code Q H / 367} with Q in t/h and H in m. */
    public static double liftPowerKw(double flowTH, double liftM) {
        return flowTH * liftM / LIFT_DIVISOR;
    }

    /**
     * Pull of a modular belt, kg per metre of width: {@code ((wp + 2 wb) mu + wf) L + wp H}.
     *
     * @param productKgM2 load per belt area.
     * @param beltKgM2 belt mass per area.
     * @param friction between belt and wear strips.
     * @param accumulationKgM2 resistance of accumulated product per area.
     * @param lengthM length.
     * @param liftM height difference.
     */
    public static double modularBeltPullKgM(
            double productKgM2,
            double beltKgM2,
            double friction,
            double accumulationKgM2,
            double lengthM,
            double liftM) {
        return ((productKgM2 + 2 * beltKgM2) * friction + accumulationKgM2) * lengthM + productKgM2 * liftM;
    }

    /** Length factor C by conveyor length, linear between the points of DIN 22101's table, constant beyond its ends. */
    public static double lengthFactor(double lengthM) {
        int last = C_LENGTH.length - 1;
        if (lengthM <= C_LENGTH[0]) {
            return C_FACTOR[0];
        }
        for (int i = 1; i <= last; i++) {
            if (lengthM <= C_LENGTH[i]) {
                double share = (lengthM - C_LENGTH[i - 1]) / (C_LENGTH[i] - C_LENGTH[i - 1]);
                return C_FACTOR[i - 1] + share * (C_FACTOR[i] - C_FACTOR[i - 1]);
            }
        }
        return C_FACTOR[last];
    }

    /** Largest pull a pulley transmits, N: {@code T2 (e^(mu alpha) - 1)} (Euler-Eytelwein). */
    public static double slipLimitN(double slackTensionN, double friction, double wrapRad) {
        return slackTensionN * (StrictMath.exp(friction * wrapRad) - 1);
    }
}
