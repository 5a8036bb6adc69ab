package org.uatwin.simulation.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.twin.SystemTwin;
import org.uatwin.simulation.twin.TwinMember;

/** A feeder, a sensor and a network of sensors as models of twins. */
public final class NetworkTwins {
    private static final double SECONDS_PER_DAY = 86_400;

    private NetworkTwins() {}

    /**
     * A feeder. Its buses are members of type FeederNode, else a table; without a table of branches the nodes are a chain in the order
     * of the plant file, each fed through its own line. The scale of loads follows from the power at the source.
     */
    public static SystemTwin feeder() {
        return SystemTwin.of(new RadialFeeder())
                .members("buses", NetworkTwins::buses)
                .members("branches", NetworkTwins::chain)
                .tunable("SourceVoltage", 0.003)
                .tunable("VoltageExponent", 0)
                .input("GenerationScale", 0.05, 0)
                .measured("SourcePower", 0.01, 1)
                .measured("SourceReactivePower", 0.01, 1)
                .measured("Losses", 0.05, 0.5)
                .measured("Voltage", 0.002, 0)
                .measured("ActiveLoad", "Load", 0.02, 0.5)
                .measured("ReactiveLoad", "ReactiveLoad", 0.03, 0.5)
                .partsAre("FeederNode")
                .estimated("LoadScale", 0.5, 0, 10)
                .estimated("Load", 0.3, 0, 10)
                .inferInput("LoadScale", "SourcePower", 0, 10, 1)
                .needs("SourcePower")
                .valid("MinVoltage", 0.8, 1.2)
                .scenario(
                        "evening-peak",
                        "Loads grow by a half.",
                        new ScenarioAction("LoadScale", ScenarioAction.Kind.SCALE, 1.5, 0, 0))
                .scenario(
                        "loads-shed",
                        "Loads fall by 15 %.",
                        new ScenarioAction("LoadScale", ScenarioAction.Kind.SCALE, 0.85, 0, 0))
                .fails("LowSourceVoltage", "SourceVoltage", 0.94, "all voltages low, losses up")
                .time(60, 60)
                .cost(size -> 0.3 * size.rows())
                .build();
    }

    private static List<Map<String, Object>> buses(List<TwinMember> members) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (TwinMember m : members) {
            if (m.is("FeederNode")) {
                rows.add(Map.of(
                        "bus", m.id(),
                        "p_kW", m.value("RatedLoad"),
                        "q_kvar", m.value("RatedReactiveLoad"),
                        "generation_kW", m.value("RatedGeneration")));
            }
        }
        return rows;
    }

    private static List<Map<String, Object>> chain(List<TwinMember> members) {
        List<Map<String, Object>> rows = new ArrayList<>();
        String before = "";
        for (TwinMember m : members) {
            if (m.is("FeederNode")) {
                if (!before.isEmpty()) {
                    rows.add(Map.of(
                            "from", before,
                            "to", m.id(),
                            "r_ohm", m.value("LineResistance"),
                            "x_ohm", m.value("LineReactance")));
                }
                before = m.id();
            }
        }
        return rows;
    }

    /** One battery-powered radio sensor. */
    public static SystemTwin sensor() {
        return SystemTwin.of(new LoraLink())
                .tunable("BatteryCapacity", 0.1)
                .tunable("SleepCurrent", 0.2)
                .tunable("TransmitCurrent", 0.1)
                .tunable("ReceiveTime", 0.1)
                .tunable("SelfDischarge", 0.3)
                .tunable("PayloadBytes", 0)
                .tunable("SpreadingFactor", 0)
                .input("Period", 0, 0)
                .measured("DeliveryRatio", 0, 0.05)
                .needs("Period")
                .scenario(
                        "twice-as-often",
                        "Half the time between messages.",
                        new ScenarioAction("Period", ScenarioAction.Kind.SCALE, 0.5, 0, 0))
                .scenario("far-away", "Spreading factor 12.", ScenarioAction.set("SpreadingFactor", 12, 0))
                .fails("LeakCurrent", "SleepCurrent", 200, "the battery empties in a year or two")
                .fails("BatteryWorn", "BatteryCapacity", 800, "the battery empties early")
                .time(60, 60)
                .build();
    }

    /** A network of sensors and gateways, which are its members, else rows of tables. */
    public static SystemTwin network() {
        return SystemTwin.of(new SensorNetwork())
                .members("nodes", NetworkTwins::nodes)
                .members("gateways", NetworkTwins::gateways)
                .tunable("PathExponent", 0.03)
                .tunable("ReferenceLoss", 0.02)
                .tunable("Shadowing", 0)
                .tunable("TransmitPower", 0)
                .tunable("TransmitCurrent", 0.1)
                .tunable("SleepCurrent", 0.2)
                .measured("DeliveryRatio", 0, 0.02)
                .measured("AliveNodes", 0, 0.5)
                .valid("AirTimeShare", 0, 60)
                .scenario(
                        "four-times-as-often", "A quarter of all periods.", ScenarioAction.set("PeriodFactor", 0.25, 0))
                .fails("RadioNoise", "ReferenceLoss", 50, "messages lost everywhere, the far ones first")
                .time(SECONDS_PER_DAY, 3600)
                .cost(size -> 2.0 * size.rows() * 6)
                .build();
    }

    private static List<Map<String, Object>> nodes(List<TwinMember> members) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (TwinMember m : members) {
            if (m.is("SensorNode")) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("node", m.id());
                row.put("x_m", m.value("X"));
                row.put("y_m", m.value("Y"));
                row.put("period_s", m.value("RatedPeriod"));
                row.put("bytes", m.value("PayloadBytes"));
                row.put("battery_mAh", m.value("BatteryCapacity"));
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<Map<String, Object>> gateways(List<TwinMember> members) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (TwinMember m : members) {
            if (m.is("RadioGateway")) {
                rows.add(Map.of("gateway", m.id(), "x_m", m.value("X"), "y_m", m.value("Y")));
            }
        }
        return rows;
    }
}
