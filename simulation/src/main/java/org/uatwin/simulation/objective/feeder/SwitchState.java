package org.uatwin.simulation.objective.feeder;

import java.util.List;
import org.uatwin.simulation.objective.OwnSystem;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.solver.SolverException;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Simulation;

/** Power flow of one feeder for any setting of its switches. Owned by one search. */
final class SwitchState {
    private final Simulation feeder;
    private final double[] u;
    private final double[] y;
    private final int firstSwitch;
    private final int losses;
    private final int lowest;
    private final int highest;
    private final int loading;
    private final int unserved;
    private final Limits limits;
    private boolean hasBegun;

    /** What must hold: voltages in pu, loading in per cent of a branch's rating. */
    record Limits(double lowestVoltage, double highestVoltage, double largestLoading) {
        static Limits of(Settings settings) {
            return new Limits(
                    settings.number("LowestVoltage"),
                    settings.number("HighestVoltage"),
                    settings.number("LargestLoading"));
        }
    }

    /**
     * One power flow.
     *
     * @param losses kW; infinite beyond voltage collapse.
     * @param unserved load without supply, kW.
     */
    record Flow(double losses, double lowest, double highest, double loading, double unserved, double excess) {
        /** Whether it keeps the limits, or breaks them less than the other, or has lower losses. */
        boolean isBetterThan(Flow other) {
            if (Math.abs(excess - other.excess) > 1e-9) {
                return excess < other.excess;
            }
            return losses < other.losses - 1e-9;
        }

        boolean isAllowed() {
            return excess <= 1e-9;
        }
    }

    SwitchState(OwnSystem system, Limits limits) {
        this.limits = limits;
        feeder = system.prepare(1);
        u = system.inputs(feeder);
        y = new double[feeder.outputs().size()];
        List<String> inputs = feeder.inputs().stream().map(Port::name).toList();
        int first = 0;
        while (!inputs.get(first).startsWith("Switch.")) {
            first++;
        }
        firstSwitch = first;
        List<String> outputs = feeder.outputs().stream().map(Port::name).toList();
        losses = outputs.indexOf("Losses");
        lowest = outputs.indexOf("MinVoltage");
        highest = outputs.indexOf("MaxVoltage");
        loading = outputs.indexOf("MaxLoading");
        unserved = outputs.indexOf("UnservedLoad");
    }

    /** Name of a branch. */
    String branch(int index) {
        return feeder.inputs().get(firstSwitch + index).name().substring("Switch.".length());
    }

    /** Switches as they are now. */
    boolean[] present(int branches) {
        boolean[] closed = new boolean[branches];
        for (int b = 0; b < branches; b++) {
            closed[b] = u[firstSwitch + b] >= 0.5;
        }
        return closed;
    }

    /** The power flow with these branches closed, which must be radial. */
    Flow flow(boolean[] closed) {
        for (int b = 0; b < closed.length; b++) {
            u[firstSwitch + b] = closed[b] ? 1 : 0;
        }
        try {
            if (hasBegun) {
                feeder.observe(u);
            } else {
                feeder.begin(u);
                hasBegun = true;
            }
        } catch (SolverException e) {
            // beyond voltage collapse: no state of the feeder, so worse than any other
            double none = Double.POSITIVE_INFINITY;
            return new Flow(none, 0, 0, none, none, none);
        }
        feeder.read(y);
        double excess = Math.max(0, limits.lowestVoltage() - y[lowest])
                + Math.max(0, y[highest] - limits.highestVoltage())
                + Math.max(0, y[loading] - limits.largestLoading()) / 100
                + y[unserved];
        return new Flow(y[losses], y[lowest], y[highest], y[loading], y[unserved], excess);
    }

    /** Where a flow, and the present one, stand against the limits. */
    List<Optimum.Limit> limits(Flow flow, Flow now) {
        return List.of(
                limit("MinVoltage", "", flow.lowest(), now.lowest(), limits.lowestVoltage(), false),
                limit("MaxVoltage", "", flow.highest(), now.highest(), limits.highestVoltage(), true),
                limit("MaxLoading", "%", flow.loading(), now.loading(), limits.largestLoading(), true));
    }

    private static Optimum.Limit limit(
            String name, String unit, double value, double now, double bound, boolean isUpper) {
        boolean isActive = Math.abs(value - bound) <= 1e-3 * Math.abs(bound);
        return new Optimum.Limit(name, unit, value, now, bound, isUpper, isActive);
    }
}
