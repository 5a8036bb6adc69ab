package org.uatwin.simulation.prognosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.twin.BoundSystem;

/** No line of the prognosis knows a type: whatever is followed and has damage has a remaining life, and more load shortens it. */
class FollowedSystemsLifeTest {
    @ParameterizedTest
    @ValueSource(strings = {"RollingBearing", "WindTurbine", "WindBlade", "Room"})
    void everyFollowedSystemWithDamageHasALife(String name) {
        ModelBinding binding = BoundSystem.of(
                        "twin", ModelRegistry.builtIn().system(name).orElseThrow(), Map.of(), Map.of(), List.of())
                .followed()
                .orElseThrow();
        Map<String, LiveReading> readings = new HashMap<>();
        for (InputSpec input : binding.description().inputs()) {
            if (input.linkedPoint() != null) {
                readings.put(input.linkedPoint(), LiveReading.good(input.defaultValue()));
            }
        }
        readings.putIfAbsent("Co2", LiveReading.good(600));
        ModelStart start = binding.model().initialise(binding.parameters(), LiveState.of(readings));
        assertThat(start.isUsable()).as(start.quality().missing()).isTrue();
        TwinPrognosis twin = TwinPrognosis.of(binding.model(), binding.parameters(), TwinPrognosis.Settings.defaults())
                .orElseThrow();
        double[] sigma = new double[start.state().length];
        KnownEstimate estimate = new KnownEstimate(
                binding.model(), binding.parameters(), start.state(), start.inputs(), OperatingMode.RUNNING, sigma);
        long now = 133_000_000_000_000_000L;
        for (int minute = 0; minute < 15; minute++) {
            now += 60 * UaTime.TICKS_PER_SECOND;
            twin.observe(estimate, now);
        }
        Prognosis live = twin.quick(List.of(), now).prognosis().orElseThrow();
        assertThat(live.medianHours()).isPositive();
        Prognosis more = twin.deep(1.3, List.of(), now).prognosis().orElseThrow();
        assertThat(more.failureWithin(live.medianHours()))
                .isGreaterThanOrEqualTo(live.failureWithin(live.medianHours()));
        assertThat(live.dominantMode()).isNotEmpty();
    }
}
