package org.uatwin.simulation.asset.building;

import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.twin.SystemTwin;

/** A building zone and a room as models of twins. */
public final class BuildingTwins {
    private BuildingTwins() {}

    /** A zone with heating and cooling; its mass temperature follows from that of the air. */
    public static SystemTwin building() {
        return SystemTwin.of(new Building())
                .tunable("HeatCapacity", 0.2)
                .tunable("OpaqueConductance", 0.1)
                .tunable("WindowConductance", 0.1)
                .tunable("InfiltrationRate", 0.3)
                .tunable("HeatRecovery", 0.05)
                .tunable("HeatingCop", 0.05)
                .tunable("CoolingCop", 0.05)
                .tunable("FanPower", 0.05)
                .tunable("HeatingLimit", 0)
                .tunable("CoolingLimit", 0)
                .input("OutdoorTemperature", 0, 0.3)
                .input("SolarGains", 0.1, 50)
                .input("InternalGains", 0.1, 50)
                .input("VentilationRate", 0.05, 0.02)
                .input("HeatingSetpoint", 0, 0)
                .input("CoolingSetpoint", 0, 0)
                .measured("AirTemperature", 0, 0.2)
                .measured("Heating", 0.02, 20)
                .measured("Cooling", 0.02, 20)
                .measured("Electricity", 0.02, 20)
                .inferStart("MassTemperature", "AirTemperature", -50, 80, 4)
                .infer("OpaqueConductance", "Heating", 0, 1e6)
                .needs("OutdoorTemperature", "AirTemperature")
                .valid("AirTemperature", -20, 50)
                .clock()
                .follows(60)
                .scenario("setback", "Heating is set back to 16 Cel.", ScenarioAction.set("HeatingSetpoint", 16, 0))
                .scenario(
                        "pre-cooling",
                        "Cooled to 22 Cel for two hours, then left to drift to 27 Cel.",
                        ScenarioAction.set("CoolingSetpoint", 22, 0),
                        ScenarioAction.set("CoolingSetpoint", 27, 7200))
                .scenario(
                        "cold-snap",
                        "It turns 10 K colder.",
                        new ScenarioAction("OutdoorTemperature", ScenarioAction.Kind.OFFSET, -10, 0, 7200))
                .scenario(
                        "heat-wave",
                        "It turns 10 K warmer.",
                        new ScenarioAction("OutdoorTemperature", ScenarioAction.Kind.OFFSET, 10, 0, 7200))
                .fails("HeatingLost", "HeatingLimit", 0, "the air cools below its setpoint, no heating power")
                .fails("CoolingLost", "CoolingLimit", 0, "the air warms above its setpoint, no cooling power")
                .fails(
                        "WindowOpen",
                        "InfiltrationRate",
                        5,
                        "more heating at the same weather, the air follows outdoors")
                .fails("ChillerFouled", "CoolingCop", 1.8, "more electricity for the same cooling")
                .time(8 * 3600, 900)
                .cost(size -> 2)
                .build();
    }

    /** A room: people come and go at random, so answers are means over runs. */
    public static SystemTwin room() {
        return SystemTwin.of(new Room())
                .tunable("People", 0)
                .tunable("Co2PerPerson", 0.1)
                .tunable("OutdoorCo2", 0.03)
                .tunable("RatedAirflow", 0.03)
                .tunable("FanPower", 0.05)
                .tunable("FilterLife", 0.2)
                .tunable("Co2Control", 0)
                .tunable("LightingDensity", 0.05)
                .tunable("LightTarget", 0)
                .tunable("DaylightFactor", 0.2)
                .tunable("LightDelay", 0)
                .input("Airflow", 0.05, 1)
                .input("OutdoorIlluminance", 0.05, 50)
                .measured("Co2", 0.02, 30)
                .measured("Occupants", 0, 0.5)
                .measured("FanPower", 0.02, 2)
                .measured("Illuminance", 0.05, 10)
                .measured("LightingPower", 0.02, 5)
                .start("Co2", "Co2")
                .start("Occupants", "Occupants")
                .inferStart("FilterHours", "FanPower", 0, 1e5, 2000)
                .needs("Co2", "Airflow")
                .valid("Co2", 300, 5000)
                .clock()
                .follows(20)
                .shownBy("Presence", "Occupants", 0, 0.5)
                .load("Airflow")
                .random()
                .scenario("meeting", "Twice as many people as usual are there.", ScenarioAction.set("Presence", 20, 0))
                .scenario("empty", "Nobody is there.", ScenarioAction.set("Presence", 0, 0))
                .scenario(
                        "night-ventilation",
                        "A tenth of the air.",
                        new ScenarioAction("Airflow", ScenarioAction.Kind.SCALE, 0.1, 0, 0))
                .wearsOut(
                        "FilterClogged",
                        "dust of the air that passed; at 4000 h of rated flow the resistance has doubled",
                        "FilterHours",
                        4000,
                        "more fan power at the same flow")
                .fails("FanStopped", "Airflow", 0, "CO2 rises with every person, no fan power")
                .fails("LampsLost", "LightingDensity", 0, "dark at dusk, no lighting power")
                .time(4 * 3600, 60)
                .cost(size -> 1 + 0.05 * size.parameters().getOrDefault("People", 10.0))
                .build();
    }
}
