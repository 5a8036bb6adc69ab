package org.uatwin.simulation.asset.tank;

import static org.uatwin.simulation.asset.Physics.GRAVITY;
import static org.uatwin.simulation.asset.Physics.PA_PER_BAR;
import static org.uatwin.simulation.asset.Physics.SECONDS_PER_HOUR;
import static org.uatwin.simulation.asset.Physics.clamp;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.contract.EventSpec;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.FitScore;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveReader;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.contract.ScenarioSpec;
import org.uatwin.simulation.contract.SensorAccuracy;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;

/**
 * An upright tank, open to the air, with a metered inlet and an outlet valve at the bottom.
 *
 * <pre>
 * V' = Qin - Qout - leak - overflow
 * Qout = Kv (valve/100) sqrt(rho g h / 1 bar * 1000/rho)     flow coefficient, IEC 60534-2-1, without back pressure
 * T' = Qin (Tin - T) / V - (T - Ta) / tau
 * </pre>
 */
public final class Tank implements TwinModel {
    private static final double WATER_KG_M3 = 1000; // reference density of Kv, IEC 60534-2-1
    private static final double SMALLEST_VOLUME = 1e-3; // share of capacity below which the tank counts as empty

    private static final int CAPACITY = 0;
    private static final int HEIGHT = 1;
    private static final int KV = 2;
    private static final int DENSITY = 3;
    private static final int COOLING_TIME = 4;
    private static final List<ParameterSpec> PARAMETERS = List.of(
            ParameterSpec.fixed("RatedVolume", "m3", 20, 0.001, 1e6, "volume at 100 % level", "plant design"),
            ParameterSpec.fixed("TankHeight", "m", 4, 0.05, 100, "liquid height at 100 % level", "plant design"),
            ParameterSpec.tunable(
                    "OutletKv", "m3/h", 60, 0.001, 1e5, 0.1, "Kv of the outlet, valve open", "data sheet"),
            ParameterSpec.fixed("FluidDensity", "kg/m3", 998.2, 400, 3_000, "of the fluid", "water, 20 degC"),
            ParameterSpec.tunable(
                    "CoolingTime", "h", 24, 0.1, 10_000, 0.3, "time constant of heat loss", "typical, insulated tank"));

    private static final List<StateSpec> STATES =
            List.of(StateSpec.dynamic("Volume", "m3", 0, 1e6), StateSpec.dynamic("Temperature", "Cel", -100, 500));

    private static final int U_IN = 0;
    private static final int U_VALVE = 1;
    private static final int U_INLET_TEMPERATURE = 2;
    private static final int U_AMBIENT = 3;
    private static final int U_LEAK = 4;
    private static final List<InputSpec> INPUTS = List.of(
            InputSpec.linked("InletFlow", "m3/h", 0, 0, 1e6, new SensorAccuracy(0.01, 0.02)),
            InputSpec.linked("OutletValvePosition", "%", 50, 0, 100, new SensorAccuracy(0, 0.3)),
            InputSpec.unlinked("InletTemperature", "Cel", 20, -50, 300),
            InputSpec.unlinked("AmbientTemperature", "Cel", 20, -50, 80),
            InputSpec.unlinked("LeakFlow", "m3/h", 0, 0, 1e6));

    private static final int Y_LEVEL = 0;
    private static final int Y_VOLUME = 1;
    private static final int Y_OUT = 2;
    private static final int Y_TEMPERATURE = 3;
    private static final int Y_NET = 4;
    private static final int Y_OVERFLOW = 5;
    private static final List<OutputSpec> OUTPUTS = List.of(
            OutputSpec.measured("Level", "%", 0, 0.2, "liquid height over TankHeight"),
            OutputSpec.measured("Volume", "m3", 0.005, 0.001, "liquid in the tank"),
            OutputSpec.measured("OutletFlow", "m3/h", 0.01, 0.02, "through the outlet valve"),
            OutputSpec.measured("Temperature", "Cel", 0, 0.3, "of the liquid, mixed"),
            OutputSpec.figure("NetFlow", "m3/h", "inlet minus outlet and leak"),
            OutputSpec.figure("Overflow", "m3/h", "lost over the brim"));

    private static final List<EventSpec> EVENTS =
            List.of(new EventSpec("Full", "level reaches 100 %"), new EventSpec("Empty", "the tank has run empty"));
    private static final List<ScenarioSpec> SCENARIOS = List.of(
            new ScenarioSpec("inlet-stops", "Nothing flows in.", List.of(ScenarioAction.set("InletFlow", 0, 10))),
            new ScenarioSpec(
                    "valve-closes",
                    "The outlet closes.",
                    List.of(ScenarioAction.ramp("OutletValvePosition", 0, 10, 20))),
            new ScenarioSpec("leak", "The tank leaks 5 m3/h.", List.of(ScenarioAction.set("LeakFlow", 5, 10))));

    private static final ModelDescription DESCRIPTION =
            new ModelDescription("Tank", "1.1", PARAMETERS, STATES, INPUTS, OUTPUTS, EVENTS, SCENARIOS, 1800, 2);

    @Override
    public ModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public ModelDynamics bind(double[] parameters) {
        return new Equations(parameters);
    }

    @Override
    public List<FailureMode> failureModes() {
        return List.of(
                FailureMode.byKnob("Leak", "LeakFlow", 10, "level falls, or rises slower, than inlet and outlet say"),
                FailureMode.byKnob("OutletClogged", "OutletKv", 0.001, "less outlet flow at the same level and valve"));
    }

