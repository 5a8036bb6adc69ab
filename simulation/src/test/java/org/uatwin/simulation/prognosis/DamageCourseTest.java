package org.uatwin.simulation.prognosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.solver.FixedStepSolver;

/** Damage in slow time has to end where the whole model ends: otherwise every remaining life is wrong by as much. */
class DamageCourseTest {
    private static TwinModel model(String name) {
        return ModelRegistry.builtIn().find(name).orElseThrow();
    }

    private static double[] passage(ModelBinding binding, LoadProfile load, double[] state) {
        DamageLimits limits = DamageLimits.of(binding.model(), binding.parameters());
        var dynamics = binding.model().bind(binding.parameters());
        DamageCourse course = new DamageCourse(limits, load, 0);
        double[] ones = new double[state.length];
        Arrays.fill(ones, 1);
        double[] passage = new double[limits.limits.size()];
        course.run(dynamics, state, ones, 1e12, passage);
        assertThat(course.isSettled()).isTrue();
        return passage;
    }

    /** Hours until an event of the whole model, in steps of a second. */
    private static double simulated(ModelBinding binding, LoadProfile load, double[] state, int event) {
        var dynamics = binding.model().bind(binding.parameters());
        double[] x = state.clone();
        FixedStepSolver solver = new FixedStepSolver(FixedStepSolver.Method.RK4, x.length);
        double seconds = 0;
        while (true) {
            for (LoadProfile.Stretch stretch : load.stretches()) {
                for (double t = 0; t < stretch.hours() * 3600; t++) {
                    solver.step(dynamics, stretch.mode(), x, stretch.inputs(), 1);
                    seconds++;
                    if (dynamics.event(event, x, stretch.inputs()) <= 0) {
                        return seconds / 3600;
                    }
                }
            }
        }
    }

    private static double[] inputs(ModelBinding binding, Map<String, Double> values) {
        double[] u = binding.description().defaultInputs();
        values.forEach((name, value) -> u[binding.description().inputIndex(name)] = value);
        return u;
    }

    @Test
    void impellerReachesItsLimitWhenTheWholeModelDoes() {
        ModelBinding pump = ModelBinding.of("p", model("CentrifugalPump"), Map.of("ImpellerWearRate", 5.0));
        double[] u = inputs(pump, Map.of());
        double[] x = KnownEstimate.atRest(pump.model(), pump.parameters(), u);
        LoadProfile load = LoadProfile.steady(u);
        assertThat(passage(pump, load, x)[0]).isCloseTo(simulated(pump, load, x, 0), within(0.05));
    }

    /** The heat of a bearing follows its friction, which nobody reads: the event of the model ends its life, and one bearing is the cause. */
    @Test
    void bearingOverheatsWhenTheWholeModelDoes() {
        ModelBinding pump = ModelBinding.of(
                "p", model("CentrifugalPump"), Map.of("ImpellerWearRate", 0.01, "BearingWearRate", 10.0));
        double[] u = inputs(pump, Map.of());
        double[] x = KnownEstimate.atRest(pump.model(), pump.parameters(), u);
        LoadProfile load = LoadProfile.steady(u);
        double[] passage = passage(pump, load, x);
        double truth = simulated(pump, load, x, 1);
        assertThat(Math.min(passage[1], passage[2])).isCloseTo(truth, within(0.02 * truth));
        assertThat(Math.max(passage[1], passage[2])).isInfinite();
    }

    /** A life of a few cycles of the load ends in that stretch in which the limit is reached. */
    @Test
    void fewCyclesArePlayedInTheirOrder() {
        ModelBinding pump = ModelBinding.of("p", model("CentrifugalPump"), Map.of("ImpellerWearRate", 40.0));
        double[] fast = inputs(pump, Map.of());
        double[] slow = inputs(pump, Map.of("SpeedSetpoint", 2300.0));
        double[] x = KnownEstimate.atRest(pump.model(), pump.parameters(), fast);
        LoadProfile load = new LoadProfile(List.of(
                new LoadProfile.Stretch(2, fast, OperatingMode.RUNNING),
                new LoadProfile.Stretch(3, slow, OperatingMode.RUNNING)));
        assertThat(passage(pump, load, x)[0]).isCloseTo(simulated(pump, load, x, 0), within(0.03));
    }

    /** Many cycles act like their mean, and hours at a standstill do not count. */
    @Test
    void manyCyclesActLikeTheirMean() {
        ModelBinding belt = ModelBinding.of("b", model("Conveyor"), Map.of());
        double[] u = inputs(belt, Map.of());
        double[] x = KnownEstimate.atRest(belt.model(), belt.parameters(), u);
        double always = passage(belt, LoadProfile.steady(u), x)[1];
        LoadProfile half = new LoadProfile(List.of(
                new LoadProfile.Stretch(8, u, OperatingMode.RUNNING),
                new LoadProfile.Stretch(8, u, OperatingMode.STOPPED)));
        assertThat(passage(belt, half, x)[1]).isCloseTo(2 * always, within(1e-3 * always));
    }

    /** Montsinger: 10 K more halve the life of insulation; the rate depends on temperatures that settle. */
    @Test
    void insulationLivesLongerInTheCool() {
        ModelBinding motor = ModelBinding.of("m", model("InductionMotor"), Map.of());
        double[] warm = inputs(motor, Map.of("AmbientTemperature", 40.0));
        double[] cool = inputs(motor, Map.of("AmbientTemperature", 20.0));
        double[] x = KnownEstimate.atRest(motor.model(), motor.parameters(), warm);
        double ratio = passage(motor, LoadProfile.steady(cool), x)[0] / passage(motor, LoadProfile.steady(warm), x)[0];
        assertThat(ratio).isBetween(3.5, 5.0);
    }
}
