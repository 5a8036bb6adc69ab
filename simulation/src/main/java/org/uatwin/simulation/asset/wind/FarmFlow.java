package org.uatwin.simulation.asset.wind;

import java.util.Arrays;
import java.util.Comparator;

/** Where the turbines of a farm stand in the present wind, and what each does to it. Owned by one run. */
final class FarmFlow {
    final int n;
    final double radius;
    /** Along the wind, m. */
    final double[] along;
    /** To the left of somebody who looks downwind, m. */
    final double[] across;
    /** Turbines from the first the wind meets to the last. */
    final Integer[] order;
    /** Turned counter-clockwise out of the wind, rad. */
    final double[] yaw;
    /** Thrust coefficient, yaw and derating included. */
    final double[] thrust;

    final double[] induction;
    /** Standard deviation over mean at the rotor. */
    final double[] turbulence;
    /** Of the free stream. */
    double freeTurbulence;
    /** Of the free stream at hub height, m/s. */
    double freeSpeed;

    private final double[] x;
    private final double[] y;

    FarmFlow(double[] x, double[] y, double radius) {
        this.x = x;
        this.y = y;
        this.radius = radius;
        n = x.length;
        along = new double[n];
        across = new double[n];
        order = new Integer[n];
        yaw = new double[n];
        thrust = new double[n];
        induction = new double[n];
        turbulence = new double[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
    }

    /** Turns the farm into this wind. */
    void wind(double speed, double fromDegrees, double turbulenceIntensity) {
        freeSpeed = speed;
        freeTurbulence = turbulenceIntensity;
        double from = StrictMath.toRadians(fromDegrees);
        // The wind blows towards the opposite of where it comes from.
        double east = -StrictMath.sin(from);
        double north = -StrictMath.cos(from);
        for (int i = 0; i < n; i++) {
            along[i] = x[i] * east + y[i] * north;
            across[i] = -x[i] * north + y[i] * east;
        }
        Arrays.sort(order, Comparator.<Integer>comparingDouble(i -> along[i]).thenComparingInt(i -> i));
    }

    /** Distance downwind from one turbine to another, m. */
    double downwind(int from, int to) {
        return along[to] - along[from];
    }
}
