package org.uatwin.simulation.asset.conveyor;

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

/** Names, units, ranges and sources of the conveyor model, and the index of each name in its vector. */
final class ConveyorNames {
    private static final String DIN = "DIN 22101 / ISO 5048";
    private static final String PLATE = "nameplate";
    private static final String DESIGN = "plant design";
    private static final String TYPICAL = "typical, general knowledge";

    private static final List<ParameterSpec> PARAMETERS = List.of(
            ParameterSpec.fixed("BeltLength", "m", 32, 0.5, 50_000, "between pulleys", DESIGN),
            ParameterSpec.fixed("Lift", "m", 2, -1_000, 1_000, "height gained", DESIGN),
            ParameterSpec.fixed("RatedSpeed", "m/s", 1.5, 0.01, 15, "belt speed at rated motor speed", PLATE),
            ParameterSpec.fixed("RatedMassFlow", "t/h", 100, 0.001, 50_000, "at rated speed", PLATE),
            ParameterSpec.fixed("RatedPower", "kW", 4, 0.01, 20_000, "rated shaft power of the motor", PLATE),
            ParameterSpec.fixed("RatedVoltage", "V", 400, 50, 15_000, "line voltage", PLATE),
            ParameterSpec.fixed(
                    "MotorEfficiency",
                    "",
                    -1,
                    -1,
                    0.99,
                    "of motor and converter at rated power; -1 = by power",
                    "IE3 and converter"),
            ParameterSpec.fixed("PowerFactor", "", 0.85, 0.4, 0.99, "of the motor at rated power", PLATE),
            ParameterSpec.tunable("DriveEfficiency", "", 0.94, 0.3, 1, 0.02, "of the gear", TYPICAL),
            ParameterSpec.fixed(
                    "LengthFactor", "", -1, -1, 10, "C for secondary resistances; -1 = table by length", DIN),
            ParameterSpec.tunable(
                    "FrictionCoefficient",
                    "",
                    0.025,
                    0.005,
                    0.6,
                    0.1,
                    "f; mu of modular belts",
                    DIN + ", 0.016..0.035"),
            ParameterSpec.fixed(
                    "IdlerMass", "kg/m", -1, -1, 1_000, "m'R, both strands; 0 for modular belts; -1 = by load", DESIGN),
            ParameterSpec.fixed("BeltMass", "kg/m", -1, -1, 1_000, "m'G; -1 = by load", DESIGN),
            ParameterSpec.fixed(
                    "MaxBeltLoad",
                    "kg/m",
                    -1,
                    -1,
                    10_000,
                    "load at which the section is full; -1 = 1.2 times rated",
                    DESIGN),
            ParameterSpec.fixed(
                    "ItemMass", "kg", 2, 0, 10_000, "mass of one item; 0 = bulk, nothing is counted", DESIGN),
            ParameterSpec.tunable(
                    "PulleyFriction", "", 0.35, 0.05, 1, 0.1, "belt on drive pulley", TYPICAL + ", lagged"),
            ParameterSpec.fixed("WrapAngle", "deg", 180, 90, 480, "of the belt on the drive pulley", DESIGN),
            ParameterSpec.tunable(
                    "SlackTension",
                    "kN",
                    -1,
                    -1,
                    10_000,
                    0.05,
                    "T2 given by the take-up; -1 = grips 1.3 times rated force",
                    DESIGN),
            ParameterSpec.fixed("TorqueLimit", "", 1.8, 0.5, 3, "of the converter, times rated", "converter setting"),
            ParameterSpec.fixed("SpeedRamp", "m/s2", 0.3, 0.01, 10, "limit of the converter", "converter setting"),
            ParameterSpec.fixed("MotorTemperatureRise", "K", 70, 10, 150, "winding over ambient at rated duty", PLATE),
            ParameterSpec.fixed("MotorThermalTime", "s", 2700, 60, 36_000, "time constant of the case", TYPICAL),
            ParameterSpec.tunable(
                    "CoolingFouling", "", 1, 0.5, 10, 0.1, "factor on case to ambient resistance", "tuned"),
            ParameterSpec.fixed("OverloadTime", "s", 60, 1, 3_600, "time constant of the protection", "IEC 60255-149"),
            ParameterSpec.fixed("OverloadFactor", "", 1.05, 1, 2, "k of the protection", "IEC 60255-149"),
            ParameterSpec.tunable("BearingHeat", "", 1, 0.05, 20, 0.1, "factor on bearing heat", "estimated"),
            ParameterSpec.fixed("BearingRise", "K", 22, 1, 100, "bearing over ambient at rated duty", TYPICAL),
            ParameterSpec.fixed("BearingThermalTime", "s", 1200, 30, 36_000, "time constant of the housing", TYPICAL),
            ParameterSpec.tunable("BearingLife", "h", 40_000, 10, 1e7, 0.3, "L10h at rated duty", "ISO 281"),
            ParameterSpec.tunable("BeltWearRate", "1/kh", 0.02, 0, 1_000, 0.5, "belt life used per 1000 h", TYPICAL),
            ParameterSpec.tunable(
                    "BaseVibration", "mm/s", 1.4, 0.01, 20, 0.1, "velocity r.m.s. at rated speed", TYPICAL));

