package org.uatwin.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;
import org.apache.commons.math3.ode.FirstOrderIntegrator;
import org.apache.commons.math3.ode.events.EventHandler;
import org.apache.commons.math3.ode.nonstiff.ClassicalRungeKuttaIntegrator;
import org.apache.commons.math3.ode.nonstiff.DormandPrince54Integrator;
import org.uatwin.benchmarks.peer.SsjQueue;
import org.uatwin.simulation.asset.pump.CentrifugalPump;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.discrete.Distribution;
import org.uatwin.simulation.discrete.EventQueue;
import org.uatwin.simulation.solver.FixedStepSolver;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.solver.Ode;
import org.uatwin.simulation.solver.Trajectory;

/**
 * How fast models run: the fixed step against Commons Math's on the same equations, 24 h of a pump at 1 s against the
 * spin loop, the event list against SSJ's on the same queue. Each pair in turn, in one process.
 */
final class SimulationTable {
    private static final int WARM_UP = 5;
    private static final int DAY = 86_400;
    private static final double LOAD = 0.8;
    private static final long CUSTOMERS = 3_000_000;
    /** Spin loop of a quiet core, ms: what 60 ms for a day are gated with (docs/reference/figures.md). */
    private static final double QUIET_SPIN_MS = 378;

    private SimulationTable() {}

    static void run(Path directory) {
        solver();
        day();
        events();
    }

    private static void solver() {
        Pump pump = new Pump();
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        compare(pump::ours, pump::dormandPrince, ours, theirs);
        double a = Report.row("pump, 24 h, inputs each second: uatwin, RK4", "ms", ours);
        double b = Report.row("the same: Commons Math, Dormand-Prince 5(4)", "ms", theirs);
        Report.verdict("Commons Math's adaptive step / own fixed step", b / a, ">= 7", b >= 7 * a);
        List<Double> again = new ArrayList<>();
        List<Double> classical = new ArrayList<>();
        compare(pump::ours, pump::rungeKutta, again, classical);
        double c = Report.row("the same: uatwin, RK4", "ms", again);
        double d = Report.row("the same: Commons Math, RK4", "ms", classical);
        Report.verdict("Commons Math's RK4 / own RK4, pump", d / c, ">= 7", d >= 7 * c);
        List<Double> equations = new ArrayList<>();
        for (int run = -WARM_UP; run < Report.RUNS; run++) {
            double ms = pump.equationsAlone();
            if (run >= 0) {
                equations.add(ms);
            }
        }
        double q = Report.row("the pump's equations alone, four times a step: in both", "ms", equations);
        double alone = (d - q) / (c - q);
        Report.verdict("the integrators alone, equations taken off both", alone, ">= 7", alone >= 7);
        List<Double> watched = new ArrayList<>();
        List<Double> handlers = new ArrayList<>();
        compare(SimulationTable::simulatedDay, pump::rungeKuttaWithEvents, watched, handlers);
        double e = Report.row("pump, 24 h with its events, modes and outputs: uatwin, RK4", "ms", watched);
        double f = Report.row("the same without outputs: Commons Math, RK4 with event handlers", "ms", handlers);
        Report.verdict("Commons Math's RK4 / own RK4, with events", f / e, ">= 7", f >= 7 * e);
        lightModels();
    }

    /** Models whose equations are next to nothing: what is left is the integrator. */
    private static void lightModels() {
        for (int size : new int[] {2, 8, 16}) {
            Lags lags = new Lags(size);
            List<Double> ours = new ArrayList<>();
            List<Double> theirs = new ArrayList<>();
            compare(lags::ours, lags::commonsMath, ours, theirs);
            double a = Report.row("chain of %d lags, 24 h at 1 s: uatwin, RK4".formatted(size), "ms", ours);
            double b = Report.row("the same: Commons Math, RK4", "ms", theirs);
            Report.verdict("Commons Math's RK4 / own RK4, %d lags".formatted(size), b / a, ">= 7", b >= 7 * a);
        }
    }

    private static void day() {
        List<Double> days = new ArrayList<>();
        List<Double> spins = new ArrayList<>();
        compare(SimulationTable::simulatedDay, () -> Report.spin(), days, spins);
        double a = Report.row("24 h of a pump, events and modes too", "ms", days);
        double b = Report.row("spin loop beside it", "ms", spins);
        Report.verdict("24 h of an asset at 1 s, of the spin loop", a / b, "<= 0.159", a / b <= 60 / QUIET_SPIN_MS);
    }

