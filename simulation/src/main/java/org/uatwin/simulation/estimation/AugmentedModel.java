package org.uatwin.simulation.estimation;

import java.util.List;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.solver.FixedStepSolver;

/**
 * A twin model with what is not known about it in one vector: its states, the estimated parameters as places between their bounds,
 * and for each measured output an offset in standard deviations of its sensor; where outputs follow inputs at once, for each measured
 * input as well.
 *
 * <p>Equations are bound to parameters ahead of a step: at the point of linearisation and a little to both sides of it for each
 * parameter. Between two linearisations a parameter's effect is linear, so that a step allocates nothing; the model is bound anew
 * as soon as a parameter has moved by {@value #REBIND} of its prior's standard deviation. Jacobians are kept while states and inputs
 * are near the point they belong to.
 */
final class AugmentedModel implements FilterModel {
    private static final double REBIND = 0.4;
    private static final double PLACE_STEP = 0.1;
    private static final double NEAR_STATE = 0.01;
    private static final double NEAR_INPUT = 0.02;
    private static final double NEAR_SIGMA = 0.15;
    private static final int LONGEST_USE = 120;
    private static final double SPREAD =
            1.5; // standard deviations of an input over which a slope is taken: across a kink, as sigma points are
    private static final double INPUT_SCATTER =
            0.5; // of a sensor's standard deviation; the rest does not change from step to step

    final ModelDescription description;
    final int nx;
    final int nt;
    final int m;
    final int n;
    final int[] drivers; // measured inputs whose sensors have an offset in the vector
    final int[] outputs; // of the description, by measured output
    final BoundedParameter[] parameters;
    final double[] sigma; // of each measured output at its present value
    final double[] scale; // what a residual is measured by: the sensor's standard deviation and what those of inputs do
    final double[] bend; // by output: by how much its answer to the inputs is no straight line
    final double[] u;
    OperatingMode mode;

    private final TwinModel model;
    private final double[] base; // parameter vector with those not estimated
    private final double stepSeconds;
    private final int substeps;
    private final double keep; // share of an offset that is left after a step
    private final FixedStepSolver solver;
    private ModelDynamics dynamics;
    private final ModelDynamics[] above;
    private final ModelDynamics[] below;
    private final double[] bound; // places the equations are bound at
    private final double[] atState; // point of the Jacobians
    private final double[] atInput;
    private OperatingMode atMode;
    private int uses;
    private boolean isLinear;
    private final double[] inputNoise; // variance a step of inputs with errors adds to each state
    private final double[] x;
    private final double[] xLow;
    private final double[] y;
    private final double[] yLow;
    private final double[] atPoint; // outputs at the point of linearisation
    private final double[] uWork;
    private final double[] uTrue; // as the sensors' offsets make them
    private double[] fColumns = new double[0]; // of parameters, nx x nt
    private double[] hColumns = new double[0]; // m x nt

    AugmentedModel(
            TwinModel model,
            double[] configured,
            double[] base,
            int[] estimated,
            int[] outputs,
            double stepSeconds,
            double offsetSeconds,
            double[] u,
            OperatingMode mode) {
        this.model = model;
        this.description = model.description();
        this.base = base.clone();
        this.outputs = outputs.clone();
        this.stepSeconds = stepSeconds;
        this.u = u.clone();
        this.mode = mode;
        atMode = mode;
        nx = description.states().size();
        nt = estimated.length;
        m = outputs.length;
        drivers = model.inputsActAtOnce() ? drivers(description) : new int[0];
        n = nx + nt + m + drivers.length;
        parameters = new BoundedParameter[nt];
        for (int i = 0; i < nt; i++) {
            parameters[i] = BoundedParameter.of(
                    estimated[i], description.parameters().get(estimated[i]), configured[estimated[i]]);
        }
        substeps = (int) Math.max(1, Math.ceil(stepSeconds / description.maxStepSeconds() - 1e-9));
        keep = StrictMath.exp(-stepSeconds / offsetSeconds);
        solver = new FixedStepSolver(FixedStepSolver.Method.RK4, nx);
        sigma = new double[m];
        scale = new double[m];
        bend = new double[m];
        atPoint = new double[description.outputs().size()];
        bound = new double[nt];
        above = new ModelDynamics[nt];
        below = new ModelDynamics[nt];
        atState = new double[n];
        atInput = new double[u.length];
        inputNoise = new double[nx];
        x = new double[nx];
        xLow = new double[nx];
        y = new double[description.outputs().size()];
        yLow = new double[y.length];
        uWork = new double[u.length];
        uTrue = u.clone();
        fColumns = new double[nx * nt];
        hColumns = new double[m * nt];
        for (int i = 0; i < nt; i++) {
            bound[i] = parameters[i].place(base[estimated[i]]);
        }
        dynamics = bindAll();
    }

