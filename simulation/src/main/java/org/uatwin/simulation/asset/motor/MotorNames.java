package org.uatwin.simulation.asset.motor;

import java.util.List;
import org.uatwin.simulation.contract.EventSpec;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.contract.ScenarioSpec;
import org.uatwin.simulation.contract.SensorAccuracy;
import org.uatwin.simulation.contract.StateSpec;

/** Names, units, ranges and sources of the motor model, and the index of each name in its vector. */
final class MotorNames {
    private static final String KRAUSE = "Krause, 3 hp 220 V 60 Hz machine";
    private static final String TYPICAL = "typical, general knowledge";
    private static final double THREE_HP_W = 3 * 745.699872; // mechanical horsepower
    private static final double KRAUSE_BASE_OHM = 220.0 * 220.0 / THREE_HP_W;
    private static final double KRAUSE_SYNC = 4 * Math.PI * 60 / 4; // rad/s, 4 poles

    private static final List<ParameterSpec> PARAMETERS = List.of(
            ParameterSpec.fixed("RatedPower", "kW", THREE_HP_W / 1000, 0.01, 20_000, "rated shaft power", KRAUSE),
            ParameterSpec.fixed("RatedVoltage", "V", 220, 12, 15_000, "line to line", KRAUSE),
            ParameterSpec.fixed("RatedFrequency", "Hz", 60, 1, 1_000, "of the reactances", KRAUSE),
            ParameterSpec.fixed("Poles", "", 0, 0, 48, "number of poles; 0 = by RatedSpeed", KRAUSE),
            circuit("StatorResistance", 0.435, 0.05),
            circuit("StatorReactance", 0.754, 0.05),
            circuit("MagnetisingReactance", 26.13, 0.05),
            circuit("RotorReactance", 0.754, 0.05),
            circuit("RotorResistance", 0.816, 0.05),
            ParameterSpec.fixed(
                    "AccelerationTime",
                    "s",
                    0.089 * KRAUSE_SYNC * KRAUSE_SYNC / THREE_HP_W,
                    0.1,
                    120,
                    "J ws^2 / Pn of motor and load",
                    KRAUSE + ", J = 0.089 kg m2"),
            ParameterSpec.tunable("IronLoss", "", 0.02, 0, 0.2, 0.2, "iron loss over rated power", TYPICAL),
            ParameterSpec.tunable("FrictionLoss", "", 0.01, 0, 0.2, 0.2, "friction and fan over rated power", TYPICAL),
            ParameterSpec.fixed(
                    "TemperatureRise", "K", 80, 10, 150, "winding over ambient at rated duty", "class B rise"),
            ParameterSpec.fixed("ThermalTime", "s", 2700, 60, 36_000, "time constant of the case", TYPICAL),
            ParameterSpec.tunable(
                    "CoolingFouling", "", 1, 0.3, 10, 0.1, "factor on case to ambient resistance", "estimated"),
            ParameterSpec.fixed("InsulationTemperature", "Cel", 155, 90, 250, "of the class", "class F, IEC 60085"),
            ParameterSpec.fixed("InsulationLife", "h", 20_000, 100, 1e6, "at that temperature", "Montsinger, IEEE 117"),
            ParameterSpec.fixed("TripTemperature", "Cel", 165, 60, 300, "winding temperature that trips", "protection"),
            ParameterSpec.tunable(
                    "BaseVibration", "mm/s", 1.1, 0.01, 20, 0.1, "velocity r.m.s. at rated speed", TYPICAL),
            ParameterSpec.fixed("RatedSpeed", "r/min", 1710, 50, 60_000, "at rated load; gives the poles", KRAUSE));

    static final int RATED_POWER = 0;
    static final int RATED_VOLTAGE = 1;
    static final int RATED_FREQUENCY = 2;
    static final int POLES = 3;
    static final int STATOR_R = 4;
    static final int STATOR_X = 5;
    static final int MAGNETISING_X = 6;
    static final int ROTOR_X = 7;
    static final int ROTOR_R = 8;
    static final int ACCELERATION = 9;
    static final int IRON = 10;
    static final int FRICTION = 11;
    static final int RISE = 12;
    static final int THERMAL_TIME = 13;
    static final int FOULING = 14;
    static final int INSULATION_TEMPERATURE = 15;
    static final int INSULATION_LIFE = 16;
    static final int TRIP = 17;
    static final int BASE_VIBRATION = 18;
    static final int RATED_SPEED = 19;

