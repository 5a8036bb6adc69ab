package org.uatwin.simulation.asset.wind;

import java.util.List;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.system.Continuous;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.system.SystemModel;

/**
 * One turbine: power and thrust from its curve, rotor speed by the law of constant tip speed ratio up to rated, heat of generator and
 * gearbox, flap load of the blade root and its fatigue.
 *
 * <pre>
 * v_eq = v (rho / rho0)^(1/3) cos(yaw)^(e/3)               IEC 61400-12-1; yaw loss
 * M    = k 1/2 rho A v^2 Ct R / blades                      flap moment, k = 2/3 for thrust growing with radius
 * D'   = f0 (2.83 TI g M / M_ref)^m / N_ref                 narrow-band Miner damage of the turbulent part, S-N slope m
 * </pre>
 */
public final class WindTurbine implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final String SHEET = "data sheet";
    private static final String TYPICAL = "typical";
    private static final ModelCard CARD = PowerCurve.table(ModelCard.named(
                            "WindTurbine",
                            ModelCard.Kind.CONTINUOUS,
                            "One wind turbine: power, thrust, rotor speed, heat, blade load and fatigue.")
                    .valid(
                            "between cut-in and cut-out of its curve; ten-minute means; fatigue for comparison, not for certification")
                    .parameter("RotorDiameter", "m", 126, 1, 400, "", SHEET)
                    .parameter("CurveDensity", "kg/m3", 1.225, 0.5, 1.5, "of the curve", "IEC 61400-12-1")
                    .parameter("YawExponent", "", 1.88, 0, 4, "power falls with the cosine of yaw to this", TYPICAL)
                    .parameter("TipSpeedRatio", "", 7.5, 1, 15, "below rated", SHEET)
                    .parameter("RatedRotorSpeed", "r/min", 12.1, 1, 100, "", SHEET)
                    .parameter("MinRotorSpeed", "r/min", 6.9, 0, 100, "", SHEET)
                    .parameter("Blades", "", 3, 1, 4, "", SHEET)
                    .parameter("Soiling", "", 1, 0.3, 1.05, "factor on power: dirt, ice, erosion", "estimated")
                    .parameter("GeneratorRise", "K", 75, 1, 150, "over ambient at rated power", TYPICAL)
                    .parameter("GeneratorTime", "s", 2400, 60, 1e5, "time constant", TYPICAL)
                    .parameter("GearboxRise", "K", 40, 1, 120, "over ambient at rated power", TYPICAL)
                    .parameter("GearboxTime", "s", 5400, 60, 1e5, "time constant", TYPICAL)
                    .parameter("CoolingFouling", "", 1, 0.3, 10, "factor on both rises", "estimated")
                    .parameter("GeneratorTrip", "Cel", 135, 40, 250, "", "protection")
                    .parameter("SnSlope", "", 10, 2, 20, "m: 10 composites, 4 steel", "Wohler curve")
                    .parameter(
                            "ReferenceMoment", "kN.m", 9000, 1, 1e6, "range that breaks after ReferenceCycles", SHEET)
                    .parameter("ReferenceCycles", "", 1e7, 1e3, 1e12, "", SHEET)
                    .parameter("FlapFrequency", "Hz", 0.7, 0.05, 20, "first flap mode", SHEET))
            .input("WindSpeed", "m/s", 8, 0, 70, "at hub height")
            .input("TurbulenceIntensity", "", 0.1, 0, 1, "standard deviation over mean")
            .input("AirDensity", "kg/m3", 1.225, 0.8, 1.5, "")
            .input("YawError", "deg", 0, -90, 90, "of the rotor to the wind")
            .input("Derating", "", 1, 0, 1, "largest power over rated")
            .input("AmbientTemperature", "Cel", 15, -50, 60, "")
            .output("Power", "kW", "electrical")
            .output("PowerCoefficient", "", "")
            .output("Thrust", "kN", 0, ANY, "")
            .output("ThrustCoefficient", "", 0, 3, "")
            .output("RotorSpeed", "r/min", 0, ANY, "")
            .output("BladeRootMoment", "kN.m", 0, ANY, "flap, mean of one blade")
            .output("BladeVibration", "kN.m", 0, ANY, "standard deviation of the flap moment")
            .output("GeneratorTemperature", "Cel", -50, 300, "")
            .output("GearboxTemperature", "Cel", -50, 300, "")
            .output("BladeDamage", "", 0, ANY, "share of fatigue life used")
            .output("DamageRate", "1/a", 0, ANY, "at present conditions")
            .start("BladeDamage", "share of life at time 0")
            .start("GeneratorTemperature", "Cel, else settled")
            .start("GearboxTemperature", "Cel, else settled")
            .time(24 * 3600.0, 600)
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
        private static final double SECONDS_PER_YEAR = 8766 * 3600.0;

        private final PowerCurve curve;
        private final Setup s;
        private final BladeFatigue fatigue;
        private final double area;
        private final double radius;
        private final double density;
        private final double[] now = new double[7];
        private double energyKwh;
        private double since;

        Run(Setup s) {
            super(
                    s,
                    CARD.inputs(),
                    CARD.outputs(),
                    new double[] {0, 0, s.start("BladeDamage", 0)},
                    2,
                    SolverSettings.Method.RK4,
                    300);
            this.s = s;
            s.hasStart("GeneratorTemperature");
            s.hasStart("GearboxTemperature");
            fatigue = new BladeFatigue(s);
            radius = s.parameter("RotorDiameter") / 2;
            area = Math.PI * radius * radius;
            density = s.parameter("CurveDensity");
            curve = new PowerCurve(s.table("curve"), density, area);
        }

        /** Power, cp, thrust, ct, rotor speed, moment, its deviation. */
        private void load(double[] u) {
            double wind = u[0];
            double cosine = Math.max(0, StrictMath.cos(StrictMath.toRadians(u[3])));
            double equivalent = wind * StrictMath.cbrt(u[2] / density);
            if (cosine < 1) {
                equivalent *= StrictMath.pow(cosine, s.parameter("YawExponent") / 3);
            }
            double full = curve.powerKw(equivalent) * s.parameter("Soiling");
            double power = Math.min(full, u[4] * curve.ratedPower());
            double dynamic = 0.5 * u[2] * area * wind * wind;
            double ct = curve.thrustCoefficient(wind) * cosine * (full > 0 ? power / full : 1);
            now[0] = power;
            now[1] = wind > 0 ? power * 1000 / (dynamic * wind) : 0;
            now[2] = ct * dynamic / 1000;
            now[3] = ct;
            double byRatio = s.parameter("TipSpeedRatio") * wind / radius * 30 / Math.PI;
            now[4] = full > 0
                    ? Math.max(s.parameter("MinRotorSpeed"), Math.min(s.parameter("RatedRotorSpeed"), byRatio))
                    : 0;
            now[5] = now[2] * BladeFatigue.ROOT_ARM * radius / s.parameter("Blades");
            double reaction = Math.max(curve.thrustReactionKn(wind, u[2], radius), 0.5 * now[2]);
            now[6] = reaction * u[1] * BladeFatigue.ROOT_ARM * radius / s.parameter("Blades");
        }

        private double damageRate() {
            return fatigue.rate(now[6]);
        }

        private double rise(String name) {
            double share = Math.max(0, now[0]) / Math.max(1e-9, curve.ratedPower());
            // Copper loss follows the square of the current, the rest is there whenever it turns.
            double loss = now[4] > 0 ? 0.25 + 0.75 * share * share : 0;
            return s.parameter(name) * s.parameter("CoolingFouling") * loss;
        }

        @Override
        protected void settle(double[] x, double[] u) {
            load(u);
            x[0] = s.start("GeneratorTemperature", u[5] + rise("GeneratorRise")) - u[5];
            x[1] = s.start("GearboxTemperature", u[5] + rise("GearboxRise")) - u[5];
        }

        @Override
        protected void inherit(Continuous before) {
            Run other = (Run) before;
            energyKwh = other.energyKwh;
            since = other.since;
            System.arraycopy(other.now, 0, now, 0, now.length);
        }

        @Override
        public boolean replace(String state, double value) {
            if (state.equals("BladeDamage")) {
                renew(2, value);
                return true;
            }
            return false;
        }

        @Override
        public void derivatives(double t, double[] x, double[] u, double[] dx) {
            load(u);
            dx[0] = (rise("GeneratorRise") - x[0]) / s.parameter("GeneratorTime");
            dx[1] = (rise("GearboxRise") - x[1]) / s.parameter("GearboxTime");
            dx[2] = damageRate();
        }

        @Override
        protected void stepped(double t, double[] x, double[] u) {
            energyKwh += now[0] * (t - since) / 3600;
            since = t;
        }

        @Override
        public List<StateSpec> states() {
            return List.of(
                    StateSpec.dynamic("GeneratorRise", "K", -100, 500),
                    StateSpec.dynamic("GearboxRise", "K", -100, 500),
                    StateSpec.damage("BladeDamage", "", 0, 1));
        }

        @Override
        protected double event(int index, double t, double[] x, double[] u) {
            return index == 0 ? s.parameter("GeneratorTrip") - (x[0] + u[5]) : 1 - x[2];
        }

        @Override
        protected String happened(int index, double t, double[] x, double[] u) {
            return index == 0 ? "GeneratorOverheat" : "BladeEndOfLife";
        }

        @Override
        protected void outputs(double t, double[] x, double[] u, double[] y) {
            load(u);
            System.arraycopy(now, 0, y, 0, now.length);
            y[7] = x[0] + u[5];
            y[8] = x[1] + u[5];
            y[9] = x[2];
            y[10] = damageRate() * SECONDS_PER_YEAR;
        }

        @Override
        public List<Figure> figures() {
            return List.of(new Figure("Energy", "kWh", energyKwh));
        }
    }
}