    private static void events() {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        compare(() -> -queue(CUSTOMERS), () -> -timed(() -> SsjQueue.run(LOAD, CUSTOMERS)), ours, theirs);
        ours.replaceAll(v -> -v);
        theirs.replaceAll(v -> -v);
        double a = Report.row("M/M/1 queue: uatwin", "M events/s", ours);
        double b = Report.row("M/M/1 queue: SSJ", "M events/s", theirs);
        Report.verdict("events, uatwin / SSJ", a / b, ">= 1.5", a >= 1.5 * b);
        Report.verdict("events, M/s", a, ">= 3", a >= 3);
    }

    private static void compare(DoubleSupplier a, DoubleSupplier b, List<Double> as, List<Double> bs) {
        for (int run = -WARM_UP; run < Report.RUNS; run++) {
            double x = a.getAsDouble();
            double y = b.getAsDouble();
            if (run >= 0) {
                as.add(x);
                bs.add(y);
            }
        }
    }

    private static double queue(long customers) {
        return timed(() -> {
            EventQueue queue = new EventQueue();
            NoiseStream arrivals = NoiseStream.ofSeed(1);
            NoiseStream services = arrivals.split();
            Distribution between = new Distribution(Distribution.Family.EXPONENTIAL, 1, 0);
            Distribution service = new Distribution(Distribution.Family.EXPONENTIAL, LOAD, 0);
            long events = 0;
            long served = 0;
            long waiting = 0;
            queue.schedule(between.sample(arrivals), 0, 0, 0);
            while (served < customers && queue.next()) {
                events++;
                if (queue.kind() == 0) {
                    queue.schedule(queue.now() + between.sample(arrivals), 0, 0, 0);
                    if (waiting++ == 0) {
                        queue.schedule(queue.now() + service.sample(services), 0, 1, 0);
                    }
                } else {
                    served++;
                    if (--waiting > 0) {
                        queue.schedule(queue.now() + service.sample(services), 0, 1, 0);
                    }
                }
            }
            return events;
        });
    }

    private interface Counted {
        long run();
    }

    /** Events a second, in millions. */
    private static double timed(Counted work) {
        long start = System.nanoTime();
        long events = work.run();
        return events * 1e3 / (System.nanoTime() - start);
    }

    /** First-order lags one after the other, T x_i' = x_(i-1) - x_i: a subtraction and a product each. */
    private record Lags(int size) implements Ode, FirstOrderDifferentialEquations {
        private static final double RATE = 1 / 300.0; // 1/s

        @Override
        public void derivatives(double t, double[] x, double[] u, double[] dx) {
            double before = 1;
            for (int i = 0; i < x.length; i++) {
                dx[i] = RATE * (before - x[i]);
                before = x[i];
            }
        }

        private double ours() {
            FixedStepSolver solver = new FixedStepSolver(FixedStepSolver.Method.RK4, size);
            double[] x = new double[size];
            double[] none = new double[0];
            long start = System.nanoTime();
            for (int i = 0; i < DAY; i++) {
                solver.step(this, i, x, none, 1);
            }
            return ended(start, x);
        }

        private double commonsMath() {
            FirstOrderIntegrator integrator = new ClassicalRungeKuttaIntegrator(1);
            double[] x = new double[size];
            long start = System.nanoTime();
            for (int i = 0; i < DAY; i++) {
                integrator.integrate(this, i, x, i + 1, x);
            }
            return ended(start, x);
        }

        private static double ended(long start, double[] x) {
            double ms = (System.nanoTime() - start) / 1e6;
            if (!(x[0] > 0.99)) {
                throw new IllegalStateException("the first lag has not followed: " + x[0]);
            }
            return ms;
        }

        @Override
        public int getDimension() {
            return size;
        }

        @Override
        public void computeDerivatives(double t, double[] y, double[] yDot) {
            derivatives(t, y, y, yDot);
        }
    }