    private static int[] drivers(ModelDescription description) {
        List<InputSpec> inputs = description.inputs();
        return java.util.stream.IntStream.range(0, inputs.size())
                .filter(i -> inputs.get(i).linkedPoint() != null)
                .filter(i -> inputs.get(i).accuracy().relative() > 0
                        || inputs.get(i).accuracy().floor() > 0)
                .toArray();
    }

    /** Elements of the vector of this model with so many parameters estimated. */
    static int length(TwinModel model, int estimated, int outputs) {
        ModelDescription description = model.description();
        int offsets = model.inputsActAtOnce() ? drivers(description).length : 0;
        return description.states().size() + estimated + outputs + offsets;
    }

    /** Index of a parameter's place in the vector. */
    int place(int parameter) {
        return nx + parameter;
    }

    /** Index of an output's offset in the vector. */
    int offset(int output) {
        return nx + nt + output;
    }

    /** Index of a measured input's offset in the vector. */
    int inputOffset(int driver) {
        return nx + nt + m + driver;
    }

    /** Index of the offset of the input this point shows, or -1. */
    int inputOffset(String point) {
        for (int d = 0; d < drivers.length; d++) {
            if (point.equals(description.inputs().get(drivers[d]).linkedPoint())) {
                return inputOffset(d);
            }
        }
        return -1;
    }

    /** One standard deviation of a driver's sensor at its present value. */
    double inputSigma(int driver) {
        InputSpec spec = description.inputs().get(drivers[driver]);
        return spec.accuracy().sigma(u[drivers[driver]]);
    }

    /** Writes the inputs as they are into {@code out}: what is shown, less what the sensors are off. */
    void inputs(double[] z, double[] out) {
        inputsWith(z, nx + nt + m, out);
    }

    /** The same with the offsets that begin at {@code first} of a vector. */
    void inputsWith(double[] offsets, int first, double[] out) {
        System.arraycopy(u, 0, out, 0, u.length);
        for (int d = 0; d < drivers.length; d++) {
            int i = drivers[d];
            out[i] = description.inputs().get(i).within(u[i] - inputSigma(d) * offsets[first + d]);
        }
    }

    @Override
    public int states() {
        return n;
    }

    @Override
    public int outputs() {
        return m;
    }

    private ModelDynamics bindAll() {
        double[] p = base.clone();
        for (int i = 0; i < nt; i++) {
            p[parameters[i].index] = parameters[i].value(bound[i]);
        }
        for (int i = 0; i < nt; i++) {
            double centre = p[parameters[i].index];
            p[parameters[i].index] = parameters[i].value(bound[i] + PLACE_STEP);
            above[i] = model.bind(p);
            p[parameters[i].index] = parameters[i].value(bound[i] - PLACE_STEP);
            below[i] = model.bind(p);
            p[parameters[i].index] = centre;
        }
        isLinear = false;
        return model.bind(p);
    }

    /** Parameters of the model at these places; a new vector. */
    double[] parametersAt(double[] z) {
        double[] p = base.clone();
        for (int i = 0; i < nt; i++) {
            p[parameters[i].index] = parameters[i].value(z[nx + i]);
        }
        return p;
    }

    private void advance(ModelDynamics with, double[] state, double[] inputs) {
        if (with.advance(mode, state, inputs, stepSeconds)) {
            return;
        }
        double h = stepSeconds / substeps;
        for (int i = 0; i < substeps; i++) {
            solver.step(with, mode, state, inputs, h);
        }
    }

    @Override
    public void transition(double[] z, double[] next) {
        System.arraycopy(z, 0, x, 0, nx);
        inputs(z, uTrue);
        advance(dynamics, x, uTrue);
        for (int i = 0; i < nx; i++) {
            double value = x[i];
            for (int k = 0; k < nt; k++) {
                value += fColumns[i * nt + k] * (z[nx + k] - bound[k]);
            }
            next[i] = value;
        }
        for (int i = nx; i < nx + nt; i++) {
            next[i] = z[i];
        }
        for (int i = nx + nt; i < n; i++) {
            next[i] = keep * z[i];
        }
    }

    @Override
    public void output(double[] z, double[] out) {
        modelled(z, out);
        for (int j = 0; j < m; j++) {
            out[j] += sigma[j] * z[nx + nt + j];
        }
    }

    /** Measured outputs as the model says, without the offsets of the sensors. */
    void modelled(double[] z, double[] out) {
        inputs(z, uTrue);
        modelledWith(z, uTrue, out);
    }

    /** The same with these inputs. */
    void modelledWith(double[] z, double[] inputs, double[] out) {
        System.arraycopy(z, 0, x, 0, nx);
        dynamics.outputs(mode, x, inputs, y);
        for (int j = 0; j < m; j++) {
            double value = y[outputs[j]];
            for (int k = 0; k < nt; k++) {
                value += hColumns[j * nt + k] * (z[nx + k] - bound[k]);
            }
            out[j] = value;
        }
    }