    static final int LENGTH = parameter("BeltLength");
    static final int LIFT = parameter("Lift");
    static final int RATED_SPEED = parameter("RatedSpeed");
    static final int RATED_MASS_FLOW = parameter("RatedMassFlow");
    static final int RATED_POWER = parameter("RatedPower");
    static final int RATED_VOLTAGE = parameter("RatedVoltage");
    static final int MOTOR_EFFICIENCY = parameter("MotorEfficiency");
    static final int POWER_FACTOR = parameter("PowerFactor");
    static final int DRIVE_EFFICIENCY = parameter("DriveEfficiency");
    static final int LENGTH_FACTOR = parameter("LengthFactor");
    static final int FRICTION = parameter("FrictionCoefficient");
    static final int IDLER_MASS = parameter("IdlerMass");
    static final int BELT_MASS = parameter("BeltMass");
    static final int MAX_LOAD = parameter("MaxBeltLoad");
    static final int ITEM_MASS = parameter("ItemMass");
    static final int PULLEY_FRICTION = parameter("PulleyFriction");
    static final int WRAP = parameter("WrapAngle");
    static final int SLACK_TENSION = parameter("SlackTension");
    static final int TORQUE_LIMIT = parameter("TorqueLimit");
    static final int SPEED_RAMP = parameter("SpeedRamp");
    static final int MOTOR_RISE = parameter("MotorTemperatureRise");
    static final int MOTOR_TIME = parameter("MotorThermalTime");
    static final int FOULING = parameter("CoolingFouling");
    static final int OVERLOAD_TIME = parameter("OverloadTime");
    static final int OVERLOAD_FACTOR = parameter("OverloadFactor");
    static final int BEARING_HEAT = parameter("BearingHeat");
    static final int BEARING_RISE = parameter("BearingRise");
    static final int BEARING_TIME = parameter("BearingThermalTime");
    static final int BEARING_LIFE = parameter("BearingLife");
    static final int BELT_WEAR_RATE = parameter("BeltWearRate");
    static final int BASE_VIBRATION = parameter("BaseVibration");

    static final int X_SPEED = 0;
    static final int X_LOAD = 1;
    static final int X_WINDING = 2;
    static final int X_CASE = 3;
    static final int X_BEARING = 4;
    static final int X_OVERLOAD = 5;
    static final int X_ITEMS = 6;
    static final int X_BEARING_DAMAGE = 7;
    static final int X_BELT_WEAR = 8;
    private static final List<StateSpec> STATES = List.of(
            StateSpec.dynamic("Speed", "m/s", 0, 20),
            StateSpec.dynamic("LoadPerMetre", "kg/m", 0, 1e5),
            StateSpec.dynamic("WindingTemperature", "K", 200, 800),
            StateSpec.dynamic("CaseTemperature", "K", 200, 800),
            StateSpec.dynamic("HousingTemperature", "K", 200, 800),
            StateSpec.dynamic("OverloadLevel", "", 0, 100),
            StateSpec.dynamic("Items", "", 0, 1e15),
            StateSpec.damage("BearingDamage", "", 0, 1),
            StateSpec.damage("BeltWear", "", 0, 1));

    static final int U_SPEED = 0;
    static final int U_RUN = 1;
    static final int U_FLOW = 2;
    static final int U_AMBIENT = 3;
    static final int U_JAM = 4;
    static final List<InputSpec> INPUTS = List.of(
            InputSpec.linked("SpeedSetpoint", "m/s", 1.5, 0, 15, SensorAccuracy.EXACT),
            InputSpec.linked("Running", "", 1, 0, 1, SensorAccuracy.EXACT),
            InputSpec.linked("LoadMassFlow", "t/h", 60, 0, 50_000, new SensorAccuracy(0.01, 0.05)),
            InputSpec.unlinked("AmbientTemperature", "Cel", 20, -40, 60),
            InputSpec.unlinked("JamSeverity", "", 0, 0, 1));

