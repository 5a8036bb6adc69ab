package org.uatwin.simulation.prognosis;

import java.util.Arrays;
import java.util.List;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.solver.FixedStepSolver;

/**
 * Damage of one asset moved on under a load profile until it reaches its limits. Process states are settled; a machine that stands
 * is not damaged. Steps by the embedded third-order formula of Bogacki and Shampine (1989), as long as their error allows. Where a
 * cycle of the load is short against the life, damage sees its mean; else its stretches are played in their order. Where the life is no longer than
 * processes take to settle, the whole model is run. Owned by one thread.
 */
final class DamageCourse {
    private static final double TOLERANCE = 5e-4; // of the way to the limit
    private static final double PLAYED_CYCLES = 60; // a life of fewer cycles is played
    private static final double SETTLING_LIVES = 40; // times the slowest process: a shorter life is run in full
    private static final int MOST_STEPS = 2000;
    private static final double SECONDS = 3600;
    private static final double BEYOND = 2; // times the first failure: limits that are later do not matter

    private final DamageLimits of;
    private final int n;
    private final LoadProfile.Stretch[] stretches; // in which it runs and is damaged
    private final double[] standing; // hours after each of them without damage
    private final SettledStates[] settled;
    private final double[][] x; // by stretch: process states at rest there
    private final double[][] rest; // the same at the beginning
    private final double cycle;
    private final double ahead; // hours at the beginning without damage
    private final double[] dx;
    private final double[] k1;
    private final double[] k2;
    private final double[] k3;
    private final double[] k4;
    private final double[] d;
    private final double[] next;
    private final double[] trial;
    private final double[] scale;
    private final double[] direction; // by limit
    private final double[] start; // damage at the beginning
    private final double[] margin;
    private final double[] marginAfter;
    private double[] factors;
    private ModelDynamics dynamics;
    private int only = -1; // stretch that is played; -1: the mean of all
    private boolean isSettled = true;
    private boolean hasSlopes;
    private boolean hasFailed;
    private boolean isAtRest = true; // since the last step was taken
    private final long fullSteps; // a run in full may take
    private final LoadProfile profile;
    private final double stepSeconds;
    private final FixedStepSolver solver;
    private boolean isDecided;
    private boolean isFull;

    /** @param fullSteps steps of the model that one run may take at most if the whole of it has to be run; 0 = never. */
    DamageCourse(DamageLimits limits, LoadProfile profile, long fullSteps) {
        of = limits;
        this.profile = profile;
        this.fullSteps = fullSteps;
        stepSeconds = Math.max(limits.model.description().maxStepSeconds(), 1e-3);
        solver = new FixedStepSolver(
                FixedStepSolver.Method.RK4, limits.model.description().states().size());
        dynamics = limits.configured;
        n = limits.model.description().states().size();
        List<LoadProfile.Stretch> all = profile.stretches();
        List<LoadProfile.Stretch> running =
                all.stream().filter(s -> s.mode() == OperatingMode.RUNNING).toList();
        stretches = running.toArray(new LoadProfile.Stretch[0]);
        standing = new double[stretches.length];
        double before = 0;
        int at = -1;
        for (LoadProfile.Stretch stretch : all) {
            if (stretch.mode() == OperatingMode.RUNNING) {
                at++;
            } else if (at < 0) {
                before += stretch.hours();
            } else {
                standing[at] += stretch.hours();
            }
        }
        ahead = before;
        if (at >= 0) {
            standing[at] += before; // of the next cycle
        }
        cycle = profile.cycleHours();
        settled = new SettledStates[stretches.length];
        x = new double[stretches.length][n];
        rest = new double[stretches.length][n];
        for (int s = 0; s < stretches.length; s++) {
            settled[s] = new SettledStates(limits.model, stretches[s].inputs(), stretches[s].mode());
        }
        dx = new double[n];
        k1 = new double[n];
        k2 = new double[n];
        k3 = new double[n];
        k4 = new double[n];
        d = new double[n];
        next = new double[n];
        trial = new double[n];
        scale = new double[n];
        start = new double[n];
        factors = new double[n];
        Arrays.fill(factors, 1);
        direction = new double[limits.limits.size()];
        margin = new double[direction.length];
        marginAfter = new double[direction.length];
    }

    /** Everything came to rest; else process states are where they were when they did last. */
    boolean isSettled() {
        return isSettled;
    }

    /**
     * Rates of damage now, 1/h of the profile, by state.
     *
     * @param state where the asset is.
     */
    double[] rates(ModelDynamics with, double[] state) {
        double[] one = new double[n];
        Arrays.fill(one, 1);
        begin(with, state, one);
        rates(d, k1);
        return k1.clone();
    }

