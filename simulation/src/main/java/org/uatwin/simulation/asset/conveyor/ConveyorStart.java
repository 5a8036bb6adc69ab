package org.uatwin.simulation.asset.conveyor;

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
 * Starts the conveyor model from readings. What is inferred by algebra: the friction coefficient from power (else current),
 * load and speed; bearing heat from bearing temperature, taken as settled. One use, one thread.
 */
final class ConveyorStart {
    private final LiveReader live;
    private final double[] p;
    private final double[] u = new double[ConveyorNames.INPUTS.size()];
    private final double[] x = new double[ConveyorNames.DESCRIPTION.states().size()];
    private final List<String> assumptions = new ArrayList<>();
    private final FitScore fit = new FitScore();
    private boolean extrapolated;

    ConveyorStart(double[] parameters, LiveState liveState) {
        this.p = parameters.clone();
        this.live = new LiveReader(liveState);
    }

    ModelStart start() {
        for (int i = 0; i < u.length; i++) {
            u[i] = live.input(ConveyorNames.INPUTS.get(i));
        }
        double speed = measured(ConveyorNames.Y_SPEED);
        boolean hasSetpoint = live.isUsable("SpeedSetpoint", 30);
        String missing = "";
        if (Double.isNaN(speed)) {
            if (hasSetpoint) {
                speed = u[ConveyorNames.U_RUN] >= 0.5 ? u[ConveyorNames.U_SPEED] : 0;
                assumptions.add("BeltSpeed is taken from its setpoint");
            } else {
                missing = "neither BeltSpeed nor SpeedSetpoint has a good reading";
                speed = 0;
            }
        } else if (!hasSetpoint) {
            u[ConveyorNames.U_SPEED] = speed;
            assumptions.add("SpeedSetpoint is taken from BeltSpeed");
        }
        double power = measured(ConveyorNames.Y_POWER);
        double current = measured(ConveyorNames.Y_CURRENT);
        double load = measured(ConveyorNames.Y_LOAD);
        boolean hasFlow = live.isUsable("LoadMassFlow", 30);
        if (missing.isEmpty() && !hasFlow && Double.isNaN(load)) {
            missing = "neither LoadMassFlow nor BeltLoad has a good reading";
        }
        ConveyorDynamics nominal = new ConveyorDynamics(p);
        double v = Math.max(0, speed);
        boolean turning = v > 0.1 * nominal.ratedSpeed;
        x[ConveyorNames.X_SPEED] = v;
        if (!hasFlow && !Double.isNaN(load)) {
            u[ConveyorNames.U_FLOW] = Math.max(0, load) * v * 3.6;
            assumptions.add("LoadMassFlow is taken from BeltLoad and BeltSpeed");
        }
        x[ConveyorNames.X_LOAD] = startLoad(load, v, turning);
        OperatingMode mode = mode(nominal, v);
        // A belt that is told to run and stands while the motor pulls is blocked: the jam is part of the present state.
        if (mode == OperatingMode.STARTING && measured(ConveyorNames.Y_JAMMED) >= 0.5) {
            u[ConveyorNames.U_JAM] = 1;
        }
        double force = inferFriction(nominal, v, turning && mode == OperatingMode.RUNNING, power, current);
        inferTemperatures(nominal, force, current);
        x[ConveyorNames.X_ITEMS] = orElse(measured(ConveyorNames.Y_ITEMS), 0);

        ConveyorDynamics dynamics = new ConveyorDynamics(p);
        if (!dynamics.insideEnvelope(x, u)) {
            extrapolated = true;
        }
        compare(dynamics, mode, power, current, speed);
        return new ModelStart(
                p,
                x,
                u,
                mode,
                new ModelStart.Quality(
                        missing, live.issues(), assumptions, live.dataAgeSeconds(), fit.value(), extrapolated));
    }

    private double measured(int output) {
        return live.measured(ConveyorNames.OUTPUTS.get(output));
    }

    private static double orElse(double value, double otherwise) {
        return Double.isNaN(value) ? otherwise : value;
    }

    private double startLoad(double measuredLoad, double v, boolean turning) {
        if (!Double.isNaN(measuredLoad)) {
            return Math.max(0, measuredLoad);
        }
        assumptions.add("BeltLoad is taken from LoadMassFlow and BeltSpeed");
        return turning ? u[ConveyorNames.U_FLOW] / 3.6 / v : 0;
    }

    private double inferFriction(ConveyorDynamics nominal, double v, boolean steady, double power, double current) {
        if (!steady || (Double.isNaN(power) && Double.isNaN(current))) {
            assumptions.add("belt friction is taken as configured");
            return nominal.driveForce(OperatingMode.RUNNING, x, u);
        }
        double shaft = v / nominal.ratedSpeed * ConveyorDynamics.MOTOR_RAD_S;
        double torque = Double.isNaN(power)
                ? nominal.drive.torqueFromCurrent(current)
                : nominal.drive.torqueFromPower(power * 1000, shaft);
        double force = torque / nominal.forceToTorque;
        double load = x[ConveyorNames.X_LOAD];
        double friction = (force - nominal.liftGravity * load)
                / (nominal.frictionPerCoefficient * (nominal.fixedMass + load * nominal.cosine));
        double configured = p[ConveyorNames.FRICTION];
        double used = bounded(ConveyorNames.FRICTION, friction, Double.isNaN(power) ? "MotorCurrent" : "MotorPower");
        fit.residual(StrictMath.log(used / configured), 0, 0.2);
        return force;
    }

