package org.uatwin.simulation.asset.generic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.system.Continuous;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.system.SystemModel;

/**
 * First or second order with dead time, about an operating point: T^2 y'' + 2 D T y' + y = K u(t - L), or T y' + y = K u(t - L).
 */
public final class ProcessWithDeadTime implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final String DATA = "identified from data";
    private static final ModelCard CARD = ModelCard.named(
                    "ProcessWithDeadTime",
                    ModelCard.Kind.CONTINUOUS,
                    "A process of first or second order with dead time, about an operating point.")
            .valid("around the operating point it was identified at")
            .parameter("Order", "", 1, 1, 2, "1 or 2", DATA)
            .parameter("Gain", "", 1, -ANY, ANY, "K: change of output over change of input", DATA)
            .parameter("TimeConstant", "s", 60, 1e-6, 1e9, "T", DATA)
            .parameter("Damping", "", 1, 0, 100, "D, second order only", DATA)
            .parameter("DeadTime", "s", 0, 0, 1e7, "L", DATA)
            .parameter("InputPoint", "", 0, -ANY, ANY, "input at the operating point", DATA)
            .parameter("OutputPoint", "", 0, -ANY, ANY, "output at the operating point", DATA)
            .input("Input", "", 0, -ANY, ANY, "u")
            .output("Output", "", "y")
            .output("Rate", "1/s", "dy/dt")
            .output("DelayedInput", "", "u as it acts now")
            .start("Output", "y at time 0, else settled at the input")
            .time(600, 1)
            .fixed("it says which equations are solved", "Order")
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
        private static final double STEPS_PER_TIME_CONSTANT = 50;

        private final double gain;
        private final double time;
        private final double damping;
        private final double deadTime;
        private final double inputPoint;
        private final double outputPoint;
        private final boolean isSecond;
        private final double given;
        private final Deque<double[]> history = new ArrayDeque<>(); // {time, value}, rising
        private double settled;

        Run(Setup s) {
            super(
                    s,
                    CARD.inputs(),
                    CARD.outputs(),
                    new double[2],
                    0,
                    SolverSettings.Method.RK4,
                    s.parameter("TimeConstant") / STEPS_PER_TIME_CONSTANT);
            gain = s.parameter("Gain");
            time = s.parameter("TimeConstant");
            damping = s.parameter("Damping");
            deadTime = s.parameter("DeadTime");
            inputPoint = s.parameter("InputPoint");
            outputPoint = s.parameter("OutputPoint");
            isSecond = s.parameter("Order") >= 1.5;
            given = s.hasStart("Output") ? s.start("Output", 0) : Double.NaN;
        }

        /** A dead time remembers more than a vector. */
        @Override
        public List<StateSpec> states() {
            return deadTime > 0
                    ? List.of()
                    : List.of(
                            StateSpec.dynamic("Deviation", "", -ANY, ANY),
                            StateSpec.dynamic("Rate", "1/s", isSecond ? -ANY : 0, isSecond ? ANY : 0));
        }

        @Override
        protected void settle(double[] x, double[] u) {
            settled = Double.isNaN(given) ? u[0] : inputPoint + (given - outputPoint) / (gain == 0 ? 1 : gain);
            x[0] = Double.isNaN(given) ? gain * (u[0] - inputPoint) : given - outputPoint;
        }

        @Override
        protected void inherit(Continuous before) {
            Run other = (Run) before;
            history.addAll(other.history);
            // Of a longer dead time the first part is not remembered: there the oldest value that is holds.
            boolean isShort = deadTime > other.deadTime && history.size() > 1;
            settled = isShort ? history.getFirst()[1] : other.settled;
        }

        @Override
        protected void inputsFrom(double t, double[] u) {
            if (history.isEmpty() || history.getLast()[1] != u[0]) {
                history.addLast(new double[] {t, u[0]});
            }
            double[] oldest = history.getFirst();
            while (history.size() > 1 && oldest[0] < t - deadTime) {
                history.removeFirst();
                double[] second = history.getFirst();
                if (second[0] > t - deadTime) {
                    history.addFirst(oldest);
                    return;
                }
                oldest = second;
            }
        }

        private double delayed(double t) {
            double value = settled;
            for (double[] entry : history) {
                if (entry[0] <= t - deadTime + 1e-9) {
                    value = entry[1];
                }
            }
            return value;
        }

        @Override
        public void derivatives(double t, double[] x, double[] u, double[] dx) {
            double drive = gain * (delayed(t) - inputPoint) - x[0];
            if (isSecond) {
                dx[0] = x[1];
                dx[1] = (drive - 2 * damping * time * x[1]) / (time * time);
            } else {
                dx[0] = drive / time;
                dx[1] = 0;
            }
        }

        @Override
        protected void outputs(double t, double[] x, double[] u, double[] y) {
            y[0] = outputPoint + x[0];
            y[2] = delayed(t);
            y[1] = isSecond ? x[1] : (gain * (y[2] - inputPoint) - x[0]) / time;
        }
    }
}
