package org.uatwin.simulation.asset.conveyor;

import org.uatwin.simulation.asset.Physics;

/** Closed forms for steady conveyors. Pure functions. */
public final class ConveyorFormulas {
    /** t/h lifted one metre need 1/367 kW: 1000 kg * 9.81 m/s2 / 3600 s / 1000. */
    private static final double LIFT_DIVISOR = 367;

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

    /** Largest pull a pulley transmits, N: {@code T2 (e^(mu alpha) - 1)} (Euler-Eytelwein). */
    public static double slipLimitN(double slackTensionN, double friction, double wrapRad) {
        return slackTensionN * (StrictMath.exp(friction * wrapRad) - 1);
    }
}