    private void inferTemperatures(ConveyorDynamics nominal, double force, double current) {
        double ambient = u[ConveyorNames.U_AMBIENT] + ZERO_CELSIUS_K;
        double torque = force * nominal.forceToTorque;
        double n = x[ConveyorNames.X_SPEED] / nominal.ratedSpeed;
        double loss = n > 0.05 ? nominal.drive.lossW(torque, n * ConveyorDynamics.MOTOR_RAD_S) : 0;
        double settledCase = ambient + loss * nominal.ambientResistance;
        double settledWinding = settledCase + loss * nominal.windingResistance;
        double winding = measured(ConveyorNames.Y_WINDING) + ZERO_CELSIUS_K;
        if (Double.isNaN(winding)) {
            x[ConveyorNames.X_WINDING] = settledWinding;
            x[ConveyorNames.X_CASE] = settledCase;
            assumptions.add("motor temperature is taken as settled");
        } else {
            x[ConveyorNames.X_WINDING] = winding;
            x[ConveyorNames.X_CASE] = Math.max(ambient, winding - loss * nominal.windingResistance);
        }
        double amps = orElse(current, nominal.drive.currentA(torque, 1, n > 0.05));
        double relative = amps / nominal.drive.ratedCurrent();
        x[ConveyorNames.X_OVERLOAD] = Math.min(1, relative * relative);

        double bearing = measured(ConveyorNames.Y_BEARING) + ZERO_CELSIUS_K;
        double pull = (force + nominal.slackTension) / (nominal.ratedForce + nominal.slackTension);
        double settled = nominal.settledBearing(n, pull, 0, ambient);
        if (!Double.isNaN(bearing) && n > 0.1 && bearing > ambient + 1) {
            // The configured factor stays as one factor of the result: its uncertainty is that of "settled".
            double factor = p[ConveyorNames.BEARING_HEAT];
            bounded(
                    ConveyorNames.BEARING_HEAT,
                    factor * factor * (bearing - ambient) / (settled - ambient),
                    "BearingTemperature");
            assumptions.add("bearing temperature is taken as settled");
        }
        x[ConveyorNames.X_BEARING] = orElse(bearing, settled);
    }

    private OperatingMode mode(ConveyorDynamics nominal, double v) {
        double state = measured(ConveyorNames.Y_STATE);
        if (state == OperatingMode.TRIPPED.number() || state == OperatingMode.FAILED.number()) {
            return OperatingMode.ofNumber(state);
        }
        boolean wanted = u[ConveyorNames.U_RUN] >= 0.5 && u[ConveyorNames.U_SPEED] > 0;
        if (v < 0.01 * nominal.ratedSpeed) {
            return wanted ? OperatingMode.STARTING : OperatingMode.STOPPED;
        }
        return wanted && v < 0.9 * u[ConveyorNames.U_SPEED] ? OperatingMode.STARTING : OperatingMode.RUNNING;
    }

    private void compare(ConveyorDynamics dynamics, OperatingMode mode, double power, double current, double speed) {
        double[] y = new double[ConveyorNames.OUTPUTS.size()];
        dynamics.outputs(mode, x, u, y);
        residual(y, ConveyorNames.Y_POWER, power);
        residual(y, ConveyorNames.Y_CURRENT, current);
        residual(y, ConveyorNames.Y_TENSION, measured(ConveyorNames.Y_TENSION));
        residual(y, ConveyorNames.Y_VIBRATION, measured(ConveyorNames.Y_VIBRATION));
        double load = measured(ConveyorNames.Y_LOAD);
        if (x[ConveyorNames.X_SPEED] > 0.1 * dynamics.ratedSpeed) {
            double expected = u[ConveyorNames.U_FLOW] / 3.6 / x[ConveyorNames.X_SPEED];
            fit.residual(load, expected, Math.max(0.5, 0.03 * expected));
        }
        double wanted = u[ConveyorNames.U_RUN] >= 0.5 && mode.canDrive() ? u[ConveyorNames.U_SPEED] : 0;
        fit.residual(speed, wanted, 0.01 * Math.max(0.1, wanted));
    }

    private void residual(double[] y, int output, double measured) {
        OutputSpec spec = ConveyorNames.OUTPUTS.get(output);
        fit.residual(measured, y[output], 2 * spec.accuracy().sigma(measured));
    }

    /** Stores an inferred parameter, brought into its range; outside means the model is stretched beyond its validity. */
    private double bounded(int index, double value, String point) {
        ParameterSpec spec = ConveyorNames.DESCRIPTION.parameters().get(index);
        double used = clamp(value, spec.lower(), spec.upper());
        if (used != value) {
            extrapolated = true;
            live.implausible(point, used);
        }
        p[index] = used;
        return used;
    }
}
