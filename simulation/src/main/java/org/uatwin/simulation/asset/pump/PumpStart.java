package org.uatwin.simulation.asset.pump;

import static org.uatwin.simulation.asset.Physics.PA_PER_BAR;
import static org.uatwin.simulation.asset.Physics.RAD_S_PER_RPM;
import static org.uatwin.simulation.asset.Physics.SECONDS_PER_HOUR;
import static org.uatwin.simulation.asset.Physics.ZERO_CELSIUS_K;
import static org.uatwin.simulation.asset.Physics.clamp;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.contract.FitScore;
import org.uatwin.simulation.contract.LiveReader;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;

/**
 * Starts the pump model from readings. What is inferred by algebra: the impeller coefficient from head, flow and speed; the
 * system's resistance from discharge pressure and flow; the torque factor from power (else current); bearing friction from
 * bearing temperature, taken as settled. One use, one thread.
 */
final class PumpStart {
    private final LiveReader live;
    private final double[] p;
    private final double[] u = new double[PumpNames.INPUTS.size()];
    private final double[] x = new double[PumpNames.DESCRIPTION.states().size()];
    private final List<String> assumptions = new ArrayList<>();
    private final FitScore fit = new FitScore();
    private boolean extrapolated;

    PumpStart(double[] parameters, LiveState liveState) {
        this.p = parameters.clone();
        this.live = new LiveReader(liveState);
    }

    ModelStart start() {
        for (int i = 0; i < u.length; i++) {
            u[i] = live.input(PumpNames.INPUTS.get(i));
        }
        double speed = measured(PumpNames.Y_SPEED);
        boolean hasSetpoint = live.isUsable("SpeedSetpoint", 30);
        String missing = "";
        if (Double.isNaN(speed)) {
            if (hasSetpoint) {
                speed = u[PumpNames.U_RUN] >= 0.5 ? u[PumpNames.U_SPEED] : 0;
                assumptions.add("Speed is taken from its setpoint");
            } else {
                missing = "neither Speed nor SpeedSetpoint has a good reading";
                speed = 0;
            }
        } else if (!hasSetpoint) {
            u[PumpNames.U_SPEED] = speed;
            assumptions.add("SpeedSetpoint is taken from Speed");
        }
        double measuredFlow = measured(PumpNames.Y_FLOW);
        double discharge = measured(PumpNames.Y_DISCHARGE);
        if (missing.isEmpty() && Double.isNaN(measuredFlow) && Double.isNaN(discharge)) {
            missing = "neither Flow nor DischargePressure has a good reading";
        }
        double w = Math.max(0, speed) * RAD_S_PER_RPM;
        x[PumpNames.X_SPEED] = w;
        PumpDynamics nominal = new PumpDynamics(p);
        boolean turning = w > 0.15 * nominal.ratedSpeed;
        inferHydraulics(nominal, w, turning, measuredFlow, discharge);
        inferTorque(w, turning);
        inferBearings(nominal, w, turning);

        OperatingMode mode = mode(nominal, w);
        PumpDynamics dynamics = new PumpDynamics(p);
        if (!dynamics.insideEnvelope(x, u)) {
            extrapolated = true;
        }
        compare(dynamics, mode, discharge, measuredFlow, speed);
        return new ModelStart(
                p,
                x,
                u,
                mode,
                new ModelStart.Quality(
                        missing, live.issues(), assumptions, live.dataAgeSeconds(), fit.value(), extrapolated));
    }

    private double measured(int output) {
        return live.measured(PumpNames.OUTPUTS.get(output));
    }

    private void inferHydraulics(PumpDynamics nominal, double w, boolean turning, double flow, double discharge) {
        double suction = u[PumpNames.U_SUCTION] * PA_PER_BAR;
        double q = Double.isNaN(flow) ? Double.NaN : Math.max(0, flow) / SECONDS_PER_HOUR;
        double impeller = nominal.newImpeller * p[PumpNames.IMPELLER];
        if (turning && !Double.isNaN(q) && !Double.isNaN(discharge)) {
            double f = PumpDynamics.cavitationFactor(nominal.npshRatio(w, q, u));
            double pressure = (discharge * PA_PER_BAR - suction) / f;
            double share = (pressure + nominal.flowDrop * q * q) / (w * w) / nominal.newImpeller;
            impeller = nominal.newImpeller * bounded(PumpNames.IMPELLER, share, "DischargePressure");
        } else if (turning) {
            assumptions.add("the impeller is taken as configured: head cannot be computed");
        }
        double drop = discharge * PA_PER_BAR - nominal.staticPressure;
        double enough = 0.05 * nominal.ratedFlow;
        if (turning && !Double.isNaN(q) && q > enough && drop > 0) {
            double k = drop / (q * q) / nominal.nominalResistance(u[PumpNames.U_VALVE]);
            double factor = bounded(PumpNames.SYSTEM_RESISTANCE, k, "Flow");
            fit.residual(StrictMath.log(factor), 0, 0.3);
        } else if (turning) {
            assumptions.add("the system curve is taken as configured");
        }
        x[PumpNames.X_IMPELLER] = impeller;
        p[PumpNames.IMPELLER] = clamp(impeller / nominal.newImpeller, 0.3, 1.3);
        x[PumpNames.X_FLOW] = Double.isNaN(q) ? new PumpDynamics(p).steadyFlow(w, impeller, u) : q;
    }

