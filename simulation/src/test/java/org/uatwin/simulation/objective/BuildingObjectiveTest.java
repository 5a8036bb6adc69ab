package org.uatwin.simulation.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.RunTask;
import org.uatwin.simulation.scenario.StopReason;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.twin.BoundSystem;

/** Setback, pre-heating and pre-cooling of a building. */
class BuildingObjectiveTest {
    private static Subject building(Object... parameters) {
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.put((String) parameters[i], ((Number) parameters[i + 1]).doubleValue());
        }
        return BoundSystem.of(
                "zone", ModelRegistry.builtIn().system("Building").orElseThrow(), values, Map.of(), List.of());
    }

    /** All of it one temperature: surfaces and air follow the mass at once, 200 W/K and 20 MJ/K. */
    private static Subject lump() {
        return building(
                "FloorArea",
                2000,
                "Volume",
                1,
                "HeatCapacity",
                10,
                "OpaqueConductance",
                200,
                "WindowConductance",
                0,
                "InfiltrationRate",
                0,
                "HeatRecovery",
                0,
                "HeatingCop",
                1,
                "MassCoefficient",
                20,
                "SurfaceCoefficient",
                20,
                "HeatingLimit",
                1e5);
    }

    private static LiveState winter(double air) {
        return PlantReadings.of(
                "AirTemperature",
                air,
                "OutdoorTemperature",
                0,
                "HeatingSetpoint",
                21,
                "CoolingSetpoint",
                30,
                "SolarGains",
                0,
                "InternalGains",
                0,
                "VentilationRate",
                0);
    }

    /** A single resistance and capacity of 27.8 h: ten hours of setback at 0 Cel save 6.39 of 100.8 kWh, by exponentials. */
    @Test
    void setbackSavesWhatTheExponentialSays() {
        String text =
                "uatwin: 1\nobjective: cost\ntime: 12 h\nhorizon: 24 h\nsettings: {Tariff: 1, ComfortLow: 21, ComfortHigh:"
                        + " 30, OccupiedFrom: 8, OccupiedUntil: 22, MaxDiscomfort: 0, LowestSetpoint: 16}";
        Optimum o = Asking.optimum(lump(), winter(21), text, 0);
        double tau = 2e7 / 200 / 3600;
        double untilFloor = tau * Math.log(21.0 / 16); // then it is held at 16 Cel
        double free = 0.2 * (21 * (untilFloor - tau * (1 - 16.0 / 21)) + 5 * (10 - untilFloor));
        assertThat(o.baseline()).isCloseTo(100.8, within(0.5));
        assertThat(o.gain()).as(o.text()).isCloseTo(free, within(0.35));
        assertThat(free).isCloseTo(6.394, within(0.01));
        assertThat(o.stopReason()).isEqualTo(StopReason.CONVERGED);
    }

    /** Cheap nights: heated beforehand while it is cheap, and never less comfortable than allowed. */
    @Test
    void heatsBeforehandWhileElectricityIsCheap() {
        String text =
                "uatwin: 1\nobjective: cost\ntime: 0 h\nhorizon: 24 h\nsettings: {Tariff: [[0 h, 0.1], [6 h, 0.5], [21 h,"
                        + " 0.1]], ComfortLow: 20, ComfortHigh: 26, MaxDiscomfort: 0.5}";
        Subject subject =
                building("FloorArea", 500, "Volume", 1500, "OpaqueConductance", 250, "WindowConductance", 150);
        RunTask.Result result = Asking.ask(subject, winter(21), text, 0);
        Optimum o = result.optimum().orElseThrow();
        assertThat(o.gainPercent()).as(o.text()).isGreaterThan(20);
        assertThat(o.limits().get(0).value()).isLessThanOrEqualTo(0.5 + 1e-6);
        double[] heating = Asking.series(result, "HeatingSetpoint").series().values();
        assertThat(heating).hasSize(24);
        assertThat(Math.max(heating[4], heating[5])).as("before 6 h").isGreaterThan(20);
        assertThat(o.robustness()).isNotEmpty();
    }

    /** A hot day: cooled below the band before the dear hours, and no energy is borrowed from the end of the day. */
    @Test
    void coolsBeforehandOnAHotDay() {
        String text =
                "uatwin: 1\nobjective: cost\ntime: 6 h\nhorizon: 24 h\nsettings: {Tariff: [[0 h, 0.1], [12 h, 0.6], [18 h,"
                        + " 0.1]], ComfortHigh: 25, OccupiedFrom: 8, OccupiedUntil: 18, OutdoorTemperature: [[0 h, 24], [10 h, 34],"
                        + " [20 h, 24]], InternalGains: [[8 h, 5000], [18 h, 500]]}";
        Subject subject =
                building("FloorArea", 500, "Volume", 1500, "OpaqueConductance", 250, "WindowConductance", 150);
        LiveState live = PlantReadings.of(
                "AirTemperature",
                24,
                "OutdoorTemperature",
                24,
                "HeatingSetpoint",
                18,
                "CoolingSetpoint",
                24,
                "SolarGains",
                0,
                "InternalGains",
                500,
                "VentilationRate",
                0);
        Optimum o = Asking.optimum(subject, live, text, 0);
        assertThat(o.gainPercent()).as(o.text()).isGreaterThan(20);
        assertThat(o.limits().get(1).value()).isLessThan(0.5);
    }

    /** A cold start and weak heating: no setpoints help, and the answer says what comfort is left. */
    @Test
    void heatingTooWeakForComfortIsSaidSo() {
        String text =
                "uatwin: 1\nobjective: cost\ntime: 8 h\nhorizon: 6 h\nsettings: {ComfortLow: 21, MaxDiscomfort: 0.1}";
        Subject subject = building(
                "FloorArea",
                500,
                "Volume",
                1500,
                "OpaqueConductance",
                250,
                "WindowConductance",
                150,
                "HeatingLimit",
                5);
        Optimum o = Asking.optimum(subject, winter(15), text, 0);
        assertThat(o.isFeasible()).isFalse();
        assertThat(o.text()).contains("No solution", "Discomfort must be at most 0.1 K.h");
    }
}
