package org.uatwin.simulation.asset.generic;

import org.uatwin.simulation.system.Continuous;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.system.SystemModel;

/**
 * Wear by counting: D' = rate (load)^m / N, D = 1 at the end of life (Palmgren 1924, Miner 1945), for doors, lifts, valves, relays,
 * vehicle parts.
 */
public final class CounterWear implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final ModelCard CARD = ModelCard.named(
                    "CounterWear", ModelCard.Kind.CONTINUOUS, "Wear by counting cycles weighted by load (Miner).")
            .valid("constant load within a step; no recovery")
            .parameter("RatedCycles", "", 1e6, 1, 1e15, "cycles to the end of life at load 1", "data sheet")
            .parameter(
                    "LoadExponent", "", 3, 0, 20, "m of life over load", "3 ball bearings, 3..5 welds, 10 composites")
            .parameter("WarnLevel", "", 0.8, 0, 1, "damage at which a replacement should be planned", "typical")
            .input("CycleRate", "1/h", 0, 0, 1e9, "cycles an hour")
            .input("Load", "", 1, 0, 100, "load over rated load")
            .output("Damage", "", 0, ANY, "share of life used")
            .output("Cycles", "", 0, ANY, "cycles since the start")
            .output("RemainingCycles", "", 0, ANY, "at the present load, at most 1e15")
            .output("RemainingHours", "h", 0, ANY, "at the present rate and load, at most 1e6")
            .start("Damage", "share of life used at time 0")
            .time(1000 * SECONDS_PER_HOUR, SECONDS_PER_HOUR)
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        double cycles = setup.parameter("RatedCycles");
        double exponent = setup.parameter("LoadExponent");
        double warn = setup.parameter("WarnLevel");
        return new Continuous(
                setup,
                CARD.inputs(),
                CARD.outputs(),
                new double[] {setup.start("Damage", 0), 0},
                2,
                SolverSettings.Method.EULER,
                ANY) {
            @Override
            public boolean replace(String state, double value) {
                if (state.equals("Damage")) {
                    renew(0, value);
                    return true;
                }
                return false;
            }

            @Override
            public void derivatives(double t, double[] x, double[] u, double[] dx) {
                dx[1] = u[0] / SECONDS_PER_HOUR;
                dx[0] = dx[1] * StrictMath.pow(u[1], exponent) / cycles;
            }

            @Override
            protected double event(int index, double t, double[] x, double[] u) {
                return (index == 0 ? warn : 1) - x[0];
            }

            @Override
            protected String happened(int index, double t, double[] x, double[] u) {
                return index == 0 ? "PlanReplacement" : "EndOfLife";
            }

            @Override
            protected void outputs(double t, double[] x, double[] u, double[] y) {
                double perCycle = StrictMath.pow(u[1], exponent) / cycles;
                y[0] = x[0];
                y[1] = x[1];
                y[2] = Math.min(1e15, Math.max(0, 1 - x[0]) / perCycle);
                y[3] = u[0] > 0 ? Math.min(1e6, y[2] / u[0]) : 1e6;
            }
        };
    }
}
