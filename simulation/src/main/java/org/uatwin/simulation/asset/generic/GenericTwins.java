package org.uatwin.simulation.asset.generic;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.twin.SystemTwin;

/** Models identified from data, for assets that have none of their own. */
public final class GenericTwins {
    private static final String DATA = "identified from data";

    private GenericTwins() {}

    /** A process of first or second order with dead time. */
    public static SystemTwin process() {
        return SystemTwin.of(new ProcessWithDeadTime())
                .tunable("Gain", 0.1)
                .tunable("TimeConstant", 0.1)
                .range("TimeConstant", 1, 1e6)
                .range("DeadTime", 0, 1e4)
                .tunable("Damping", 0.1)
                .tunable("DeadTime", 0.1)
                .tunable("OutputPoint", 0)
                .input("Input", "ControllerOutput", 0, 0.1)
                .measured("Output", "ProcessValue", 0, 0.2)
                .start("Output", "Output")
                .needs("ControllerOutput", "ProcessValue")
                .follows(1)
                .scenario(
                        "step-up",
                        "Ten units more at the input.",
                        new ScenarioAction("Input", ScenarioAction.Kind.OFFSET, 10, 0, 0))
                .scenario(
                        "step-down",
                        "Ten units less at the input.",
                        new ScenarioAction("Input", ScenarioAction.Kind.OFFSET, -10, 0, 0))
                .fails("GainLost", "Gain", 0.5, "the output answers weakly")
                .time(600, 1)
                .build();
    }

    /** A part that wears by cycles. */
    public static SystemTwin wear() {
        return SystemTwin.of(new CounterWear())
                .tunable("RatedCycles", 0.2)
                .tunable("LoadExponent", 0.1)
                .input("CycleRate", 0.02, 0)
                .input("Load", 0.03, 0.01)
                .measured("Damage", 0, 0.01)
                .start("Damage", "Damage")
                .needs("CycleRate")
                .valid("Load", 0, 2)
                .scenario(
                        "overload",
                        "A quarter more load.",
                        new ScenarioAction("Load", ScenarioAction.Kind.SCALE, 1.25, 0, 0))
                .scenario(
                        "twice-as-busy",
                        "Twice as many cycles.",
                        new ScenarioAction("CycleRate", ScenarioAction.Kind.SCALE, 2, 0, 0))
                .wearsOut("WornOut", "cycles weighted by load (Miner)", "Damage", 1, "depends on the part")
                .fails("Overloaded", "Load", 1.5, "wears several times as fast")
                .time(30 * 24 * 3600, 3600)
                .build();
    }

    /** A linear system of any size; without a table of matrices it is a first-order lag of gain 1. */
    public static SystemTwin linear() {
        return SystemTwin.of(new LinearStateSpace())
                .shaping(ParameterSpec.tunable("Gain", "", 1, -1e9, 1e9, 0.1, "without a table: of the lag", DATA))
                .shaping(ParameterSpec.tunable(
                        "TimeConstant", "s", 60, 1, 1e9, 0.1, "without a table: of the lag", DATA))
                .defaultTable("matrices", GenericTwins::lag)
                .input("u", "Input%s", 0, 0.1)
                .measured("y", "Output%s", 0, 0.2)
                .inferStart("x.1", "y.1", -1e12, 1e12, 1e3)
                .needs("Input1", "Output1")
                .follows(1)
                .scenario(
                        "step-up",
                        "Ten units more at the first input.",
                        new ScenarioAction("u.1", ScenarioAction.Kind.OFFSET, 10, 0, 0))
                .time(600, 1)
                .cost(size -> 1 + 0.1 * size.rows())
                .build();
    }

    private static List<Map<String, Object>> lag(ToDoubleFunction<String> p) {
        double pole = 1 / p.applyAsDouble("TimeConstant");
        return List.of(element("A", -pole), element("B", pole * p.applyAsDouble("Gain")), element("C", 1));
    }

    private static Map<String, Object> element(String matrix, double value) {
        return Map.of("matrix", matrix, "row", 1.0, "column", 1.0, "value", value);
    }
}
