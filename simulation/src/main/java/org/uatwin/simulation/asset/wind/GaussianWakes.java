package org.uatwin.simulation.asset.wind;

import org.uatwin.simulation.system.Setup;

/**
 * Wakes with a Gaussian deficit that a yawed rotor bends aside (M. Bastankhah, F. Porte-Agel, J. Fluid Mech. 806, 2016, equations 7.1 to
 * 7.4); they widen with the turbulence at the rotor that sheds them (A. Niayifar, F. Porte-Agel, Energies 9, 741, 2016). Before the
 * far wake begins, width and bend grow linearly from the rotor, as in NREL's FLORIS. Deficits are taken at three by three points of the
 * rotor and combined by the sum of squares.
 */
final class GaussianWakes implements Wakes {
    private static final double NEW_WAKE_WIDTH = 0.501; // of sqrt(Ct/2) diameters, right behind the rotor (FLORIS)
    private static final double STIRRED_WIDTH = 2; // diameters to either side
    private static final double FELT = 0.05; // m/s of deficit at a point that is inside a wake

    private final FarmFlow flow;
    private final double diameter;
    private final double growth;
    private final double leastGrowth;
    private final double alpha;
    private final double beta;
    private final double[] heights = new double[3];
    private final double[] offset = new double[3];
    private final double[] squares = new double[9];
    private final double[] deficits = new double[9];

    GaussianWakes(FarmFlow flow, Setup s) {
        this.flow = flow;
        diameter = 2 * flow.radius;
        growth = s.parameter("WakeGrowth");
        leastGrowth = s.parameter("LeastWakeGrowth");
        alpha = s.parameter("NearWakeTurbulence");
        beta = s.parameter("NearWakeShear");
        for (int row = 0; row < 3; row++) {
            offset[row] = (row - 1) * 0.5 * flow.radius;
            heights[row] = StrictMath.pow(
                    Wakes.height(row - 1, flow.radius, s.parameter("HubHeight")), s.parameter("ShearExponent"));
        }
    }

    @Override
    public double share(int place) {
        int target = flow.order[place];
        java.util.Arrays.fill(squares, 0);
        double turbulence = flow.freeTurbulence;
        for (int k = 0; k < place; k++) {
            int source = flow.order[k];
            if (flow.downwind(source, target) > BESIDE && flow.thrust[source] > 0) {
                turbulence = Math.max(turbulence, add(source, target));
            }
        }
        flow.turbulence[target] = turbulence;
        double cubes = 0;
        for (int point = 0; point < 9; point++) {
            double left = heights[point / 3] * Math.max(0, 1 - Math.sqrt(squares[point]));
            cubes += left * left * left / 9;
        }
        return StrictMath.cbrt(cubes);
    }

    /** Adds the deficits of one wake to those at the rotor; returns the turbulence it brings. */
    private double add(int source, int target) {
        double ct = Math.min(0.9999, flow.thrust[source]);
        double cosine = StrictMath.cos(flow.yaw[source]);
        double left = Math.sqrt(1 - ct); // speed right behind the rotor
        double x = flow.downwind(source, target);
        double far = diameter
                * cosine
                * (1 + left)
                / (Math.sqrt(2) * (4 * alpha * flow.turbulence[source] + 2 * beta * (1 - left)));
        double wide = 0.5 * diameter * Math.sqrt(0.5); // where the far wake begins; sqrt(ur / (U + u0)) is sqrt(1/2)
        double k = growth * flow.turbulence[source] + leastGrowth;
        double sigmaZ = wide + k * (x - far);
        double sigmaY = wide * cosine + k * (x - far);
        if (x < far) {
            double fresh = NEW_WAKE_WIDTH * diameter * Math.sqrt(ct / 2);
            sigmaZ = fresh + (wide - fresh) * x / far;
            sigmaY = fresh + (wide * cosine - fresh) * x / far;
        }
        double centre =
                1 - Math.sqrt(Math.max(0, Math.min(1, 1 - ct * cosine * diameter * diameter / (8 * sigmaY * sigmaZ))));
        double aside = flow.across[target] - flow.across[source] - bend(source, ct, x, k);
        int inside = 0;
        for (int point = 0; point < 9; point++) {
            double y = (aside + offset[point % 3]) / sigmaY;
            double z = offset[point / 3] / sigmaZ;
            deficits[point] = centre * StrictMath.exp(-0.5 * (y * y + z * z));
            squares[point] += deficits[point] * deficits[point];
            inside += deficits[point] * heights[point / 3] * flow.freeSpeed > FELT ? 1 : 0;
        }
        boolean isStirred = Wakes.stirs(x, flow.radius)
                && Math.abs(flow.across[target] - flow.across[source]) < STIRRED_WIDTH * diameter;
        if (!isStirred || inside == 0) {
            return flow.freeTurbulence;
        }
        double behind = Wakes.turbulenceBehind(flow.induction[source], flow.freeTurbulence, x / diameter);
        double added = Math.sqrt(Math.max(0, behind * behind - flow.freeTurbulence * flow.freeTurbulence));
        return StrictMath.hypot(flow.freeTurbulence, added * inside / 9);
    }

    /** How far to the left the wake's centre lies at this distance; a rotor turned counter-clockwise bends it to the right. */
    private double bend(int source, double ct, double x, double k) {
        double yaw = -flow.yaw[source];
        if (yaw == 0) {
            return 0;
        }
        double cosine = StrictMath.cos(yaw);
        double left = Math.sqrt(1 - ct);
        double skewed = Math.sqrt(1 - ct * cosine);
        double far = diameter
                * cosine
                * (1 + skewed)
                / (Math.sqrt(2) * (4 * alpha * flow.turbulence[source] + 2 * beta * (1 - left)));
        double angle = 0.3 * yaw / cosine * (1 - skewed);
        double atFar = StrictMath.tan(angle) * far;
        if (x <= far) {
            return atFar * x / far;
        }
        double c0 = 1 - left;
        double m0 = c0 * (2 - c0);
        double e0 = c0 * c0 - 3 * StrictMath.exp(1.0 / 12) * c0 + 3 * StrictMath.exp(1.0 / 3);
        double wideZ = 0.5 * diameter * Math.sqrt(0.5 * (1 + skewed) / (1 + left));
        double wideY = wideZ * cosine;
        double widened = Math.sqrt((wideY + k * (x - far)) * (wideZ + k * (x - far)) / (wideY * wideZ));
        double root = Math.sqrt(m0);
        double ratio = (1.6 + root) * (1.6 * widened - root) / ((1.6 - root) * (1.6 * widened + root));
        return atFar + angle * e0 / 5.2 * Math.sqrt(wideY * wideZ / (k * k * m0)) * StrictMath.log(ratio);
    }
}
