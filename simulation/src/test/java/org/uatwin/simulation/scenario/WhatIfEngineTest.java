package org.uatwin.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.asset.conveyor.Conveyor;
import org.uatwin.simulation.asset.pump.CentrifugalPump;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;

class WhatIfEngineTest {
    private static final ModelBinding PUMP = ModelBinding.of("pump-01", new CentrifugalPump(), Map.of());
    private static final ModelBinding BELT = ModelBinding.of("conv-01", new Conveyor(), Map.of());

    static LiveState pumpReadings() {
        return PlantReadings.settled(
                PUMP,
                PlantReadings.of(
                        "SpeedSetpoint",
                        2950,
                        "Running",
                        1,
                        "ValvePosition",
                        70,
                        "SuctionPressure",
                        0.5,
                        "FluidTemperature",
                        20),
                40_000);
    }

    static LiveState beltReadings() {
        return PlantReadings.settled(
                BELT, PlantReadings.of("SpeedSetpoint", 1.5, "Running", 1, "LoadMassFlow", 60), 20_000);
    }

    private static WhatIfAnswer answer(WhatIfResult result) {
        assertThat(result).isInstanceOf(WhatIfResult.Answered.class);
        return ((WhatIfResult.Answered) result).answer();
    }

    @Test
    void slowerPumpDeliversLessAndTheIntervalHoldsTheAnswer() {
        LiveState live = pumpReadings();
        WhatIfAnswer answer =
                answer(WhatIfEngine.whatIf(PUMP, live, new WhatIfRequest("SpeedSetpoint", 2360, "Flow", 0), 7));
        assertThat(answer.success()).isTrue();
        assertThat(answer.baseline()).isBetween(99.0, 101.0);
        assertThat(answer.predicted()).isLessThan(85);
        assertThat(answer.delta()).isEqualTo(answer.predicted() - answer.baseline());
        assertThat(answer.block().lower()).isLessThan(answer.predicted());
        assertThat(answer.block().upper()).isGreaterThan(answer.predicted());
        assertThat(answer.block().confidenceLevel()).isEqualTo(0.9);
        assertThat(answer.block().fitScore()).isGreaterThan(0.9);
        assertThat(answer.block().unit()).isEqualTo("m3/h");
    }

    @Test
    void fasterBeltCarriesLessPerMetre() {
        LiveState live = beltReadings();
        WhatIfAnswer answer =
                answer(WhatIfEngine.whatIf(BELT, live, new WhatIfRequest("SpeedSetpoint", 1.2, "MotorPower", 0), 7));
        assertThat(answer.delta()).isNegative();
    }

    @Test
    void sameSeedGivesTheSameBits() {
        LiveState live = pumpReadings();
        WhatIfRequest request = new WhatIfRequest("ValvePosition", 30, "MotorPower", 120);
        assertThat(WhatIfEngine.whatIf(PUMP, live, request, 11))
                .isEqualTo(WhatIfEngine.whatIf(PUMP, live, request, 11))
                .isNotEqualTo(WhatIfEngine.whatIf(PUMP, live, request, 12));
    }

    @Test
    void badArgumentsAreNamedByPositionWithRangeAndNearestName() {
        WhatIfResult result =
                WhatIfEngine.whatIf(PUMP, pumpReadings(), new WhatIfRequest("SpeedSetpont", 1, "Flaw", Double.NaN), 1);
        assertThat(result).isInstanceOf(WhatIfResult.Invalid.class);
        var problems = ((WhatIfResult.Invalid) result).problems();
        assertThat(problems).extracting(InvalidParameter::argumentIndex).containsExactly(0, 2, 3);
        assertThat(problems.get(0).text()).contains("SpeedSetpoint");
        assertThat(problems.get(1).text()).contains("Flow");
        var range = (WhatIfResult.Invalid)
                WhatIfEngine.whatIf(PUMP, pumpReadings(), new WhatIfRequest("ValvePosition", 140, "Flow", 1e9), 1);
        assertThat(range.problems())
                .extracting(InvalidParameter::kind)
                .containsOnly(InvalidParameter.Kind.OUT_OF_RANGE);
        assertThat(range.problems().get(0).text()).contains("0..100 %");
        assertThat(range.problems().get(1).text()).contains("Simulate");
    }

    @Test
    void speedIsLimitedByTheNameplateOfTheAsset() {
        var range = (WhatIfResult.Invalid)
                WhatIfEngine.whatIf(PUMP, pumpReadings(), new WhatIfRequest("SpeedSetpoint", 3600, "Flow", 0), 1);
        assertThat(range.problems().get(0).text()).contains("0..3540 r/min");
    }

    @Test
    void withoutDataTheAnswerIsAnHonestNo() {
        WhatIfAnswer answer = answer(WhatIfEngine.whatIf(
                PUMP, PlantReadings.of("Flow", 100), new WhatIfRequest("ValvePosition", 30, "Flow", 0), 1));
        assertThat(answer.success()).isFalse();
        assertThat(answer.message()).contains("pump-01").contains("SpeedSetpoint");
        assertThat(answer.block().confidenceLevel()).isZero();
    }

    @Test
    void staleReadingsAreReportedWithTheirAge() {
        LiveState live = pumpReadings().with("SuctionPressure", new LiveReading(0.5, true, 90));
        WhatIfAnswer answer =
                answer(WhatIfEngine.whatIf(PUMP, live, new WhatIfRequest("ValvePosition", 30, "Flow", 0), 1));
        assertThat(answer.success()).isTrue();
        assertThat(answer.block().dataAgeSeconds()).isEqualTo(90);
        assertThat(answer.block().reason()).contains("SuctionPressure stale");
    }
}