    private void begin(ModelDynamics with, double[] state, double[] rateFactors) {
        dynamics = with;
        factors = rateFactors;
        only = -1;
        hasFailed = false;
        isAtRest = true;
        boolean needsEvents = of.limits.stream().anyMatch(l -> l.event() >= 0);
        for (int s = 0; s < stretches.length; s++) {
            if (!hasSlopes) {
                System.arraycopy(state, 0, x[s], 0, n);
                settled[s].runUp(with, x[s]);
                settled[s].slopes(with, x[s], needsEvents);
                if (settled[s].settle(with, x[s], dx)) {
                    settled[s].slopes(with, x[s], needsEvents); // where it rests they may be others
                }
                rest[s] = x[s].clone();
            }
            System.arraycopy(rest[s], 0, x[s], 0, n);
            for (int i : of.damage) {
                x[s][i] = state[i];
            }
        }
        hasSlopes = true;
        for (int i : of.damage) {
            d[i] = state[i];
            start[i] = state[i];
            scale[i] = Math.max(1e-12, 0.1 * Math.abs(state[i]));
        }
        for (int l = 0; l < direction.length; l++) {
            DamageLimits.Limit limit = of.limits.get(l);
            if (limit.event() < 0) {
                double from = Double.isFinite(of.asNew[limit.state()]) ? of.asNew[limit.state()] : state[limit.state()];
                direction[l] = DamageLimits.towards(limit.threshold(), from);
                scale[limit.state()] = Math.max(1e-9, Math.abs(limit.threshold() - state[limit.state()]));
            }
        }
    }

    /** Rates at this damage, 1/h: of the stretch that is played, or the mean of the profile. */
    private void rates(double[] damage, double[] out) {
        for (int i : of.damage) {
            out[i] = 0;
        }
        for (int s = 0; s < stretches.length; s++) {
            if (only >= 0 && only != s) {
                continue;
            }
            for (int i : of.damage) {
                x[s][i] = Math.max(of.lower[i], Math.min(of.upper[i], damage[i]));
            }
            isAtRest &= settled[s].settle(dynamics, x[s], dx);
            double share = only >= 0 ? 1 : stretches[s].hours() / cycle;
            for (int i : of.damage) {
                out[i] += SECONDS * share * factors[i] * dx[i];
            }
        }
    }

    /** Distances to the limits at the damage the rates were last taken at; at or below 0 it has failed. */
    private void margins(double[] damage, double[] out) {
        for (int l = 0; l < out.length; l++) {
            DamageLimits.Limit limit = of.limits.get(l);
            out[l] = limit.event() < 0
                    ? direction[l] * (limit.threshold() - damage[limit.state()])
                    : event(limit.event());
        }
    }

    /** An event function where the process states now are: the stretch counts in which it is nearest. */
    private double event(int index) {
        double least = Double.POSITIVE_INFINITY;
        for (int s = 0; s < stretches.length; s++) {
            if (only < 0 || only == s) {
                least = Math.min(least, settled[s].event(dynamics, index, x[s]));
            }
        }
        return least;
    }

