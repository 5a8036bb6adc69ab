package org.uatwin.simulation.asset.grid;

import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.twin.SystemTwin;

/** A grid's frequency and a group of households as models of twins. */
public final class GridTwins {
    private GridTwins() {}

    /** Frequency of a grid after a disturbance; it starts at the nominal frequency. */
    public static SystemTwin frequency() {
        return SystemTwin.of(new FrequencyResponse())
                .tunable("Inertia", 0.1)
                .tunable("Droop", 0.1)
                .tunable("MechanicalGain", 0.03)
                .tunable("HighPressureShare", 0.1)
                .tunable("ReheatTime", 0.1)
                .tunable("LoadDamping", 0.3)
                .tunable("ShedFrequency", 0)
                .tunable("ShedPower", 0)
                .measured("Frequency", 0, 0.002)
                .needs("Frequency")
                .valid("FrequencyDeviation", -1.5, 1.5)
                .scenario("unit-lost", "A tenth of the generation is lost.", ScenarioAction.set("PowerStep", -0.1, 0))
                .scenario("load-lost", "A tenth of the load is lost.", ScenarioAction.set("PowerStep", 0.1, 0))
                .fails("LowInertia", "Inertia", 2, "frequency falls twice as fast after the same loss")
                .fails("GovernorsBlocked", "MechanicalGain", 0.3, "frequency stays lower after the same loss")
                .time(30, 0.1)
                .cost(size -> 12)
                .build();
    }

    /** Households with demand response; people are random, so answers are means over runs. */
    public static SystemTwin households() {
        return SystemTwin.of(new Households())
                .tunable("MeanLoad", 0.1)
                .tunable("AppliancePower", 0.05)
                .tunable("ApplianceShare", 0.05)
                .tunable("Response", 0.1)
                .tunable("ResponseDelay", 0.3)
                .tunable("Rebound", 0.2)
                .tunable("ReboundTime", 0.2)
                .input("ApplianceDuty", 0.1, 0.02)
                .input("DemandResponse", 0, 0)
                .measured("Demand", 0.01, 1)
                .infer("MeanLoad", "Demand", 0, 100)
                .needs("Demand")
                .clock()
                .random()
                .scenario(
                        "peak-call",
                        "All who answer are called for two hours.",
                        ScenarioAction.set("DemandResponse", 1, 0),
                        ScenarioAction.set("DemandResponse", 0, 7200))
                .scenario(
                        "cold-evening",
                        "Appliances want to run twice as much.",
                        new ScenarioAction("ApplianceDuty", ScenarioAction.Kind.SCALE, 2, 0, 3600))
                .fails("CallsLost", "Response", 0.2, "demand hardly falls when households are called")
                .time(6 * 3600, 300)
                .cost(size -> 0.05 * size.parameters().getOrDefault("Households", 500.0))
                .build();
    }
}
