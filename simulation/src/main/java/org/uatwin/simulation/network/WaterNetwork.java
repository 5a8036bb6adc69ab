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
 * Water distribution under pressure: the global gradient algorithm (E. Todini, S. Pilati 1988), Hazen-Williams pipes, pumps of a one-point
 * curve H = 4/3 H0 - 1/3 H0 (Q/Q0)^2, tanks that fill and empty between instants, leaks as emitters. Units by the names of columns: US
 * (ft, gpm, in) or SI (m, L/s, mm); outputs in m and L/s, and in ft and gpm.
 */
public final class WaterNetwork implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    static final ModelCard CARD = ModelCard.named(
                    "WaterNetwork", ModelCard.Kind.STEPPED, "Heads, flows, tanks, pumps and leaks of a water network.")
            .valid(
                    "quasi-steady, Hazen-Williams range of velocities, connected to a reservoir or tank; no surge, up to 500 nodes")
            .parameter("UsOutputs", "", 0, 0, 1, "1 = outputs in ft and gpm", "")
            .table(
                    "nodes",
                    true,
                    "junctions, reservoirs, tanks",
                    Column.text("node", "name"),
                    Column.text("type", "junction, reservoir or tank"),
                    Column.optional("elev_ft", "ft", Double.NaN, -5000, 30_000, "elevation; head of a reservoir"),
                    Column.optional("elev_m", "m", Double.NaN, -1500, 9000, "elevation; head of a reservoir"),
                    Column.optional("base_demand_gpm", "gpm", Double.NaN, -1e6, 1e6, "junctions"),
                    Column.optional("base_demand_L_s", "L/s", Double.NaN, -1e5, 1e5, "junctions"),
                    Column.optional("emitter_gpm", "gpm/psi^0.5", 0, 0, 1e6, "leak at a junction: C of Q = C p^0.5"))
            .table(
                    "pipes",
                    true,
                    "pipes",
                    Column.text("pipe", "name"),
                    Column.text("from", "node"),
                    Column.text("to", "node"),
                    Column.optional("length_ft", "ft", Double.NaN, 1e-3, 1e7, ""),
                    Column.optional("length_m", "m", Double.NaN, 1e-3, 1e7, ""),
                    Column.optional("diameter_in", "in", Double.NaN, 0.01, 500, ""),
                    Column.optional("diameter_mm", "mm", Double.NaN, 0.1, 20_000, ""),
                    Column.number("hazen_williams_C", "", 10, 200, "roughness"))
            .table(
                    "pumps",
                    false,
                    "pumps",
                    Column.text("pump", "name"),
                    Column.text("from", "node"),
                    Column.text("to", "node"),
                    Column.optional("design_flow_gpm", "gpm", Double.NaN, 1e-3, 1e7, "Q0"),
                    Column.optional("design_flow_L_s", "L/s", Double.NaN, 1e-3, 1e6, "Q0"),
                    Column.optional("design_head_ft", "ft", Double.NaN, 0.1, 1e5, "H0"),
                    Column.optional("design_head_m", "m", Double.NaN, 0.1, 1e5, "H0"),
                    Column.optional("efficiency", "", 0.75, 0.01, 1, "for its power"))
            .table(
                    "tanks",
                    false,
                    "one row per tank",
                    Column.text("node", "name"),
                    Column.optional("level_ft", "ft", Double.NaN, 0, 1e4, "at time 0"),
                    Column.optional("level_m", "m", Double.NaN, 0, 1e4, "at time 0"),
                    Column.optional("min_ft", "ft", Double.NaN, 0, 1e4, ""),
                    Column.optional("min_m", "m", Double.NaN, 0, 1e4, ""),
                    Column.optional("max_ft", "ft", Double.NaN, 0, 1e4, ""),
                    Column.optional("max_m", "m", Double.NaN, 0, 1e4, ""),
                    Column.optional("diameter_ft", "ft", Double.NaN, 0.01, 1e4, ""),
                    Column.optional("diameter_m", "m", Double.NaN, 0.01, 1e4, ""))
            .input("DemandFactor", "", 1, 0, 100, "factor on all demands")
            .input("Demand.<node>", "", 1, 0, 100, "factor on one demand")
            .input("PumpSpeed.<pump>", "", 1, 0, 2, "over rated; 0 = off")
            .input("Open.<pipe>", "", 1, 0, 1, "0 = closed")
            .output("Head.<node>", "m", "or ft")
            .output("Pressure.<node>", "m", "head over elevation, or ft")
            .output("Flow.<link>", "L/s", "from its first node, or gpm")
            .output("Leakage", "L/s", 0, ANY, "of all emitters, or gpm")
            .output("PumpPower", "kW", 0, ANY, "of all pumps")
            .time(24 * 3600.0, 3600)
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable nodes = setup.table("nodes");
        DataTable pipes = setup.table("pipes");
        Map<String, Integer> index = nodes.index("node");
        boolean isUs = setup.parameter("UsOutputs") >= 0.5;
        List<Port> in = new ArrayList<>(List.of(CARD.input("DemandFactor")));
        List<Port> out = new ArrayList<>();
        for (int i = 0; i < nodes.rows(); i++) {
            in.add(CARD.input("Demand").of(nodes.text(i, "node")));
            out.add(unit(CARD.output("Head").of(nodes.text(i, "node")), isUs, "ft"));
        }
        for (int i = 0; i < nodes.rows(); i++) {
            out.add(unit(CARD.output("Pressure").of(nodes.text(i, "node")), isUs, "ft"));
        }
        List<Port> speeds = new ArrayList<>();
        List<Port> flows = new ArrayList<>();
        setup.optionalTable("pumps").ifPresent(t -> {
            for (int i = 0; i < t.rows(); i++) {
                speeds.add(CARD.input("PumpSpeed").of(t.text(i, "pump")));
                flows.add(unit(CARD.output("Flow").of(t.text(i, "pump")), isUs, "gpm"));
            }
        });
        in.addAll(speeds);
        for (int i = 0; i < pipes.rows(); i++) {
            in.add(CARD.input("Open").of(pipes.text(i, "pipe")));
            out.add(unit(CARD.output("Flow").of(pipes.text(i, "pipe")), isUs, "gpm"));
        }
        out.addAll(flows);
        out.add(unit(CARD.output("Leakage"), isUs, "gpm"));
        out.add(CARD.output("PumpPower"));
        return new WaterRun(new WaterData(setup, index), in, out, isUs);
    }

    private static Port unit(Port port, boolean isUs, String unit) {
        return isUs
                ? new Port(port.name(), unit, port.defaultValue(), port.lower(), port.upper(), port.meaning())
                : port;
    }
}