    static final int Y_SPEED = 0;
    static final int Y_LOAD = 1;
    static final int Y_CURRENT = 2;
    static final int Y_POWER = 3;
    static final int Y_WINDING = 4;
    static final int Y_BEARING = 5;
    static final int Y_VIBRATION = 6;
    static final int Y_TENSION = 7;
    static final int Y_ITEMS = 8;
    static final int Y_STATE = 9;
    static final int Y_JAMMED = 10;
    static final int Y_THROUGHPUT = 11;
    static final int Y_SPECIFIC_ENERGY = 12;
    static final int Y_FILL = 13;
    static final int Y_SLIP_RESERVE = 14;
    static final int Y_OVERLOAD = 15;
    static final int Y_BEARING_DAMAGE = 16;
    static final int Y_BELT_WEAR = 17;
    static final List<OutputSpec> OUTPUTS = List.of(
            OutputSpec.measured("BeltSpeed", "m/s", 0.005, 0.005, "speed of the belt"),
            OutputSpec.measured("BeltLoad", "kg/m", 0.01, 0.05, "load per metre of belt"),
            OutputSpec.measured("MotorCurrent", "A", 0.01, 0.03, "line current"),
            OutputSpec.measured("MotorPower", "kW", 0.01, 0.01, "electrical input of motor and converter"),
            OutputSpec.measured("MotorTemperature", "Cel", 0, 0.7, "winding"),
            OutputSpec.measured("BearingTemperature", "Cel", 0, 0.7, "drive pulley bearing"),
            OutputSpec.measured("VibrationVelocityRms", "mm/s", 0.08, 0.1, "drive, 10 Hz to 1 kHz"),
            OutputSpec.measured("BeltTension", "kN", 0.01, 0.02, "tight side T1"),
            OutputSpec.measured("ItemCount", "", 0, 0, "items delivered"),
            OutputSpec.measured("State", "", 0, 0, "operating mode by number"),
            OutputSpec.measured("Jammed", "", 0, 0, "1 while the drive cannot move the belt"),
            OutputSpec.figure("Throughput", "t/h", "mass leaving the belt"),
            OutputSpec.figure("SpecificEnergy", "kWh/t", "electrical energy per mass delivered; 0 without load"),
            OutputSpec.figure("FillRatio", "%", "belt load over MaxBeltLoad"),
            OutputSpec.figure("SlipReserve", "%", "share of the pulley's grip that is unused"),
            OutputSpec.figure("OverloadLevel", "%", "protection level; it trips at 100"),
            OutputSpec.figure("BearingDamage", "%", "life used by ISO 281"),
            OutputSpec.figure("BeltWear", "%", "belt life used"));

    static final int E_TRIP = 0;
    static final int E_JAM = 1;
    static final int E_OVERFILL = 2;
    static final int E_SLIP = 3;
    static final int E_BEARING = 4;
    private static final List<EventSpec> EVENTS = List.of(
            new EventSpec("OverloadTrip", "thermal overload protection reaches k^2, IEC 60255-149"),
            new EventSpec("Jam", "belt below 20 % of its setpoint while blocked"),
            new EventSpec("Overfill", "belt load exceeds MaxBeltLoad"),
            new EventSpec("BeltSlip", "pull reaches the grip of the drive pulley"),
            new EventSpec("BearingFailure", "bearing life used up"));

    private static final List<ScenarioSpec> SCENARIOS = List.of(
            new ScenarioSpec(
                    "overload",
                    "Feed rises to 1.8 times its value.",
                    List.of(ScenarioAction.scale("LoadMassFlow", 1.8, 10))),
            new ScenarioSpec(
                    "jam",
                    "Something blocks the belt; the protection trips the drive.",
                    List.of(ScenarioAction.set("JamSeverity", 1, 10))),
            new ScenarioSpec(
                    "slow-down",
                    "The belt runs at 80 % speed.",
                    List.of(ScenarioAction.scale("SpeedSetpoint", 0.8, 10))),
            new ScenarioSpec(
                    "cooling-fouled",
                    "The motor's cooling is clogged to twice its thermal resistance.",
                    List.of(ScenarioAction.scale("CoolingFouling", 2, 0))),
            new ScenarioSpec("stop", "The conveyor is stopped.", List.of(ScenarioAction.set("Running", 0, 10))));

    static final ModelDescription DESCRIPTION =
            new ModelDescription("Conveyor", "1.0", PARAMETERS, STATES, INPUTS, OUTPUTS, EVENTS, SCENARIOS, 300, 1);

    private ConveyorNames() {}

    private static int parameter(String name) {
        int index = ModelDescription.indexOf(PARAMETERS, ParameterSpec::name, name);
        if (index < 0) {
            throw new AssertionError(name);
        }
        return index;
    }
}
