package org.uatwin.simulation.asset.building;

import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * One zone of a building by the simple hourly method (5R1C) of ISO 13790, with ideal heating and cooling within limits. Envelope by a
 * conductance or by a table of surfaces; weather by inputs or by a table of hours. Equations in {@code Zone}; opaque surfaces take up
 * sun and lose heat to the sky by their outer film (ISO 13790, 11.3.4 and 11.3.5).
 */
public final class Building implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final String STANDARD = "ISO 13790";
    private static final String DESIGN = "design";
    static final ModelCard CARD = ModelCard.named(
                    "Building",
                    ModelCard.Kind.STEPPED,
                    "One building zone (5R1C): temperatures, ideal heating and cooling, electricity, comfort.")
            .valid(
                    "one zone, hours to years; annual loads within 15 % (light) to 20 % of detailed programs, peaks less well")
            .parameter("FloorArea", "m2", 34.3, 1, 1e6, "conditioned", DESIGN)
            .parameter("Volume", "m3", 106.33, 1, 1e7, "of air", DESIGN)
            .parameter(
                    "TotalInternalArea",
                    "m2",
                    0,
                    0,
                    1e7,
                    "At: surfaces facing the zone; 0 = 4.5 times the floor",
                    STANDARD)
            .parameter(
                    "MassAreaFactor",
                    "",
                    2.5,
                    0.5,
                    5,
                    "Am over floor: 2.5 light and medium, 3 heavy, 3.5 very heavy",
                    STANDARD)
            .parameter(
                    "HeatCapacity",
                    "kJ/(m2.K)",
                    165,
                    10,
                    1000,
                    "Cm per floor: 80 very light ... 370 very heavy",
                    STANDARD)
            .parameter("OpaqueConductance", "W/K", 0, 0, 1e6, "of opaque parts beside those in the table", DESIGN)
            .parameter("WindowConductance", "W/K", 0, 0, 1e6, "of windows beside those in the table", DESIGN)
            .parameter("MassCoefficient", "W/(m2.K)", 9.1, 1, 20, "h_ms", STANDARD)
            .parameter("SurfaceCoefficient", "W/(m2.K)", 3.45, 1, 20, "h_is", STANDARD)
            .parameter("AirHeatCapacity", "J/(m3.K)", 1200, 600, 1400, "of air; falls with altitude", STANDARD)
            .parameter("InfiltrationRate", "1/h", 0.5, 0, 20, "air changes through leaks", DESIGN)
            .parameter("HeatRecovery", "", 0, 0, 1, "share of ventilation heat that is recovered", DESIGN)
            .parameter("HeatingLimit", "W/m2", 1e6, 0, 1e6, "per floor", DESIGN)
            .parameter("CoolingLimit", "W/m2", 1e6, 0, 1e6, "per floor", DESIGN)
            .parameter("HeatingCop", "", 1, 0.1, 10, "heat over electricity", "data sheet")
            .parameter("CoolingCop", "", 3, 0.1, 20, "cold over electricity", "data sheet")
            .parameter("FanPower", "W.s/m3", 0, 0, 5000, "specific fan power of ventilation", "EN 16798-3")
            .parameter("Latitude", "deg", 50, -90, 90, "north", "site")
            .parameter("Longitude", "deg", 0, -180, 180, "east", "site")
            .parameter("TimeZone", "h", 0, -12, 14, "east of UTC", "site")
            .parameter("Albedo", "", 0.2, 0, 1, "of the ground", "typical")
            .parameter("GroundTemperature", "Cel", 10, -30, 40, "behind surfaces of kind ground", "site")
            .parameter("IncidenceModifier", "", 0.1, 0, 1, "b0 of glass: 1 - b0 (1/cos - 1)", "ASHRAE 93")
            .parameter("OuterFilm", "m2.K/W", 0.04, 0, 0.2, "Rse of opaque surfaces", "ISO 6946")
            .table(
                    "surfaces",
                    false,
                    "the envelope",
                    Column.text("surface", "name"),
                    Column.text("kind", "window, opaque or ground"),
                    Column.number("area_m2", "m2", 0, 1e6, ""),
                    Column.number("u_W_m2K", "W/(m2.K)", 0, 20, "thermal transmittance"),
                    Column.optional("tilt_deg", "deg", 90, 0, 180, "0 = roof, 90 = wall"),
                    Column.optional("azimuth_deg", "deg", 180, 0, 360, "from north over east"),
                    Column.optional("shgc", "", 0, 0, 1, "windows: solar heat gain coefficient"),
                    Column.optional("absorptance", "", 0.6, 0, 1, "opaque: of the sun"),
                    Column.optional("emissivity", "", 0.9, 0, 1, "opaque: towards the sky"),
                    Column.optional("overhang_m", "m", 0, 0, 20, "depth of an overhang above a window"),
                    Column.optional("overhang_gap_m", "m", 0, 0, 20, "from the window's top to the overhang"),
                    Column.optional("height_m", "m", 1, 0.1, 50, "of the window"))
            .table(
                    "weather",
                    false,
                    "one row per hour from 1 January 00:00, local standard time; begins again at its end",
                    Column.number("t_db_C", "Cel", -90, 60, "air"),
                    Column.optional("ghi_Wh_m2", "Wh/m2", 0, 0, 2000, "global on the horizontal"),
                    Column.optional("dni_Wh_m2", "Wh/m2", 0, 0, 2000, "direct normal"),
                    Column.optional("dhi_Wh_m2", "Wh/m2", 0, 0, 2000, "diffuse on the horizontal"),
                    Column.optional("sky_ir_Wh_m2", "Wh/m2", Double.NaN, 0, 1000, "long-wave from the sky"))
            .input("OutdoorTemperature", "Cel", 10, -90, 60, "without a weather table")
            .input("SolarGains", "W", 0, 0, 1e7, "beside those of the surfaces")
            .input("InternalGains", "W", 0, 0, 1e7, "sensible")
            .input("VentilationRate", "1/h", 0, 0, 100, "mechanical air changes")
            .input("HeatingSetpoint", "Cel", 20, -100, 100, "of the air")
            .input("CoolingSetpoint", "Cel", 26, -100, 200, "of the air")
            .output("AirTemperature", "Cel", -90, 200, "mean of the step")
            .output("OperativeTemperature", "Cel", -90, 200, "mean of the step")
            .output("MassTemperature", "Cel", -90, 200, "at the end of the step")
            .output("MeanMassTemperature", "Cel", -90, 200, "mean of the step")
            .output("HeatDemand", "W", "heating positive, cooling negative")
            .output("Heating", "W", 0, ANY, "")
            .output("Cooling", "W", 0, ANY, "")
            .output("Electricity", "W", 0, ANY, "of heating, cooling and fans")
            .output("SolarGains", "W", "of all surfaces, less what opaque ones lose to the sky")
            .output("OutdoorTemperature", "Cel", -90, 60, "")
            .output("Discomfort", "K.h", 0, ANY, "outside the setpoints so far")
            .start("MassTemperature", "Cel, else that of outdoors, brought between the setpoints")
            .time(24 * 3600.0, 3600)
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        return new BuildingRun(setup);
    }
}
