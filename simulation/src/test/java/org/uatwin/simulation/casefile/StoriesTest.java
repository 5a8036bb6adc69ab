package org.uatwin.simulation.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two stories of docs/reference/stories.md: what they claim, where the claim ends, and that their parts keep their promises. */
class StoriesTest {
    private final Path folder;

    StoriesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Cases.Outcome line(String parameters) {
        return Cases.run(
                folder,
                """
                uatwin: 1
                model: ConditionBasedMaintenance
                parameters: {%s}
                tables: {stations: %s}
                seed: 7
                """
                        .formatted(
                                parameters,
                                Cases.EXAMPLES.resolve("line-parts.csv").toAbsolutePath()));
    }

    private Cases.Outcome feeder(String parameters) {
        return Cases.run(
                folder,
                """
                uatwin: 1
                model: FeederDemandResponse
                parameters: {BaseVoltage: 11, %s}
                tables: {buses: %s, branches: %s, profile: %s}
                seed: 5
                """
                        .formatted(
                                parameters,
                                Cases.EXAMPLES.resolve("city-feeder-buses.csv").toAbsolutePath(),
                                Cases.EXAMPLES
                                        .resolve("city-feeder-branches.csv")
                                        .toAbsolutePath(),
                                Cases.EXAMPLES.resolve("evening-peak.csv").toAbsolutePath()));
    }

    @Test
    void actingOnPredictionsCutsUnplannedDowntimeByAFifth() {
        Cases.Outcome told = line("Histories: 20");
        assertThat(told.figure("UnplannedCut, 5 % of histories below")).isGreaterThan(20);
        assertThat(told.figure("DowntimeCut")).isGreaterThan(20);
        assertThat(told.figure("Recall")).isBetween(80.0, 100.0);
        assertThat(told.figure("FalseAlarms")).isBetween(0.0, 0.2 * told.figure("Replacements"));
    }

    /** What announces itself by nothing cannot be predicted. */
    @Test
    void unannouncedFailuresEndTheStory() {
        Cases.Outcome told = line("Histories: 20, Unannounced: 0.9");
        assertThat(told.figure("UnplannedCut")).isLessThan(20);
    }

    /** Planned work that takes as long as unplanned, and a nervous limit, cost more than they save. */
    @Test
    void falseAlarmsAreCountedAndCost() {
        Cases.Outcome nervous = line("Histories: 20, RiskLimit: 0.000001, SensorNoise: 0.2, BreakEvery: 168");
        Cases.Outcome calm = line("Histories: 20");
        assertThat(nervous.figure("FalseAlarms")).isGreaterThan(calm.figure("FalseAlarms") + 5);
        assertThat(nervous.figure("LifeUsed")).isLessThan(calm.figure("LifeUsed") - 5);
        assertThat(nervous.figure("PartsAfter")).isGreaterThan(calm.figure("PartsAfter"));
    }

    /** What is left is the random part of the wear itself: the risk taken at each break is the share that is missed. */
    @Test
    void theShareThatIsMissedIsTheRiskThatIsTaken() {
        Cases.Outcome told = line("Histories: 4, SensorNoise: 0, RateSpread: 0, Unannounced: 0, RiskLimit: 0.02");
        assertThat(told.figure("Recall")).isBetween(97.0, 100.0);
        assertThat(told.figure("LifeUsed")).isGreaterThan(90);
        assertThat(told.figure("Unannounced")).isZero();
    }

    @Test
    void theFeedersPeakFallsByFifteenPercentAndItsVoltagesRise() {
        Cases.Outcome told = feeder("Days: 40");
        assertThat(told.figure("TargetReached")).isEqualTo(1);
        assertThat(told.figure("PeakCut, 5 % of days below")).isGreaterThan(15);
        assertThat(told.figure("MinVoltageAfter")).isGreaterThan(told.figure("MinVoltageBefore"));
        assertThat(told.figure("LossesAfter")).isLessThan(told.figure("LossesBefore"));
    }

    @Test
    void tooFewFlexibleHouseholdsDoNotReachIt() {
        Cases.Outcome told = feeder("Days: 40, FlexibleShare: 0.1, Response: 0.5");
        assertThat(told.figure("TargetReached")).isZero();
        assertThat(told.figure("PeakCut")).isBetween(2.0, 15.0); // the batteries alone do something
    }

    /** Without households that answer, noise and batteries nothing changes at all. */
    @Test
    void withoutAnybodyWhoAnswersNothingChanges() {
        Cases.Outcome told = feeder("Days: 3, Response: 0");
        assertThat(told.figure("PeakCut")).isZero();
        assertThat(told.figure("LossesAfter")).isEqualTo(told.figure("LossesBefore"), within(1e-6));
    }

    /** When all answer exactly as expected, the day is the plan, but for the losses of the lines. */
    @Test
    void theDayIsThePlanWhenNothingIsRandom() {
        Cases.Outcome told = feeder("Days: 2, Response: 1, LoadNoise: 0");
        assertThat(told.figure("PeakCut")).isEqualTo(told.figure("PlannedCut, all answer as planned"), within(0.6));
    }

    @Test
    void reboundMakesThePeakHigher() {
        double without = feeder("Days: 2, Rebound: 0").figure("PeakCut");
        double with = feeder("Days: 2, Rebound: 0.8").figure("PeakCut");
        assertThat(with).isLessThan(without);
    }
}
