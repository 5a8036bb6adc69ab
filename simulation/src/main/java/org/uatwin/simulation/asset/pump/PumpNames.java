package org.uatwin.simulation.asset.pump;

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

/** Names, units, ranges and sources of the plant pump model, and the index of each name in its vector. */
final class PumpNames {
    private static final String NAMEPLATE = "nameplate";
    private static final String TYPICAL = "typical of single-stage radial pumps, general knowledge";
    private static final String DAIGLE = "structure of Daigle and Goebel 2013";

    private static final List<ParameterSpec> PARAMETERS = List.of(
            ParameterSpec.fixed("RatedFlow", "m3/h", 100, 0.1, 50_000, "flow at the best efficiency point", NAMEPLATE),
            ParameterSpec.fixed("RatedHead", "m", 50, 0.5, 3_000, "head at rated flow and speed", NAMEPLATE),
            ParameterSpec.fixed("RatedSpeed", "r/min", 2950, 100, 30_000, "shaft speed of the rated point", NAMEPLATE),
            ParameterSpec.fixed("RatedPower", "kW", 22, 0.05, 20_000, "rated shaft power of the motor", NAMEPLATE),
            ParameterSpec.fixed("RatedVoltage", "V", 400, 50, 15_000, "line voltage of the motor", NAMEPLATE),
            ParameterSpec.fixed("MotorEfficiency", "", 0.92, 0.5, 0.99, "of motor and converter at rated power", "IE3"),
            ParameterSpec.fixed("PowerFactor", "", 0.87, 0.5, 0.99, "of the motor at rated power", NAMEPLATE),
            ParameterSpec.tunable(
                    "PumpEfficiency", "", 0.75, 0.2, 0.93, 0.03, "hydraulic efficiency at the rated point", TYPICAL),
            ParameterSpec.fixed("FluidDensity", "kg/m3", 998.2, 500, 2_000, "of the fluid", "water, 20 degC, 1 atm"),
            ParameterSpec.fixed(
                    "NominalSuctionPressure", "bar", 0.5, -0.9, 100, "gauge, at the rated point", "plant design"),
            ParameterSpec.tunable(
                    "StaticHeadShare",
                    "",
                    0.4,
                    0,
                    0.95,
                    0.15,
                    "share of rated head the system needs at zero flow",
                    "plant design"),
            ParameterSpec.tunable(
                    "SystemResistance",
                    "",
                    1,
                    0.05,
                    20,
                    0.1,
                    "factor on the resistance of pipe and valve",
                    "estimated"),
            ParameterSpec.tunable(
                    "ValveAuthority",
                    "",
                    0.3,
                    0.01,
                    0.95,
                    0.2,
                    "share of the valve in the resistance at its nominal opening",
                    "plant design"),
            ParameterSpec.fixed("NominalValvePosition", "%", 70, 5, 100, "opening at the rated point", "plant design"),
            new ParameterSpec(
                    "ImpellerCoefficient",
                    "",
                    1,
                    0.3,
                    1.3,
                    0.02,
                    false,
                    "A of the head equation as a share of new",
                    "estimated from head, flow, speed"),
            ParameterSpec.tunable(
                    "TorqueFactor",
                    "",
                    1,
                    0.4,
                    2,
                    0.05,
                    "factor on hydraulic torque",
                    "estimated from power or current"),
            ParameterSpec.tunable(
                    "BearingFriction",
                    "",
                    1,
                    0.1,
                    10,
                    0.15,
                    "factor on the bearings' friction",
                    "estimated from temperature"),
            ParameterSpec.tunable(
                    "ImpellerWearRate",
                    "1/kh",
                    0.005,
                    0,
                    1_000,
                    0.5,
                    "share of A lost per 1000 h at rated flow",
                    DAIGLE + ": A' = -wA Q^2"),
            ParameterSpec.tunable(
                    "BearingWearRate",
                    "1/kh",
                    0.02,
                    0,
                    1_000,
                    0.5,
                    "growth of friction per 1000 h at rated speed",
                    DAIGLE + ": r' = w r w^2"),
            ParameterSpec.tunable(
                    "ImpellerDamage", "", 0, 0, 0.6, 0, "share of A lost at once, for what-ifs", "what-if only"),
            ParameterSpec.tunable(
                    "RequiredNpsh", "m", 3, 0.1, 100, 0.1, "NPSH3 at the rated point", "pump data sheet; " + TYPICAL),
            ParameterSpec.tunable(
                    "BaseVibration", "mm/s", 1.8, 0.05, 20, 0.1, "velocity r.m.s. at the rated point", TYPICAL),
            ParameterSpec.fixed(
                    "AccelerationTime", "s", 0.8, 0.05, 60, "rotor kinetic time J w / T at the rated point", TYPICAL),
            ParameterSpec.fixed("SpeedRamp", "r/min/s", 300, 1, 10_000, "limit of the converter", "converter setting"),
            ParameterSpec.fixed("TorqueLimit", "", 1.6, 0.5, 3, "of the converter, times rated", "converter setting"),
            ParameterSpec.tunable(
                    "FlowTimeConstant", "s", 2, 0.5, 60, 0.2, "inertia of the liquid column", DAIGLE + ": J of Q'"),
            ParameterSpec.fixed("BearingTrip", "Cel", 110, 40, 200, "temperature that trips the drive", "protection"),
            ParameterSpec.tunable(
                    "CasingBlockage",
                    "",
                    0,
                    0,
                    20,
                    0,
                    "head lost in clogged passages at rated flow, over rated head",
                    "what-if only"));

