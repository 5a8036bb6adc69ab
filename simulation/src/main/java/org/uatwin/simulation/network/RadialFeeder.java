package org.uatwin.simulation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * Power flow of a radial feeder by backward and forward sweep (Shirmohammadi, Hong, Semlyen, Luo, IEEE Trans. Power Systems 3(2),
 * 1988), balanced phases. Switches may open and close while it runs; buses without supply are reported as unserved.
 */
public final class RadialFeeder implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    /** Inputs follow its order, members of a table in the order of its rows. */
    public static final ModelCard CARD = ModelCard.named(
                    "RadialFeeder",
                    ModelCard.Kind.ALGEBRAIC,
                    "Power flow, losses and voltages of a radial distribution feeder.")
            .valid("balanced three-phase, no closed loops, loads below voltage collapse; line charging is neglected")
            .parameter("BaseVoltage", "kV", 12.66, 0.1, 1000, "line to line", "design")
            .parameter("SourceVoltage", "", 1, 0.5, 1.5, "pu at the source", "tap of the transformer")
            .parameter(
                    "VoltageExponent",
                    "",
                    0,
                    0,
                    2,
                    "of load over voltage: 0 power, 1 current, 2 impedance",
                    "load model")
            .table(
                    "buses",
                    true,
                    "buses with their loads; the first is the source unless one is marked",
                    Column.text("bus", "name"),
                    Column.number("p_kW", "kW", -1e6, 1e6, "active load"),
                    Column.number("q_kvar", "kvar", -1e6, 1e6, "reactive load"),
                    Column.optional("generation_kW", "kW", 0, 0, 1e6, "scaled by GenerationScale"),
                    Column.optional("source", "", 0, 0, 1, "1 marks the source"))
            .table(
                    "branches",
                    true,
                    "lines and tie switches",
                    Column.optionalText("branch", "name; else from-to"),
                    Column.text("from", "bus"),
                    Column.text("to", "bus"),
                    Column.number("r_ohm", "Ohm", 0, 1e4, "resistance"),
                    Column.number("x_ohm", "Ohm", 0, 1e4, "reactance"),
                    Column.optional("closed", "", 1, 0, 1, "0 = open tie"),
                    Column.optional("rating_A", "A", Double.NaN, 0, 1e6, "thermal limit"),
                    Column.optional("switchable", "", 1, 0, 1, "0 = no switch: it stays as it is"))
            .input("LoadScale", "", 1, 0, 10, "factor on all loads")
            .input("GenerationScale", "", 0, 0, 10, "factor on all generation")
            .input("Load.<bus>", "", 1, 0, 100, "factor on the load of one bus")
            .input("Switch.<branch>", "", 1, 0, 1, "1 = closed; default from the table")
            .input("Injection.<bus>", "kW", 0, -1e6, 1e6, "active power fed in beside the table: a battery")
            .output("Losses", "kW", 0, ANY, "active, all branches")
            .output("ReactiveLosses", "kvar", 0, ANY, "all branches")
            .output("SourcePower", "kW", "from the source")
            .output("SourceReactivePower", "kvar", "from the source")
            .output("Load", "kW", "served, less generation")
            .output("UnservedLoad", "kW", 0, ANY, "at buses without supply")
            .output("MinVoltage", "", 0, 2, "pu, lowest of the supplied buses")
            .output("MaxVoltage", "", 0, 2, "pu, highest of the supplied buses")
            .output("MaxLoading", "%", 0, ANY, "of the branches with a rating; 0 without")
            .output("Iterations", "", 0, 1000, "sweeps")
            .output("Voltage.<bus>", "", 0, 2, "pu; 0 without supply")
            .output("Angle.<bus>", "deg", -180, 180, "against the source")
            .output("Current.<branch>", "A", 0, ANY, "r.m.s.")
            .output("ActiveLoad.<bus>", "kW", "of one bus, without its generation")
            .output("ReactiveLoad.<bus>", "kvar", "of one bus")
            .time(0, 3600)
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable buses = setup.table("buses");
        DataTable branches = setup.table("branches");
        Map<String, Integer> index = buses.index("bus");
        List<Port> inputs = new ArrayList<>(List.of(CARD.input("LoadScale"), CARD.input("GenerationScale")));
        List<Port> outputs = new ArrayList<>(
                CARD.outputs().stream().filter(p -> !p.isPerMember()).toList());
        int n = buses.rows();
        for (int i = 0; i < n; i++) {
            inputs.add(CARD.input("Load").of(buses.text(i, "bus")));
            outputs.add(CARD.output("Voltage").of(buses.text(i, "bus")));
        }
        for (int i = 0; i < n; i++) {
            outputs.add(CARD.output("Angle").of(buses.text(i, "bus")));
        }
        int m = branches.rows();
        int[] from = new int[m];
        int[] to = new int[m];
        for (int i = 0; i < m; i++) {
            from[i] = branches.reference(i, "from", index);
            to[i] = branches.reference(i, "to", index);
            if (from[i] == to[i]) {
                throw branches.problem(i, "to", "the branch begins and ends at the same bus", "name two buses.");
            }
            String name = branchName(branches, i);
            Port port = CARD.input("Switch").of(name);
            inputs.add(new Port(port.name(), "", branches.number(i, "closed") >= 0.5 ? 1 : 0, 0, 1, port.meaning()));
            outputs.add(CARD.output("Current").of(name));
        }
        for (int i = 0; i < n; i++) {
            inputs.add(CARD.input("Injection").of(buses.text(i, "bus")));
            outputs.add(CARD.output("ActiveLoad").of(buses.text(i, "bus")));
        }
        for (int i = 0; i < n; i++) {
            outputs.add(CARD.output("ReactiveLoad").of(buses.text(i, "bus")));
        }
        return new FeederRun(
                setup, new FeederRun.Ports(inputs, outputs), new FeederRun.Wiring(source(buses), from, to));
    }

    /** Name of a branch among inputs and outputs. */
    public static String branchName(DataTable branches, int row) {
        String given = branches.text(row, "branch");
        return given.isEmpty() ? branches.text(row, "from") + "-" + branches.text(row, "to") : given;
    }

    /** Row of the bus that feeds the others. */
    public static int source(DataTable buses) {
        for (int i = buses.rows() - 1; i > 0; i--) {
            if (buses.number(i, "source") >= 0.5) {
                return i;
            }
        }
        return 0;
    }
}