    static final int X_SPEED = 0;
    static final int X_WINDING = 1;
    static final int X_CASE = 2;
    static final int X_AGEING = 3;
    private static final List<StateSpec> STATES = List.of(
            StateSpec.dynamic("ShaftSpeed", "rad/s", 0, 5_000),
            StateSpec.dynamic("WindingTemperature", "K", 200, 800),
            StateSpec.dynamic("CaseTemperature", "K", 200, 800),
            StateSpec.damage("InsulationAgeing", "", 0, 1));

    static final int U_VOLTAGE = 0;
    static final int U_FREQUENCY = 1;
    static final int U_LOAD = 2;
    static final int U_AMBIENT = 3;
    static final List<InputSpec> INPUTS = List.of(
            InputSpec.linked("Voltage", "V", 220, 0, 15_000, new SensorAccuracy(0.003, 0.2)),
            InputSpec.linked("Frequency", "Hz", 60, 1, 1_000, new SensorAccuracy(0, 0.01)),
            InputSpec.linked("TorqueLoad", "N.m", 11, 0, 1e7, new SensorAccuracy(0.01, 0.02)),
            InputSpec.linked("AmbientTemperature", "Cel", 20, -40, 80, new SensorAccuracy(0, 0.5)));

    static final int Y_SPEED = 0;
    static final int Y_CURRENT = 1;
    static final int Y_POWER = 2;
    static final int Y_WINDING = 3;
    static final int Y_CASE = 4;
    static final int Y_VIBRATION = 5;
    static final int Y_TORQUE = 6;
    static final int Y_EFFICIENCY = 7;
    static final int Y_POWER_FACTOR = 8;
    static final int Y_SLIP = 9;
    static final int Y_AGEING = 10;
    static final int Y_LIFE = 11;
    static final List<OutputSpec> OUTPUTS = List.of(
            OutputSpec.measured("Speed", "r/min", 0.0005, 1, "shaft speed"),
            OutputSpec.measured("Current", "A", 0.01, 0.02, "line current"),
            OutputSpec.measured("Power", "kW", 0.01, 0.002, "electrical input"),
            OutputSpec.measured("WindingTemperature", "Cel", 0, 0.7, "hottest winding"),
            OutputSpec.measured("CaseTemperature", "Cel", 0, 0.7, "housing"),
            OutputSpec.measured("VibrationVelocityRms", "mm/s", 0.08, 0.1, "bearing housing, 10 Hz to 1 kHz"),
            OutputSpec.figure("Torque", "N.m", "electromagnetic"),
            OutputSpec.figure("Efficiency", "%", "shaft power over input"),
            OutputSpec.figure("PowerFactor", "", "at the terminals"),
            OutputSpec.figure("Slip", "%", "of synchronous speed"),
            OutputSpec.figure("InsulationAgeing", "%", "insulation life used since the start"),
            OutputSpec.figure("InsulationLife", "h", "life of new insulation at the present temperature, at most 1e6"));

    static final int E_TRIP = 0;
    static final int E_STALL = 1;
    private static final List<EventSpec> EVENTS = List.of(
            new EventSpec("WindingOverheat", "winding reaches TripTemperature"),
            new EventSpec("Stall", "slip exceeds the slip of largest torque"));

    private static final List<ScenarioSpec> SCENARIOS = List.of(
            new ScenarioSpec("overload", "The load doubles.", List.of(ScenarioAction.scale("TorqueLoad", 2, 5))),
            new ScenarioSpec("sag", "Voltage falls to 80 %.", List.of(ScenarioAction.scale("Voltage", 0.8, 5))),
            new ScenarioSpec(
                    "cooling-fouled",
                    "The cooling is clogged to twice its thermal resistance.",
                    List.of(ScenarioAction.scale("CoolingFouling", 2, 0))));

    static final ModelDescription DESCRIPTION = new ModelDescription(
            "InductionMotor", "1.0", PARAMETERS, STATES, INPUTS, OUTPUTS, EVENTS, SCENARIOS, 120, 0.05);

    private MotorNames() {}

    private static ParameterSpec circuit(String name, double ohm, double sigma) {
        double perUnit = ohm / KRAUSE_BASE_OHM;
        return ParameterSpec.tunable(
                name,
                "",
                perUnit,
                perUnit / 20,
                perUnit * 20,
                sigma,
                "per unit of V^2/P",
                KRAUSE + ", " + ohm + " ohm");
    }
}
