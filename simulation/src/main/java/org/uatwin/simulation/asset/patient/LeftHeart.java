package org.uatwin.simulation.asset.patient;

import java.util.List;
import org.uatwin.simulation.system.Continuous;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.system.SystemModel;

/**
 * Left ventricle of time-varying elastance with two valves and a systemic loop: Simaan, Ferreira, Chen, Antaki, Galati, IEEE Trans. Control
 * Systems Technology 17(1), 2009. Not a medical device.
 *
 * <pre>
 * P = E(t) (V - V0),  E = (Emax - Emin) En(tn) + Emin,  tn = t / (0.2 + 0.15 60/HR)
 * En = 1.55 (tn/0.7)^1.9 / (1 + (tn/0.7)^1.9) / (1 + (tn/1.17)^21.9)
 * V' = in - out,  CA Pao' = out - Q,  LS Q' = Pao - RC Q - Ps,  CS Ps' = Q - (Ps - Pla)/RS,  CR Pla' = (Ps - Pla)/RS - in
 * </pre>
 */
public final class LeftHeart implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final String SIMAAN = "Simaan et al. 2009";
    private static final String R = "mmHg.s/mL";
    private static final ModelCard CARD = ModelCard.named(
                    "LeftHeart",
                    ModelCard.Kind.CONTINUOUS,
                    "Left ventricle and systemic loop of a patient. A demonstrator, not a medical device.")
            .valid(
                    "no right heart, no reflexes; figures of the last whole beat after some 20 beats; not for any medical use")
            .parameter("MinElastance", "mmHg/mL", 0.06, 0.001, 1, "Emin", SIMAAN)
            .parameter("UnstressedVolume", "mL", 10, 0, 100, "V0", SIMAAN)
            .parameter("MitralResistance", R, 0.005, 1e-4, 1, "RM", SIMAAN)
            .parameter("AorticResistance", R, 0.001, 1e-4, 1, "RA", SIMAAN)
            .parameter("CharacteristicResistance", R, 0.0398, 0, 1, "RC", SIMAAN)
            .parameter("AtrialCompliance", "mL/mmHg", 4.4, 0.1, 100, "CR", SIMAAN)
            .parameter("SystemicCompliance", "mL/mmHg", 1.33, 0.05, 20, "CS", SIMAAN)
            .parameter("AorticCompliance", "mL/mmHg", 0.08, 0.005, 5, "CA", SIMAAN)
            .parameter("Inertance", "mmHg.s2/mL", 0.0005, 1e-5, 0.1, "LS", SIMAAN)
            .input("Contractility", "mmHg/mL", 2, 0.1, 10, "Emax: 2 normal, 1 weak")
            .input("SystemicResistance", R, 1, 0.05, 5, "RS: vasodilators lower it")
            .input("HeartRate", "1/min", 75, 20, 220, "")
            .output("VentricularPressure", "mmHg", "")
            .output("VentricularVolume", "mL", 0, 500, "")
            .output("AorticPressure", "mmHg", "")
            .output("AtrialPressure", "mmHg", "")
            .output("AorticFlow", "mL/s", "")
            .output("Elastance", "mmHg/mL", 0, ANY, "")
            .start("VentricularVolume", "mL")
            .start("AtrialPressure", "mmHg")
            .start("SystemicPressure", "mmHg")
            .time(20, 0.01)
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
        private static final double FULL = 140; // mL, start of Simaan et al. 2009
        private static final double ATRIAL = 5; // mmHg
        private static final double SYSTEMIC = 90; // mmHg

        private final double eMin;
        private final double v0;
        private final double rm;
        private final double ra;
        private final double rc;
        private final double cr;
        private final double cs;
        private final double ca;
        private final double ls;
        private double beatBegan;
        private boolean hasBeat;
        private double high;
        private double low;
        private double systolic;
        private double diastolic;
        private double area;
        private double last;
        private double minutes;
        private double[] beat = new double[6];

        Run(Setup s) {
            super(
                    s,
                    CARD.inputs(),
                    CARD.outputs(),
                    new double[] {
                        s.start("VentricularVolume", FULL),
                        s.start("SystemicPressure", SYSTEMIC),
                        0,
                        s.start("SystemicPressure", SYSTEMIC),
                        s.start("AtrialPressure", ATRIAL)
                    },
                    0,
                    SolverSettings.Method.RK4,
                    1e-4);
            eMin = s.parameter("MinElastance");
            v0 = s.parameter("UnstressedVolume");
            rm = s.parameter("MitralResistance");
            ra = s.parameter("AorticResistance");
            rc = s.parameter("CharacteristicResistance");
            cr = s.parameter("AtrialCompliance");
            cs = s.parameter("SystemicCompliance");
            ca = s.parameter("AorticCompliance");
            ls = s.parameter("Inertance");
            reset();
        }

        private void reset() {
            high = 0;
            low = Double.POSITIVE_INFINITY;
            systolic = 0;
            diastolic = Double.POSITIVE_INFINITY;
            area = 0;
        }

        private double elastance(double t, double[] u) {
            double period = 60 / u[2];
            double inBeat = Math.max(0, t - beatBegan);
            inBeat -= period * Math.floor(inBeat / period);
            double tn = inBeat / (0.2 + 0.15 * period);
            double rise = StrictMath.pow(tn / 0.7, 1.9);
            double en = 1.55 * (rise / (1 + rise)) / (1 + StrictMath.pow(tn / 1.17, 21.9));
            return (u[0] - eMin) * en + eMin;
        }

        @Override
        protected void inherit(Continuous before) {
            Run other = (Run) before;
            beatBegan = other.beatBegan;
            hasBeat = other.hasBeat;
            high = other.high;
            low = other.low;
            systolic = other.systolic;
            diastolic = other.diastolic;
            area = other.area;
            last = other.last;
            minutes = other.minutes;
            beat = other.beat;
        }

        @Override
        public void derivatives(double t, double[] x, double[] u, double[] dx) {
            double p = elastance(t, u) * (x[0] - v0);
            double in = Math.max(0, (x[4] - p) / rm);
            double out = Math.max(0, (p - x[1]) / ra);
            double runOff = (x[3] - x[4]) / u[1];
            dx[0] = in - out;
            dx[1] = (out - x[2]) / ca;
            dx[2] = (x[1] - rc * x[2] - x[3]) / ls;
            dx[3] = (x[2] - runOff) / cs;
            dx[4] = (runOff - in) / cr;
        }

        @Override
        protected void stepped(double t, double[] x, double[] u) {
            high = Math.max(high, x[0]);
            low = Math.min(low, x[0]);
            systolic = Math.max(systolic, x[1]);
            diastolic = Math.min(diastolic, x[1]);
            area += x[1] * (t - last);
            last = t;
            if (t - beatBegan >= 60 / u[2] - 1e-9) {
                double seconds = t - beatBegan;
                minutes = u[2];
                beat = new double[] {high, low, systolic, diastolic, area / seconds, seconds};
                hasBeat = true;
                beatBegan = t;
                reset();
            }
        }

        @Override
        protected void outputs(double t, double[] x, double[] u, double[] y) {
            double e = elastance(t, u);
            double p = e * (x[0] - v0);
            y[0] = p;
            y[1] = x[0];
            y[2] = x[1];
            y[3] = x[4];
            y[4] = Math.max(0, (p - x[1]) / ra);
            y[5] = e;
        }

        @Override
        public List<Figure> figures() {
            if (!hasBeat) {
                return List.of();
            }
            double stroke = beat[0] - beat[1];
            return List.of(
                    new Figure("EndDiastolicVolume", "mL", beat[0]),
                    new Figure("EndSystolicVolume", "mL", beat[1]),
                    new Figure("StrokeVolume", "mL", stroke),
                    new Figure("EjectionFraction", "", stroke / beat[0]),
                    new Figure("CardiacOutput", "L/min", stroke * minutes / 1000),
                    new Figure("SystolicPressure", "mmHg", beat[2]),
                    new Figure("DiastolicPressure", "mmHg", beat[3]),
                    new Figure("MeanArterialPressure", "mmHg", beat[4]));
        }
    }
}
