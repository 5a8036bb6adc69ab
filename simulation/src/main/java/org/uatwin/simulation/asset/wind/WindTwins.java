package org.uatwin.simulation.asset.wind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.twin.SystemTwin;
import org.uatwin.simulation.twin.TwinMember;

/** Turbine, blade and farm as models of twins. */
public final class WindTwins {
    private static final String SHEET = "data sheet";

    private WindTwins() {}

    /** One turbine. Its curve is the plant file's table, else the cubic one of the nameplate. */
    public static SystemTwin turbine() {
        return curve(SystemTwin.of(new WindTurbine()))
                .tunable("Soiling", 0.03)
                .tunable("CoolingFouling", 0.1)
                .tunable("YawExponent", 0.1)
                .tunable("ReferenceMoment", 0.05)
                .input("WindSpeed", 0.02, 0.1)
                .input("TurbulenceIntensity", 0.1, 0.005)
                .input("YawError", 0, 1)
                .input("Derating", "PowerLimit", 0, 0)
                .input("AmbientTemperature", 0, 0.5)
                .measured("Power", 0.02, 20)
                .measured("RotorSpeed", 0.005, 0.05)
                .measured("BladeRootMoment", 0.05, 50)
                .measured("BladeVibration", 0.15, 20)
                .measured("GeneratorTemperature", 0, 1)
                .measured("GearboxTemperature", 0, 1)
                .measured("BladeDamage", 0, 0.01)
                .start("GeneratorTemperature", "GeneratorTemperature")
                .start("GearboxTemperature", "GearboxTemperature")
                .start("BladeDamage", "BladeDamage")
                .infer("Soiling", "Power", 0.3, 1.05)
                .needs("WindSpeed")
                .follows(60)
                .load("TurbulenceIntensity")
                .standsWith("Derating", 0)
                .valid("WindSpeed", 0, 25)
                .valid("YawError", -30, 30)
                .scenario("derate", "Half of the power is allowed.", ScenarioAction.set("Derating", 0.5, 60))
                .scenario("storm", "The wind rises to 24 m/s.", ScenarioAction.ramp("WindSpeed", 24, 60, 1800))
                .scenario("calm", "The wind falls below cut-in.", ScenarioAction.ramp("WindSpeed", 1, 60, 900))
                .wearsOut(
                        "BladeFatigue",
                        "turbulence bends the root back and forth (Miner)",
                        "BladeDamage",
                        1,
                        "nothing for long; then the flap mode swings slower")
                .fails("BladeIcing", "Soiling", 0.7, "power below the curve at the same wind")
                .fails("BladeSoiling", "Soiling", 0.92, "power a few percent below the curve")
                .fails("CoolingFouling", "CoolingFouling", 1.4, "generator and gearbox warmer at the same power")
                .fails("YawMisalignment", "YawError", 20, "power falls with the cosine of the error")
                .time(3600, 60)
                .build();
    }

    /** One blade, loaded by the rotor's thrust. */
    public static SystemTwin blade() {
        return SystemTwin.of(new WindBlade())
                .tunable("ReferenceMoment", 0.1)
                .tunable("FlapFrequency", 0.03)
                .tunable("FlapDamping", 0.2)
                .tunable("Stiffness", 0.05)
                .input("WindSpeed", 0.02, 0.1)
                .input("TurbulenceIntensity", 0.1, 0.005)
                .input("ThrustCoefficient", 0.05, 0.01)
                .measured("RootMoment", 0.05, 50)
                .measured("TipDeflection", 0.05, 0.05)
                .measured("Vibration", 0.1, 0.02)
                .measured("Damage", 0, 0.01)
                .start("Damage", "Damage")
                .infer("Stiffness", "TipDeflection", 0.3, 2)
                .needs("WindSpeed")
                .follows(60)
                .load("TurbulenceIntensity")
                .valid("WindSpeed", 0, 25)
                .scenario(
                        "storm",
                        "Wind of 24 m/s, gusty.",
                        ScenarioAction.ramp("WindSpeed", 24, 0, 600),
                        ScenarioAction.set("TurbulenceIntensity", 0.2, 0))
                .wearsOut(
                        "Fatigue",
                        "turbulence bends the root back and forth (Miner)",
                        "Damage",
                        1,
                        "nothing for long; then the flap mode swings slower")
                .fails("Crack", "Stiffness", 0.8, "the tip bends further and the flap mode swings slower")
                .fails("IceMass", "FlapFrequency", 0.6, "the flap mode swings slower at the same stiffness")
                .time(24 * 3600, 600)
                .build();
    }

