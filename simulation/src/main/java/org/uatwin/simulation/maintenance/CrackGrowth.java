package org.uatwin.simulation.maintenance;

import java.util.List;
import org.uatwin.simulation.system.Continuous;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.system.SystemModel;

/** A crack under cyclic stress, P. Paris and F. Erdogan, J. Basic Engineering 85, 1963: da/dN = C (Y S sqrt(pi a))^m. */
public final class CrackGrowth implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final ModelCard CARD = ModelCard.named(
                    "CrackGrowth",
                    ModelCard.Kind.CONTINUOUS,
                    "A crack under cyclic stress (Paris law) up to its critical length.")
            .valid("between threshold and fast fracture; constant geometry factor; no retardation")
            .parameter("ParisC", "m/cycle", 6.9e-12, 1e-30, 1, "C, with stress intensity in MPa m^0.5", "material data")
            .parameter("ParisM", "", 3, 1.5, 10, "m", "material data")
            .parameter("Geometry", "", 1.12, 0.1, 10, "Y", "1.12 edge crack")
            .parameter("CriticalLength", "mm", 25, 1e-3, 1e5, "ac", "fracture toughness")
            .parameter("Threshold", "MPa.m^0.5", 0, 0, 100, "no growth below", "material data")
            .input("StressRange", "MPa", 100, 0, 5000, "S")
            .input("CycleRate", "1/h", 3600, 0, 1e9, "cycles an hour")
            .output("Length", "mm", 0, ANY, "a")
            .output("StressIntensity", "MPa.m^0.5", 0, ANY, "range")
            .output("Cycles", "", 0, ANY, "so far")
            .output("RemainingCycles", "", 0, ANY, "closed form at the present range, at most 1e15")
            .start("Length", "mm at time 0, else 1")
            .time(24 * 3600.0, 3600)
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        return new Run(setup);
    }

    private static final class Run extends Continuous {
        private final double c;
        private final double m;
        private final double geometry;
        private final double critical;
        private final double threshold;
        private double failedAfter;

        Run(Setup s) {
            super(
                    s,
                    CARD.inputs(),
                    CARD.outputs(),
                    new double[] {s.start("Length", 1) / 1000, 0},
                    1,
                    SolverSettings.Method.RK4,
                    600);
            c = s.parameter("ParisC");
            m = s.parameter("ParisM");
            geometry = s.parameter("Geometry");
            critical = s.parameter("CriticalLength") / 1000;
            threshold = s.parameter("Threshold");
        }

        private double intensity(double a, double[] u) {
            return geometry * u[0] * Math.sqrt(Math.PI * a);
        }

        @Override
        protected void inherit(Continuous before) {
            failedAfter = ((Run) before).failedAfter;
        }

        @Override
        public boolean replace(String state, double value) {
            if (state.equals("Length")) {
                renew(0, value / 1000);
                return true;
            }
            return false;
        }

        @Override
        public void derivatives(double t, double[] x, double[] u, double[] dx) {
            dx[1] = u[1] / 3600;
            double a = Math.min(x[0], critical);
            double k = intensity(a, u);
            dx[0] = x[0] >= critical || k < threshold ? 0 : c * StrictMath.pow(k, m) * dx[1];
        }

        @Override
        protected double event(int index, double t, double[] x, double[] u) {
            return critical - x[0];
        }

        @Override
        protected String happened(int index, double t, double[] x, double[] u) {
            failedAfter = x[1];
            return "CriticalLength";
        }

        @Override
        protected void outputs(double t, double[] x, double[] u, double[] y) {
            double k = intensity(x[0], u);
            y[0] = x[0] * 1000;
            y[1] = k;
            y[2] = x[1];
            double base = c * StrictMath.pow(geometry * u[0] * Math.sqrt(Math.PI), m);
            double remaining;
            if (x[0] >= critical) {
                remaining = 0;
            } else if (k < threshold || base <= 0) {
                remaining = 1e15;
            } else if (m == 2) {
                remaining = StrictMath.log(critical / x[0]) / base;
            } else {
                double e = 1 - m / 2;
                remaining = (StrictMath.pow(critical, e) - StrictMath.pow(x[0], e)) / (base * e);
            }
            y[3] = Math.min(1e15, remaining);
        }

        @Override
        public List<Figure> figures() {
            return List.of(new Figure("CyclesToFailure", "", failedAfter));
        }
    }
}
