package org.uatwin.simulation.asset.pump;

import java.util.List;
import org.uatwin.simulation.contract.EventSpec;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;

/**
 * The centrifugal pump of M. Daigle and K. Goebel, "Model-based prognostics with concurrent damage progression processes", IEEE
 * Trans. SMC: Systems 43(3), 2013, with the parameter set published with NASA's prognostics models. Kept as published, in SI, as
 * the reference for the structure of {@link CentrifugalPump}; it starts from the published initial state, not from readings,
 * and is therefore not in the built-in registry.
 *
 * <pre>
 * p  = A w^2 + b w Q                        dp = p + p_s - p_d
 * Q' = (c sign(dp) sqrt|dp| - Q) / J        Q_leak = c_l A_l sign(p_s - p_d) sqrt|p_s - p_d|,  Q_out = max(0, Q - Q_leak)
 * Te = n p R2 V^2 / (s ws ((R1 + R2/s)^2 + (ws L1)^2)),  s = (ws - w)/ws
 * I w' = Te - (r + r_t + r_r) w - (a0 w^2 + a1 w Q_out - a2 Q_out^2)
 * bearings, oil, wear as in PumpDynamics
 * </pre>
 */
public final class DaigleGoebelPump implements TwinModel {
    private static final String PUBLISHED = "published parameter set, SI";

    private static final List<ParameterSpec> PARAMETERS = List.of(
            rate("WearImpeller", "1/(m3.s)", "wA of A' = -wA Q^2"),
            rate("WearRadial", "s", "w of r' = w r w^2, radial bearing"),
            rate("WearThrust", "s", "w of r' = w r w^2, thrust bearing"),
            constant("a0", "N.m.s2", 0.00149204, "torque, quadratic in speed"),
            constant("a1", "", 5.77703, "torque, speed times flow"),
            constant("a2", "", 9179.4, "torque, quadratic in flow"),
            constant("A0", "Pa.s2", 12.7084, "impeller area coefficient when new"),
            constant("b", "", 17984.6, "pressure, speed times flow"),
            constant("n", "", 3, "phases"),
            constant("p", "", 1, "pole pairs"),
            constant("I", "kg.m2", 50, "inertia"),
            constant("r", "N.m.s", 0.008, "friction"),
            constant("R1", "Ohm", 0.36, "stator"),
            constant("R2", "Ohm", 0.076, "rotor"),
            constant("L1", "H", 0.00063, "stator"),
            constant("FluidI", "", 5, "inertia of the fluid"),
            constant("c", "", 8.24123e-05, "flow coefficient"),
            constant("cLeak", "", 1, "leak coefficient"),
            constant("ALeak", "m2", 1e-10, "leak area"),
            constant("mcThrust", "kJ/K", 7.3, "thrust bearing"),
            constant("HThrust1", "kW/K", 0.0034, "to ambient"),
            constant("HThrust2", "kW/K", 0.0026, "to oil"),
            constant("mcRadial", "kJ/K", 2.4, "radial bearing"),
            constant("HRadial1", "kW/K", 0.0018, "to ambient"),
            constant("HRadial2", "kW/K", 0.02, "to oil"),
            constant("mcOil", "kJ/K", 8000, "oil"),
            constant("HOil1", "kW/K", 1.0, "to thrust bearing"),
            constant("HOil2", "kW/K", 3.0, "to radial bearing"),
            constant("HOil3", "kW/K", 1.5, "to ambient"),
            constant("lim_A", "Pa.s2", 9.5, "end of life of the impeller"),
            constant("lim_Tt", "K", 370, "thrust bearing"),
            constant("lim_Tr", "K", 370, "radial bearing"),
            constant("lim_To", "K", 350, "oil"),
            constant("rThrust0", "kW.s2", 1.4e-06, "friction of the thrust bearing at time 0"),
            constant("rRadial0", "kW.s2", 1.8e-06, "friction of the radial bearing at time 0"),
            constant("w0", "rad/s", 376.991118431, "speed at time 0"),
            constant("T0", "K", 290, "temperatures at time 0"));
    private static final int FIRST_CONSTANT = 3;
    private static final List<StateSpec> STATES = List.of(
            StateSpec.dynamic("ShaftSpeed", "rad/s", 0, 1e4),
            StateSpec.dynamic("PumpFlow", "m3/s", -1e3, 1e3),
            StateSpec.dynamic("ThrustBearingTemperature", "K", 0, 1e4),
            StateSpec.dynamic("RadialBearingTemperature", "K", 0, 1e4),
            StateSpec.dynamic("BearingOilTemperature", "K", 0, 1e4),
            StateSpec.damage("ImpellerArea", "Pa.s2", 0, 1e12),
            StateSpec.damage("RadialFriction", "kW.s2", 0, 1e3),
            StateSpec.damage("ThrustFriction", "kW.s2", 0, 1e3));
    private static final List<InputSpec> INPUTS = List.of(
            InputSpec.unlinked("Voltage", "V", 471.2389, 0, 1e4),
            InputSpec.unlinked("SynchronousSpeed", "rad/s", 0.8 * 471.2389, 0, 1e4),
            InputSpec.unlinked("SuctionPressure", "Pa", 239_179, 0, 1e9),
            InputSpec.unlinked("DischargePressure", "Pa", 928_654, 0, 1e9),
            InputSpec.unlinked("AmbientTemperature", "K", 290, 200, 400));
    private static final List<OutputSpec> OUTPUTS = List.of(
            OutputSpec.figure("ShaftSpeed", "rad/s", "w"),
            OutputSpec.figure("DischargeFlow", "m3/s", "Q_out"),
            OutputSpec.figure("ThrustBearingTemperature", "K", "T_t"),
            OutputSpec.figure("RadialBearingTemperature", "K", "T_r"),
            OutputSpec.figure("BearingOilTemperature", "K", "T_o"),
            OutputSpec.figure("PumpFlow", "m3/s", "Q"),
            OutputSpec.figure("ImpellerArea", "Pa.s2", "A"),
            OutputSpec.figure("RadialFriction", "kW.s2", "r_r"),
            OutputSpec.figure("ThrustFriction", "kW.s2", "r_t"));
    private static final List<EventSpec> EVENTS = List.of(
            new EventSpec("ImpellerWearFailure", "A <= lim_A"),
            new EventSpec("ThrustBearingOverheat", "T_t >= lim_Tt"),
            new EventSpec("RadialBearingOverheat", "T_r >= lim_Tr"),
            new EventSpec("PumpOilOverheat", "T_o >= lim_To"));
    private static final ModelDescription DESCRIPTION = new ModelDescription(
            "DaigleGoebelPump", "1.0", PARAMETERS, STATES, INPUTS, OUTPUTS, EVENTS, List.of(), 3600, 1);

