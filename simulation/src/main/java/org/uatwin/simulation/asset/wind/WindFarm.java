package org.uatwin.simulation.asset.wind;

import java.util.ArrayList;
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
 * A farm under one of two wake models, combined by the sum of squares (Katic, Hojstrup, Jensen, EWEC 1986). {@link JensenWakes}: N. O.
 * Jensen, "A note on wind generator interaction", Risoe-M-2411, 1983, weighted by the share of the rotor a wake covers. {@link
 * GaussianWakes}: Bastankhah and Porte-Agel 2016, bent by yaw. The wind speed of a rotor is the cubic mean over a grid of three by three
 * points (at half the radius) under a power-law shear. Turbulence of wakes by Crespo and Hernandez 1996; damage of blades as of {@link
 * WindTurbine}.
 */
public final class WindFarm implements SystemModel {
    private static final ModelCard CARD = PowerCurve.table(ModelCard.named(
                            "WindFarm",
                            ModelCard.Kind.ALGEBRAIC,
                            "Power of a farm of equal turbines in each other's wakes.")
                    .valid(
                            "flat terrain, distances above 3 rotor diameters, yaw below 30 degrees; no blockage; fatigue for comparison")
                    .parameter("RotorDiameter", "m", 125.88, 1, 400, "of each turbine", "data sheet")
                    .parameter("HubHeight", "m", 90, 1, 400, "of each turbine", "data sheet")
                    .parameter("WakeModel", "", 0, 0, 1, "0 = Jensen; 1 = Gaussian wakes that yaw bends", "")
                    .parameter("WakeDecay", "", 0.05, 0.001, 0.5, "k: 0.05 offshore, 0.075 onshore", "Jensen 1983")
                    .parameter("WakeGrowth", "", 0.38, 0, 2, "of Gaussian wakes per turbulence", "Niayifar 2016")
                    .parameter("LeastWakeGrowth", "", 0.004, 1e-4, 0.1, "without turbulence", "Niayifar 2016")
                    .parameter("NearWakeTurbulence", "", 0.58, 0.05, 5, "4 alpha I ends the near wake", "FLORIS")
                    .parameter("NearWakeShear", "", 0.077, 0.01, 1, "2 beta likewise", "FLORIS")
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
                    .parameter("Blades", "", 3, 1, 4, "of a rotor", "data sheet")
                    .parameter("SnSlope", "", 10, 2, 20, "m: 10 composites, 4 steel", "Wohler curve")
                    .parameter(
                            "ReferenceMoment",
                            "kN.m",
                            9000,
                            1,
                            1e6,
                            "range that breaks a blade after ReferenceCycles",
                            "data sheet")
                    .parameter("ReferenceCycles", "", 1e7, 1e3, 1e12, "", "data sheet")
                    .parameter("FlapFrequency", "Hz", 0.7, 0.05, 20, "first flap mode", "data sheet")
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
            .input("TurbulenceIntensity", "", 0.1, 0.001, 1, "of the free stream, standard deviation over mean")
            .input(
                    "Yaw.<turbine>",
                    "deg",
                    0,
                    -60,
                    60,
                    "rotor turned counter-clockwise out of the wind, seen from above")
            .input("Derating.<turbine>", "", 1, 0, 1, "largest power over rated")
            .output("Power", "kW", "of the farm")
            .output("FreePower", "kW", "without wakes, at the same yaw and derating")
            .output("WakeLoss", "%", 0, 100, "of the free power")
            .output("Power.<turbine>", "kW", "")
            .output("WindSpeed.<turbine>", "m/s", 0, 60, "cubic mean over the rotor")
            .output("ThrustCoefficient.<turbine>", "", 0, 3, "")
            .output("Induction.<turbine>", "", 0, 1, "axial")
            .output("TurbulenceIntensity.<turbine>", "", 0, 2, "at the rotor, wakes included")
            .output(
                    "BladeDamageRate.<turbine>",
                    "1/a",
                    0,
                    Double.POSITIVE_INFINITY,
                    "life of a blade used at present conditions")
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
        for (String kind : List.of(
                "Power", "WindSpeed", "ThrustCoefficient", "Induction", "TurbulenceIntensity", "BladeDamageRate")) {
            IntStream.range(0, turbines.rows())
                    .forEach(i -> out.add(CARD.output(kind + ".<turbine>").of(turbines.text(i, "turbine"))));
        }
        return new Run(setup, turbines, in, out);
    }