    /**
     * Moves on to the limits.
     *
     * @param with equations with the parameters of the asset.
     * @param state where it is.
     * @param rateFactors by state: what its rate of damage is multiplied with.
     * @param passage gets, by limit, the hours until it is reached; infinite if not before the horizon, or long after the first.
     */
    void run(ModelDynamics with, double[] state, double[] rateFactors, double horizonHours, double[] passage) {
        Arrays.fill(passage, Double.POSITIVE_INFINITY);
        if (stretches.length == 0) {
            return;
        }
        begin(with, state, rateFactors);
        rates(d, k1);
        margins(d, margin);
        for (int l = 0; l < passage.length; l++) {
            passage[l] = margin[l] <= 0 && of.limits.get(l).event() < 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        double least = guess();
        if (!isDecided) {
            isFull = isTooShort(least, horizonHours);
            isDecided = true;
        }
        if (isFull) {
            full(state, horizonHours, passage);
        } else if (least < PLAYED_CYCLES * cycle && (stretches.length > 1 || ahead + standing[0] > 0)) {
            play(horizonHours, passage);
        } else {
            for (int l = 0; l < passage.length; l++) {
                passage[l] = margin[l] <= 0 ? 0 : passage[l];
            }
            go(0, horizonHours, Math.min(horizonHours, 0.2 * least), passage);
        }
        attribute(passage);
    }

    private boolean isTooShort(double life, double horizonHours) {
        double slowest = 0;
        for (SettledStates each : settled) {
            slowest = Math.max(slowest, each.slowestSeconds());
        }
        double seconds = SECONDS * Math.min(life, horizonHours);
        return seconds < SETTLING_LIVES * slowest && seconds < fullSteps * stepSeconds;
    }

    /** Runs the whole model through the stretches, from the process as it is now. */
    private void full(double[] state, double horizon, double[] passage) {
        double[] z = state.clone();
        double t = 0;
        double[] before = new double[passage.length];
        List<LoadProfile.Stretch> all = profile.stretches();
        for (int s = 0; t < horizon && !isOver(t, passage); s = (s + 1) % all.size()) {
            LoadProfile.Stretch stretch = all.get(s);
            int steps = (int) Math.max(1, Math.ceil(stretch.hours() * SECONDS / stepSeconds - 1e-9));
            double h = stretch.hours() * SECONDS / steps;
            margins(z, stretch.inputs(), before);
            for (int i = 0; i < steps && t < horizon; i++) {
                fullStep(stretch, z, h);
                margins(z, stretch.inputs(), marginAfter);
                for (int l = 0; l < passage.length; l++) {
                    if (passage[l] == Double.POSITIVE_INFINITY && marginAfter[l] <= 0) {
                        double share = before[l] > 0 ? before[l] / (before[l] - marginAfter[l]) : 1;
                        passage[l] = t + share * h / SECONDS;
                        hasFailed = true;
                    }
                }
                System.arraycopy(marginAfter, 0, before, 0, before.length);
                t += h / SECONDS;
                if (hasFailed && isOver(t, passage)) {
                    break;
                }
            }
        }
        for (int i : of.damage) {
            d[i] = z[i];
        }
    }

    private void fullStep(LoadProfile.Stretch stretch, double[] z, double h) {
        for (int i : of.damage) {
            trial[i] = z[i];
        }
        if (!dynamics.advance(stretch.mode(), z, stretch.inputs(), h)) {
            solver.step(dynamics, stretch.mode(), z, stretch.inputs(), h);
        }
        for (int i : of.damage) {
            z[i] = trial[i] + factors[i] * (z[i] - trial[i]);
        }
    }

    private void margins(double[] z, double[] inputs, double[] out) {
        for (int l = 0; l < out.length; l++) {
            DamageLimits.Limit limit = of.limits.get(l);
            out[l] = limit.event() < 0
                    ? direction[l] * (limit.threshold() - z[limit.state()])
                    : dynamics.event(limit.event(), z, inputs);
        }
    }

    /** Time to the nearest threshold at the present rates. */
    private double guess() {
        double least = Double.POSITIVE_INFINITY;
        for (int l = 0; l < direction.length; l++) {
            int i = of.limits.get(l).state();
            double way = Double.isNaN(of.limits.get(l).threshold()) ? Math.abs(d[i]) : margin[l];
            double rate = Math.abs(k1[i]);
            if (rate > 0 && way > 0) {
                least = Math.min(least, way / rate);
            }
        }
        return least;
    }

    private void play(double horizon, double[] passage) {
        double t = ahead;
        for (int s = 0; t < horizon && !isOver(t, passage); s = (s + 1) % stretches.length) {
            only = s;
            double end = t + stretches[s].hours();
            rates(d, k1);
            margins(d, margin);
            for (int l = 0; l < passage.length; l++) {
                passage[l] = margin[l] <= 0 ? Math.min(passage[l], t) : passage[l];
            }
            go(t, Math.min(end, horizon), end - t, passage);
            t = end + standing[s];
        }
    }

    private boolean isOver(double t, double[] passage) {
        double first = Double.POSITIVE_INFINITY;
        boolean isAll = true;
        for (double each : passage) {
            first = Math.min(first, each);
            isAll &= each < Double.POSITIVE_INFINITY;
        }
        return isAll || t > BEYOND * first + 1e-9;
    }

    /** Integrates from t to end; damage is then that of the end. */
    private void go(double from, double end, double firstStep, double[] passage) {
        double t = from;
        double h = firstStep > 0 ? firstStep : end - from;
        for (int steps = 0; t < end && steps < MOST_STEPS && !isOver(t, passage); steps++) {
            h = Math.min(h, end - t);
            double error = step(h);
            if (error > 1 && h > 1e-6 * (end - from)) {
                h *= Math.max(0.2, 0.9 * StrictMath.cbrt(1 / error));
                rates(d, k1); // process states go back with it
                isAtRest = true;
                continue;
            }
            margins(next, marginAfter);
            for (int l = 0; l < passage.length; l++) {
                if (passage[l] == Double.POSITIVE_INFINITY && marginAfter[l] <= 0) {
                    passage[l] = t + h * crossing(l, h);
                    hasFailed = true;
                }
            }
            isSettled &= isAtRest || hasFailed; // beyond a limit nothing has to come to rest
            isAtRest = true;
            if (isCrossed(passage)) {
                rates(next, k4);
                margins(next, marginAfter);
            }
            t += h;
            for (int i : of.damage) {
                d[i] = next[i];
                k1[i] = k4[i];
            }
            System.arraycopy(marginAfter, 0, margin, 0, margin.length);
            h *= Math.max(0.3, Math.min(4, 0.9 * StrictMath.cbrt(1 / Math.max(error, 1e-6))));
        }
    }

    private boolean isCrossed(double[] passage) {
        for (int l = 0; l < passage.length; l++) {
            if (of.limits.get(l).event() >= 0 && passage[l] < Double.POSITIVE_INFINITY) {
                return true;
            }
        }
        return false;
    }

    /** One step from d into next, with the rates there in k4; answers its error against the tolerance. */
    private double step(double h) {
        for (int i : of.damage) {
            trial[i] = d[i] + 0.5 * h * k1[i];
        }
        rates(trial, k2);
        for (int i : of.damage) {
            trial[i] = d[i] + 0.75 * h * k2[i];
        }
        rates(trial, k3);
        for (int i : of.damage) {
            next[i] = d[i] + h * (2 * k1[i] + 3 * k2[i] + 4 * k3[i]) / 9;
        }
        rates(next, k4);
        double error = 0;
        for (int i : of.damage) {
            double e = h * (-5 * k1[i] / 72 + k2[i] / 12 + k3[i] / 9 - k4[i] / 8);
            error = Math.max(error, Math.abs(e) / (TOLERANCE * scale[i]));
        }
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }

    /** Share of the step at which a limit is reached, on the cubic between its ends. */
    private double crossing(int l, double h) {
        DamageLimits.Limit limit = of.limits.get(l);
        double a = 0;
        double b = 1;
        double fa = margin[l];
        double fb = marginAfter[l];
        for (int round = 0; round < 30 && b - a > 1e-6; round++) {
            double c = fa > fb && fa > 0 ? a + (b - a) * fa / (fa - fb) : 0.5 * (a + b);
            c = round % 3 == 2 ? 0.5 * (a + b) : Math.min(b - 1e-7, Math.max(a + 1e-7, c));
            double f = marginAt(limit, l, c, h);
            if (f > 0) {
                a = c;
                fa = f;
            } else {
                b = c;
                fb = f;
            }
        }
        return b;
    }

    private double marginAt(DamageLimits.Limit limit, int l, double share, double h) {
        for (int i : of.damage) {
            double s = share;
            double r = 1 - s;
            trial[i] = r * r * (1 + 2 * s) * d[i]
                    + s * s * (3 - 2 * s) * next[i]
                    + h * s * r * (r * k1[i] - s * k4[i]); // Hermite
        }
        if (limit.event() < 0) {
            return direction[l] * (limit.threshold() - trial[limit.state()]);
        }
        rates(trial, k2);
        return event(limit.event());
    }

    /** Of several damages that bring about the same event, the one without which it would be furthest away is the cause. */
    private void attribute(double[] passage) {
        for (int l = 0; l < passage.length; l++) {
            DamageLimits.Limit limit = of.limits.get(l);
            if (limit.event() < 0 || passage[l] == Double.POSITIVE_INFINITY) {
                continue;
            }
            int best = l;
            double most = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < passage.length; k++) {
                if (of.limits.get(k).event() == limit.event()) {
                    double without = without(k);
                    if (without > most) {
                        most = without;
                        best = k;
                    }
                }
            }
            double time = passage[l];
            for (int k = 0; k < passage.length; k++) {
                if (of.limits.get(k).event() == limit.event()) {
                    passage[k] = k == best ? time : Double.POSITIVE_INFINITY;
                }
            }
        }
    }

    /** Margin of a limit's event with its damage as new. */
    private double without(int l) {
        DamageLimits.Limit limit = of.limits.get(l);
        System.arraycopy(d, 0, trial, 0, n);
        trial[limit.state()] =
                Double.isFinite(of.asNew[limit.state()]) ? of.asNew[limit.state()] : start[limit.state()];
        rates(trial, k2);
        return event(limit.event());
    }
}