    static final int RATED_FLOW = parameter("RatedFlow");
    static final int RATED_HEAD = parameter("RatedHead");
    static final int RATED_SPEED = parameter("RatedSpeed");
    static final int RATED_POWER = parameter("RatedPower");
    static final int RATED_VOLTAGE = parameter("RatedVoltage");
    static final int MOTOR_EFFICIENCY = parameter("MotorEfficiency");
    static final int POWER_FACTOR = parameter("PowerFactor");
    static final int PUMP_EFFICIENCY = parameter("PumpEfficiency");
    static final int FLUID_DENSITY = parameter("FluidDensity");
    static final int NOMINAL_SUCTION = parameter("NominalSuctionPressure");
    static final int STATIC_SHARE = parameter("StaticHeadShare");
    static final int SYSTEM_RESISTANCE = parameter("SystemResistance");
    static final int VALVE_AUTHORITY = parameter("ValveAuthority");
    static final int NOMINAL_VALVE = parameter("NominalValvePosition");
    static final int IMPELLER = parameter("ImpellerCoefficient");
    static final int TORQUE_FACTOR = parameter("TorqueFactor");
    static final int BEARING_FRICTION = parameter("BearingFriction");
    static final int IMPELLER_WEAR_RATE = parameter("ImpellerWearRate");
    static final int BEARING_WEAR_RATE = parameter("BearingWearRate");
    static final int IMPELLER_DAMAGE = parameter("ImpellerDamage");
    static final int REQUIRED_NPSH = parameter("RequiredNpsh");
    static final int BASE_VIBRATION = parameter("BaseVibration");
    static final int ACCELERATION_TIME = parameter("AccelerationTime");
    static final int SPEED_RAMP = parameter("SpeedRamp");
    static final int TORQUE_LIMIT = parameter("TorqueLimit");
    static final int FLOW_TIME = parameter("FlowTimeConstant");
    static final int BEARING_TRIP = parameter("BearingTrip");
    static final int CASING_BLOCKAGE = parameter("CasingBlockage");

    static final int X_SPEED = 0;
    static final int X_FLOW = 1;
    static final int X_THRUST = 2;
    static final int X_RADIAL = 3;
    static final int X_OIL = 4;
    static final int X_IMPELLER = 5;
    static final int X_FRICTION_RADIAL = 6;
    static final int X_FRICTION_THRUST = 7;
    private static final List<StateSpec> STATES = List.of(
            StateSpec.dynamic("ShaftSpeed", "rad/s", 0, 2_000),
            StateSpec.dynamic("PumpFlow", "m3/s", 0, 100),
            StateSpec.dynamic("ThrustBearingTemperature", "K", 200, 800),
            StateSpec.dynamic("RadialBearingTemperature", "K", 200, 800),
            StateSpec.dynamic("BearingOilTemperature", "K", 200, 800),
            StateSpec.damage("ImpellerArea", "Pa.s2", 0, 1e12),
            StateSpec.damage("RadialFriction", "kW.s2", 0, 1e3),
            StateSpec.damage("ThrustFriction", "kW.s2", 0, 1e3));

    static final int U_SPEED = 0;
    static final int U_RUN = 1;
    static final int U_VALVE = 2;
    static final int U_SUCTION = 3;
    static final int U_FLUID_TEMPERATURE = 4;
    static final int U_AMBIENT = 5;
    static final List<InputSpec> INPUTS = List.of(
            InputSpec.linked("SpeedSetpoint", "r/min", 2950, 0, 36_000, SensorAccuracy.EXACT),
            InputSpec.linked("Running", "", 1, 0, 1, SensorAccuracy.EXACT),
            InputSpec.linked("ValvePosition", "%", 70, 0, 100, new SensorAccuracy(0, 0.3)),
            InputSpec.linked("SuctionPressure", "bar", 0.5, -1, 200, new SensorAccuracy(0.005, 0.01)),
            InputSpec.linked("FluidTemperature", "Cel", 20, -20, 180, new SensorAccuracy(0, 0.5)),
            InputSpec.unlinked("AmbientTemperature", "Cel", 20, -40, 60));

