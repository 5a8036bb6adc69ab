package org.uatwin.simulation.asset.grid;

import java.util.List;
import org.uatwin.simulation.system.Continuous;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.system.SystemModel;

/**
 * System frequency response of a grid of reheat steam units: P. M. Anderson and M. Mirheydar, "A low-order system frequency response
 * model", IEEE Trans. Power Systems 5(3), 1990.
 *
 * <pre>
 * 2 H w' = Pm + Pstep - D w,   Pm = F g + (1 - F) z,   T z' = g - z,   g = Km (Psp - w / R)
 * </pre>
 *
 * Frequencies as deviations in per unit; the initial slope is Pstep f0 / 2H. Load may be shed in steps when frequency falls.
 */
public final class FrequencyResponse implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final String PAPER = "Anderson and Mirheydar 1990";
    private static final ModelCard CARD = ModelCard.named(
                    "FrequencyResponse",
                    ModelCard.Kind.CONTINUOUS,
                    "Grid frequency after a step of power: swing equation with reheat governors.")
            .valid("disturbances up to about 0.3 pu, seconds to a minute; no limits of units, no network")
            .parameter("NominalFrequency", "Hz", 50, 10, 400, "f0", "of the grid")
            .parameter("Inertia", "s", 4, 0.1, 20, "H of all machines on system base", PAPER)
            .parameter("Droop", "", 0.05, 0.001, 1, "R", PAPER)
            .parameter("MechanicalGain", "", 0.95, 0.01, 1, "Km: share of units that answer", PAPER)
            .parameter("HighPressureShare", "", 0.3, 0, 1, "F_H", PAPER)
            .parameter("ReheatTime", "s", 8, 0.1, 100, "T_R", PAPER)
            .parameter("LoadDamping", "", 1, 0, 10, "D", PAPER)
            .parameter("ShedFrequency", "Hz", 0, 0, 400, "frequency at which ShedPower is shed; 0 = never", "grid code")
            .parameter("ShedPower", "", 0, 0, 1, "pu of load shed once", "grid code")
            .input("PowerStep", "", 0, -1, 1, "pu of power surplus; a lost unit is negative")
            .input("SetpointChange", "", 0, -1, 1, "pu of load reference of the units")
            .output("FrequencyDeviation", "Hz", "f - f0")
            .output("Frequency", "Hz", 0, ANY, "f")
            .output("RateOfChange", "Hz/s", "df/dt")
            .output("MechanicalPower", "", "pu, change of all units")
            .output("ShedLoad", "", 0, 1, "pu shed so far")
            .time(30, 0.1)
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
        private final double f0;
        private final double inertia;
        private final double droop;
        private final double gain;
        private final double share;
        private final double reheat;
        private final double damping;
        private final double shedAt;
        private final double shedPower;
        private double shed;
        private double nadir;
        private double nadirAt;
        private double last;

        Run(Setup s) {
            super(s, CARD.inputs(), CARD.outputs(), new double[2], 2, SolverSettings.Method.RK4, 0.01);
            f0 = s.parameter("NominalFrequency");
            inertia = s.parameter("Inertia");
            droop = s.parameter("Droop");
            gain = s.parameter("MechanicalGain");
            share = s.parameter("HighPressureShare");
            reheat = s.parameter("ReheatTime");
            damping = s.parameter("LoadDamping");
            shedAt = s.parameter("ShedFrequency");
            shedPower = s.parameter("ShedPower");
        }

        private double mechanical(double[] x, double[] u) {
            return share * gain * (u[1] - x[0] / droop) + (1 - share) * x[1];
        }

        private double slope(double[] x, double[] u) {
            return (mechanical(x, u) + u[0] + shed - damping * x[0]) / (2 * inertia);
        }

        @Override
        protected void inherit(Continuous before) {
            Run other = (Run) before;
            shed = other.shed;
            nadir = other.nadir;
            nadirAt = other.nadirAt;
            last = other.last;
        }

        @Override
        public void derivatives(double t, double[] x, double[] u, double[] dx) {
            dx[0] = slope(x, u);
            dx[1] = (gain * (u[1] - x[0] / droop) - x[1]) / reheat;
        }

        @Override
        protected double event(int index, double t, double[] x, double[] u) {
            if (index == 0) {
                return shed == 0 && shedAt > 0 ? f0 * (1 + x[0]) - shedAt : 1;
            }
            return -slope(x, u);
        }

        @Override
        protected String happened(int index, double t, double[] x, double[] u) {
            if (index == 0) {
                shed = shedPower;
                return "LoadShed";
            }
            if (x[0] >= nadir) {
                return "";
            }
            nadir = x[0];
            nadirAt = t;
            return "Nadir";
        }

        @Override
        protected void stepped(double t, double[] x, double[] u) {
            last = x[0];
            if (x[0] < nadir) {
                nadir = x[0];
                nadirAt = t;
            }
        }

        @Override
        protected void outputs(double t, double[] x, double[] u, double[] y) {
            y[0] = f0 * x[0];
            y[1] = f0 * (1 + x[0]);
            y[2] = f0 * slope(x, u);
            y[3] = mechanical(x, u);
            y[4] = shed;
        }

        @Override
        public List<Figure> figures() {
            return List.of(
                    new Figure("Nadir", "Hz", f0 * nadir),
                    new Figure("NadirTime", "s", nadirAt),
                    new Figure("FinalDeviation", "Hz", f0 * last));
        }
    }
}
