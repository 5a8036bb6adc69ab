package org.uatwin.simulation.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Feeder, frequency, demand, wind, sun, cars against published figures. */
@SuppressWarnings("StringConcatToTextBlock") // a text block would need as many escapes
class ReferencePowerTest extends ReferenceCases {
    @Test
    void feederOf33Buses() throws IOException {
        String text = "model: RadialFeeder\ntables: {buses: @grid_33bus/bus.csv, branches: @grid_33bus/branch.csv}\n";
        Cases.Outcome base = run(text);
        same("grid_33bus losses, kW", 202.677, base.at(0, "Losses"), 1e-5);
        same("grid_33bus reactive losses, kvar", 135.141, base.at(0, "ReactiveLosses"), 1e-5);
        for (Row row : csv("grid_33bus/base_voltages.csv")) {
            same(
                    "grid_33bus voltage " + row.get("bus"),
                    number(row, "vm_pu"),
                    base.at(0, "Voltage." + row.get("bus")),
                    1e-6);
            assertThat(base.at(0, "Angle." + row.get("bus"))).isCloseTo(number(row, "va_deg"), within(1e-4));
        }
        Cases.Outcome less = run(text + "inputs: {LoadScale: 0.85}\n");
        same("grid_33bus losses at 85 %, kW", 143.089, less.at(0, "Losses"), 1e-5);
        same("grid_33bus lowest voltage at 85 %", 0.92706, less.at(0, "MinVoltage"), 1e-5);
        Cases.Outcome half = run(text + "inputs: {LoadScale: 0.5}\n");
        same("grid_33bus losses at 50 %, kW", 47.071, half.at(0, "Losses"), 1e-5);
        Cases.Outcome switched = run(text + "inputs: {Switch.7: 0, Switch.9: 0, Switch.14: 0, Switch.32: 0,"
                + " Switch.33: 1, Switch.34: 1, Switch.35: 1, Switch.36: 1}\n");
        same("grid_33bus losses 7,9,14,32,37 open, kW", 139.551, switched.at(0, "Losses"), 1e-5);
    }

    @Test
    void frequencyResponse() throws IOException {
        Cases.Outcome a = run("model: FrequencyResponse\ninputs: {PowerStep: -0.1}\nhorizon: 60\n");
        same("grid_frequency_sfr nadir, Hz", -0.54158, a.figure("Nadir"), 2e-5);
        same("grid_frequency_sfr time of nadir, s", 2.369, a.figure("NadirTime"), 1e-3);
        same("grid_frequency_sfr first slope, Hz/s", -0.625, a.at(0, "RateOfChange"), 1e-9);
        double worst = 0;
        for (Row row : csv("grid_frequency_sfr/trace_H4_P-0.1_50Hz.csv")) {
            int k = (int) Math.rint(number(row, "time_s") * 10);
            worst = Math.max(worst, Math.abs(a.at(k, "FrequencyDeviation") - number(row, "df_Hz")));
        }
        same("grid_frequency_sfr trace, largest difference, Hz", 0, worst, 1e-6);
        Cases.Outcome b = run("model: FrequencyResponse\nparameters: {NominalFrequency: 60}\n"
                + "inputs: {PowerStep: -0.3}\nhorizon: 100\n");
        same("grid_frequency_sfr nadir -0.3 pu at 60 Hz, Hz", -1.94972, b.figure("Nadir"), 1e-5);
        same("grid_frequency_sfr steady -0.3 pu at 60 Hz, Hz", -0.9, b.figure("FinalDeviation"), 1e-6);
    }

    @Test
    void demandResponse() {
        String text = "model: PeakShaving\nparameters: {%s}\ntables:\n  profile: "
                + "{file: @demand_response/rts79_winter_weekday.csv, columns: {load: load_pct_of_daily_peak}}\n";
        Map<String, Double> cases = Map.of(
                "FlexibleShare: 0.10, WindowHours: 2", 92.9417,
                "FlexibleShare: 0.10, WindowHours: 4", 90.0,
                "FlexibleShare: 0.15, WindowHours: 4", 86.9286,
                "FlexibleShare: 0.15, WindowHours: 6", 85.0,
                "BatteryPower: 15, BatteryEnergy: 120", 86.538462,
                "BatteryPower: 15, BatteryEnergy: 120, ChargeEfficiency: 0.95", 87.0,
                "BatteryPower: 15, BatteryEnergy: 60", 91.166667);
        cases.forEach((parameters, peak) -> same(
                "demand_response " + parameters, peak, run(text, parameters).figure("PeakAfter"), 1e-6));
    }

