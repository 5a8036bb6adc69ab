package org.uatwin.simulation.asset.wind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.uatwin.simulation.system.Algebraic;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;

/**
 * Wakes by N. O. Jensen, "A note on wind generator interaction", Risoe-M-2411, 1983, combined by the sum of squares (Katic, Hojstrup,
 * Jensen, EWEC 1986), weighted by the share of the rotor a wake covers. The wind speed of a rotor is the cubic mean over a grid of
 * three by three points (at half the radius) under a power-law shear.
 */
public final class WindFarm implements SystemModel {
    private static final ModelCard CARD = PowerCurve.table(ModelCard.named(
                            "WindFarm",
                            ModelCard.Kind.ALGEBRAIC,
                            "Power of a farm of equal turbines in each other's wakes.")
                    .valid("flat terrain, distances above 3 rotor diameters, yaw below 30 degrees; no blockage")
                    .parameter("RotorDiameter", "m", 125.88, 1, 400, "of each turbine", "data sheet")
                    .parameter("HubHeight", "m", 90, 1, 400, "of each turbine", "data sheet")
                    .parameter("WakeDecay", "", 0.05, 0.001, 0.5, "k: 0.05 offshore, 0.075 onshore", "Jensen 1983")
                    .parameter("ShearExponent", "", 0.12, 0, 1, "of the power law", "site")
                    .parameter("CurveDensity", "kg/m3", 1.225, 0.5, 1.5, "of the curve", "IEC 61400-12-1")
                    .parameter(
                            "YawExponent",
                            "",
                            1.88,
                            0,
                            4,
                            "power falls with the cosine of yaw to this",
                            "NREL, typical")
                    .table(
                            "turbines",
                            true,
                            "positions",
                            org.uatwin.simulation.system.TableSpec.Column.text("turbine", "name"),
                            org.uatwin.simulation.system.TableSpec.Column.number("x_m", "m", -1e6, 1e6, "east"),
                            org.uatwin.simulation.system.TableSpec.Column.number("y_m", "m", -1e6, 1e6, "north")))
            .input("WindSpeed", "m/s", 8, 0, 60, "free stream at hub height")
            .input("WindDirection", "deg", 270, 0, 360, "from where; 270 = from west")
            .input("AirDensity", "kg/m3", 1.225, 0.8, 1.5, "")
            .input("Yaw.<turbine>", "deg", 0, -60, 60, "misalignment of the rotor")
            .input("Derating.<turbine>", "", 1, 0, 1, "share of the power that may be taken")
            .output("Power", "kW", "of the farm")
            .output("FreePower", "kW", "without wakes, at the same yaw and derating")
            .output("WakeLoss", "%", 0, 100, "of the free power")
            .output("Power.<turbine>", "kW", "")
            .output("WindSpeed.<turbine>", "m/s", 0, 60, "cubic mean over the rotor")
            .output("ThrustCoefficient.<turbine>", "", 0, 3, "")
            .output("Induction.<turbine>", "", 0, 1, "axial")
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable turbines = setup.table("turbines");
        turbines.index("turbine");
        List<Port> in = new ArrayList<>(
                CARD.inputs().stream().filter(p -> !p.isPerMember()).toList());
        List<Port> out = new ArrayList<>(
                CARD.outputs().stream().filter(p -> !p.isPerMember()).toList());
        for (String kind : List.of("Yaw", "Derating")) {
            IntStream.range(0, turbines.rows())
                    .forEach(i -> in.add(CARD.input(kind + ".<turbine>").of(turbines.text(i, "turbine"))));
        }
        for (String kind : List.of("Power", "WindSpeed", "ThrustCoefficient", "Induction")) {
            IntStream.range(0, turbines.rows())
                    .forEach(i -> out.add(CARD.output(kind + ".<turbine>").of(turbines.text(i, "turbine"))));
        }
        return new Run(setup, turbines, in, out);
    }

    private static final class Run extends Algebraic {
        private final int n;
        private final double[] x;
        private final double[] y;
        private final PowerCurve curve;
        private final double radius;
        private final double decay;
        private final double rotorFactor;
        private final double density;
        private final double yawExponent;
        private final double[] along;
        private final double[] across;
        private final Integer[] order;
        private final double[] speed;
        private final double[] ct;
        private final double[] induction;

        Run(Setup s, DataTable turbines, List<Port> in, List<Port> out) {
            super(in, out);
            n = turbines.rows();
            x = turbines.column("x_m");
            y = turbines.column("y_m");
            radius = s.parameter("RotorDiameter") / 2;
            decay = s.parameter("WakeDecay");
            density = s.parameter("CurveDensity");
            yawExponent = s.parameter("YawExponent");
            curve = new PowerCurve(s.table("curve"), density, Math.PI * radius * radius);
            double hub = s.parameter("HubHeight");
            double shear = s.parameter("ShearExponent");
            double half = 0.5 * radius;
            double cubes = (1
                            + StrictMath.pow(Math.max(0, 1 - half / hub), 3 * shear)
                            + StrictMath.pow(1 + half / hub, 3 * shear))
                    / 3;
            rotorFactor = StrictMath.cbrt(cubes);
            along = new double[n];
            across = new double[n];
            order = new Integer[n];
            speed = new double[n];
            ct = new double[n];
            induction = new double[n];
        }

        @Override
        protected void compute(double t, double[] u, double[] out) {
            double from = StrictMath.toRadians(u[1]);
            // The wind blows towards the opposite of where it comes from.
            double east = -StrictMath.sin(from);
            double north = -StrictMath.cos(from);
            for (int i = 0; i < n; i++) {
                along[i] = x[i] * east + y[i] * north;
                across[i] = -x[i] * north + y[i] * east;
                order[i] = i;
            }
            java.util.Arrays.sort(order, Comparator.comparingDouble(i -> along[i]));
            // IEC 61400-12-1: power of a pitch machine at another density is that at the speed of equal energy.
            double densityFactor = StrictMath.cbrt(u[2] / density);
            double total = 0;
            double free = 0;
            for (int k = 0; k < n; k++) {
                int i = order[k];
                double squares = 0;
                for (int m = 0; m < k; m++) {
                    double deficit = deficit(order[m], i);
                    squares += deficit * deficit;
                }
                double factor = rotorFactor * Math.max(0, 1 - Math.sqrt(squares));
                speed[i] = u[0] * factor;
                double yaw = StrictMath.cos(StrictMath.toRadians(u[3 + i]));
                double derating = u[3 + n + i];
                double power = derating * yawedPower(speed[i] * densityFactor, yaw);
                ct[i] = Math.min(3, curve.thrustCoefficient(speed[i]) * derating * yaw);
                induction[i] = 0.5 * (1 - Math.sqrt(Math.max(0, 1 - Math.min(1, ct[i]))));
                free += derating * yawedPower(u[0] * rotorFactor * densityFactor, yaw);
                total += power;
                out[3 + i] = power;
                out[3 + n + i] = speed[i];
                out[3 + 2 * n + i] = ct[i];
                out[3 + 3 * n + i] = induction[i];
            }
            out[0] = total;
            out[1] = free;
            out[2] = free > 0 ? 100 * (1 - total / free) : 0;
        }

        /** Power at the wind speed whose cube falls with the cosine of yaw to the exponent. */
        private double yawedPower(double wind, double cosine) {
            double equivalent = cosine == 1 ? wind : wind * StrictMath.pow(cosine, yawExponent / 3);
            return curve.powerKw(equivalent);
        }

        /** Deficit of {@code source}'s wake at the rotor of {@code target}, by the share of the rotor it covers. */
        private double deficit(int source, int target) {
            double distance = along[target] - along[source];
            if (!(distance > 1e-6)) {
                return 0;
            }
            double wake = radius + decay * distance;
            double share = overlap(Math.abs(across[target] - across[source]), wake);
            double spread = radius / wake;
            return 2 * induction[source] * spread * spread * share;
        }

        /** Share of the rotor's disc inside the wake's circle, centres {@code apart}. */
        private double overlap(double apart, double wake) {
            if (apart >= wake + radius) {
                return 0;
            }
            if (apart <= wake - radius) {
                return 1;
            }
            double a = (apart * apart + radius * radius - wake * wake) / (2 * apart * radius);
            double b = (apart * apart + wake * wake - radius * radius) / (2 * apart * wake);
            double lens = radius * radius * StrictMath.acos(Math.max(-1, Math.min(1, a)))
                    + wake * wake * StrictMath.acos(Math.max(-1, Math.min(1, b)))
                    - 0.5
                            * Math.sqrt(Math.max(
                                    0,
                                    (-apart + radius + wake)
                                            * (apart + radius - wake)
                                            * (apart - radius + wake)
                                            * (apart + radius + wake)));
            return lens / (Math.PI * radius * radius);
        }
    }
}
