package org.uatwin.simulation.optimisation;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.search.TourSearch;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Planning;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * A short round tour of points in the plane: nearest neighbour from many starts, then 2-opt and Or-opt until nothing improves, with
 * restarts by a random double bridge (iterated local search, Lourenco, Martin, Stutzle 2003). A heuristic: no proof of the optimum.
 */
public final class Tour implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final ModelCard CARD = ModelCard.named(
                    "Tour",
                    ModelCard.Kind.PLANNING,
                    "A short round tour of points: collection, inspection, robot tasks.")
            .valid("symmetric distances in the plane, up to 2000 points; within about 3 % of the optimum")
            .parameter("Rounded", "", 0, 0, 1, "1 = distances rounded to whole numbers (TSPLIB EUC_2D)", "TSPLIB")
            .parameter("Restarts", "", 200, 0, 1e6, "perturbations after the first local optimum", "typical")
            .table(
                    "nodes",
                    true,
                    "points; the first is where the tour begins",
                    Column.text("node", "name"),
                    Column.number("x", "", -1e9, 1e9, ""),
                    Column.number("y", "", -1e9, 1e9, ""))
            .output("Position.<node>", "", 0, 1e6, "place in the tour, from 0")
            .output("Length", "", 0, ANY, "of the round tour")
            .build();

    private static final int MOST_NODES = 2000;

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable nodes = setup.table("nodes");
        int n = nodes.rows();
        if (n > MOST_NODES) {
            throw nodes.problem(0, "node", "%d points are more than %d".formatted(n, MOST_NODES), "split the tour.");
        }
        nodes.index("node");
        boolean isRounded = setup.parameter("Rounded") >= 0.5;
        double[][] distance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double dx = nodes.number(i, "x") - nodes.number(j, "x");
                double dy = nodes.number(i, "y") - nodes.number(j, "y");
                double d = Math.sqrt(dx * dx + dy * dy);
                distance[i][j] = isRounded ? Math.floor(d + 0.5) : d;
            }
        }
        TourSearch search = new TourSearch(distance, setup.stream());
        int[] tour = search.best((int) setup.parameter("Restarts"), () -> true);
        List<Port> out = new ArrayList<>();
        double[] values = new double[n + 1];
        int first = 0;
        while (tour[first] != 0) {
            first++;
        }
        for (int i = 0; i < n; i++) {
            out.add(CARD.output("Position").of(nodes.text(i, "node")));
            values[tour[(first + i) % n]] = i;
        }
        out.add(CARD.output("Length"));
        values[n] = search.length(tour);
        return new Planning(out, values, List.of(new Simulation.Figure("Length", "", values[n])));
    }
}