    /** Brings parameters and process back to their limits. */
    void project(double[] z) {
        for (int k = 0; k < nt; k++) {
            z[nx + k] = parameters[k].inside(z[nx + k]);
        }
        dynamics.project(z);
    }

    /** Takes the sensors' standard deviations at these output values. */
    void sigmasAt(double[] values) {
        for (int j = 0; j < m; j++) {
            holdSigma(j, values[j]);
        }
    }

    /** They stay until the value is clearly another one, lest the meaning of an offset follows the noise of the estimate. */
    private void holdSigma(int j, double value) {
        double now = description.outputs().get(outputs[j]).accuracy().sigma(value);
        if (!(Math.abs(now - sigma[j]) <= NEAR_SIGMA * sigma[j])) {
            sigma[j] = now;
            scale[j] = Math.max(scale[j], now);
            isLinear = false;
        }
    }

    /** Whether inputs, states and parameters have left the neighbourhood of the Jacobians, or these are old. */
    boolean needsLinearising(double[] z) {
        // What follows its inputs at once has limits it runs into, and is steps of minutes apart: no slope lasts.
        if (!isLinear || mode != atMode || ++uses > LONGEST_USE || model.inputsActAtOnce()) {
            return true;
        }
        for (int k = 0; k < nt; k++) {
            if (Math.abs(z[nx + k] - bound[k]) > REBIND) {
                return true;
            }
        }
        for (int i = 0; i < nx; i++) {
            if (Math.abs(z[i] - atState[i]) > NEAR_STATE * Math.abs(atState[i]) && Math.abs(z[i] - atState[i]) > 1e-9) {
                return true;
            }
        }
        List<InputSpec> inputs = description.inputs();
        for (int i = 0; i < u.length; i++) {
            double near = Math.max(
                    NEAR_INPUT * Math.abs(atInput[i]),
                    4 * inputs.get(i).accuracy().sigma(atInput[i]));
            if (Math.abs(u[i] - atInput[i]) > near) {
                return true;
            }
        }
        return false;
    }

    /** Forces Jacobians to be made anew before the next step. */
    void forget() {
        isLinear = false;
    }

    /** Writes the Jacobians at the filter's estimate into the filter. */
    void linearise(ExtendedKalmanFilter filter) {
        double[] z = filter.z;
        boolean isBoundHere = true;
        for (int k = 0; k < nt; k++) {
            isBoundHere &= Math.abs(z[nx + k] - bound[k]) <= 0.2 * REBIND;
        }
        if (!isBoundHere) {
            for (int k = 0; k < nt; k++) {
                bound[k] = z[nx + k];
            }
            dynamics = bindAll();
        }
        System.arraycopy(z, 0, x, 0, nx);
        inputs(z, uTrue);
        dynamics.outputs(mode, x, uTrue, y);
        for (int j = 0; j < m; j++) {
            holdSigma(j, y[outputs[j]]);
        }
        double[] f = filter.transitionJacobian();
        double[] h = filter.outputJacobian();
        java.util.Arrays.fill(f, 0);
        java.util.Arrays.fill(h, 0);
        for (int i = 0; i < nx; i++) {
            stateColumn(filter, i, f, h);
        }
        for (int k = 0; k < nt; k++) {
            parameterColumn(z, k, f, h);
        }
        for (int i = nx; i < n; i++) {
            f[i * n + i] = i < nx + nt ? 1 : keep;
        }
        for (int j = 0; j < m; j++) {
            h[j * n + nx + nt + j] = sigma[j];
        }
        inputColumns(z);
        if (drivers.length > 0) {
            java.util.Arrays.fill(bend, 0);
            System.arraycopy(z, 0, x, 0, nx);
            dynamics.outputs(mode, x, uTrue, atPoint);
        }
        for (int d = 0; d < drivers.length; d++) {
            driverColumn(z, d, f, h);
        }
        for (int j = 0; j < m; j++) {
            double square = sigma[j] * sigma[j];
            for (int d = 0; d < drivers.length; d++) {
                double fed = h[j * n + inputOffset(d)];
                square += fed * fed;
            }
            scale[j] = Math.sqrt(square);
        }
        filter.jacobiansChanged();
        System.arraycopy(z, 0, atState, 0, n);
        System.arraycopy(u, 0, atInput, 0, u.length);
        atMode = mode;
        uses = 0;
        isLinear = true;
    }

