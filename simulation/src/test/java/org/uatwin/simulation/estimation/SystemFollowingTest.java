package org.uatwin.simulation.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.scenario.WhatIfAnswer;
import org.uatwin.simulation.scenario.WhatIfEngine;
import org.uatwin.simulation.scenario.WhatIfRequest;
import org.uatwin.simulation.scenario.WhatIfResult;
import org.uatwin.simulation.twin.BoundSystem;

/**
 * Twins of system models against plants of hidden parameters, off sensors and other steps (issue 4, must show 2). Time is virtual,
 * seeds are fixed; figures over many seeds are in {@link SystemCoverageTest}.
 */
class SystemFollowingTest {
    static HiddenSystem turbine(long seed) {
        return new HiddenSystem("WindTurbine", Map.of(), true, 8, HiddenSystem.wind(), seed);
    }

    static HiddenSystem office(long seed) {
        return new HiddenSystem("Building", HiddenSystem.OFFICE, true, 30, HiddenSystem.winter(), seed);
    }

    /** Calibrated after half a day; the parameters that the data tell are what the plant has, the others keep their prior. */
    @Test
    void followsATurbine() {
        HiddenSystem h = turbine(2);
        h.run(3600);
        assertThat(h.twin.report().level()).isEqualTo(FidelityLevel.INITIAL);
        h.run(24 * 3600);
        Synchronisation s = h.twin.report();
        assertThat(s.level()).isEqualTo(FidelityLevel.CALIBRATED);
        assertThat(s.score()).isGreaterThan(85);
        assertThat(s.isDrifting()).isFalse();
        for (String name : List.of("Soiling", "CoolingFouling")) {
            Synchronisation.Quantity q = h.quantity(name);
            assertThat(q.isEstimated()).as(name).isTrue();
            assertThat(q.value()).as(name).isCloseTo(h.hidden.get(name), within(3 * q.sigma()));
        }
        assertThat(h.quantity("YawExponent").isEstimated())
                .as("a rotor that always faces the wind tells nothing of it")
                .isFalse();
    }

    @Test
    void followsABuildingThroughNightsAndDays() {
        HiddenSystem h = office(4);
        h.run(96 * 3600);
        Synchronisation s = h.twin.report();
        assertThat(s.level().isUsable()).isTrue();
        assertThat(s.score()).isGreaterThan(80);
        Synchronisation.Quantity capacity = h.quantity("HeatCapacity");
        assertThat(capacity.value()).isCloseTo(h.hidden.get("HeatCapacity"), within(3 * capacity.sigma()));
        assertThat(capacity.sigma()).as("less than the prior's").isLessThan(0.1 * capacity.value());
    }

    /** Blades get dirty: named as that, not as a wrong anemometer. */
    @Test
    void aDirtyRotorIsFound() {
        HiddenSystem h = turbine(2);
        h.run(26 * 3600);
        h.scale("Soiling", 0.92);
        h.run(12 * 3600);
        Synchronisation s = h.twin.report();
        assertThat(s.isDrifting()).isTrue();
        assertThat(s.diagnosis().name()).isEqualTo("Soiling");
        assertThat(s.diagnosis().kind()).isEqualTo(Diagnosis.Kind.PARAMETER);
    }

    /** An anemometer that drifts is the sensor of an input: named, and the rotor is not taken for dirty. */
    @Test
    void anAnemometerThatDriftsIsNotTakenForADirtyRotor() {
        HiddenSystem h = turbine(2);
        h.run(26 * 3600);
        double before = h.quantity("Soiling").value();
        h.drifts("WindSpeed", 1.0 / (12 * 3600));
        h.run(20 * 3600);
        Synchronisation s = h.twin.report();
        assertThat(s.diagnosis().kind()).isEqualTo(Diagnosis.Kind.SENSOR);
        assertThat(s.diagnosis().name()).isEqualTo("WindSpeed");
        assertThat(h.quantity("Soiling").value()).isCloseTo(before, within(0.03));
    }

    /** What-ifs start from the estimate: state, parameters and their uncertainty; the state of a part that is replaced is new. */
    @Test
    void questionsStartFromTheEstimate() {
        HiddenSystem h = turbine(2);
        h.run(26 * 3600);
        Subject subject = BoundSystem.of(
                "t", ModelRegistry.builtIn().system("WindTurbine").orElseThrow(), Map.of(), Map.of(), List.of());
        LiveState readings = LiveState.of(Map.of(
                "WindSpeed", LiveReading.good(8),
                "TurbulenceIntensity", LiveReading.good(0.1),
                "Power", LiveReading.good(1500)));
        Estimate estimate = h.twin.estimate().orElseThrow();
        WhatIfAnswer known = ask(Subject.followed(subject, estimate), readings);
        WhatIfAnswer unknown = ask(subject, readings);
        assertThat(known.block().fitScore()).isEqualTo(estimate.fit());
        assertThat(known.block().reason()).contains("follows the asset");
        assertThat(unknown.block().reason()).doesNotContain("follows the asset");
        assertThat(known.block().upper() - known.block().lower())
                .as("what is known of it narrows the interval")
                .isPositive()
                .isLessThan(unknown.block().upper() - unknown.block().lower());
    }

    private static WhatIfAnswer ask(Subject subject, LiveState readings) {
        WhatIfRequest request = new WhatIfRequest("WindSpeed", 9, "Power", 600);
        return ((WhatIfResult.Answered) WhatIfEngine.whatIf(subject, readings, request, 1)).answer();
    }

    /** What was learnt survives a restart. */
    @Test
    void whatWasLearntIsTakenUp() {
        HiddenSystem h = turbine(2);
        h.run(26 * 3600);
        byte[] saved = h.twin.save();
        TwinEstimator again = new TwinEstimator(h.binding, EstimatorSettings.defaults());
        assertThat(again.restore(saved)).isTrue();
        assertThat(new TwinEstimator(office(1).binding, EstimatorSettings.defaults()).restore(saved))
                .as("another model")
                .isFalse();
    }
}