    static final int Y_SPEED = 0;
    static final int Y_FLOW = 1;
    static final int Y_DISCHARGE = 2;
    static final int Y_CURRENT = 3;
    static final int Y_POWER = 4;
    static final int Y_BEARING = 5;
    static final int Y_OIL = 6;
    static final int Y_VIBRATION = 7;
    static final int Y_STATE = 8;
    static final int Y_HEAD = 9;
    static final int Y_HYDRAULIC = 10;
    static final int Y_EFFICIENCY = 11;
    static final int Y_SPECIFIC_ENERGY = 12;
    static final int Y_NPSH_MARGIN = 13;
    static final int Y_WEAR = 14;
    static final List<OutputSpec> OUTPUTS = List.of(
            OutputSpec.measured("Speed", "r/min", 0.001, 1, "shaft speed"),
            OutputSpec.measured("Flow", "m3/h", 0.01, 0.05, "flow through the pump"),
            OutputSpec.measured("DischargePressure", "bar", 0.005, 0.02, "gauge, at the discharge nozzle"),
            OutputSpec.measured("MotorCurrent", "A", 0.01, 0.05, "line current"),
            OutputSpec.measured("MotorPower", "kW", 0.01, 0.02, "electrical input of motor and converter"),
            OutputSpec.measured("BearingTemperature", "Cel", 0, 0.7, "the hotter of thrust and radial bearing"),
            OutputSpec.measured("OilTemperature", "Cel", 0, 0.7, "bearing oil"),
            OutputSpec.measured("VibrationVelocityRms", "mm/s", 0.08, 0.1, "bearing housing, 10 Hz to 1 kHz"),
            OutputSpec.measured("State", "", 0, 0, "operating mode by number"),
            OutputSpec.figure("Head", "m", "head of the pump"),
            OutputSpec.figure("HydraulicPower", "kW", "rho g Q H"),
            OutputSpec.figure("OverallEfficiency", "%", "hydraulic power over electrical input"),
            OutputSpec.figure("SpecificEnergy", "kWh/m3", "electrical energy per volume; 0 without flow"),
            OutputSpec.figure("NpshMargin", "m", "NPSH available minus NPSH3"),
            OutputSpec.figure("ImpellerWear", "%", "share of the impeller coefficient lost"));

    static final int E_IMPELLER = 0;
    static final int E_BEARING = 1;
    static final int E_CAVITATION = 2;
    private static final List<EventSpec> EVENTS = List.of(
            new EventSpec(
                    "ImpellerWearFailure", "impeller coefficient below 9.5/12.7084 of new, Daigle and Goebel 2013"),
            new EventSpec("BearingOverheat", "bearing temperature reaches BearingTrip"),
            new EventSpec("Cavitation", "NPSH available falls below NPSH3"));

    private static final List<ScenarioSpec> SCENARIOS = List.of(
            new ScenarioSpec(
                    "valve-closes",
                    "The discharge valve closes to 5 % within 30 s.",
                    List.of(ScenarioAction.ramp("ValvePosition", 5, 10, 30))),
            new ScenarioSpec(
                    "suction-drop",
                    "Suction pressure falls to -0.7 bar within 60 s; the pump runs into cavitation.",
                    List.of(ScenarioAction.ramp("SuctionPressure", -0.7, 10, 60))),
            new ScenarioSpec(
                    "wear-doubles",
                    "Impeller and bearings wear at twice the rate.",
                    List.of(
                            ScenarioAction.scale("ImpellerWearRate", 2, 0),
                            ScenarioAction.scale("BearingWearRate", 2, 0))),
            new ScenarioSpec(
                    "impeller-worn",
                    "The impeller loses 15 % of its coefficient at once.",
                    List.of(ScenarioAction.set("ImpellerDamage", 0.15, 10))),
            new ScenarioSpec("stop", "The pump is stopped.", List.of(ScenarioAction.set("Running", 0, 10))));

    static final ModelDescription DESCRIPTION = new ModelDescription(
            "CentrifugalPump", "1.2", PARAMETERS, STATES, INPUTS, OUTPUTS, EVENTS, SCENARIOS, 300, 1);

    private PumpNames() {}

    private static int parameter(String name) {
        int index = ModelDescription.indexOf(PARAMETERS, ParameterSpec::name, name);
        if (index < 0) {
            throw new AssertionError(name);
        }
        return index;
    }
}
