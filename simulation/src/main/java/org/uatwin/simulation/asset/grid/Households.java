package org.uatwin.simulation.asset.grid;

import java.util.List;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * Demand of a district of households, each drawn for itself: a daily profile with a phase and level of its own and a cycling appliance
 * (cooling or heating) of which demand response may stop a share. A stopped appliance owes energy and makes up for it afterwards
 * (rebound); only some households answer.
 */
public final class Households implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final ModelCard CARD = ModelCard.named(
                    "Households",
                    ModelCard.Kind.STEPPED,
                    "Demand of many households with demand response, rebound and non-response.")
            .valid(
                    "hundreds of households and more; minutes to days; the mean follows the profile, the rest is random by seed")
            .parameter("Households", "", 500, 1, 1e6, "number", "district")
            .parameter("MeanLoad", "kW", 0.5, 0, 100, "of one household, without the appliance", "utility")
            .parameter("LoadSpread", "", 0.4, 0, 2, "of the level between households", "typical")
            .parameter("PhaseSpread", "h", 1, 0, 6, "of the time of day between households", "typical")
            .parameter("AppliancePower", "kW", 1.5, 0, 100, "of the cycling appliance", "plate")
            .parameter("ApplianceShare", "", 0.6, 0, 1, "of households that have one", "survey")
            .parameter("ApplianceCycle", "s", 1800, 60, 86_400, "on and off together", "typical")
            .parameter("Response", "", 0.8, 0, 1, "of households with one that answer a call", "trial")
            .parameter("ResponseDelay", "s", 60, 0, 7200, "mean, exponential", "trial")
            .parameter(
                    "Rebound",
                    "",
                    0.4,
                    0,
                    1,
                    "share of the energy not used that is made up for",
                    "cold-load pickup, 0.2 to 0.5")
            .parameter("ReboundTime", "s", 3600, 60, 86_400, "time constant of making up", "typical")
            .table(
                    "profile",
                    false,
                    "load over its daily mean, any number of equal intervals; default is two peaks",
                    Column.number("load", "", 0, 100, "factor"))
            .input("ApplianceDuty", "", 0.4, 0, 1, "share of time appliances want to run: weather")
            .input("DemandResponse", "", 0, 0, 1, "share of the answering households that are called now")
            .output("Demand", "kW", 0, ANY, "of all")
            .output("BaseDemand", "kW", 0, ANY, "without appliances")
            .output("ApplianceDemand", "kW", 0, ANY, "")
            .output("Shed", "kW", 0, ANY, "that appliances would draw if nobody were called")
            .output("Responding", "", 0, ANY, "households that have stopped")
            .output("OwedEnergy", "kWh", 0, ANY, "still to be made up for")
            .time(24 * 3600.0, 300)
            .fixed("it makes the households", "Households")
            .build();

    /** Morning and evening peak over the mean, hourly: shape of the IEEE RTS-79 winter weekday, rounded. */
    private static final double[] DEFAULT_PROFILE = {
        0.81, 0.76, 0.72, 0.71, 0.71, 0.72, 0.89, 1.04, 1.14, 1.16, 1.16, 1.14, 1.14, 1.14, 1.12, 1.13, 1.19, 1.2, 1.2,
        1.16, 1.1, 1, 0.88, 0.76
    };

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        return new Run(setup);
    }

    private static final class Run implements Simulation {
        private static final double DAY = 86_400;

        private final Setup s;
        private NoiseStream stream;
        private final double[] profile;
        private final int n;
        private final double[] level;
        private final double[] phase;
        private final double[] cyclePhase; // of the appliance, -1 = has none
        private final double[] answersAt; // share of calls at which it answers, 2 = never
        private final double[] delay;
        private final double[] calledAt;
        private final double[] owed; // kWs
        private final double[] u = new double[2];
        private double t;
        private double base;
        private double appliance;
        private double shed;
        private int responding;
        private double peak;
        private double energyKwh;

        Run(Setup s) {
            this.s = s;
            stream = s.stream();
            profile = s.optionalTable("profile").map(p -> p.column("load")).orElse(DEFAULT_PROFILE);
            n = (int) s.parameter("Households");
            level = new double[n];
            phase = new double[n];
            cyclePhase = new double[n];
            answersAt = new double[n];
            delay = new double[n];
            calledAt = new double[n];
            owed = new double[n];
            double spread = s.parameter("LoadSpread");
            double variance = StrictMath.log(1 + spread * spread);
            for (int i = 0; i < n; i++) {
                level[i] = s.parameter("MeanLoad")
                        * StrictMath.exp(Math.sqrt(variance) * stream.gaussian() - 0.5 * variance);
                phase[i] = s.parameter("PhaseSpread") * 3600 * stream.gaussian();
                cyclePhase[i] = stream.uniform() < s.parameter("ApplianceShare") ? stream.uniform() : -1;
                answersAt[i] = stream.uniform() < s.parameter("Response") ? stream.uniform() : 2;
                delay[i] = s.parameter("ResponseDelay") * -StrictMath.log(1 - stream.uniform());
                calledAt[i] = Double.NaN;
            }
        }

        @Override
        public List<Port> inputs() {
            return CARD.inputs();
        }

        @Override
        public List<Port> outputs() {
            return CARD.outputs();
        }

        @Override
        public void begin(double[] in) {
            System.arraycopy(in, 0, u, 0, u.length);
            demand(0);
        }

        @Override
        public void observe(double[] in) {
            System.arraycopy(in, 0, u, 0, u.length);
            demand(0);
        }

        /** The households are the same: what is drawn again is drawn from the same seed. */
        @Override
        public void continueFrom(Simulation before) {
            Run other = (Run) before;
            stream = other.stream;
            System.arraycopy(other.calledAt, 0, calledAt, 0, n);
            System.arraycopy(other.owed, 0, owed, 0, n);
            System.arraycopy(other.u, 0, u, 0, u.length);
            t = other.t;
            peak = other.peak;
            energyKwh = other.energyKwh;
            demand(0);
        }

        @Override
        public void advance(double[] in, double fromSeconds, double toSeconds) {
            System.arraycopy(in, 0, u, 0, u.length);
            double dt = toSeconds - fromSeconds;
            demand(dt);
            peak = Math.max(peak, base + appliance);
            energyKwh += (base + appliance) * dt / 3600;
            t = toSeconds;
        }

        private double factor(double seconds) {
            double at = (seconds / DAY - Math.floor(seconds / DAY)) * profile.length;
            int i = (int) at;
            double next = profile[(i + 1) % profile.length];
            return profile[i % profile.length] + (at - i) * (next - profile[i % profile.length]);
        }

        /** Demand now; with {@code dt} above 0 what is owed and who has been called move on. */
        private void demand(double dt) {
            double power = s.parameter("AppliancePower");
            double cycle = s.parameter("ApplianceCycle");
            double back = s.parameter("ReboundTime");
            base = 0;
            appliance = 0;
            shed = 0;
            responding = 0;
            for (int i = 0; i < n; i++) {
                base += level[i] * factor(t + phase[i]);
                if (cyclePhase[i] < 0) {
                    continue;
                }
                boolean isCalled = answersAt[i] < u[1];
                if (!isCalled) {
                    calledAt[i] = Double.NaN;
                } else if (Double.isNaN(calledAt[i])) {
                    calledAt[i] = t;
                }
                boolean isStopped = isCalled && t - calledAt[i] >= delay[i];
                double turn = t / cycle + cyclePhase[i];
                double wanted = turn - Math.floor(turn) < u[0] ? power : 0;
                if (isStopped) {
                    responding++;
                    shed += wanted;
                    owed[i] += s.parameter("Rebound") * wanted * dt;
                } else {
                    double extra = Math.min(power - wanted, owed[i] / back);
                    appliance += wanted + extra;
                    owed[i] = Math.max(0, owed[i] - extra * dt);
                }
            }
        }

        @Override
        public void read(double[] y) {
            double owedKwh = 0;
            for (double o : owed) {
                owedKwh += o / 3600;
            }
            y[0] = base + appliance;
            y[1] = base;
            y[2] = appliance;
            y[3] = shed;
            y[4] = responding;
            y[5] = owedKwh;
        }

        @Override
        public List<Figure> figures() {
            return List.of(new Figure("Peak", "kW", peak), new Figure("Energy", "kWh", energyKwh));
        }
    }
}
