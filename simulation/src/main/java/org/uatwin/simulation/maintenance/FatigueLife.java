package org.uatwin.simulation.maintenance;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Planning;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * Life under a repeated block of loads by Miner's rule. Each row gives its life directly, or a stress range whose life follows the detail
 * category of EN 1993-1-9 (slope 3 down to 5 million cycles, 5 down to the cut-off at 100 million).
 */
public final class FatigueLife implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final ModelCard CARD = ModelCard.named(
                    "FatigueLife",
                    ModelCard.Kind.PLANNING,
                    "Life under a repeated block of loads (Miner), EN 1993-1-9.")
            .valid("high-cycle fatigue, order of loads without influence, damage 1 at failure")
            .parameter("DetailCategory", "MPa", 71, 10, 500, "stress range that lives 2 million cycles", "EN 1993-1-9")
            .table(
                    "loads",
                    true,
                    "one block",
                    Column.text("load", "name"),
                    Column.number("amount", "", 0, 1e15, "cycles or time of it in a block"),
                    Column.optional("life", "", Double.NaN, 1e-9, 1e18, "in the same unit as amount"),
                    Column.optional("stress_range_MPa", "MPa", Double.NaN, 0, 1e4, "instead of life"))
            .output("Life.<load>", "", 0, ANY, "in the unit of amount; 0 = without end")
            .output("Share.<load>", "", 0, 1, "of the damage")
            .output("BlocksToFailure", "", 0, ANY, "0 = without end")
            .output("DamagePerBlock", "", 0, ANY, "")
            .build();

    private static final double CATEGORY_CYCLES = 2e6;
    private static final double CONSTANT_CYCLES = 5e6;
    private static final double CUT_OFF_CYCLES = 1e8;

    @Override
    public ModelCard card() {
        return CARD;
    }

    /** Cycles a stress range lives; infinity below the cut-off. */
    static double cycles(double category, double range) {
        double constant = category * StrictMath.cbrt(CATEGORY_CYCLES / CONSTANT_CYCLES);
        double cutOff = constant * StrictMath.pow(CONSTANT_CYCLES / CUT_OFF_CYCLES, 0.2);
        if (range < cutOff) {
            return Double.POSITIVE_INFINITY;
        }
        double ratio = constant / range;
        return range >= constant ? CONSTANT_CYCLES * ratio * ratio * ratio : CONSTANT_CYCLES * StrictMath.pow(ratio, 5);
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable loads = setup.table("loads");
        int n = loads.rows();
        double[] life = new double[n];
        double damage = 0;
        for (int i = 0; i < n; i++) {
            double given = loads.number(i, "life");
            double range = loads.number(i, "stress_range_MPa");
            if (Double.isNaN(given) == Double.isNaN(range)) {
                throw loads.problem(i, "life", "a load needs either life or stress_range_MPa", "give one of them.");
            }
            life[i] = Double.isNaN(given) ? cycles(setup.parameter("DetailCategory"), range) : given;
            damage += loads.number(i, "amount") / life[i];
        }
        List<Port> out = new ArrayList<>();
        double[] values = new double[2 * n + 2];
        for (String kind : List.of("Life", "Share")) {
            for (int i = 0; i < n; i++) {
                out.add(CARD.output(kind).of(loads.text(i, "load")));
            }
        }
        for (int i = 0; i < n; i++) {
            values[i] = Double.isInfinite(life[i]) ? 0 : life[i];
            values[n + i] = damage > 0 ? loads.number(i, "amount") / life[i] / damage : 0;
        }
        out.add(CARD.output("BlocksToFailure"));
        out.add(CARD.output("DamagePerBlock"));
        values[2 * n] = damage > 0 ? 1 / damage : 0;
        values[2 * n + 1] = damage;
        return new Planning(out, values, List.of(new Simulation.Figure("BlocksToFailure", "", values[2 * n])));
    }
}