    @Test
    void windTurbinesAndFarm() throws IOException {
        Cases.Outcome at8 = run(
                "model: WindTurbine\ntables: {curve: @wind_turbine/nrel5mw_126.csv}\ninputs: {WindSpeed: 8}\nhorizon: 0\n");
        same("wind_turbine 5 MW at 8 m/s, kW", 1771.17, at8.at(0, "Power"), 1e-6);
        same("wind_turbine 5 MW Ct at 8 m/s", 0.7871, at8.at(0, "ThrustCoefficient"), 1e-3);
        Cases.Outcome rated = run(
                "model: WindTurbine\ntables: {curve: @wind_turbine/nrel5mw_126.csv}\ninputs: {WindSpeed: 11.4}\nhorizon: 0\n");
        same("wind_turbine 5 MW at 11.4 m/s, kW", 5000.92, rated.at(0, "Power"), 1e-6);
        for (String machine : List.of("enercon_e82_2300", "iea3.4mw_130", "vestas_v90_2000")) {
            for (Row row : csv("wind_turbine/" + machine + ".csv")) {
                Cases.Outcome run = run(
                        "model: WindTurbine\ntables: {curve: @wind_turbine/%s.csv}\ninputs: {WindSpeed: %s}\nhorizon: 0\n",
                        machine, row.get("wind_speed_m_s"));
                assertThat(run.at(0, "Power")).isCloseTo(number(row, "power_kW"), within(1e-9));
            }
        }
        Cases.Outcome farm = run(
                "model: WindFarm\ntables:\n  curve: @wind_turbine/nrel5mw_126.csv\n  turbines:\n"
                        + "    - {turbine: 0, x_m: 0, y_m: 0}\n    - {turbine: 1, x_m: 630, y_m: 0}\n    - {turbine: 2, x_m: 1260, y_m: 0}\n");
        for (Row row : csv("wind_farm_jensen/floris_row3_8ms.csv")) {
            String t = row.get("turbine");
            same(
                    "wind_farm_jensen speed of turbine " + t + ", m/s",
                    number(row, "u_eff_m_s"),
                    farm.at(0, "WindSpeed." + t),
                    2e-5);
            same(
                    "wind_farm_jensen power of turbine " + t + ", kW",
                    number(row, "power_kW"),
                    farm.at(0, "Power." + t),
                    5e-4);
            same("wind_farm_jensen Ct of turbine " + t, number(row, "ct"), farm.at(0, "ThrustCoefficient." + t), 1e-4);
            same(
                    "wind_farm_jensen induction of turbine " + t,
                    number(row, "axial_induction"),
                    farm.at(0, "Induction." + t),
                    1e-4);
        }
    }

    /** NREL FLORIS, tests/reg_tests/yaw_optimization_regression_test.py: 270 deg, 8 m/s, turbulence 0.1, wake model gauss. */
    @Test
    void gaussianWakesOfAYawedRow() {
        double[][] published = {
            {0, 0, 3206.038},
            {15.625, 25, 3262.218},
            {12.165643400939755, 25, 3264.975},
            {19.9952335557674, 19.9952335557674, 3252.509}
        };
        for (double[] row : published) {
            Cases.Outcome farm = run(
                    "model: WindFarm\nparameters: {WakeModel: 1}\ntables:\n  curve: @wind_turbine/nrel5mw_126.csv\n  turbines:\n"
                            + "    - {turbine: 0, x_m: 0, y_m: 0}\n    - {turbine: 1, x_m: 630, y_m: 0}\n"
                            + "    - {turbine: 2, x_m: 1260, y_m: 0}\ninputs: {Yaw.0: %s, Yaw.1: %s}\n",
                    row[0], row[1]);
            same("wind_farm gauss, yaw %.3f, %.3f, kW".formatted(row[0], row[1]), row[2], farm.at(0, "Power"), 1e-5);
        }
    }

