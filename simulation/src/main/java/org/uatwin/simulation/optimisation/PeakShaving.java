package org.uatwin.simulation.optimisation;

import java.util.List;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.SetupException;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * The lowest peak of a daily load that shifting and a battery reach together, by linear programming. A share of each interval's load
 * may move to intervals at most a window away, round the clock; the battery ends as full as it began. Many schedules share the
 * optimum: the peak is the answer, the schedule is one of them.
 */
public final class PeakShaving implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final ModelCard CARD = ModelCard.named(
                    "PeakShaving",
                    ModelCard.Kind.PLANNING,
                    "Demand response: the lowest peak that shifted load and a battery reach.")
            .valid("energy is shifted, not curtailed; every flexible household answers; at most 96 intervals")
            .parameter("IntervalHours", "h", 1, 0.05, 24, "length of one row of the profile", "of the profile")
            .parameter("FlexibleShare", "", 0, 0, 1, "share of each interval's load that may move", "survey")
            .parameter("WindowHours", "h", 0, 0, 24, "how far it may move, both ways", "contract")
            .parameter("BatteryPower", "", 0, 0, 1e9, "largest charge and discharge, unit of the load", "plate")
            .parameter("BatteryEnergy", "", 0, 0, 1e12, "capacity, unit of the load times hours", "plate")
            .parameter("ChargeEfficiency", "", 1, 0.1, 1, "of charging, and again of discharging", "plate")
            .table("profile", true, "load of one day", Column.number("load", "", 0, 1e12, "mean of the interval"))
            .output("Load", "", 0, ANY, "before")
            .output("ShapedLoad", "", 0, ANY, "after")
            .output("Shifted", "", "load moved in (+) or out (-)")
            .output("BatteryPower", "", "charging (+), discharging (-)")
            .output("BatteryEnergy", "", 0, ANY, "stored at the end of the interval")
            .time(23 * 3600, 3600)
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable profile = setup.table("profile");
        if (profile.rows() > PeakPlan.MOST_INTERVALS) {
            throw SetupException.ofTable(
                    "profile",
                    -1,
                    "",
                    "%d intervals are more than %d".formatted(profile.rows(), PeakPlan.MOST_INTERVALS),
                    "use longer intervals.");
        }
        return new Run(PeakPlan.solve(PeakPlan.Means.of(setup), profile.column("load")));
    }

    private static final class Run implements Simulation {
        private final PeakPlan solved;
        private int interval;

        Run(PeakPlan solved) {
            this.solved = solved;
        }

        @Override
        public List<Port> inputs() {
            return List.of();
        }

        @Override
        public List<Port> outputs() {
            return CARD.outputs();
        }

        @Override
        public void begin(double[] inputs) {
            interval = 0;
        }

        @Override
        public void advance(double[] inputs, double fromSeconds, double toSeconds) {
            interval = Math.floorMod((int) Math.floor(toSeconds / 3600 / solved.hours + 1e-9), solved.load.length);
        }

        @Override
        public void read(double[] y) {
            y[0] = solved.load[interval];
            y[1] = solved.shaped[interval];
            y[2] = solved.shifted[interval];
            y[3] = solved.battery[interval];
            y[4] = solved.stored[interval];
        }

        @Override
        public List<Figure> figures() {
            double before = 0;
            double sum = 0;
            double moved = 0;
            for (int i = 0; i < solved.load.length; i++) {
                before = Math.max(before, solved.load[i]);
                sum += solved.load[i];
                moved += Math.max(0, solved.shifted[i]) * solved.hours;
            }
            return List.of(
                    new Figure("PeakBefore", "", before),
                    new Figure("PeakAfter", "", solved.peak),
                    new Figure("PeakCut", "%", before > 0 ? 100 * (1 - solved.peak / before) : 0),
                    new Figure("MeanLoad", "", sum / solved.load.length),
                    new Figure("ShiftedEnergy", "", moved));
        }
    }
}
