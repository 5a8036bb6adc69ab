package org.uatwin.simulation.estimation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.scenario.Course;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.twin.BoundSystem;

/**
 * A plant of a system model with hidden parameters, and the twin that follows it over virtual time. What the twin does not know: the
 * parameters, drawn from the priors; sensors of inputs and outputs that are off within their class and scatter; outputs that answer
 * with a lag of their own and wander; a step of a quarter of the twin's.
 */
final class HiddenSystem {
    private static final long START = 133_000_000_000_000_000L; // ticks; some day in 2022
    private static final double NOISE = 0.5; // of the sensor's standard deviation
    private static final double OFFSET = 0.7;
    private static final double WANDER = 0.4;
    private static final int PIECES = 4;

    /** What happens around the plant: inputs at a time. */
    @FunctionalInterface
    interface Weather {
        Map<String, Double> at(double seconds, NoiseStream noise);
    }

    final TwinEstimator twin;
    final ModelBinding binding;
    final Map<String, Double> hidden = new LinkedHashMap<>();
    private final String model;
    private final ModelDescription description;
    private final List<String> channels;
    private final NoiseStream noise;
    private final Weather weather;
    private final double stepSeconds;
    private final double lagSeconds;
    private final double[] inputOffset;
    private final double[] offset;
    private final double[] wander;
    private final double[] lagged;
    private final double[] y;
    private Course course;
    private String driftingPoint = "";
    private double driftPerSecond;
    private double drift;
    double seconds;

    HiddenSystem(
            String model,
            Map<String, Double> configured,
            boolean isDrawn,
            double lagSeconds,
            Weather weather,
            long seed) {
        this.model = model;
        this.weather = weather;
        this.lagSeconds = lagSeconds;
        noise = NoiseStream.ofSeed(seed);
        BoundSystem known = bound(configured);
        binding = known.followed().orElseThrow();
        twin = new TwinEstimator(binding, EstimatorSettings.defaults());
        description = binding.description();
        channels = twin.channels();
        stepSeconds = binding.model().pace();
        for (ParameterSpec spec : description.parameters()) {
            boolean isHidden = spec.tunable() && spec.priorSigma() > 0 && isDrawn;
            double value = configured.getOrDefault(spec.name(), spec.defaultValue())
                    * (1 + (isHidden ? spec.priorSigma() * noise.gaussian() : 0));
            hidden.put(spec.name(), Math.max(spec.lower(), Math.min(spec.upper(), value)));
        }
        y = new double[known.description().outputs().size()];
        lagged = new double[y.length];
        offset = new double[y.length];
        wander = new double[y.length];
        inputOffset = new double[description.inputs().size()];
        for (int j = 0; j < y.length; j++) {
            offset[j] = OFFSET * noise.gaussian();
        }
        for (int i = 0; i < inputOffset.length; i++) {
            inputOffset[i] = OFFSET * noise.gaussian();
        }
        course = course(start(Map.of()));
        course.outputs(lagged);
    }

    private BoundSystem bound(Map<String, Double> values) {
        return BoundSystem.of(
                "plant", ModelRegistry.builtIn().system(model).orElseThrow(), values, Map.of(), List.of());
    }

    private LiveState start(Map<String, Double> outputs) {
        Map<String, LiveReading> readings = new LinkedHashMap<>();
        Map<String, Double> around = weather.at(seconds, noise);
        for (InputSpec input : bound(hidden).description().inputs()) {
            Double value = around.get(input.name());
            if (value != null && input.linkedPoint() != null) {
                readings.put(input.linkedPoint(), LiveReading.good(value));
            }
        }
        outputs.forEach((point, value) -> readings.put(point, LiveReading.good(value)));
        return LiveState.of(readings);
    }

    /** A run that begins as the plant is now. */
    private Course course(LiveState live) {
        BoundSystem truth = bound(hidden);
        ModelStart start = truth.start(live);
        ModelStart exact =
                new ModelStart(truth.parameters(), start.state(), start.inputs(), start.mode(), start.quality());
        Course made = truth.course(exact, List.of(), stepSeconds / PIECES, 1);
        drive(made);
        return made;
    }

    private void drive(Course of) {
        weather.at(seconds, noise).forEach((name, value) -> of.input(description.inputIndex(name), value));
    }

    /** A hidden parameter changes; the plant goes on from where its outputs are. */
    void scale(String parameter, double factor) {
        hidden.merge(parameter, factor, (a, b) -> a * b);
        Map<String, Double> now = new LinkedHashMap<>();
        course.outputs(y);
        for (int j = 0; j < y.length; j++) {
            OutputSpec spec = description.outputs().get(j);
            if (spec.linkedPoint() != null) {
                now.put(spec.linkedPoint(), y[j]);
            }
        }
        course = course(start(now));
    }

    /** From now on a sensor shows more and more. */
    void drifts(String point, double perSecond) {
        driftingPoint = point;
        driftPerSecond = perSecond;
    }

