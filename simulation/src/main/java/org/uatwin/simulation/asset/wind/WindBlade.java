package org.uatwin.simulation.asset.wind;

import java.util.List;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.system.Continuous;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.system.SystemModel;

/**
 * One blade: bending by its share of the thrust, first flap mode under turbulence, fatigue of the root.
 *
 * <pre>
 * M = 2/3 R T / blades                            flap moment of the root, T = Ct 1/2 rho A v^2
 * s_M = 2 TI M                                    its deviation, quasi-steady: thrust follows v^2 at constant Ct
 * d = 2/3 T / (blades K k),  K = m (2 pi f0)^2    deflection of the tip, k = stiffness against new
 * s_v = 2 pi f 2 TI d / sqrt(2 z),  f = f0 sqrt(k)   velocity of the tip in its mode under broad-band turbulence
 * </pre>
 */
public final class WindBlade implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final String SHEET = "data sheet";
    private static final String TYPICAL = "typical";
    private static final ModelCard CARD = ModelCard.named(
                    "WindBlade",
                    ModelCard.Kind.CONTINUOUS,
                    "One blade of a wind turbine: root moment, tip deflection, flap vibration, fatigue.")
            .valid("operating rotor, ten-minute means; one flap mode; fatigue for comparison, not for certification")
            .parameter("RotorDiameter", "m", 126, 1, 400, "", SHEET)
            .parameter("Blades", "", 3, 1, 4, "of the rotor", SHEET)
            .parameter("ModalMass", "kg", 1800, 1, 1e5, "of the first flap mode, at the tip", TYPICAL)
            .parameter("FlapFrequency", "Hz", 0.7, 0.05, 20, "f0 of the first flap mode, new", SHEET)
            .parameter("FlapDamping", "", 0.4, 0.01, 2, "z: mostly aerodynamic", TYPICAL)
            .parameter("Stiffness", "", 1, 0.1, 2, "k: against new; falls with cracks", "estimated")
            .parameter("SnSlope", "", 10, 2, 20, "m: 10 composites, 4 steel", "Wohler curve")
            .parameter("ReferenceMoment", "kN.m", 9000, 1, 1e6, "range that breaks after ReferenceCycles", SHEET)
            .parameter("ReferenceCycles", "", 1e7, 1e3, 1e12, "", SHEET)
            .input("WindSpeed", "m/s", 8, 0, 70, "at hub height")
            .input("TurbulenceIntensity", "", 0.1, 0, 1, "standard deviation over mean")
            .input("AirDensity", "kg/m3", 1.225, 0.8, 1.5, "")
            .input("ThrustCoefficient", "", 0.8, 0, 2, "of the rotor")
            .output("RootMoment", "kN.m", 0, ANY, "flap, mean")
            .output("MomentDeviation", "kN.m", 0, ANY, "standard deviation of the flap moment")
            .output("TipDeflection", "m", 0, ANY, "out of the rotor's plane, mean")
            .output("Vibration", "m/s", 0, ANY, "velocity of the tip in its flap mode, r.m.s.")
            .output("FlapFrequency", "Hz", 0, ANY, "of the blade as it is")
            .output("Damage", "", 0, ANY, "share of fatigue life used")
            .output("DamageRate", "1/a", 0, ANY, "at present conditions")
            .output("RemainingLife", "a", 0, ANY, "at present conditions, at most 1e6")
            .start("Damage", "share of life at time 0")
            .time(24 * 3600.0, 600)
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
        private static final double SECONDS_PER_YEAR = 8766 * 3600.0;
        private static final double LONGEST_LIFE_A = 1e6;

        private final double radius;
        private final double blades;
        private final double stiffness;
        private final double springKnPerM;
        private final double frequency;
        private final double damping;
        private final BladeFatigue fatigue;

        Run(Setup s) {
            super(
                    s,
                    CARD.inputs(),
                    CARD.outputs(),
                    new double[] {s.start("Damage", 0)},
                    1,
                    SolverSettings.Method.RK4,
                    3600);
            radius = s.parameter("RotorDiameter") / 2;
            blades = s.parameter("Blades");
            stiffness = s.parameter("Stiffness");
            double omega = 2 * Math.PI * s.parameter("FlapFrequency");
            springKnPerM = s.parameter("ModalMass") * omega * omega / 1000;
            frequency = s.parameter("FlapFrequency") * Math.sqrt(stiffness);
            damping = s.parameter("FlapDamping");
            fatigue = new BladeFatigue(s);
        }

        /** Share of one blade in the thrust, kN. */
        private double thrust(double[] u) {
            return u[3] * 0.5 * u[2] * Math.PI * radius * radius * u[0] * u[0] / 1000 / blades;
        }

        private double deviation(double[] u) {
            return u[1] * 2 * thrust(u) * BladeFatigue.ROOT_ARM * radius;
        }

        @Override
        public boolean replace(String state, double value) {
            if (state.equals("Damage")) {
                renew(0, value);
                return true;
            }
            return false;
        }

        @Override
        public void derivatives(double t, double[] x, double[] u, double[] dx) {
            dx[0] = fatigue.rate(deviation(u));
        }

        @Override
        public List<StateSpec> states() {
            return List.of(StateSpec.damage("Damage", "", 0, 1));
        }

        @Override
        protected double event(int index, double t, double[] x, double[] u) {
            return 1 - x[0];
        }

        @Override
        protected String happened(int index, double t, double[] x, double[] u) {
            return "EndOfLife";
        }

        @Override
        protected void outputs(double t, double[] x, double[] u, double[] y) {
            double rate = fatigue.rate(deviation(u)) * SECONDS_PER_YEAR;
            double spring = springKnPerM * stiffness;
            double deflection = thrust(u) * BladeFatigue.ROOT_ARM / spring;
            double deflectionDeviation = 2 * u[1] * deflection;
            y[0] = thrust(u) * BladeFatigue.ROOT_ARM * radius;
            y[1] = deviation(u);
            y[2] = deflection;
            y[3] = 2 * Math.PI * frequency * deflectionDeviation / Math.sqrt(2 * damping);
            y[4] = frequency;
            y[5] = x[0];
            y[6] = rate;
            y[7] = rate > 0 ? Math.min(LONGEST_LIFE_A, Math.max(0, 1 - x[0]) / rate) : LONGEST_LIFE_A;
        }
    }
}
