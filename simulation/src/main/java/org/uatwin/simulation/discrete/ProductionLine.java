package org.uatwin.simulation.discrete;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * Stations in a row with buffers before them: parallel machines, times of any distribution, blocking after service, failures by time or by
 * operation, scrap and rework. Parts arrive at random or, without an arrival rate, stand ready at all times. A single station is a
 * queue: M/M/1, M/M/c, M/G/1/K, Erlang loss.
 */
public final class ProductionLine implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    static final ModelCard CARD = ModelCard.named(
                    "ProductionLine",
                    ModelCard.Kind.EVENTS,
                    "Stations with buffers, failures, scrap: throughput, stock, waiting, bottleneck.")
            .valid("one kind of part; times independent of each other; figures count after the warm-up")
            .parameter("ArrivalRate", "1/h", 0, 0, 1e9, "parts an hour; 0 = always one ready", "plan")
            .parameter(
                    "ArrivalVariation",
                    "",
                    1,
                    0,
                    10,
                    "coefficient of variation of times between arrivals; 1 = random",
                    "data")
            .parameter(
                    "WarmUp",
                    "s",
                    0,
                    0,
                    1e12,
                    "time that does not count in the figures",
                    "MSER-5 or a look at the curve")
            .parameter("IdlePower", "kW", 0, 0, 1e6, "of a station with no power of its own in the table", "plate")
            .table(
                    "stations",
                    true,
                    "in the order of the flow",
                    Column.text("station", "name"),
                    Column.number("time_s", "s", 0, 1e9, "mean processing time of a part"),
                    Column.optionalText(
                            "distribution",
                            "deterministic, exponential, erlang, uniform, normal, lognormal, weibull; empty = exponential"),
                    Column.optional("variation", "", 0.3, 0, 20, "coefficient of variation; shape of weibull"),
                    Column.optional("machines", "", 1, 1, 10_000, "in parallel"),
                    Column.optional("buffer", "", Double.NaN, 0, 1e6, "places before it; empty = without limit"),
                    Column.optional("mtbf_s", "s", Double.NaN, 1e-3, 1e12, "mean time between failures"),
                    Column.optional("mttr_s", "s", Double.NaN, 0, 1e12, "mean time to repair"),
                    Column.optionalText("failures", "operation (while it works, the default) or time (always)"),
                    Column.optional("scrap", "", 0, 0, 1, "share of parts lost after it"),
                    Column.optionalText("rework_to", "station that scrapped parts go back to"),
                    Column.optional("busy_kW", "kW", Double.NaN, 0, 1e6, "power of a machine at work"),
                    Column.optional("idle_kW", "kW", Double.NaN, 0, 1e6, "power of a machine that waits"))
            .table(
                    "tasks",
                    false,
                    "work of the stations in pieces: the time of a station with tasks is the sum of theirs",
                    Column.text("task", "name"),
                    Column.number("time_s", "s", 0, 1e9, "mean"),
                    Column.text("station", "where it is done"),
                    Column.optionalText(
                            "after", "tasks that must be done before it, separated by blanks or semicolons"),
                    Column.optionalText("only_at", "stations where it can be done, likewise; empty = all"))
            .input("ArrivalFactor", "", 1, 0, 100, "factor on the arrival rate")
            .input("SpeedFactor", "", 1, 0.01, 100, "factor on the speed of all stations")
            .input("StationSpeed.<station>", "", 1, 0.01, 100, "factor on the speed of one station")
            .input("RepairFactor.<station>", "", 1, 0, 100, "factor on the time to repair of one station")
            .output("Finished", "", 0, ANY, "good parts so far")
            .output("WorkInProcess", "", 0, ANY, "parts in the line")
            .output("Throughput", "1/h", 0, ANY, "good parts an hour since the warm-up")
            .output("Queue.<station>", "", 0, ANY, "parts waiting before it")
            .output("Working.<station>", "", 0, ANY, "machines at work")
            .output("Down.<station>", "", 0, ANY, "machines down")
            .output("Blocked.<station>", "", 0, ANY, "machines that cannot pass on their part")
            .start("Queue.<station>", "parts waiting before it at time 0")
            .time(8 * 3600.0, 600)
            .fixed("it says from when on figures count", "WarmUp")
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable table = withTasks(setup.table("stations"), setup);
        var index = table.index("station");
        List<Station> stations = new ArrayList<>();
        List<Port> out = new ArrayList<>(
                CARD.outputs().stream().filter(p -> !p.isPerMember()).toList());
        List<Port> in = new ArrayList<>(List.of(CARD.input("ArrivalFactor"), CARD.input("SpeedFactor")));
        for (int i = 0; i < table.rows(); i++) {
            stations.add(Station.of(setup, table, i, index));
        }
        for (String kind : List.of("Queue", "Working", "Down", "Blocked")) {
            stations.forEach(s -> out.add(CARD.output(kind).of(s.name)));
        }
        for (String kind : List.of("StationSpeed", "RepairFactor")) {
            stations.forEach(s -> in.add(CARD.input(kind).of(s.name)));
        }
        return new LineRun(setup, in, out, stations);
    }

    private static DataTable withTasks(DataTable stations, Setup setup) {
        var tasks = setup.optionalTable("tasks");
        return tasks.isEmpty() ? stations : stations.with("time_s", times(stations, tasks.get()));
    }

    /** Times of the stations with these tasks; a station without a task keeps its own. */
    public static double[] times(DataTable stations, DataTable tasks) {
        var index = stations.index("station");
        double[] times = stations.column("time_s");
        boolean[] hasTasks = new boolean[times.length];
        for (int i = 0; i < tasks.rows(); i++) {
            int station = tasks.reference(i, "station", index);
            times[station] = (hasTasks[station] ? times[station] : 0) + tasks.number(i, "time_s");
            hasTasks[station] = true;
        }
        return times;
    }
}