    private static double simulatedDay() {
        CentrifugalPump model = new CentrifugalPump();
        Trajectory trajectory = new Trajectory(model, Pump.start(model), List.of(), 1);
        double[] y = new double[model.description().outputs().size()];
        long start = System.nanoTime();
        for (int i = 0; i < DAY; i++) {
            trajectory.step();
            trajectory.outputs(y);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    /** The equations of the pump with nominal parameters, integrated from rest, for both. */
    private static final class Pump implements FirstOrderDifferentialEquations {
        private static final Map<String, LiveReading> READINGS = Map.of(
                "SpeedSetpoint", LiveReading.good(2950),
                "Speed", LiveReading.good(2950),
                "Flow", LiveReading.good(90),
                "SuctionPressure", LiveReading.good(1),
                "Running", LiveReading.good(1));

        private final ModelDynamics dynamics;
        private final double[] inputs;
        private final double[] rest;
        private final int events;

        private Pump() {
            CentrifugalPump model = new CentrifugalPump();
            ModelStart start = start(model);
            dynamics = model.bind(start.parameters());
            inputs = start.inputs();
            rest = start.state();
            events = model.description().events().size();
        }

        static ModelStart start(CentrifugalPump model) {
            ModelDescription d = model.description();
            double[] parameters =
                    d.parameters().stream().mapToDouble(p -> p.defaultValue()).toArray();
            return model.initialise(parameters, LiveState.of(READINGS));
        }

        private double ours() {
            FixedStepSolver solver = new FixedStepSolver(FixedStepSolver.Method.RK4, rest.length);
            double[] x = rest.clone();
            long start = System.nanoTime();
            for (int i = 0; i < DAY; i++) {
                solver.step(
                        (t, state, u, dx) -> dynamics.derivatives(OperatingMode.RUNNING, state, u, dx),
                        i,
                        x,
                        inputs,
                        1);
            }
            return (System.nanoTime() - start) / 1e6;
        }

        private double equationsAlone() {
            double[] x = rest.clone();
            double[] dx = new double[x.length];
            long start = System.nanoTime();
            for (int i = 0; i < 4 * DAY; i++) {
                dynamics.derivatives(OperatingMode.RUNNING, x, inputs, dx);
                x[0] += 1e-12 * dx[0]; // so that each is needed for the next
                x[1] += 1e-12 * dx[1];
            }
            double ms = (System.nanoTime() - start) / 1e6;
            if (!(x[0] > 0)) {
                throw new IllegalStateException("the pump has stopped");
            }
            return ms;
        }

        private double rungeKutta() {
            return commonsMath(new ClassicalRungeKuttaIntegrator(1));
        }

        /** A handler for each event of the model, as the library's users watch a limit. */
        private double rungeKuttaWithEvents() {
            FirstOrderIntegrator integrator = new ClassicalRungeKuttaIntegrator(1);
            for (int i = 0; i < events; i++) {
                integrator.addEventHandler(new Limit(i), 1, 1e-3, 100);
            }
            return commonsMath(integrator);
        }

        /** One of the model's events. */
        private final class Limit implements EventHandler {
            private final int index;

            Limit(int index) {
                this.index = index;
            }

            @Override
            public void init(double t0, double[] y0, double t) {
                // nothing to prepare
            }

            @Override
            public double g(double t, double[] y) {
                return dynamics.event(index, y, inputs);
            }

            @Override
            public Action eventOccurred(double t, double[] y, boolean increasing) {
                return Action.CONTINUE;
            }

            @Override
            public void resetState(double t, double[] y) {
                // no event of the pump changes its state
            }
        }

        /** To the accuracy that RK4 has here. */
        private double dormandPrince() {
            return commonsMath(new DormandPrince54Integrator(1e-6, 1, 1e-8, 1e-8));
        }

        /** As a twin needs it: inputs, mode and limits may be others each second. */
        private double commonsMath(FirstOrderIntegrator integrator) {
            double[] x = rest.clone();
            long start = System.nanoTime();
            for (int i = 0; i < DAY; i++) {
                integrator.integrate(this, i, x, i + 1, x);
            }
            return (System.nanoTime() - start) / 1e6;
        }

        @Override
        public int getDimension() {
            return rest.length;
        }

        @Override
        public void computeDerivatives(double t, double[] y, double[] yDot) {
            dynamics.derivatives(OperatingMode.RUNNING, y, inputs, yDot);
        }
    }
}
