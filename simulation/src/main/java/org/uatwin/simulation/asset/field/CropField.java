package org.uatwin.simulation.asset.field;

import java.util.List;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;

/**
 * Reference evapotranspiration and the water of a root zone, day by day: R. G. Allen, L. S. Pereira, D. Raes, M. Smith, Crop
 * evapotranspiration, FAO Irrigation and Drainage Paper 56, 1998; equation numbers in the code.
 */
public final class CropField implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final String FAO = "FAO-56";
    private static final ModelCard CARD = ModelCard.named(
                    "CropField",
                    ModelCard.Kind.STEPPED,
                    "Reference evapotranspiration (Penman-Monteith) and the soil water of a crop.")
            .valid("daily steps; grass reference 0.12 m; one soil layer; no capillary rise, no run-off")
            .parameter("Latitude", "deg", 50.8, -66, 66, "north", "site")
            .parameter("Elevation", "m", 100, -400, 6000, "", "site")
            .parameter("WindHeight", "m", 2, 0.5, 200, "of the anemometer", "site")
            .parameter("FirstDay", "", 1, 1, 366, "day of the year at time 0", "scenario")
            .parameter("Albedo", "", 0.23, 0, 1, "of the crop", FAO)
            .parameter("CropCoefficient", "", 1, 0, 2, "Kc", "FAO-56, table 12")
            .parameter("TotalAvailableWater", "mm", 120, 1, 1000, "TAW of the root zone", "soil survey")
            .parameter("DepletionShare", "", 0.5, 0.05, 0.95, "p: of TAW before stress", "FAO-56, table 22")
            .parameter("AutoIrrigation", "", 0, 0, 1, "1 = fill up when readily available water is gone", "setting")
            .input("MinTemperature", "Cel", 12, -60, 50, "of the day")
            .input("MaxTemperature", "Cel", 22, -60, 60, "of the day")
            .input("VapourPressure", "kPa", 1.4, 0, 10, "actual")
            .input("SolarRadiation", "MJ/m2", 20, 0, 50, "of the day")
            .input("WindSpeed", "m/s", 2, 0, 60, "at WindHeight")
            .input("Rain", "mm", 0, 0, 1000, "of the day")
            .input("Irrigation", "mm", 0, 0, 1000, "of the day")
            .output("ReferenceEvapotranspiration", "mm", 0, 50, "of the day, eq. 6")
            .output("CropEvapotranspiration", "mm", 0, 50, "under the present stress")
            .output("StressCoefficient", "", 0, 1, "Ks, eq. 84")
            .output("Depletion", "mm", 0, 1000, "Dr at the end of the day")
            .output("DeepPercolation", "mm", 0, ANY, "of the day")
            .output("Irrigated", "mm", 0, ANY, "of the day")
            .start("Depletion", "mm at time 0")
            .time(0, 86_400)
            .fixed("it says when the run began", "FirstDay")
            .build();

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
        private static final double SOLAR_CONSTANT = 0.0820; // MJ/(m2 min), FAO-56
        private static final double STEFAN_BOLTZMANN = 4.903e-9; // MJ/(K4 m2 day), FAO-56

        private final Setup s;
        private final double[] u = new double[7];
        private double depletion;
        private double eto;
        private double etc;
        private double stress;
        private double percolation;
        private double irrigated;
        private double sumEto;
        private double sumEtc;
        private double sumIrrigation;
        private double sumPercolation;

        Run(Setup s) {
            this.s = s;
            depletion = s.start("Depletion", 0);
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
            today(0);
        }

        @Override
        public void continueFrom(Simulation before) {
            Run other = (Run) before;
            System.arraycopy(other.u, 0, u, 0, u.length);
            depletion = other.depletion;
            eto = other.eto;
            etc = other.etc;
            stress = other.stress;
            percolation = other.percolation;
            irrigated = other.irrigated;
            sumEto = other.sumEto;
            sumEtc = other.sumEtc;
            sumIrrigation = other.sumIrrigation;
            sumPercolation = other.sumPercolation;
        }

        @Override
        public void advance(double[] in, double fromSeconds, double toSeconds) {
            System.arraycopy(in, 0, u, 0, u.length);
            double days = (toSeconds - fromSeconds) / DAY;
            today(fromSeconds);
            irrigated = u[6];
            double readily = s.parameter("DepletionShare") * s.parameter("TotalAvailableWater");
            if (s.parameter("AutoIrrigation") >= 0.5 && depletion >= readily) {
                irrigated += depletion;
            }
            double next = depletion + days * (etc - u[5]) - irrigated; // eq. 85
            percolation = Math.max(0, -next);
            depletion = Math.max(0, Math.min(s.parameter("TotalAvailableWater"), next));
            sumEto += eto * days;
            sumEtc += etc * days;
            sumIrrigation += irrigated;
            sumPercolation += percolation;
        }

        private void today(double seconds) {
            int day = (int) ((s.parameter("FirstDay") - 1 + Math.floor(seconds / DAY)) % 365) + 1;
            eto = evapotranspiration(day);
            double taw = s.parameter("TotalAvailableWater");
            double readily = s.parameter("DepletionShare") * taw;
            stress = depletion <= readily ? 1 : (taw - depletion) / (taw - readily); // eq. 84
            etc = s.parameter("CropCoefficient") * stress * eto;
        }

        private static double saturation(double celsius) {
            return 0.6108 * StrictMath.exp(17.27 * celsius / (celsius + 237.3)); // eq. 11
        }

        private double evapotranspiration(int day) {
            double mean = 0.5 * (u[0] + u[1]);
            double pressure = 101.3 * StrictMath.pow((293 - 0.0065 * s.parameter("Elevation")) / 293, 5.26); // eq. 7
            double gamma = 0.665e-3 * pressure; // eq. 8
            double es = 0.5 * (saturation(u[0]) + saturation(u[1])); // eq. 12
            double slope = 4098 * saturation(mean) / ((mean + 237.3) * (mean + 237.3)); // eq. 13
            double dr = 1 + 0.033 * StrictMath.cos(2 * Math.PI * day / 365); // eq. 23
            double declination = 0.409 * StrictMath.sin(2 * Math.PI * day / 365 - 1.39); // eq. 24
            double phi = StrictMath.toRadians(s.parameter("Latitude"));
            double sunset = StrictMath.acos(
                    Math.max(-1, Math.min(1, -StrictMath.tan(phi) * StrictMath.tan(declination)))); // eq. 25
            double extraterrestrial = 24
                    * 60
                    / Math.PI
                    * SOLAR_CONSTANT
                    * dr
                    * (sunset * StrictMath.sin(phi) * StrictMath.sin(declination)
                            + StrictMath.cos(phi) * StrictMath.cos(declination) * StrictMath.sin(sunset)); // eq. 21
            double clear = (0.75 + 2e-5 * s.parameter("Elevation")) * extraterrestrial; // eq. 37
            double ratio = clear > 0 ? Math.min(1, u[3] / clear) : 0.5;
            double low = u[0] + 273.16;
            double high = u[1] + 273.16;
            double longWave = STEFAN_BOLTZMANN
                    * 0.5
                    * (low * low * low * low + high * high * high * high)
                    * (0.34 - 0.14 * Math.sqrt(Math.max(0, u[2])))
                    * (1.35 * ratio - 0.35); // eq. 39
            double net = (1 - s.parameter("Albedo")) * u[3] - longWave; // eqs. 38, 40
            double wind = u[4] * 4.87 / StrictMath.log(67.8 * s.parameter("WindHeight") - 5.42); // eq. 47
            double value = (0.408 * slope * net + gamma * 900 / (mean + 273) * wind * (es - u[2]))
                    / (slope + gamma * (1 + 0.34 * wind)); // eq. 6, no soil heat over a day
            return Math.max(0, value);
        }

        @Override
        public void observe(double[] in) {
            // The row tells of the day that has passed.
        }

        @Override
        public void read(double[] y) {
            y[0] = eto;
            y[1] = etc;
            y[2] = stress;
            y[3] = depletion;
            y[4] = percolation;
            y[5] = irrigated;
        }

        @Override
        public List<Figure> figures() {
            return List.of(
                    new Figure("ReferenceEvapotranspiration", "mm", sumEto),
                    new Figure("CropEvapotranspiration", "mm", sumEtc),
                    new Figure("Irrigation", "mm", sumIrrigation),
                    new Figure("DeepPercolation", "mm", sumPercolation));
        }
    }
}
