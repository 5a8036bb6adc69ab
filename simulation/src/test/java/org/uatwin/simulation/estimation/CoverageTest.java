package org.uatwin.simulation.estimation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.virtual.VirtualConveyor;
import org.uatwin.simulation.virtual.VirtualMachine;
import org.uatwin.simulation.virtual.VirtualPump;

/**
 * Do 90 % intervals cover 85 to 95 %, over 100 seeded runs (issue 4, must show 2)? Of measurements, against virtual machines of
 * other physics; of parameters, against plants whose hidden parameters are drawn from the priors, whose sensors are off and
 * whose outputs wander. Prints the table of docs/reference/synchronisation.md.
 */
@Tag("acceptance") // 800 runs take half a minute
class CoverageTest {
    private static final int RUNS = 100;
    private static final int SECONDS = 1500;

    private final Map<String, double[]> counts = new TreeMap<>();

    private void count(String what, double inside) {
        double[] c = counts.computeIfAbsent(what, k -> new double[2]);
        c[0] += inside;
        c[1]++;
    }

    /** Share of all whose name begins so. */
    private double share(String prefix) {
        double inside = 0;
        double all = 0;
        for (Map.Entry<String, double[]> each : counts.entrySet()) {
            if (each.getKey().startsWith(prefix)) {
                inside += each.getValue()[0];
                all += each.getValue()[1];
            }
        }
        return inside / all;
    }

    private void print() {
        counts.forEach((what, c) ->
                System.out.println(String.format(Locale.ROOT, "%-44s %.1f %% of %.0f", what, 100 * c[0] / c[1], c[1])));
    }

    @Test
    void ninetyPercentBandsOfMeasurementsCoverNinetyPercent() {
        measurements("pump", "CentrifugalPump", Map.of(), VirtualPump::new);
        measurements("conveyor", "Conveyor", FollowingTest.BELT, VirtualConveyor::new);
        print();
        assertThat(share("pump ")).isBetween(0.85, 0.95);
        assertThat(share("conveyor ")).isBetween(0.85, 0.95);
        assertThat(share("not calibrated"))
                .as("runs with something reported that was not there")
                .isLessThan(0.05);
    }

    private void measurements(
            String name, String model, Map<String, Double> parameters, LongFunction<VirtualMachine> machine) {
        for (int seed = 1; seed <= RUNS; seed++) {
            Following f = new Following(model, parameters, machine.apply(seed));
            f.run(SECONDS);
            for (Synchronisation.Output output : f.twin.report().outputs()) {
                count(name + " " + output.point(), output.coverage());
            }
            count("not calibrated " + name, f.twin.report().level() == FidelityLevel.CALIBRATED ? 0 : 1);
        }
    }

    @Test
    void ninetyPercentIntervalsOfHiddenParametersCoverNinetyPercent() {
        parameters(
                "CentrifugalPump",
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
                        20,
                        "Flow",
                        95));
        parameters("Conveyor", PlantReadings.of("SpeedSetpoint", 1.5, "Running", 1, "LoadMassFlow", 60));
        parameters(
                "InductionMotor",
                PlantReadings.of("Voltage", 220, "Frequency", 60, "TorqueLoad", 11, "AmbientTemperature", 20));
        parameters("Tank", PlantReadings.of("InletFlow", 20, "OutletValvePosition", 50, "Level", 50));
        print();
        assertThat(share("parameter ")).isBetween(0.85, 0.95);
    }

    private void parameters(String name, LiveState about) {
        for (int seed = 1; seed <= RUNS; seed++) {
            HiddenPlant plant =
                    new HiddenPlant(ModelRegistry.builtIn().find(name).orElseThrow(), about, true, seed);
            Following f = new Following(name, Map.of(), plant);
            f.run(SECONDS);
            for (Synchronisation.Quantity q : f.twin.report().quantities()) {
                // Of two bearings at one sensor the cooler one is hidden: its interval promises nothing.
                if (q.isEstimated()
                        && !q.name().endsWith("lFriction")
                        && !q.name().equals("ThrustFriction")) {
                    boolean isParameter = plant.model().parameterIndex(q.name()) >= 0;
                    double truth = isParameter ? plant.parameter(q.name()) : plant.state(q.name());
                    count(
                            "parameter " + name + " " + q.name(),
                            Math.abs(truth - q.value()) <= 1.6449 * q.sigma() ? 1 : 0);
                }
            }
        }
    }

    /** A parameter that changes by 5 % is flagged within half an hour in nine plants of ten, and never before it changed. */
    @Test
    void aDriftOfFivePercentIsFlagged() {
        int flagged = 0;
        int early = 0;
        double seconds = 0;
        int runs = 40;
        for (int seed = 1; seed <= runs; seed++) {
            HiddenPlant plant = new HiddenPlant(
                    ModelRegistry.builtIn().find("CentrifugalPump").orElseThrow(),
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
                            20,
                            "Flow",
                            95),
                    true,
                    seed);
            Following f = new Following("CentrifugalPump", Map.of(), plant);
            f.run(1500);
            early += f.twin.report().isDrifting() ? 1 : 0;
            plant.scale("TorqueFactor", 1.05);
            long start = f.seconds;
            boolean isNamed = false;
            while (!isNamed && f.seconds < start + 1800) {
                f.run(30);
                Synchronisation s = f.twin.report();
                isNamed = s.isDrifting() && s.diagnosis().name().equals("TorqueFactor");
            }
            flagged += isNamed ? 1 : 0;
            seconds += isNamed ? f.seconds - start : 0;
        }
        System.out.println(String.format(
                Locale.ROOT,
                "5 %% drift: %d of %d named, after %.0f s on average; %d flagged before it began",
                flagged,
                runs,
                seconds / Math.max(1, flagged),
                early));
        assertThat(flagged).isGreaterThanOrEqualTo(36);
        assertThat(early).isLessThanOrEqualTo(2);
    }
}
