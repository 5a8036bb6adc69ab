package org.uatwin.simulation.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Buildings, water, crops, patient, radio against published figures. */
@SuppressWarnings("StringConcatToTextBlock") // a text block would need as many escapes
class ReferenceBuildingTest extends ReferenceCases {
    @Test
    void buildingHours() throws IOException {
        for (Row row : csv("building_5r1c/hour_cases.csv")) {
            Cases.Outcome run = run(
                    "model: Building\nparameters: {FloorArea: 34.3, Volume: 106.33, TotalInternalArea: 142.38,"
                            + " OpaqueConductance: %s*1.69, WindowConductance: %s*13.5, InfiltrationRate: %s, HeatRecovery: %s,"
                            + " HeatingLimit: 12, CoolingLimit: 12}\n"
                            + "inputs: {OutdoorTemperature: %s, InternalGains: %s, SolarGains: %s, VentilationRate: %s}\n"
                            + "start: {MassTemperature: %s}\nhorizon: 0\n",
                    row.get("u_walls"),
                    row.get("u_windows"),
                    row.get("ach_infl"),
                    row.get("vent_eff"),
                    row.get("t_out_C"),
                    row.get("internal_gains_W"),
                    row.get("solar_gains_W"),
                    row.get("ach_vent"),
                    row.get("t_m_prev_C"));
            assertThat(run.at(0, "HeatDemand")).isCloseTo(number(row, "energy_demand_W"), within(0.006));
            assertThat(run.at(0, "MeanMassTemperature")).isCloseTo(number(row, "t_m_mean_C"), within(0.006));
            same(
                    "building_5r1c " + row.get("case") + ", W",
                    number(row, "energy_demand_W"),
                    run.at(0, "HeatDemand"),
                    5e-5);
        }
    }

    private static final String BOX =
            """
            model: Building
            parameters: {FloorArea: 48, Volume: 129.6, TotalInternalArea: 216, HeatCapacity: 45, InfiltrationRate: 0.5,
              AirHeatCapacity: 984, Latitude: 39.83, Longitude: -104.65, TimeZone: -7}
            tables:
              weather: @building_bestest/weather_denver_725650.csv
              surfaces:
                - {surface: north, kind: opaque, area_m2: 21.6, u_W_m2K: 0.514, azimuth_deg: 0}
                - {surface: east, kind: opaque, area_m2: %s, u_W_m2K: 0.514, azimuth_deg: 90}
                - {surface: west, kind: opaque, area_m2: %s, u_W_m2K: 0.514, azimuth_deg: 270}
                - {surface: south, kind: opaque, area_m2: %s, u_W_m2K: 0.514, azimuth_deg: 180}
                - {surface: roof, kind: opaque, area_m2: 48, u_W_m2K: 0.318, tilt_deg: 0}
                - {surface: floor, kind: ground, area_m2: 48, u_W_m2K: 0.039}
            %s
            inputs: {InternalGains: 200, HeatingSetpoint: %s, CoolingSetpoint: %s}
            horizon: 8760 h
            """;
    private static final String SOUTH =
            "    - {surface: w, kind: window, area_m2: 12, u_W_m2K: 2.10, shgc: 0.769, height_m: 2%s}";

    /** Bars of the folder's README: 15 % of heating, 20 % of cooling, order of heating 640 < 600 < 620. */
    @Test
    void buildingYear() throws IOException {
        Map<String, Double> published = new HashMap<>();
        for (Row row : csv("building_bestest/energyplus_case600.csv")) {
            String value = row.get("value");
            if (value.matches("-?[0-9.]+")) {
                published.put(row.get("metric"), Double.parseDouble(value));
            }
        }
        String bothSides = "    - {surface: e, kind: window, area_m2: 6, u_W_m2K: 2.10, shgc: 0.769, azimuth_deg: 90}\n"
                + "    - {surface: w, kind: window, area_m2: 6, u_W_m2K: 2.10, shgc: 0.769, azimuth_deg: 270}";
        String night = "\"t%86400 < 7*3600 || t%86400 >= 23*3600 ? 10 : 20\"";
        Map<String, Cases.Outcome> runs = new HashMap<>();
        runs.put("600", run(BOX, 16.2, 16.2, 9.6, SOUTH.formatted(""), 20, 27));
        runs.put("610", run(BOX, 16.2, 16.2, 9.6, SOUTH.formatted(", overhang_m: 1, overhang_gap_m: 0.5"), 20, 27));
        runs.put("620", run(BOX, 10.2, 10.2, 21.6, bothSides, 20, 27));
        runs.put("640", run(BOX, 16.2, 16.2, 9.6, SOUTH.formatted(""), night, 27));
        runs.forEach((name, run) -> {
            same(
                    "building_bestest " + name + " heating, MWh",
                    of(published, "Annual Heating Loads " + name),
                    run.figure("HeatingEnergy"),
                    0.15);
            same(
                    "building_bestest " + name + " cooling, MWh",
                    of(published, "Annual Cooling Loads " + name),
                    run.figure("CoolingEnergy"),
                    0.20);
        });
        assertThat(of(runs, "640").figure("HeatingEnergy"))
                .isLessThan(of(runs, "600").figure("HeatingEnergy"));
        assertThat(of(runs, "600").figure("HeatingEnergy"))
                .isLessThan(of(runs, "620").figure("HeatingEnergy"));
        Cases.Outcome free = run(BOX, 16.2, 16.2, 9.6, SOUTH.formatted(""), -100, 200);
        assertThat(free.figure("HighestAirTemperature")).isCloseTo(63.9, within(6.0));
        assertThat(free.figure("LowestAirTemperature")).isCloseTo(-12.6, within(6.0));
        table.add(String.format(
                Locale.ROOT,
                "%-58s %14.6g %14.6g",
                "building_bestest 600FF highest, Cel (not gated tightly)",
                63.92,
                free.figure("HighestAirTemperature")));
        table.add(String.format(
                Locale.ROOT,
                "%-58s %14.6g %14.6g",
                "building_bestest 600FF lowest, Cel (not gated tightly)",
                -12.56,
                free.figure("LowestAirTemperature")));
    }