    /** The published initial state with these parameters. */
    private static double[] initial(double[] p) {
        Equations e = new Equations(p);
        return new double[] {e.w0, 0, e.t0, e.t0, e.t0, e.area0, e.radial0, e.thrust0};
    }

    private static ParameterSpec constant(String name, String unit, double value, String meaning) {
        return ParameterSpec.fixed(name, unit, value, 0, 1e9, meaning, PUBLISHED);
    }

    private static ParameterSpec rate(String name, String unit, String meaning) {
        return ParameterSpec.tunable(name, unit, 0, 0, 1, 0, meaning, PUBLISHED);
    }

    @Override
    public ModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public ModelDynamics bind(double[] parameters) {
        return new Equations(parameters);
    }

    /** The published initial state and inputs; readings are not used. */
    @Override
    public ModelStart initialise(double[] parameters, LiveState live) {
        ModelStart.Quality quality = new ModelStart.Quality(
                "", List.of(), List.of("started from the published initial state"), 0, -1, false);
        return new ModelStart(
                parameters, initial(parameters), DESCRIPTION.defaultInputs(), OperatingMode.RUNNING, quality);
    }

    private static final class Equations implements ModelDynamics {
        private final double wearImpeller;
        private final double wearRadial;
        private final double wearThrust;
        private final double torque0;
        private final double torque1;
        private final double torque2;
        private final double area0;
        private final double pressureB;
        private final double phases;
        private final double polePairs;
        private final double inertia;
        private final double friction;
        private final double r1;
        private final double r2;
        private final double l1;
        private final double fluidInertia;
        private final double flowC;
        private final double leakC;
        private final double leakArea;
        private final double mcThrust;
        private final double hThrustAmbient;
        private final double hThrustOil;
        private final double mcRadial;
        private final double hRadialAmbient;
        private final double hRadialOil;
        private final double mcOil;
        private final double hOilThrust;
        private final double hOilRadial;
        private final double hOilAmbient;
        private final double limitArea;
        private final double limitThrust;
        private final double limitRadial;
        private final double limitOil;
        private final double thrust0;
        private final double radial0;
        private final double w0;
        private final double t0;