    /** A farm whose turbines stand in each other's wakes; turbines are members, else rows of a table. */
    public static SystemTwin farm() {
        return curve(SystemTwin.of(new WindFarm()))
                .members("turbines", WindTwins::positions)
                .tunable("WakeDecay", 0.2)
                .tunable("WakeGrowth", 0.1)
                .tunable("ShearExponent", 0.1)
                .tunable("YawExponent", 0.1)
                .input("WindSpeed", 0.02, 0.1)
                .input("WindDirection", 0, 3)
                .input("AirDensity", 0, 0.01)
                .input("TurbulenceIntensity", 0.1, 0.005)
                .input("Yaw", "YawError", 0, 1)
                .input("Derating", "PowerLimit", 0, 0)
                .measured("Power", 0.01, 10)
                .infer("WakeDecay", "Power", 0.01, 0.3) // of the one wake model or the other: the other's does nothing
                .infer("WakeGrowth", "Power", 0.05, 1.5)
                .needs("WindSpeed", "WindDirection")
                .valid("WindSpeed", 0, 25)
                .valid("Yaw", -30, 30)
                .scenario("west-wind", "The wind turns to west.", ScenarioAction.ramp("WindDirection", 270, 0, 600))
                .scenario("storm", "The wind rises to 24 m/s.", ScenarioAction.ramp("WindSpeed", 24, 0, 1800))
                .time(600, 60)
                .cost(size -> 1 + 0.02 * size.inputs() * size.inputs() / 4)
                .build();
    }

    private static List<Map<String, Object>> positions(List<TwinMember> members) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (TwinMember m : members) {
            if (m.is("WindTurbine")) {
                rows.add(Map.of("turbine", m.id(), "x_m", m.value("X"), "y_m", m.value("Y")));
            }
        }
        return rows;
    }

    /** The nameplate and the curve that follows from it: power grows with the cube of the wind between cut-in and rated. */
    private static SystemTwin.Builder curve(SystemTwin.Builder twin) {
        return twin.shaping(number("RatedPower", "kW", 5000, 0.1, 50_000, "electrical"))
                .shaping(number("CutInSpeed", "m/s", 3, 0.5, 10, "of the wind"))
                .shaping(number("RatedWindSpeed", "m/s", 11.4, 5, 25, "at which rated power is reached"))
                .shaping(number("CutOutSpeed", "m/s", 25, 10, 45, "of the wind"))
                .defaultTable("curve", WindTwins::cubic);
    }

    private static ParameterSpec number(
            String name, String unit, double value, double low, double high, String meaning) {
        return ParameterSpec.fixed(name, unit, value, low, high, meaning, SHEET);
    }

    private static List<Map<String, Object>> cubic(ToDoubleFunction<String> p) {
        double in = p.applyAsDouble("CutInSpeed");
        double rated = Math.max(in + 0.5, p.applyAsDouble("RatedWindSpeed"));
        double out = Math.max(rated + 0.5, p.applyAsDouble("CutOutSpeed"));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (double v = in; v < rated; v += 0.25) {
            double share = (v * v * v - in * in * in) / (rated * rated * rated - in * in * in);
            rows.add(Map.of("wind_speed_m_s", v, "power_kW", share * p.applyAsDouble("RatedPower")));
        }
        for (double v = rated; v < out; v += 1) {
            rows.add(Map.of("wind_speed_m_s", v, "power_kW", p.applyAsDouble("RatedPower")));
        }
        rows.add(Map.of("wind_speed_m_s", out, "power_kW", p.applyAsDouble("RatedPower")));
        return rows;
    }
}
