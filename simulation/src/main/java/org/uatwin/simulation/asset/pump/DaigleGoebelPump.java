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
            rate("WearThrust", "s", "w of r' = w r w^2, thrust bearing"));
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
            OutputSpec.figure("BearingOilTemperature", "K", "T_o"));
    private static final List<EventSpec> EVENTS = List.of(
            new EventSpec("ImpellerWearFailure", "A <= 9.5"),
            new EventSpec("ThrustBearingOverheat", "T_t >= 370 K"),
            new EventSpec("RadialBearingOverheat", "T_r >= 370 K"),
            new EventSpec("PumpOilOverheat", "T_o >= 350 K"));
    private static final ModelDescription DESCRIPTION = new ModelDescription(
            "DaigleGoebelPump", "1.0", PARAMETERS, STATES, INPUTS, OUTPUTS, EVENTS, List.of(), 3600, 1);
    private static final double[] INITIAL = {376.991118431, 0, 290, 290, 290, 12.7084, 1.8e-6, 1.4e-6};

    private static ParameterSpec rate(String name, String unit, String meaning) {
        return ParameterSpec.tunable(name, unit, 0, 0, 1, 0, meaning, PUBLISHED);
    }

    @Override
    public ModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public ModelDynamics bind(double[] parameters) {
        return new Equations(parameters[0], parameters[1], parameters[2]);
    }

    /** The published initial state and inputs; readings are not used. */
    @Override
    public ModelStart initialise(double[] parameters, LiveState live) {
        ModelStart.Quality quality = new ModelStart.Quality(
                "", List.of(), List.of("started from the published initial state"), 0, -1, false);
        return new ModelStart(parameters, INITIAL, DESCRIPTION.defaultInputs(), OperatingMode.RUNNING, quality);
    }

    private static final class Equations implements ModelDynamics {
        private static final double A0 = 0.00149204;
        private static final double A1 = 5.77703;
        private static final double A2 = 9179.4;
        private static final double B = 17984.6;
        private static final double PHASES = 3;
        private static final double POLE_PAIRS = 1;
        private static final double INERTIA = 50;
        private static final double FRICTION = 0.008;
        private static final double R1 = 0.36;
        private static final double R2 = 0.076;
        private static final double L1 = 0.00063;
        private static final double FLUID_INERTIA = 5;
        private static final double C = 8.24123e-5;
        private static final double C_LEAK = 1;
        private static final double A_LEAK = 1e-10;

        private final double wearImpeller;
        private final double wearRadial;
        private final double wearThrust;

        Equations(double wearImpeller, double wearRadial, double wearThrust) {
            this.wearImpeller = wearImpeller;
            this.wearRadial = wearRadial;
            this.wearThrust = wearThrust;
        }

        @Override
        public void derivatives(OperatingMode mode, double[] x, double[] u, double[] dx) {
            double w = x[0];
            double q = x[1];
            double sync = u[1];
            double across = x[5] * w * w + B * w * q + u[2] - u[3];
            double out = Math.max(0, q - leak(u));
            double torque = sync > 0 ? electricTorque(u[0], sync, w) : 0;
            double load = A0 * w * w + A1 * w * out - A2 * out * out;
            dx[0] = (torque - (FRICTION + x[6] + x[7]) * w - load) / INERTIA;
            dx[1] = (C * signedRoot(across) - q) / FLUID_INERTIA;
            dx[2] = (x[7] * w * w - 0.0034 * (x[2] - u[4]) - 0.0026 * (x[2] - x[4])) / 7.3;
            dx[3] = (x[6] * w * w - 0.0018 * (x[3] - u[4]) - 0.020 * (x[3] - x[4])) / 2.4;
            dx[4] = (1.0 * (x[2] - x[4]) + 3.0 * (x[3] - x[4]) + 1.5 * (u[4] - x[4])) / 8000;
            dx[5] = -wearImpeller * q * q;
            dx[6] = wearRadial * x[6] * w * w;
            dx[7] = wearThrust * x[7] * w * w;
        }

        /** The published torque with numerator and denominator multiplied by the slip, so that zero slip is no pole. */
        private static double electricTorque(double voltage, double sync, double w) {
            double slip = Math.max(-1, Math.min(1, (sync - w) / sync));
            double resistance = R1 * slip + R2;
            double reactance = slip * sync * L1;
            return PHASES
                    * POLE_PAIRS
                    * R2
                    * slip
                    / (sync + 0.00001)
                    * voltage
                    * voltage
                    / (resistance * resistance + reactance * reactance);
        }

        private static double leak(double[] u) {
            return C_LEAK * A_LEAK * signedRoot(u[2] - u[3]);
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
        }

        @Override
        public OperatingMode nextMode(OperatingMode mode, double[] x, double[] u) {
            return mode;
        }

        @Override
        public double event(int index, double[] x, double[] u) {
            return switch (index) {
                case 0 -> x[5] - 9.5;
                case 1 -> 370 - x[2];
                case 2 -> 370 - x[3];
                case 3 -> 350 - x[4];
                default -> throw new IllegalArgumentException("no event " + index);
            };
        }

        @Override
        public void project(double[] x) {
            x[5] = Math.max(0, x[5]);
        }

        @Override
        public boolean insideEnvelope(double[] x, double[] u) {
            return x[5] >= 9.5 && x[2] <= 370 && x[3] <= 370 && x[4] <= 350;
        }
    }
}
