package org.uatwin.simulation.network;

import java.util.Map;
import java.util.Optional;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.SetupException;

/** A water network in SI: m, m3/s. Links are the pipes and then the pumps. */
final class WaterData {
    static final double FT = 0.3048; // m, exact
    static final double GPM = 3.785411784e-3 / 60; // m3/s, US gallon, exact
    private static final double INCH = 0.0254; // m, exact
    private static final double M_PER_PSI = 0.3048 / 0.4333; // of water as EPANET 2.2 has it
    private static final double HAZEN_WILLIAMS =
            10.667; // SI, h = 10.667 L Q^1.852 / (C^1.852 D^4.871), EPANET 2.2 manual

    final int nodes;
    final int pipes;
    final int links;
    final double[] elevation;
    final double[] demand;
    final double[] emitter; // m3/s per m^0.5
    final boolean[] isFixed; // reservoirs and tanks
    final int[] from;
    final int[] to;
    final double[] resistance; // of pipes, s^1.852 ...
    final double[] pumpHead; // H0
    final double[] pumpFlow; // Q0
    final double[] pumpEfficiency;
    final int[] tankNode;
    final double[] level;
    final double[] lowest;
    final double[] highest;
    final double[] area;

    WaterData(Setup setup, Map<String, Integer> index) {
        DataTable n = setup.table("nodes");
        DataTable p = setup.table("pipes");
        Optional<DataTable> pumps = setup.optionalTable("pumps");
        Optional<DataTable> tanks = setup.optionalTable("tanks");
        nodes = n.rows();
        pipes = p.rows();
        int pumpCount = pumps.map(DataTable::rows).orElse(0);
        links = pipes + pumpCount;
        elevation = new double[nodes];
        demand = new double[nodes];
        emitter = new double[nodes];
        isFixed = new boolean[nodes];
        boolean hasSource = false;
        for (int i = 0; i < nodes; i++) {
            elevation[i] = either(n, i, "elev_ft", FT, "elev_m", 1);
            String type = n.text(i, "type");
            if (!type.equals("junction") && !type.equals("reservoir") && !type.equals("tank")) {
                throw n.problem(
                        i, "type", "there is no type \"%s\"".formatted(type), "write junction, reservoir or tank.");
            }
            isFixed[i] = !type.equals("junction");
            hasSource |= isFixed[i];
            if (!isFixed[i]) {
                double us = n.number(i, "base_demand_gpm");
                double si = n.number(i, "base_demand_L_s");
                demand[i] = !Double.isNaN(us) ? us * GPM : Double.isNaN(si) ? 0 : si / 1000;
                emitter[i] = n.number(i, "emitter_gpm") * GPM / Math.sqrt(M_PER_PSI);
            }
        }
        if (!hasSource) {
            throw SetupException.ofTable("nodes", -1, "", "there is no reservoir and no tank", "add one.");
        }
        from = new int[links];
        to = new int[links];
        resistance = new double[pipes];
        for (int i = 0; i < pipes; i++) {
            from[i] = p.reference(i, "from", index);
            to[i] = p.reference(i, "to", index);
            double d = either(p, i, "diameter_in", INCH, "diameter_mm", 1e-3);
            resistance[i] = HAZEN_WILLIAMS
                    * either(p, i, "length_ft", FT, "length_m", 1)
                    / StrictMath.pow(p.number(i, "hazen_williams_C"), 1.852)
                    / StrictMath.pow(d, 4.871);
        }
        pumpHead = new double[pumpCount];
        pumpFlow = new double[pumpCount];
        pumpEfficiency = new double[pumpCount];
        for (int i = 0; i < pumpCount; i++) {
            DataTable t = pumps.orElseThrow();
            from[pipes + i] = t.reference(i, "from", index);
            to[pipes + i] = t.reference(i, "to", index);
            pumpHead[i] = either(t, i, "design_head_ft", FT, "design_head_m", 1);
            pumpFlow[i] = either(t, i, "design_flow_gpm", GPM, "design_flow_L_s", 1e-3);
            pumpEfficiency[i] = t.number(i, "efficiency");
        }
        int tankCount = tanks.map(DataTable::rows).orElse(0);
        tankNode = new int[tankCount];
        level = new double[tankCount];
        lowest = new double[tankCount];
        highest = new double[tankCount];
        area = new double[tankCount];
        for (int i = 0; i < tankCount; i++) {
            DataTable t = tanks.orElseThrow();
            tankNode[i] = t.reference(i, "node", index);
            if (!n.text(tankNode[i], "type").equals("tank")) {
                throw t.problem(i, "node", "the node is no tank", "give it the type tank under nodes.");
            }
            level[i] = either(t, i, "level_ft", FT, "level_m", 1);
            lowest[i] = either(t, i, "min_ft", FT, "min_m", 1);
            highest[i] = either(t, i, "max_ft", FT, "max_m", 1);
            double d = either(t, i, "diameter_ft", FT, "diameter_m", 1);
            area[i] = Math.PI * d * d / 4;
            if (!(lowest[i] <= level[i] && level[i] <= highest[i])) {
                throw t.problem(i, "node", "the level is outside its limits", "give min <= level <= max.");
            }
        }
    }

    private static double either(DataTable t, int row, String us, double factor, String si, double siFactor) {
        double a = t.number(row, us);
        double b = t.number(row, si);
        if (Double.isNaN(a) == Double.isNaN(b)) {
            throw t.problem(
                    row,
                    us,
                    "%s of %s and %s is given".formatted(Double.isNaN(a) ? "none" : "each", us, si),
                    "give one.");
        }
        return Double.isNaN(a) ? b * siFactor : a * factor;
    }
}
