package org.uatwin.simulation.asset.wind;

/** Wakes of even deficit that widen linearly, weighted by the share of the rotor they cover; yaw does not bend them. */
final class JensenWakes implements Wakes {
    private final FarmFlow flow;
    private final double decay;
    private final double rotorShare;

    /** @param rotorShare of the sheared wind over the rotor, without wakes. */
    JensenWakes(FarmFlow flow, double decay, double rotorShare) {
        this.flow = flow;
        this.decay = decay;
        this.rotorShare = rotorShare;
    }

    @Override
    public double share(int place) {
        int target = flow.order[place];
        double squares = 0;
        double turbulence = flow.freeTurbulence;
        for (int k = 0; k < place; k++) {
            int source = flow.order[k];
            double distance = flow.downwind(source, target);
            if (!(distance > BESIDE)) {
                continue;
            }
            double wake = flow.radius + decay * distance;
            double covered = covered(Math.abs(flow.across[target] - flow.across[source]), wake);
            double spread = flow.radius / wake;
            double deficit = 2 * flow.induction[source] * spread * spread * covered;
            squares += deficit * deficit;
            if (covered > 0 && Wakes.stirs(distance, flow.radius)) {
                double behind = Wakes.turbulenceBehind(
                        flow.induction[source], flow.freeTurbulence, distance / (2 * flow.radius));
                turbulence = Math.max(turbulence, flow.freeTurbulence + covered * (behind - flow.freeTurbulence));
            }
        }
        flow.turbulence[target] = turbulence;
        return rotorShare * Math.max(0, 1 - Math.sqrt(squares));
    }

    /** Share of the rotor's disc inside the wake's circle, centres {@code apart}. */
    private double covered(double apart, double wake) {
        double radius = flow.radius;
        if (apart >= wake + radius) {
            return 0;
        }
        if (apart <= wake - radius) {
            return 1;
        }
        double a = (apart * apart + radius * radius - wake * wake) / (2 * apart * radius);
        double b = (apart * apart + wake * wake - radius * radius) / (2 * apart * wake);
        double lens = radius * radius * StrictMath.acos(Math.max(-1, Math.min(1, a)))
                + wake * wake * StrictMath.acos(Math.max(-1, Math.min(1, b)))
                - 0.5
                        * Math.sqrt(Math.max(
                                0,
                                (-apart + radius + wake)
                                        * (apart + radius - wake)
                                        * (apart - radius + wake)
                                        * (apart + radius + wake)));
        return lens / (Math.PI * radius * radius);
    }
}