    @Test
    void waterNetwork() throws IOException {
        StringBuilder pattern = new StringBuilder("t,f\n");
        double[] factors = {1.0, 1.2, 1.4, 1.6, 1.4, 1.2, 1.0, 0.8, 0.6, 0.4, 0.6, 0.8, 1.0};
        for (int i = 0; i < factors.length; i++) {
            pattern.append(i * 7200).append(',').append(factors[i]).append('\n');
        }
        Files.writeString(folder.resolve("pattern.csv"), pattern);
        Cases.Outcome run = run(
                """
                model: WaterNetwork
                parameters: {UsOutputs: 1}
                tables:
                  nodes: @water_net1/nodes.csv
                  pipes: @water_net1/pipes.csv
                  pumps: [{pump: 9, from: 9, to: 10, design_flow_gpm: 1500, design_head_ft: 250}]
                  tanks: [{node: 2, level_ft: 120, min_ft: 100, max_ft: 150, diameter_ft: 50.5}]
                inputs: {DemandFactor: {file: pattern.csv, time: t, column: f, interpolate: step}}
                horizon: 24 h
                step: 1 h
                """);
        double head = 0;
        double flow = 0;
        for (Row row : csv("water_net1/epanet22_24h.csv")) {
            double t = number(row, "t_s");
            if (t % 3600 != 0) {
                continue; // EPANET reports the instant the tank is full as well
            }
            for (Map.Entry<String, String> cell : row.cells().entrySet()) {
                String column = cell.getKey();
                if (cell.getValue().isEmpty() || column.equals("t_s")) {
                    continue;
                }
                double expected = Double.parseDouble(cell.getValue());
                if (column.startsWith("head_ft_")) {
                    head = Math.max(head, Math.abs(run.at((int) (t / 3600), "Head." + column.substring(8)) - expected));
                } else {
                    double ours = run.at((int) (t / 3600), "Flow." + column.substring(9));
                    flow = Math.max(flow, Math.abs(ours - expected) / Math.max(100, Math.abs(expected)));
                }
            }
        }
        same("water_net1 largest difference of a head in 24 h, ft", 0, head, 0.5);
        same("water_net1 largest difference of a flow, share", 0, flow, 0.01);
        same("water_net1 head at node 10 at the start, ft", 1004.499, run.at(0, "Head.10"), 1e-5);
        same("water_net1 pump flow at the start, gpm", 1865.08, run.at(0, "Flow.9"), 1e-5);
    }

    @Test
    void evapotranspiration() throws IOException {
        for (Row row : csv("evapotranspiration/cases.csv")) {
            Cases.Outcome run = run(
                    "model: CropField\nparameters: {Latitude: %s, Elevation: %s, WindHeight: %s, FirstDay: %s}\ninputs: {MinTemperature: %s,"
                            + " MaxTemperature: %s, VapourPressure: %s, SolarRadiation: %s, WindSpeed: %s}\n",
                    row.get("lat_deg"),
                    row.get("elev_m"),
                    row.get("zw_m"),
                    row.get("doy"),
                    row.get("tmin_C"),
                    row.get("tmax_C"),
                    row.get("ea_kPa"),
                    row.get("rs_MJ_m2"),
                    row.get("uz_m_s"));
            same(
                    "evapotranspiration " + row.get("case") + ", mm",
                    number(row, "eto_mm"),
                    run.at(0, "ReferenceEvapotranspiration"),
                    5e-3);
        }
    }

    /** Steady beats; tolerance 2 % by the folder's README. */
    @Test
    void heart() throws IOException {
        for (Row row : csv("heart_simaan/expected.csv")) {
            Cases.Outcome run = run(
                    "model: LeftHeart\ninputs: {Contractility: %s, SystemicResistance: %s, HeartRate: %s}\nhorizon: 20\n",
                    row.get("Emax_mmHg_mL"), row.get("RS_mmHg_s_mL"), row.get("HR_bpm"));
            Map.of(
                            "EDV_mL",
                            "EndDiastolicVolume",
                            "ESV_mL",
                            "EndSystolicVolume",
                            "SV_mL",
                            "StrokeVolume",
                            "EF",
                            "EjectionFraction",
                            "CO_L_min",
                            "CardiacOutput",
                            "P_ao_sys",
                            "SystolicPressure",
                            "P_ao_dia",
                            "DiastolicPressure",
                            "MAP",
                            "MeanArterialPressure")
                    .forEach((column, figure) -> same(
                            "heart_simaan Emax " + row.get("Emax_mmHg_mL") + " " + column,
                            number(row, column),
                            run.figure(figure),
                            0.02));
        }
    }

    @Test
    void loraAirtime() throws IOException {
        for (Row row : csv("lora_airtime/airtime.csv")) {
            Cases.Outcome run = run(
                    "model: LoraLink\nparameters: {PayloadBytes: %s, SpreadingFactor: %s, Bandwidth: %s, CodingRate: %s}\n",
                    row.get("phy_bytes"),
                    row.get("sf"),
                    row.get("bw_kHz"),
                    row.get("coding_rate").substring(2));
            same(
                    "lora_airtime %s B SF%s %s kHz %s, ms"
                            .formatted(row.get("phy_bytes"), row.get("sf"), row.get("bw_kHz"), row.get("coding_rate")),
                    number(row, "airtime_ms"),
                    run.at(0, "AirTime"),
                    1e-9);
        }
    }
}
