package org.uatwin.simulation.asset.energy;

import org.uatwin.simulation.system.Algebraic;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;

/**
 * A photovoltaic field of equal modules by the single-diode equation, shifted to irradiance and temperature after De Soto, Klein and
 * Beckman (Solar Energy 80, 2006); cell temperature after King (SAPM, SAND2004-3535).
 *
 * <pre>
 * I = IL - I0 (exp((V + I Rs) / (n Ns Vt)) - 1) - (V + I Rs) / Rsh
 * </pre>
 *
 * With the voltage across the diode as parameter I and V are explicit, so every point is found by bisection to the last digit.
 */
public final class Photovoltaic implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final String SHEET = "data sheet, CEC data base";
    private static final ModelCard CARD = ModelCard.named(
                    "Photovoltaic",
                    ModelCard.Kind.ALGEBRAIC,
                    "A photovoltaic field: module curve, cell temperature, power after losses.")
            .valid("crystalline silicon, no partial shading, 50..1200 W/m2")
            .parameter("Photocurrent", "A", 9, 1e-6, 100, "IL at reference conditions", SHEET)
            .alias("photocurrent")
            .parameter("SaturationCurrent", "A", 5e-10, 1e-20, 1, "I0 at reference conditions", SHEET)
            .alias("saturation_current")
            .parameter("SeriesResistance", "Ohm", 0.3, 0, 100, "Rs", SHEET)
            .alias("resistance_series")
            .parameter("ShuntResistance", "Ohm", 300, 1e-3, 1e9, "Rsh at reference conditions", SHEET)
            .alias("resistance_shunt")
            .parameter("Ideality", "", 1.1, 0.5, 5, "n", SHEET)
            .alias("n")
            .parameter("CellsInSeries", "", 72, 1, 10_000, "Ns", SHEET)
            .alias("cells_in_series")
            .parameter("CurrentCoefficient", "A/K", 0.004, -1, 1, "of the short-circuit current", SHEET)
            .parameter("ReferenceTemperature", "Cel", 25, -50, 100, "", "IEC 61215")
            .parameter("ReferenceIrradiance", "W/m2", 1000, 1, 2000, "", "IEC 61215")
            .parameter("CellTemperatureModel", "", 1, 0, 1, "0 = the input CellTemperature, 1 = SAPM", "")
            .parameter("SapmA", "", -3.47, -10, 0, "a: -3.47 open rack glass/glass", "SAND2004-3535")
            .parameter("SapmB", "s/m", -0.0594, -1, 0, "b", "SAND2004-3535")
            .parameter("SapmDelta", "K", 3, 0, 20, "cell over module at 1000 W/m2", "SAND2004-3535")
            .parameter("Modules", "", 1, 1, 1e7, "in the field", "design")
            .parameter("Soiling", "", 0, 0, 1, "share of the irradiance that dirt takes", "site")
            .parameter("Age", "a", 0, 0, 100, "of the modules", "")
            .parameter("Degradation", "%", 0.5, 0, 10, "of the power in a year", "Jordan and Kurtz 2013")
            .parameter("InverterEfficiency", "", 0.97, 0, 1, "", SHEET)
            .parameter("InverterLimit", "W", 1e12, 0, 1e12, "AC", SHEET)
            .parameter("RatedPower", "W", 100, 0, 1e12, "of the PVWatts estimate", SHEET)
            .parameter("PowerCoefficient", "1/K", -0.003, -0.02, 0, "of the PVWatts estimate", SHEET)
            .input("Irradiance", "W/m2", 1000, 0, 2000, "in the plane of the modules")
            .input("AmbientTemperature", "Cel", 25, -60, 70, "")
            .input("WindSpeed", "m/s", 1, 0, 60, "")
            .input("CellTemperature", "Cel", 25, -60, 150, "with CellTemperatureModel 0")
            .output("OpenCircuitVoltage", "V", 0, ANY, "of a module")
            .output("ShortCircuitCurrent", "A", 0, ANY, "of a module")
            .output("MaxPowerVoltage", "V", 0, ANY, "of a module")
            .output("MaxPowerCurrent", "A", 0, ANY, "of a module")
            .output("MaxPower", "W", 0, ANY, "of a module")
            .output("CurrentAtHalfVoltage", "A", 0, ANY, "Ix: at half the open-circuit voltage")
            .output("CurrentBetween", "A", 0, ANY, "Ixx: midway between maximum power and open circuit")
            .output("CellTemperature", "Cel", -60, 200, "")
            .output("DirectPower", "W", 0, ANY, "of the field, after soiling and ageing")
            .output("Power", "W", 0, ANY, "of the field, after the inverter")
            .output("PvWattsPower", "W", 0, ANY, "RatedPower E/1000 (1 + g (T - 25)), NREL PVWatts 5")
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        return new Run(setup);
    }

    private static final class Run extends Algebraic {
        private static final double BOLTZMANN_OVER_CHARGE = 1.380649e-23 / 1.602176634e-19; // V/K, exact SI
        private static final double KELVIN = 273.15;
        private static final double BAND_GAP = 1.121; // eV at 25 Cel, silicon, De Soto 2006
        private static final double BAND_GAP_SLOPE = -0.0002677; // 1/K, De Soto 2006
        private static final int HALVINGS = 200;

        private final Setup s;
        private final boolean hasSapm;
        private double il;
        private double i0;
        private double rs;
        private double rsh;
        private double scale; // n Ns Vt

        Run(Setup s) {
            super(CARD.inputs(), CARD.outputs());
            this.s = s;
            hasSapm = s.parameter("CellTemperatureModel") >= 0.5;
        }

        private double current(double vd) {
            return il - i0 * StrictMath.expm1(vd / scale) - vd / rsh;
        }

        private double voltage(double vd) {
            return vd - rs * current(vd);
        }

        /** Slope of the power over the voltage across the diode. */
        private double slope(double vd) {
            double di = -i0 / scale * StrictMath.exp(vd / scale) - 1 / rsh;
            return (1 - rs * di) * current(vd) + voltage(vd) * di;
        }

        private interface Rising {
            double at(double vd);
        }

        private static double zero(Rising f, double low, double high) {
            double a = low;
            double b = high;
            for (int i = 0; i < HALVINGS && b > a; i++) {
                double middle = 0.5 * (a + b);
                if (middle == a || middle == b) {
                    break;
                }
                if (f.at(middle) < 0) {
                    a = middle;
                } else {
                    b = middle;
                }
            }
            return 0.5 * (a + b);
        }

        private void shift(double irradiance, double celsius) {
            double t = celsius + KELVIN;
            double reference = s.parameter("ReferenceTemperature") + KELVIN;
            double share = irradiance / s.parameter("ReferenceIrradiance");
            il = share * (s.parameter("Photocurrent") + s.parameter("CurrentCoefficient") * (t - reference));
            double ratio = t / reference;
            double gap = BAND_GAP * (1 + BAND_GAP_SLOPE * (t - reference));
            i0 = s.parameter("SaturationCurrent")
                    * ratio
                    * ratio
                    * ratio
                    * StrictMath.exp((BAND_GAP / reference - gap / t) / BOLTZMANN_OVER_CHARGE);
            rs = s.parameter("SeriesResistance");
            rsh = s.parameter("ShuntResistance") / share;
            scale = s.parameter("Ideality") * s.parameter("CellsInSeries") * BOLTZMANN_OVER_CHARGE * t;
        }

        @Override
        protected void compute(double time, double[] u, double[] y) {
            double e = u[0];
            double cell = u[3];
            if (hasSapm) {
                double module = e * StrictMath.exp(s.parameter("SapmA") + s.parameter("SapmB") * u[2]) + u[1];
                cell = module + s.parameter("SapmDelta") * e / 1000;
            }
            double clean = e * (1 - s.parameter("Soiling"));
            y[7] = cell;
            y[10] = Math.max(
                    0, s.parameter("RatedPower") * e / 1000 * (1 + s.parameter("PowerCoefficient") * (cell - 25)));
            if (clean <= 0) {
                for (int i = 0; i < 7; i++) {
                    y[i] = 0;
                }
                y[8] = 0;
                y[9] = 0;
                return;
            }
            shift(clean, cell);
            // At this diode voltage the current is below zero: exp alone exceeds the photocurrent.
            double top = scale * StrictMath.log1p(il / i0);
            double open = zero(v -> -current(v), 0, top);
            double closed = zero(this::voltage, 0, Math.min(open, rs * il + 1e-12));
            double best = zero(v -> -slope(v), 0, open);
            y[0] = voltage(open);
            y[1] = current(closed);
            y[2] = voltage(best);
            y[3] = current(best);
            y[4] = y[2] * y[3];
            double half = 0.5 * y[0];
            double between = 0.5 * (y[0] + y[2]);
            y[5] = current(zero(v -> voltage(v) - half, 0, open));
            y[6] = current(zero(v -> voltage(v) - between, 0, open));
            y[8] = y[4]
                    * s.parameter("Modules")
                    * StrictMath.pow(1 - s.parameter("Degradation") / 100, s.parameter("Age"));
            y[9] = Math.min(s.parameter("InverterLimit"), y[8] * s.parameter("InverterEfficiency"));
        }
    }
}