    void run(double forSeconds) {
        long steps = Math.round(forSeconds / stepSeconds);
        for (long n = 0; n < steps; n++) {
            for (int piece = 0; piece < PIECES; piece++) {
                seconds += stepSeconds / PIECES;
                drive(course);
                course.step();
                course.outputs(y);
                double share = lagSeconds > 0 ? 1 - StrictMath.exp(-stepSeconds / PIECES / lagSeconds) : 1;
                for (int j = 0; j < y.length; j++) {
                    lagged[j] += share * (y[j] - lagged[j]);
                }
                sense();
            }
            twin.advance(now());
        }
    }

    private void sense() {
        long time = now();
        double keep = StrictMath.exp(-1.0 / (300 * PIECES));
        drift += driftPerSecond * stepSeconds / PIECES;
        for (int j = 0; j < y.length; j++) {
            OutputSpec spec = description.outputs().get(j);
            int channel = spec.linkedPoint() == null ? -1 : channels.indexOf(spec.linkedPoint());
            double sigma = spec.accuracy().sigma(lagged[j]);
            wander[j] = keep * wander[j] + WANDER * Math.sqrt(1 - keep * keep) * noise.gaussian();
            double shown = lagged[j] + sigma * (offset[j] + wander[j] + NOISE * noise.gaussian());
            if (channel >= 0 && sigma > 0) {
                double more = driftingPoint.equals(spec.linkedPoint()) ? drift : 0;
                twin.offer(channel, shown + more, SampleQuality.GOOD, time);
            }
        }
        for (int i = 0; i < inputOffset.length; i++) {
            InputSpec spec = description.inputs().get(i);
            int channel = spec.linkedPoint() == null ? -1 : channels.indexOf(spec.linkedPoint());
            if (channel >= 0) {
                double value = course.input(i);
                double sigma = spec.accuracy().sigma(value);
                double shown = value + sigma * (inputOffset[i] + 0.3 * noise.gaussian());
                double more = driftingPoint.equals(spec.linkedPoint()) ? drift : 0;
                twin.offer(channel, shown + more, SampleQuality.GOOD, time);
            }
        }
    }

    private long now() {
        return START + Math.round(seconds * UaTime.TICKS_PER_SECOND);
    }

    Synchronisation.Quantity quantity(String name) {
        return twin.report().quantities().stream()
                .filter(q -> q.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** An office, as the twin type Building has it. */
    static final Map<String, Double> OFFICE = Map.ofEntries(
            Map.entry("FloorArea", 500.0),
            Map.entry("Volume", 1500.0),
            Map.entry("OpaqueConductance", 250.0),
            Map.entry("WindowConductance", 150.0),
            Map.entry("InfiltrationRate", 0.3),
            Map.entry("HeatRecovery", 0.7),
            Map.entry("HeatingLimit", 60.0),
            Map.entry("CoolingLimit", 60.0),
            Map.entry("HeatingCop", 3.0),
            Map.entry("CoolingCop", 3.5));

    // What happens around wind turbines and buildings.

    /** Wind that comes and goes over hours, gusty. */
    static Weather wind() {
        double[] state = {0, 0, 0};
        return (t, noise) -> {
            double dt = Math.max(0, t - state[0]);
            state[0] = t;
            double slow = StrictMath.exp(-dt / 7200);
            double quick = StrictMath.exp(-dt / 60);
            state[1] = slow * state[1] + 1.5 * Math.sqrt(1 - slow * slow) * noise.gaussian();
            state[2] = quick * state[2] + 0.4 * Math.sqrt(1 - quick * quick) * noise.gaussian();
            double wind = Math.max(4, Math.min(20, 9 + state[1] + state[2]));
            return Map.of(
                    "WindSpeed",
                    wind,
                    "TurbulenceIntensity",
                    0.1,
                    "AmbientTemperature",
                    10 + 5 * StrictMath.sin(2 * Math.PI * t / 86_400));
        };
    }

    /** A cold week with sun at noon, people by day, a night setback. */
    static Weather winter() {
        double[] state = {0, 0};
        return (t, noise) -> {
            double dt = Math.max(0, t - state[0]);
            state[0] = t;
            double slow = StrictMath.exp(-dt / 36_000);
            state[1] = slow * state[1] + 2 * Math.sqrt(1 - slow * slow) * noise.gaussian();
            double hour = t / 3600 % 24;
            boolean isDay = hour > 7 && hour < 19;
            double sun = Math.max(0, StrictMath.sin(Math.PI * (hour - 8) / 9));
            return Map.of(
                    "OutdoorTemperature", 2 + state[1] + 4 * StrictMath.sin(2 * Math.PI * (hour - 9) / 24),
                    "SolarGains", hour > 8 && hour < 17 ? 6000 * sun : 0,
                    "InternalGains", isDay ? 4000.0 : 500.0,
                    "VentilationRate", isDay ? 1.0 : 0.2,
                    "HeatingSetpoint", isDay ? 21.0 : 17.0,
                    "CoolingSetpoint", 27.0);
        };
    }
}