    private void stateColumn(ExtendedKalmanFilter filter, int i, double[] f, double[] h) {
        double[] z = filter.z;
        double step = Math.max(1e-4 * Math.abs(z[i]), 0.1 * Math.sqrt(filter.covariance(i, i)));
        StateSpec spec = description.states().get(i);
        step = Math.max(step, Math.min(1e-6, 1e-6 * (spec.upper() - spec.lower())));
        double up = Math.min(spec.upper(), z[i] + step);
        double down = Math.max(spec.lower(), z[i] - step);
        if (!(up > down)) {
            f[i * n + i] = 1;
            return;
        }
        both(z, i, up, down);
        double width = up - down;
        for (int k = 0; k < nx; k++) {
            f[k * n + i] = tidy((x[k] - xLow[k]) / width);
        }
        for (int j = 0; j < m; j++) {
            h[j * n + i] = (y[outputs[j]] - yLow[outputs[j]]) / width;
        }
    }

    /** Differences that are rounding only would fill the Jacobian with noise. */
    private static double tidy(double value) {
        return Math.abs(value) < 1e-12 ? 0 : value;
    }

    private void both(double[] z, int i, double up, double down) {
        System.arraycopy(z, 0, xLow, 0, nx);
        xLow[i] = down;
        dynamics.outputs(mode, xLow, uTrue, yLow);
        advance(dynamics, xLow, uTrue);
        System.arraycopy(z, 0, x, 0, nx);
        x[i] = up;
        dynamics.outputs(mode, x, uTrue, y);
        advance(dynamics, x, uTrue);
    }

    private void parameterColumn(double[] z, int k, double[] f, double[] h) {
        double width = 2 * PLACE_STEP;
        System.arraycopy(z, 0, xLow, 0, nx);
        below[k].outputs(mode, xLow, uTrue, yLow);
        advance(below[k], xLow, uTrue);
        System.arraycopy(z, 0, x, 0, nx);
        above[k].outputs(mode, x, uTrue, y);
        advance(above[k], x, uTrue);
        for (int i = 0; i < nx; i++) {
            double slope = tidy((x[i] - xLow[i]) / width);
            f[i * n + nx + k] = slope;
            fColumns[i * nt + k] = slope;
        }
        for (int j = 0; j < m; j++) {
            double slope = (y[outputs[j]] - yLow[outputs[j]]) / width;
            h[j * n + nx + k] = slope;
            hColumns[j * nt + k] = slope;
        }
    }

    private void driverColumn(double[] z, int d, double[] f, double[] h) {
        int i = drivers[d];
        double sigma = inputSigma(d);
        double step = SPREAD * sigma;
        InputSpec spec = description.inputs().get(i);
        double up = spec.within(uTrue[i] + step);
        double down = spec.within(uTrue[i] - step);
        if (!(up > down)) {
            return;
        }
        System.arraycopy(uTrue, 0, uWork, 0, u.length);
        uWork[i] = down;
        System.arraycopy(z, 0, xLow, 0, nx);
        dynamics.outputs(mode, xLow, uWork, yLow);
        advance(dynamics, xLow, uWork);
        uWork[i] = up;
        System.arraycopy(z, 0, x, 0, nx);
        dynamics.outputs(mode, x, uWork, y);
        for (int j = 0; j < m; j++) {
            int o = outputs[j];
            double share = (uTrue[i] - down) / (up - down);
            bend[j] += Math.abs(atPoint[o] - yLow[o] - share * (y[o] - yLow[o]));
        }
        advance(dynamics, x, uWork);
        double scale = -sigma / (up - down); // what is shown is more than what is
        for (int k = 0; k < nx; k++) {
            f[k * n + inputOffset(d)] = tidy(scale * (x[k] - xLow[k]));
        }
        for (int j = 0; j < m; j++) {
            h[j * n + inputOffset(d)] = scale * (y[outputs[j]] - yLow[outputs[j]]);
        }
    }

    private void inputColumns(double[] z) {
        java.util.Arrays.fill(inputNoise, 0);
        System.arraycopy(z, 0, xLow, 0, nx);
        advance(dynamics, xLow, uTrue);
        System.arraycopy(uTrue, 0, uWork, 0, u.length);
        List<InputSpec> inputs = description.inputs();
        for (int i = 0; i < u.length; i++) {
            double error = INPUT_SCATTER * inputs.get(i).accuracy().sigma(u[i]);
            if (error > 0) {
                uWork[i] = uTrue[i] + error;
                System.arraycopy(z, 0, x, 0, nx);
                advance(dynamics, x, uWork);
                for (int k = 0; k < nx; k++) {
                    double change = x[k] - xLow[k];
                    inputNoise[k] += change * change;
                }
                uWork[i] = uTrue[i];
            }
        }
    }

    /** Variance that errors of the inputs add to a state in one step. */
    double inputNoise(int state) {
        return inputNoise[state];
    }

    /** The equations at the point they are bound at. */
    ModelDynamics dynamics() {
        return dynamics;
    }

    double keep() {
        return keep;
    }
}
