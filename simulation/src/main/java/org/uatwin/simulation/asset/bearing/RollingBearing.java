package org.uatwin.simulation.asset.bearing;

import java.util.List;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.system.Continuous;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.vibration.BearingOrders;

/**
 * A rolling bearing on a shaft.
 *
 * <pre>
 * L10 = a (C/P)^p Mrev,  P = X Fr + Y Fa                              ISO 281
 * D'  = turns per second / L10,  D = 1 at L10                          Palmgren, Miner
 * spall: s' = g s n after initiation at D = InitiationDamage          exponential growth
 * fault frequencies in shaft turns: {@link BearingOrders}
 * v^2 = v_unbalance^2 + v_misalignment^2 + v_bearing^2                velocity r.m.s., 10 Hz to 1 kHz
 * T'  = (Ta + R mu P d/2 w - T) / tau                                 friction heat
 * </pre>
 */
public final class RollingBearing implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final String CATALOGUE = "bearing catalogue";
    private static final String TYPICAL = "typical";
    private static final String ZONES = "ISO 10816-1, class II";
    private static final ModelCard CARD = ModelCard.named(
                    "RollingBearing",
                    ModelCard.Kind.CONTINUOUS,
                    "A rolling bearing: rating life, damage, spall, heat, fault frequencies, vibration.")
            .valid(
                    "P up to C/2, grease or oil, speed below the catalogue's limit; the life is that of 90 % of bearings")
            .parameter("DynamicRating", "kN", 55.3, 0.01, 1e5, "C", CATALOGUE)
            .parameter("LifeExponent", "", 3, 3, 10.0 / 3, "3 ball, 10/3 roller", "ISO 281")
            .parameter("LifeFactor", "", 1, 0.01, 50, "a1 aISO: reliability, lubrication, contamination", "ISO 281")
            .parameter("RadialFactor", "", 1, 0, 2, "X", CATALOGUE)
            .parameter("AxialFactor", "", 0, 0, 10, "Y", CATALOGUE)
            .parameter("Balls", "", 9, 3, 200, "rolling elements", CATALOGUE)
            .parameter("BallDiameter", "mm", 7.94, 0.1, 500, "d", CATALOGUE)
            .parameter("PitchDiameter", "mm", 39.04, 1, 10_000, "Dp", CATALOGUE)
            .parameter("ContactAngle", "deg", 0, 0, 60, "b", CATALOGUE)
            .parameter("Bore", "mm", 45, 1, 5_000, "for friction heat", CATALOGUE)
            .parameter("FrictionCoefficient", "", 0.0015, 0.0001, 0.02, "mu", "typical of deep groove ball bearings")
            .parameter("ThermalResistance", "K/W", 0.3, 0.001, 100, "housing to ambient", TYPICAL)
            .parameter("ThermalTime", "s", 1800, 10, 1e5, "time constant of the housing", TYPICAL)
            .parameter("BalanceGrade", "mm/s", 6.3, 0.1, 4000, "G: e w", "ISO 21940-11")
            .parameter("UnbalanceTransfer", "", 0.15, 0, 1, "vibration at the housing over e w", TYPICAL)
            .parameter("Misalignment", "mm/s", 0.3, 0, 50, "r.m.s. at twice the shaft's speed, at RatedSpeed", TYPICAL)
            .parameter("RatedSpeed", "r/min", 3000, 10, 100_000, "of Misalignment", "plate")
            .parameter("InitiationDamage", "", 0.8, 0, 10, "damage at which a spall begins", TYPICAL)
            .parameter("SpallGrowth", "1/Mrev", 0.15, 0, 100, "growth of the spall per million turns", TYPICAL)
            .parameter("SpallVibration", "mm/s", 0.2, 0, 50, "r.m.s. a new spall adds at RatedSpeed", TYPICAL)
            .parameter("ZoneB", "mm/s", 1.12, 0, 100, "boundary of zones A and B", ZONES)
            .parameter("ZoneC", "mm/s", 2.8, 0, 100, "boundary of zones B and C", ZONES)
            .parameter("ZoneD", "mm/s", 7.1, 0, 100, "boundary of zones C and D", ZONES)
            .input("Speed", "r/min", 3000, 0, 100_000, "of the shaft")
            .input("RadialLoad", "kN", 10, 0, 1e5, "Fr")
            .input("AxialLoad", "kN", 0, 0, 1e5, "Fa")
            .input("LubricationFactor", "", 1, 0.01, 10, "factor on life: below 1 starved or contaminated")
            .input("AmbientTemperature", "Cel", 20, -40, 120, "")
            .output("EquivalentLoad", "kN", 0, ANY, "P")
            .output("RatingLife", "Mrev", 0, ANY, "L10, at most 1e9")
            .output("RatingLifeHours", "h", 0, ANY, "L10h at the present speed, at most 1e9")
            .output("Damage", "", 0, ANY, "share of L10 used")
            .output("Spall", "", 0, ANY, "size against a new spall; 0 before it begins")
            .output("Temperature", "Cel", -40, 500, "of the housing")
            .output("VibrationVelocityRms", "mm/s", 0, ANY, "10 Hz to 1 kHz")
            .output("Zone", "", 1, 4, "1 = A ... 4 = D")
            .output("OuterRaceFrequency", "Hz", 0, ANY, "BPFO")
            .output("InnerRaceFrequency", "Hz", 0, ANY, "BPFI")
            .output("CageFrequency", "Hz", 0, ANY, "FTF")
            .output("BallFrequency", "Hz", 0, ANY, "2 BSF: impacts of a ball fault")
            .output("OuterRaceOrder", "", 0, ANY, "BPFO in shaft turns")
            .output("InnerRaceOrder", "", 0, ANY, "BPFI in shaft turns")
            .output("CageOrder", "", 0, 1, "FTF in shaft turns")
            .output("BallOrder", "", 0, ANY, "2 BSF in shaft turns")
            .output(
                    "Waveform",
                    "mm/s",
                    "velocity at this instant: unbalance, misalignment, ringing of an outer race fault")
            .start("Damage", "share of L10 used at time 0")
            .start("Spall", "size at time 0")
            .start("Temperature", "Cel, else settled")
            .time(1000 * 3600.0, 3600)
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        return new Run(setup);
    }

    private static final class Run extends Continuous {
        private static final double RESONANCE_HZ = 800; // of the housing, typical; inside the band of the r.m.s.
        private static final double RESONANCE_DAMPING = 0.05;
        private static final double LARGEST_SPALL = 60; // the whole raceway, against a new spall, typical
        private static final double SPALL_HEAT = 0.05; // share of friction heat a unit of spall adds, typical

        private final double rating;
        private final double exponent;
        private final double factor;
        private final double radial;
        private final double axial;
        private final BearingOrders orders;
        private final double heat;
        private final double thermalTime;
        private final double unbalance;
        private final double misalignment;
        private final double ratedSpeed;
        private final double initiation;
        private final double growth;
        private final double spallVibration;
        private final double[] zones;
        private final double givenTemperature;

        Run(Setup s) {
            super(
                    s,
                    CARD.inputs(),
                    CARD.outputs(),
                    new double[] {s.start("Damage", 0), s.start("Spall", 0), 0},
                    3,
                    SolverSettings.Method.RK4,
                    600);
            rating = s.parameter("DynamicRating");
            exponent = s.parameter("LifeExponent");
            factor = s.parameter("LifeFactor");
            radial = s.parameter("RadialFactor");
            axial = s.parameter("AxialFactor");
            orders = BearingOrders.of(
                    s.parameter("Balls"),
                    s.parameter("BallDiameter") / s.parameter("PitchDiameter"),
                    s.parameter("ContactAngle"));
            heat = s.parameter("ThermalResistance")
                    * s.parameter("FrictionCoefficient")
                    * s.parameter("Bore")
                    / 2; // K per (kN rad/s): kN mm = N m
            thermalTime = s.parameter("ThermalTime");
            unbalance = s.parameter("BalanceGrade") * s.parameter("UnbalanceTransfer") / Math.sqrt(2);
            misalignment = s.parameter("Misalignment");
            ratedSpeed = s.parameter("RatedSpeed");
            initiation = s.parameter("InitiationDamage");
            growth = s.parameter("SpallGrowth");
            spallVibration = s.parameter("SpallVibration");
            zones = new double[] {s.parameter("ZoneB"), s.parameter("ZoneC"), s.parameter("ZoneD")};
            givenTemperature = s.hasStart("Temperature") ? s.start("Temperature", 0) : Double.NaN;
        }

        private double load(double[] u) {
            return radial * u[1] + axial * u[2];
        }

        private double lifeMrev(double[] u) {
            double p = load(u);
            return p > 0 ? Math.min(1e9, factor * u[3] * StrictMath.pow(rating / p, exponent)) : 1e9;
        }

        private double settledTemperature(double[] x, double[] u) {
            double omega = u[0] * Math.PI / 30;
            return u[4] + heat * load(u) * omega * (1 + SPALL_HEAT * x[1]) / Math.sqrt(u[3]);
        }

        @Override
        protected void settle(double[] x, double[] u) {
            x[2] = Double.isNaN(givenTemperature) ? settledTemperature(x, u) : givenTemperature;
        }

        @Override
        public boolean replace(String state, double value) {
            if (state.equals("Damage")) {
                renew(0, value);
                return true;
            }
            if (state.equals("Spall")) {
                renew(1, value);
                return true;
            }
            return false;
        }

        @Override
        public void derivatives(double t, double[] x, double[] u, double[] dx) {
            double turns = u[0] / 60 / 1e6; // Mrev a second
            dx[0] = turns / lifeMrev(u);
            dx[1] = growth * x[1] * (1 - x[1] / LARGEST_SPALL) * turns;
            dx[2] = (settledTemperature(x, u) - x[2]) / thermalTime;
        }

        @Override
        public List<StateSpec> states() {
            return List.of(
                    StateSpec.damage("Damage", "", 0, 1),
                    StateSpec.damage("Spall", "", 0, LARGEST_SPALL),
                    StateSpec.dynamic("Temperature", "Cel", -40, 500));
        }

        @Override
        protected double event(int index, double t, double[] x, double[] u) {
            return switch (index) {
                case 0 -> x[1] > 0 ? 1 : initiation - x[0];
                case 1 -> zones[1] - vibration(x, u);
                default -> zones[2] - vibration(x, u);
            };
        }

        @Override
        protected String happened(int index, double t, double[] x, double[] u) {
            if (index == 0) {
                x[1] = 1;
                return "SpallBegins";
            }
            return index == 1 ? "ZoneC" : "ZoneD";
        }

        private double bearing(double[] x, double[] u) {
            return spallVibration * x[1] * u[0] / ratedSpeed;
        }

        private double vibration(double[] x, double[] u) {
            double share = u[0] / ratedSpeed;
            double v = unbalance * share;
            double m = misalignment * share;
            double b = bearing(x, u);
            return Math.sqrt(v * v + m * m + b * b);
        }

        @Override
        protected void outputs(double t, double[] x, double[] u, double[] y) {
            double shaft = u[0] / 60;
            double life = lifeMrev(u);
            double v = vibration(x, u);
            y[0] = load(u);
            y[1] = life;
            y[2] = shaft > 0 ? Math.min(1e9, life * 1e6 / (shaft * 3600)) : 1e9;
            y[3] = x[0];
            y[4] = x[1];
            y[5] = x[2];
            y[6] = v;
            y[7] = v <= zones[0] ? 1 : v <= zones[1] ? 2 : v <= zones[2] ? 3 : 4;
            y[8] = orders.outerRace() * shaft;
            y[9] = orders.innerRace() * shaft;
            y[10] = orders.cage() * shaft;
            y[11] = orders.ball() * shaft;
            y[12] = orders.outerRace();
            y[13] = orders.innerRace();
            y[14] = orders.cage();
            y[15] = orders.ball();
            y[16] = waveform(t, x, u, shaft);
        }

        private double waveform(double t, double[] x, double[] u, double shaft) {
            double share = u[0] / ratedSpeed;
            double angle = 2 * Math.PI * (shaft * t - Math.floor(shaft * t));
            double wave = Math.sqrt(2)
                    * (unbalance * share * StrictMath.sin(angle)
                            + misalignment * share * StrictMath.sin(2 * angle + 1));
            double rate = orders.outerRace() * shaft;
            if (x[1] > 0 && rate > 0) {
                double since = (rate * t - Math.floor(rate * t)) / rate;
                double omega = 2 * Math.PI * RESONANCE_HZ;
                // r.m.s. of exp(-z w s) sin(w s) over one period of impacts is sqrt(rate / (4 z w)) for short ringing
                double scale = bearing(x, u) / Math.sqrt(rate / (4 * RESONANCE_DAMPING * omega));
                wave += scale * StrictMath.exp(-RESONANCE_DAMPING * omega * since) * StrictMath.sin(omega * since);
            }
            return wave;
        }
    }
}