    private static final class Run extends Algebraic {
        private static final double SECONDS_PER_YEAR = 8766 * 3600.0;
        private static final int INPUTS = 4; // before those of the turbines
        private static final int OUTPUTS = 3;

        private final FarmFlow flow;
        private final Wakes wakes;
        private final PowerCurve curve;
        private final BladeFatigue fatigue;
        private final double blades;
        private final double rotorShare;
        private final double density;
        private final double yawExponent;

        Run(Setup s, DataTable turbines, List<Port> in, List<Port> out) {
            super(in, out);
            double radius = s.parameter("RotorDiameter") / 2;
            flow = new FarmFlow(turbines.column("x_m"), turbines.column("y_m"), radius);
            density = s.parameter("CurveDensity");
            yawExponent = s.parameter("YawExponent");
            curve = new PowerCurve(s.table("curve"), density, Math.PI * radius * radius);
            fatigue = new BladeFatigue(s);
            blades = s.parameter("Blades");
            rotorShare = Wakes.rotorShare(radius, s.parameter("HubHeight"), s.parameter("ShearExponent"));
            wakes = s.parameter("WakeModel") >= 0.5
                    ? new GaussianWakes(flow, s)
                    : new JensenWakes(flow, s.parameter("WakeDecay"), rotorShare);
        }

        @Override
        protected void compute(double t, double[] u, double[] out) {
            int n = flow.n;
            flow.wind(u[0], u[1], u[3]);
            // IEC 61400-12-1: power of a pitch machine at another density is that at the speed of equal energy.
            double densityFactor = StrictMath.cbrt(u[2] / density);
            double total = 0;
            double free = 0;
            for (int place = 0; place < n; place++) {
                int i = flow.order[place];
                double speed = u[0] * wakes.share(place);
                flow.yaw[i] = StrictMath.toRadians(u[INPUTS + i]);
                double cosine = StrictMath.cos(flow.yaw[i]);
                double limit = u[INPUTS + n + i] * curve.ratedPower();
                double full = yawedPower(speed * densityFactor, cosine);
                double power = Math.min(full, limit);
                double share = full > 0 ? power / full : 1;
                double ct = Math.min(3, curve.thrustCoefficient(speed) * share * cosine);
                flow.thrust[i] = ct;
                flow.induction[i] = induction(ct, cosine);
                free += Math.min(limit, yawedPower(u[0] * rotorShare * densityFactor, cosine));
                total += power;
                double[] of = {
                    power,
                    speed,
                    ct,
                    flow.induction[i],
                    flow.turbulence[i],
                    fatigue.rate(deviation(i, speed, u[2], share * cosine)) * SECONDS_PER_YEAR
                };
                for (int kind = 0; kind < of.length; kind++) {
                    out[OUTPUTS + kind * n + i] = of[kind];
                }
            }
            out[0] = total;
            out[1] = free;
            out[2] = free > 0 ? 100 * (1 - total / free) : 0;
        }

        /** Axial induction of a yawed disc (T. Burton and others, Wind Energy Handbook, 2001, momentum theory in steady yaw). */
        private static double induction(double ct, double cosine) {
            double skewed = cosine > 1e-3 ? cosine : 1e-3;
            return 0.5 / skewed * (1 - Math.sqrt(Math.max(0, 1 - Math.min(1, ct) * skewed)));
        }

        /** Power at the wind speed whose cube falls with the cosine of yaw to the exponent. */
        private double yawedPower(double wind, double cosine) {
            double equivalent = cosine == 1 ? wind : wind * StrictMath.pow(cosine, yawExponent / 3);
            return curve.powerKw(equivalent);
        }

        /** Standard deviation of the flap moment of a blade's root, kN m. */
        private double deviation(int turbine, double wind, double rho, double share) {
            double reaction = Math.max(
                    curve.thrustReactionKn(wind, rho, flow.radius), 0.5 * curve.thrustKn(wind, rho, flow.radius));
            return share * reaction * flow.turbulence[turbine] * BladeFatigue.ROOT_ARM * flow.radius / blades;
        }
    }
}
