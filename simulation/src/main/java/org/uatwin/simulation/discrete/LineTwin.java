package org.uatwin.simulation.discrete;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.twin.SystemTwin;
import org.uatwin.simulation.twin.TwinMember;

/** A production line as model of a twin: stations and conveyors are its members, in the order of the flow. */
public final class LineTwin {
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double PLACES_PER_METRE = 1; // of a conveyor between stations, unless ItemPitch says otherwise

    private LineTwin() {}

    public static SystemTwin line() {
        return SystemTwin.of(new ProductionLine())
                .members("stations", LineTwin::stations)
                .tunable("ArrivalRate", 0.05)
                .tunable("ArrivalVariation", 0)
                .input("SpeedFactor", 0, 0)
                .measured("WorkInProcess", 0, 1)
                .measured("Throughput", 0.05, 1)
                .measured("Queue", "QueueLength", 0, 0.5)
                .start("Queue", "Queue")
                .scenario("faster", "All stations 10 % faster.", ScenarioAction.set("SpeedFactor", 1.1, 0))
                .scenario("rush", "Half as many parts again.", ScenarioAction.set("ArrivalFactor", 1.5, 0))
                .fails("SlowLine", "SpeedFactor", 0.8, "throughput falls, queues grow before the slowest station")
                .time(8 * SECONDS_PER_HOUR, 600)
                .cost(size -> 12.0 * size.rows())
                .build();
    }

    private static List<Map<String, Object>> stations(List<TwinMember> members) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (TwinMember m : members) {
            if (m.is("Station")) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("station", m.id());
                row.put("time_s", m.value("CycleTime"));
                row.put("distribution", "lognormal");
                row.put("variation", m.value("CycleVariation"));
                row.put("machines", m.value("Machines"));
                row.put("buffer", m.value("BufferPlaces"));
                row.put("mtbf_s", m.value("Mtbf") * SECONDS_PER_HOUR);
                row.put("mttr_s", m.value("Mttr") * SECONDS_PER_HOUR);
                row.put("scrap", m.value("ScrapShare"));
                row.put("busy_kW", m.value("BusyPower"));
                row.put("idle_kW", m.value("IdlePower"));
                rows.add(row);
            } else if (m.is("Conveyor")) {
                // Parts ride side by side: as many machines as there are places, each busy for the whole ride.
                double places = Math.max(1, Math.floor(m.value("BeltLength") * PLACES_PER_METRE));
                rows.add(Map.of(
                        "station",
                        m.id(),
                        "time_s",
                        m.value("BeltLength") / m.value("RatedSpeed"),
                        "distribution",
                        "deterministic",
                        "machines",
                        places,
                        "buffer",
                        0.0));
            }
        }
        return rows;
    }
}