    @Test
    void electricVehicle() throws IOException {
        for (Row row : csv("ev_energy/fastsim_leaf.csv")) {
            String cycle = row.get("cycle");
            Cases.Outcome run = run(
                    "model: ElectricVehicle\nparameters: @ev_energy/vehicle_leaf.csv\ntables: {cycle: @ev_energy/%s.csv}\nhorizon: 1400\n",
                    cycle);
            same(
                    "ev_energy " + cycle + " tractive out, kJ",
                    number(row, "tractive_kJ_pos"),
                    run.figure("TractiveOut"),
                    1e-6);
            same(
                    "ev_energy " + cycle + " tractive in, kJ",
                    number(row, "tractive_kJ_neg"),
                    run.figure("TractiveIn"),
                    1e-6);
            same(
                    "ev_energy " + cycle + " net, kWh/mi",
                    number(row, "net_battery_kWh_per_mi"),
                    run.figure("NetConsumption"),
                    0.05);
        }
        assertThat(
                        run("model: ElectricVehicle\nparameters: @ev_energy/vehicle_leaf.csv\ntables: {cycle: @ev_energy/udds.csv}\nhorizon: 1400\n")
                                .figure("WheelOut"))
                .isCloseTo(5406.0717, within(1e-3));
    }

    @Test
    void photovoltaicModules() throws IOException {
        List<Row> points = csv("pv_single_diode/key_points.csv");
        List<Row> sets = csv("pv_single_diode/parameter_sets.csv");
        Map<String, String> outputs = Map.of(
                "v_oc",
                "OpenCircuitVoltage",
                "i_sc",
                "ShortCircuitCurrent",
                "v_mp",
                "MaxPowerVoltage",
                "i_mp",
                "MaxPowerCurrent",
                "p_mp",
                "MaxPower",
                "i_x",
                "CurrentAtHalfVoltage",
                "i_xx",
                "CurrentBetween");
        for (int i = 0; i < sets.size(); i++) {
            Row p = sets.get(i);
            Row k = points.get(i);
            Cases.Outcome run = run(
                    "model: Photovoltaic\nparameters: {photocurrent: %s, saturation_current: %s, resistance_series: %s,"
                            + " resistance_shunt: %s, n: %s, cells_in_series: %s, CellTemperatureModel: 0}\n",
                    p.get("photocurrent"),
                    p.get("saturation_current"),
                    p.get("resistance_series"),
                    p.get("resistance_shunt"),
                    p.get("n"),
                    p.get("cells_in_series"));
            outputs.forEach((column, output) -> same(
                    "pv_single_diode set " + p.get("Index") + " " + column,
                    number(k, column),
                    run.at(0, output),
                    1e-6));
        }
        Cases.Outcome warm =
                run("model: Photovoltaic\ninputs: {Irradiance: 900, AmbientTemperature: 20, WindSpeed: 5}\n");
        same("pv_single_diode SAPM cell temperature, Cel", 43.509, warm.at(0, "CellTemperature"), 1e-5);
        Cases.Outcome watts = run(
                "model: Photovoltaic\nparameters: {CellTemperatureModel: 0}\ninputs: {Irradiance: 900, CellTemperature: 30}\n");
        same("pv_single_diode PVWatts, W", 88.65, watts.at(0, "PvWattsPower"), 1e-9);
    }

    @Test
    void traffic() throws IOException {
        Cases.Outcome run = run("model: CarFollowing\ninputs:\n  LeaderSpeed:"
                + " \"t < 19.9 ? 20 : t < 29.9 ? 39.9 - t : t < 39.9 ? 10 : t < 59.9 ? 0.5*(t + 0.1) - 10 : 20\"\n"
                + "horizon: 90\nstep: 0.01\nevery: 0.1\n");
        double[] squares = new double[2];
        int n = 0;
        List<Row> rows = csv("traffic_idm/sumo_platoon.csv");
        double start = number(rows.get(0), "x_lead");
        for (Row row : rows) {
            int k = (int) Math.rint((number(row, "t_s") - 0.1) * 10);
            for (int car = 1; car <= 3; car++) {
                double x = run.at(k, "Position." + car) + start - number(row, "x_f" + car);
                double v = run.at(k, "Speed." + car) - number(row, "v_f" + car);
                squares[0] += x * x;
                squares[1] += v * v;
                n++;
                assertThat(run.at(k, "Gap." + car)).isPositive();
            }
        }
        same("traffic_idm position of followers, r.m.s. difference, m", 0, Math.sqrt(squares[0] / n), 0.6);
        same("traffic_idm speed of followers, r.m.s. difference, m/s", 0, Math.sqrt(squares[1] / n), 0.08);
        Cases.Outcome calm = run("model: CarFollowing\nhorizon: 600\nstep: 10\n");
        same("traffic_idm equilibrium gap at 20 m/s, m", 36.443, calm.at(-1, "Gap.1"), 1e-4);
    }
}