    private void inferTorque(double w, boolean turning) {
        double power = measured(PumpNames.Y_POWER);
        double current = measured(PumpNames.Y_CURRENT);
        if (!turning || (Double.isNaN(power) && Double.isNaN(current))) {
            return;
        }
        PumpDynamics now = new PumpDynamics(p);
        double shaft =
                Double.isNaN(power) ? now.drive.torqueFromCurrent(current) : now.drive.torqueFromPower(power * 1000, w);
        double hydraulic = now.hydraulicTorque(w, x[PumpNames.X_FLOW]);
        if (hydraulic > 0) {
            double factor = (shaft - now.friction * w) / hydraulic;
            fit.residual(
                    bounded(PumpNames.TORQUE_FACTOR, factor, Double.isNaN(power) ? "MotorCurrent" : "MotorPower"),
                    1,
                    0.1);
        }
    }

    private void inferBearings(PumpDynamics nominal, double w, boolean turning) {
        double ambient = u[PumpNames.U_AMBIENT] + ZERO_CELSIUS_K;
        double bearing = measured(PumpNames.Y_BEARING) + ZERO_CELSIUS_K;
        double oil = measured(PumpNames.Y_OIL) + ZERO_CELSIUS_K;
        double factor = p[PumpNames.BEARING_FRICTION];
        x[PumpNames.X_FRICTION_THRUST] = nominal.frictionThrust;
        x[PumpNames.X_FRICTION_RADIAL] = nominal.frictionRadial;
        if (Double.isNaN(bearing)) {
            double rise = turning ? 25 * factor : 0; // K over ambient at rated speed with the published network
            bearing = ambient + rise;
            assumptions.add("BearingTemperature is assumed at %.0f Cel".formatted(bearing - ZERO_CELSIUS_K));
        } else if (turning && bearing > ambient) {
            double oilNow = Double.isNaN(oil) ? PumpDynamics.settledOil(bearing, ambient) : oil;
            double thrust = PumpDynamics.settledThrustHeat(bearing, oilNow, ambient) / (w * w);
            double radial = PumpDynamics.settledRadialHeat(bearing, oilNow, ambient) / (w * w);
            x[PumpNames.X_FRICTION_THRUST] = clamp(thrust, 0.1 * nominal.frictionThrust, 10 * nominal.frictionThrust);
            x[PumpNames.X_FRICTION_RADIAL] = clamp(radial, 0.1 * nominal.frictionRadial, 10 * nominal.frictionRadial);
            assumptions.add("bearing temperature is taken as settled");
        }
        x[PumpNames.X_THRUST] = bearing;
        x[PumpNames.X_RADIAL] = bearing;
        x[PumpNames.X_OIL] = Double.isNaN(oil) ? PumpDynamics.settledOil(bearing, ambient) : oil;
    }

    private OperatingMode mode(PumpDynamics nominal, double w) {
        double state = measured(PumpNames.Y_STATE);
        if (state == OperatingMode.TRIPPED.number() || state == OperatingMode.FAILED.number()) {
            return OperatingMode.ofNumber(state);
        }
        return w < 0.02 * nominal.ratedSpeed ? OperatingMode.STOPPED : OperatingMode.RUNNING;
    }

    private void compare(PumpDynamics dynamics, OperatingMode mode, double discharge, double flow, double speed) {
        double[] y = new double[PumpNames.OUTPUTS.size()];
        dynamics.outputs(mode, x, u, y);
        residual(y, PumpNames.Y_DISCHARGE, discharge);
        residual(y, PumpNames.Y_CURRENT, measured(PumpNames.Y_CURRENT));
        residual(y, PumpNames.Y_POWER, measured(PumpNames.Y_POWER));
        residual(y, PumpNames.Y_VIBRATION, measured(PumpNames.Y_VIBRATION));
        if (!Double.isNaN(flow) && mode == OperatingMode.RUNNING) {
            double steady = dynamics.steadyFlow(x[PumpNames.X_SPEED], x[PumpNames.X_IMPELLER], u) * SECONDS_PER_HOUR;
            fit.residual(
                    flow,
                    steady,
                    2 * PumpNames.OUTPUTS.get(PumpNames.Y_FLOW).accuracy().sigma(flow));
        }
        double wanted = u[PumpNames.U_RUN] >= 0.5 && mode.canDrive() ? u[PumpNames.U_SPEED] : 0;
        fit.residual(speed, wanted, 0.01 * Math.max(100, wanted));
    }

    private void residual(double[] y, int output, double measured) {
        OutputSpec spec = PumpNames.OUTPUTS.get(output);
        fit.residual(measured, y[output], 2 * spec.accuracy().sigma(measured));
    }

    /** Stores an inferred parameter, brought into its range; outside means the model is stretched beyond its validity. */
    private double bounded(int index, double value, String point) {
        ParameterSpec spec = PumpNames.DESCRIPTION.parameters().get(index);
        double used = clamp(value, spec.lower(), spec.upper());
        if (used != value) {
            extrapolated = true;
            live.implausible(point, used);
        }
        p[index] = used;
        return used;
    }
}
