package org.uatwin.simulation.prognosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.simulation.solver.NoiseStream;

/** Several methods, one answer, and everybody can see who said what. */
class CombinedPrognosisTest {
    private static final Text NOTHING = Text.of("nothing yet");

    private static MethodForecast about(PrognosisMethod method, double hours, double relative) {
        return about(method, "Wear", hours, relative);
    }

    private static MethodForecast about(PrognosisMethod method, String mode, double hours, double relative) {
        double[] draws = IntStream.range(0, 200)
                .mapToDouble(i -> hours * (1 + relative * (i - 99.5) / 100))
                .toArray();
        return new MethodForecast(
                method,
                LifeDistribution.ofDraws(draws, 10_000),
                List.of(new ModeShare(mode, 1, hours)),
                0.9,
                false,
                Text.of("because"));
    }

    private static Prognosis known(PrognosisAnswer answer) {
        return answer.prognosis().orElseThrow();
    }

    @Test
    void withoutAForecastThereIsAReasonAndNoNumber() {
        PrognosisAnswer answer = new CombinedPrognosis(0.9).answer(List.of(), 5, "Pump/1.0", NOTHING);
        assertThat(answer).isEqualTo(new PrognosisAnswer.NotYet(NOTHING));
        assertThat(answer.prognosis()).isEmpty();
    }

    @Test
    void aMethodThatWasWrongLosesWeight() {
        CombinedPrognosis combined = new CombinedPrognosis(0.9);
        MethodForecast physics = about(PrognosisMethod.PHYSICS, 1000, 0.1);
        MethodForecast trend = about(PrognosisMethod.TREND, 500, 0.1);
        Prognosis before = known(combined.answer(List.of(physics, trend), 0, "Pump/1.0", NOTHING));
        assertThat(before.methods().get(0).method()).isEqualTo(PrognosisMethod.PHYSICS);
        for (int i = 0; i < 10; i++) {
            combined.failed(physics, 500);
            combined.failed(trend, 500);
        }
        Prognosis after = known(combined.answer(List.of(physics, trend), 0, "Pump/1.0", NOTHING));
        assertThat(after.methods().get(0).method()).isEqualTo(PrognosisMethod.TREND);
        assertThat(after.methods().get(0).weight()).isGreaterThan(0.6);
        assertThat(after.methods().get(0).coverage()).isEqualTo(1);
        assertThat(after.methods().get(1).coverage()).isZero();
        assertThat(after.methods().stream().mapToDouble(MethodWeight::weight).sum())
                .isCloseTo(1, within(1e-12));
        assertThat(after.medianHours()).isLessThan(before.medianHours());
        assertThat(after.dominantMode()).isEqualTo("Wear");
    }

    /** Two ends of a life do not average: the first one ends it. */
    @Test
    void differentFailureModesCompete() {
        CombinedPrognosis combined = new CombinedPrognosis(0.9);
        MethodForecast physics = about(PrognosisMethod.PHYSICS, "BearingHeat", 1000, 0.2);
        MethodForecast liner = about(PrognosisMethod.TREND, "LinerWear", 3000, 0.2);
        MethodForecast same = about(PrognosisMethod.TREND, "BearingHeat", 1000, 0.2);
        Prognosis far = known(combined.answer(List.of(physics, liner), 0, "Pump/1.0", NOTHING));
        assertThat(far.medianHours()).isCloseTo(1000, within(10.0));
        assertThat(far.dominantMode()).isEqualTo("BearingHeat");
        assertThat(far.methods().get(0).weight()).isCloseTo(1, within(1e-6));
        MethodForecast near = about(PrognosisMethod.TREND, "LinerWear", 1000, 0.2);
        Prognosis both = known(combined.answer(List.of(physics, near), 0, "Pump/1.0", NOTHING));
        assertThat(both.methods())
                .allSatisfy(method -> assertThat(method.weight()).isCloseTo(0.5, within(0.01)));
        assertThat(both.modes()).extracting(ModeShare::share).allSatisfy(share -> assertThat(share)
                .isCloseTo(0.5, within(0.01)));
        assertThat(both.failureWithin(1000)).as("1 - (1 - 0.5)^2").isCloseTo(0.75, within(0.01));
        assertThat(both.reason().in(List.of("en")).text()).startsWith("what comes first: ");
        Prognosis joined = known(combined.answer(List.of(physics, same, liner), 0, "Pump/1.0", NOTHING));
        assertThat(joined.failureWithin(1000)).as("one mode, two methods").isCloseTo(0.5, within(0.01));
        assertThat(joined.methods()).hasSize(2);
    }

    /** Intervals half as wide as they should be are widened until they hold nine of ten outcomes. */
    @Test
    void intervalsThatCoverTooLittleAreWidened() {
        CoverageTracker tracker = new CoverageTracker(0.9);
        NoiseStream noise = NoiseStream.ofSeed(1);
        for (int i = 0; i < 15; i++) {
            tracker.outcome(-0.8, 0, 0.8, noise.gaussian());
        }
        assertThat(tracker.widening()).isEqualTo(1); // nobody knows yet
        for (int i = 0; i < 300; i++) {
            tracker.outcome(-0.8, 0, 0.8, noise.gaussian());
        }
        assertThat(tracker.coverage()).isBetween(0.5, 0.66);
        assertThat(tracker.widening()).isCloseTo(1.6449 / 0.8, within(0.35));
        CoverageTracker right = new CoverageTracker(0.9);
        for (int i = 0; i < 300; i++) {
            right.outcome(-2.5, 0, 2.5, noise.gaussian());
        }
        assertThat(right.widening()).isEqualTo(1);
    }

    /** Beyond the horizon the answer is "more than that", as a finite number with a flag. */
    @Test
    void beyondTheHorizonIsSaid() {
        MethodForecast far = about(PrognosisMethod.PHYSICS, 50_000, 0.1);
        Prognosis answer = known(new CombinedPrognosis(0.9).answer(List.of(far), 1, "Pump/1.0", NOTHING));
        assertThat(answer.isBeyondHorizon()).isTrue();
        assertThat(answer.medianHours()).isEqualTo(10_000);
        assertThat(answer.failureWithin(10_000)).isZero();
    }
}