        /** Takes the parameters in the order of the description; a vector of wear rates alone keeps the published constants. */
        Equations(double[] given) {
            double[] p = given.length > FIRST_CONSTANT ? given : withPublished(given);
            wearImpeller = p[0];
            wearRadial = p[1];
            wearThrust = p[2];
            int i = FIRST_CONSTANT;
            torque0 = p[i++];
            torque1 = p[i++];
            torque2 = p[i++];
            area0 = p[i++];
            pressureB = p[i++];
            phases = p[i++];
            polePairs = p[i++];
            inertia = p[i++];
            friction = p[i++];
            r1 = p[i++];
            r2 = p[i++];
            l1 = p[i++];
            fluidInertia = p[i++];
            flowC = p[i++];
            leakC = p[i++];
            leakArea = p[i++];
            mcThrust = p[i++];
            hThrustAmbient = p[i++];
            hThrustOil = p[i++];
            mcRadial = p[i++];
            hRadialAmbient = p[i++];
            hRadialOil = p[i++];
            mcOil = p[i++];
            hOilThrust = p[i++];
            hOilRadial = p[i++];
            hOilAmbient = p[i++];
            limitArea = p[i++];
            limitThrust = p[i++];
            limitRadial = p[i++];
            limitOil = p[i++];
            thrust0 = p[i++];
            radial0 = p[i++];
            w0 = p[i++];
            t0 = p[i];
        }

        private static double[] withPublished(double[] rates) {
            double[] all = DESCRIPTION.defaultParameters();
            System.arraycopy(rates, 0, all, 0, rates.length);
            return all;
        }

        @Override
        public void derivatives(OperatingMode mode, double[] x, double[] u, double[] dx) {
            double w = x[0];
            double q = x[1];
            double sync = u[1];
            double across = x[5] * w * w + pressureB * w * q + u[2] - u[3];
            double out = Math.max(0, q - leak(u));
            double torque = sync > 0 ? electricTorque(u[0], sync, w) : 0;
            double load = torque0 * w * w + torque1 * w * out - torque2 * out * out;
            dx[0] = (torque - (friction + x[6] + x[7]) * w - load) / inertia;
            dx[1] = (flowC * signedRoot(across) - q) / fluidInertia;
            dx[2] = (x[7] * w * w - hThrustAmbient * (x[2] - u[4]) - hThrustOil * (x[2] - x[4])) / mcThrust;
            dx[3] = (x[6] * w * w - hRadialAmbient * (x[3] - u[4]) - hRadialOil * (x[3] - x[4])) / mcRadial;
            dx[4] = (hOilThrust * (x[2] - x[4]) + hOilRadial * (x[3] - x[4]) + hOilAmbient * (u[4] - x[4])) / mcOil;
            dx[5] = -wearImpeller * q * q;
            dx[6] = wearRadial * x[6] * w * w;
            dx[7] = wearThrust * x[7] * w * w;
        }

        /** The published torque with numerator and denominator multiplied by the slip, so that zero slip is no pole. */
        private double electricTorque(double voltage, double sync, double w) {
            double slip = Math.max(-1, Math.min(1, (sync - w) / sync));
            double resistance = r1 * slip + r2;
            double reactance = slip * sync * l1;
            return phases
                    * polePairs
                    * r2
                    * slip
                    / (sync + 0.00001)
                    * voltage
                    * voltage
                    / (resistance * resistance + reactance * reactance);
        }

        private double leak(double[] u) {
            return leakC * leakArea * signedRoot(u[2] - u[3]);
        }

        private static double signedRoot(double value) {
            return Math.signum(value) * Math.sqrt(Math.abs(value));
        }

        @Override
        public void outputs(OperatingMode mode, double[] x, double[] u, double[] y) {
            y[0] = x[0];
            y[1] = Math.max(0, x[1] - leak(u));
            y[2] = x[2];
            y[3] = x[3];
            y[4] = x[4];
            y[5] = x[1];
            y[6] = x[5];
            y[7] = x[6];
            y[8] = x[7];
        }

        @Override
        public OperatingMode nextMode(OperatingMode mode, double[] x, double[] u) {
            return mode;
        }

        @Override
        public double event(int index, double[] x, double[] u) {
            return switch (index) {
                case 0 -> x[5] - limitArea;
                case 1 -> limitThrust - x[2];
                case 2 -> limitRadial - x[3];
                case 3 -> limitOil - x[4];
                default -> throw new IllegalArgumentException("no event " + index);
            };
        }

        @Override
        public void project(double[] x) {
            x[5] = Math.max(0, x[5]);
        }

        @Override
        public boolean insideEnvelope(double[] x, double[] u) {
            return x[5] >= limitArea && x[2] <= limitThrust && x[3] <= limitRadial && x[4] <= limitOil;
        }
    }
}