    /** Volume from its reading, else from Level; the outlet's Kv from OutletFlow. */
    @Override
    public ModelStart initialise(double[] parameters, LiveState liveState) {
        double[] p = parameters.clone();
        LiveReader live = new LiveReader(liveState);
        List<String> assumptions = new ArrayList<>();
        FitScore fit = new FitScore();
        double[] u = new double[INPUTS.size()];
        for (int i = 0; i < u.length; i++) {
            u[i] = live.input(INPUTS.get(i));
        }
        double level = live.measured(OUTPUTS.get(Y_LEVEL));
        double volume = live.measured(OUTPUTS.get(Y_VOLUME));
        double out = live.measured(OUTPUTS.get(Y_OUT));
        double temperature = live.measured(OUTPUTS.get(Y_TEMPERATURE));
        String missing =
                Double.isNaN(level) && Double.isNaN(volume) ? "neither Level nor Volume has a good reading" : "";
        double start = Double.isNaN(volume) ? (Double.isNaN(level) ? 0 : level / 100 * p[CAPACITY]) : volume;
        double bounded = clamp(start, 0, p[CAPACITY]);
        boolean extrapolated = Math.abs(bounded - start) > 0.01 * p[CAPACITY];
        fit.residual(level, 100 * bounded / p[CAPACITY], 1);
        double nominal = new Equations(p).outflow(bounded, u);
        if (!Double.isNaN(out) && nominal > 0.02 * p[KV]) {
            double kv = p[KV] * out / nominal;
            double used = clamp(kv, 0.2 * p[KV], 5 * p[KV]);
            extrapolated |= used != kv;
            fit.residual(StrictMath.log(used / p[KV]), 0, 0.2);
            p[KV] = clamp(used, PARAMETERS.get(KV).lower(), PARAMETERS.get(KV).upper());
        } else {
            assumptions.add("the outlet's Kv is taken as configured");
        }
        if (Double.isNaN(temperature)) {
            temperature = u[U_AMBIENT];
        } else {
            u[U_INLET_TEMPERATURE] = temperature;
            assumptions.add("the inlet has the temperature of the tank");
        }
        return new ModelStart(
                p,
                new double[] {bounded, temperature},
                u,
                OperatingMode.RUNNING,
                new ModelStart.Quality(
                        missing, live.issues(), assumptions, live.dataAgeSeconds(), fit.value(), extrapolated));
    }

    private static final class Equations implements ModelDynamics {
        private final double capacity;
        private final double coefficient;
        private final double coolingTime;
        private final double almostEmpty;

        Equations(double[] p) {
            capacity = p[CAPACITY];
            // Kv sqrt(dp / 1 bar * 1000 / rho) with dp = rho g H V/Vmax: density cancels but for the reference.
            double barAtFull = p[DENSITY] * GRAVITY * p[HEIGHT] / PA_PER_BAR;
            coefficient = p[KV] * Math.sqrt(barAtFull * WATER_KG_M3 / p[DENSITY]);
            coolingTime = p[COOLING_TIME] * SECONDS_PER_HOUR;
            almostEmpty = SMALLEST_VOLUME * capacity;
        }

        /** m3/h; fades out over the last tenth of a percent so that an empty tank is no jump. */
        double outflow(double volume, double[] u) {
            double share = Math.max(0, volume) / capacity;
            double fade = Math.min(1, Math.max(0, volume) / almostEmpty);
            return coefficient * u[U_VALVE] / 100 * Math.sqrt(share) * fade;
        }

        private double overflow(double volume, double[] u) {
            return volume >= capacity ? Math.max(0, u[U_IN] - outflow(volume, u) - u[U_LEAK]) : 0;
        }

        @Override
        public void derivatives(OperatingMode mode, double[] x, double[] u, double[] dx) {
            double in = u[U_IN] / SECONDS_PER_HOUR;
            double leak = x[0] > 0 ? u[U_LEAK] : 0;
            dx[0] = in
                    - (outflow(x[0], u) + leak)
                            / SECONDS_PER_HOUR; // what would rise over the brim is taken off by project
            dx[1] = in * (u[U_INLET_TEMPERATURE] - x[1]) / Math.max(x[0], 10 * almostEmpty)
                    - (x[1] - u[U_AMBIENT]) / coolingTime;
        }

        @Override
        public void outputs(OperatingMode mode, double[] x, double[] u, double[] y) {
            double out = outflow(x[0], u);
            y[Y_LEVEL] = 100 * x[0] / capacity;
            y[Y_VOLUME] = x[0];
            y[Y_OUT] = out;
            y[Y_TEMPERATURE] = x[1];
            y[Y_NET] = u[U_IN] - out - (x[0] > 0 ? u[U_LEAK] : 0);
            y[Y_OVERFLOW] = overflow(x[0], u);
        }

        @Override
        public OperatingMode nextMode(OperatingMode mode, double[] x, double[] u) {
            return mode;
        }

        @Override
        public double event(int index, double[] x, double[] u) {
            return switch (index) {
                case 0 -> capacity - x[0];
                case 1 -> x[0] - almostEmpty;
                default -> throw new IllegalArgumentException("no event " + index);
            };
        }

        @Override
        public void project(double[] x) {
            x[0] = clamp(x[0], 0, capacity);
        }

        @Override
        public boolean insideEnvelope(double[] x, double[] u) {
            return x[0] < capacity;
        }
    }
}
