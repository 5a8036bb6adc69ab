package org.uatwin.simulation.asset.bearing;

import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.twin.SystemTwin;

/** A rolling bearing as model of a twin; the size of a spall follows from vibration. */
public final class BearingTwin {
    private BearingTwin() {}

    public static SystemTwin bearing() {
        return SystemTwin.of(new RollingBearing())
                .tunable("LifeFactor", 0.3)
                .tunable("FrictionCoefficient", 0.1)
                .tunable("ThermalResistance", 0.1)
                .tunable("BalanceGrade", 0.1)
                .tunable("Misalignment", 0.2)
                .tunable("SpallGrowth", 0.3)
                .tunable("SpallVibration", 0.1)
                .input("Speed", 0.002, 1)
                .input("RadialLoad", 0.05, 0.05)
                .input("AxialLoad", 0.05, 0.05)
                .input("AmbientTemperature", 0, 0.5)
                .measured("Temperature", 0, 0.5)
                .measured("VibrationVelocityRms", 0.05, 0.05)
                .measured("Damage", 0, 0.01)
                .start("Damage", "Damage")
                .start("Temperature", "Temperature")
                .inferStart("Spall", "VibrationVelocityRms", 0, 60, 2)
                .needs("Speed", "RadialLoad")
                .follows(10)
                .load("RadialLoad", "AxialLoad")
                .valid("VibrationVelocityRms", 0, 30)
                .valid("Temperature", -40, 150)
                .scenario(
                        "overload",
                        "Half as much load again.",
                        new ScenarioAction("RadialLoad", ScenarioAction.Kind.SCALE, 1.5, 0, 0))
                .scenario(
                        "half-speed",
                        "Half the speed.",
                        new ScenarioAction("Speed", ScenarioAction.Kind.SCALE, 0.5, 0, 0))
                .wearsOut(
                        "Fatigue",
                        "rolling contact fatigue until a spall begins (ISO 281)",
                        "Damage",
                        1,
                        "nothing until the spall begins")
                .wearsOut(
                        "Spalling",
                        "the spall grows with every turn over it; 60 times a new one is the whole raceway",
                        "Spall",
                        60,
                        "vibration at the frequencies of the races, then heat")
                .fails("LubricationLost", "LubricationFactor", 0.2, "warmer at the same load, life falls to a fifth")
                .fails("Contamination", "LubricationFactor", 0.4, "life falls, little to be seen at first")
                .fails("ShaftMisaligned", "Misalignment", 2, "vibration at twice the shaft's speed")
                .fails("ShaftUnbalanced", "BalanceGrade", 25, "vibration at the shaft's speed")
                .time(30 * 24 * 3600, 3600)
                .cost(size -> 8)
                .build();
    }
}
