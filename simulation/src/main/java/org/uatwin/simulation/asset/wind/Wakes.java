package org.uatwin.simulation.asset.wind;

/** What the wakes of the turbines before it leave of the wind at one turbine. Owned by one run. */
interface Wakes {
    /** Closer than this downwind, m, a turbine does not stand behind another. */
    double BESIDE = 1e-6;

    /**
     * The cubic mean of the wind over the rotor of the turbine at this place of the order, as a share of the free stream at hub height;
     * writes the turbulence at it. Turbines before it in the order are done.
     */
    double share(int place);

    /**
     * Turbulence that a wake adds at a distance behind the rotor (A. Crespo, J. Hernandez, J. Wind Eng. Ind. Aerodyn. 61, 1996, with the
     * constants of NREL's FLORIS: 0.5 a^0.8 I^0.1 (x/D)^-0.32), joined with the ambient one.
     */
    static double turbulenceBehind(double induction, double ambient, double diameters) {
        double added = 0.5
                * StrictMath.pow(Math.max(0, induction), 0.8)
                * StrictMath.pow(Math.max(0, ambient), 0.1)
                * StrictMath.pow(diameters, -0.32);
        return StrictMath.hypot(ambient, added);
    }

    /** Wakes that still stir the air: up to 15 diameters behind the rotor. */
    static boolean stirs(double distance, double radius) {
        return distance > BESIDE && distance <= 30 * radius;
    }

    /** Cubic mean of a power-law shear over three heights of the rotor, as a share of the speed at hub height. */
    static double rotorShare(double radius, double hubHeight, double shear) {
        double cubes = 0;
        for (int row = -1; row <= 1; row++) {
            cubes += StrictMath.pow(height(row, radius, hubHeight), 3 * shear) / 3;
        }
        return StrictMath.cbrt(cubes);
    }

    /** Height of a row of the rotor's grid over that of the hub. */
    static double height(int row, double radius, double hubHeight) {
        return Math.max(0, 1 + row * 0.5 * radius / hubHeight);
    }
}
