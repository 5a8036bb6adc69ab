package org.uatwin.simulation.asset.motor;

import static org.uatwin.simulation.asset.Physics.RAD_S_PER_RPM;
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
 * Starts the motor from readings. Load torque comes from its reading, else from power, else from speed by the equivalent
 * circuit; the fouling of the cooling from case temperature, taken as settled.
 */
final class MotorStart {
    private MotorStart() {}

    static ModelStart start(double[] parameters, LiveState liveState) {
        double[] p = parameters.clone();
        LiveReader live = new LiveReader(liveState);
        List<String> assumptions = new ArrayList<>();
        FitScore fit = new FitScore();
        double[] u = new double[MotorNames.INPUTS.size()];
        double[] x = new double[MotorNames.DESCRIPTION.states().size()];
        for (int i = 0; i < u.length; i++) {
            u[i] = live.input(MotorNames.INPUTS.get(i));
        }
        if (liveState.reading("Voltage") == null) {
            u[MotorNames.U_VOLTAGE] = p[MotorNames.RATED_VOLTAGE];
        }
        if (liveState.reading("Frequency") == null) {
            u[MotorNames.U_FREQUENCY] = p[MotorNames.RATED_FREQUENCY];
        }
        u[MotorNames.U_FREQUENCY] = Math.max(1, u[MotorNames.U_FREQUENCY]);
        MotorDynamics dynamics = new MotorDynamics(p);
        double voltage = u[MotorNames.U_VOLTAGE];
        double frequency = u[MotorNames.U_FREQUENCY];
        double speed = measured(live, MotorNames.Y_SPEED);
        double power = measured(live, MotorNames.Y_POWER);
        boolean hasLoad = live.isUsable("TorqueLoad", 30);
        boolean on = voltage > 0.05 * p[MotorNames.RATED_VOLTAGE];
        String missing = hasLoad || !Double.isNaN(power) || !Double.isNaN(speed)
                ? ""
                : "neither TorqueLoad, Power nor Speed has a good reading";

        double sync = dynamics.circuit.synchronousSpeed(frequency);
        double w = Double.isNaN(speed) ? Double.NaN : Math.max(0, speed) * RAD_S_PER_RPM;
        if (on && !hasLoad && !Double.isNaN(power)) {
            double slip = dynamics.circuit.slipForPower(voltage, frequency, power * 1000);
            u[MotorNames.U_LOAD] = load(dynamics, voltage, frequency, slip);
            assumptions.add("TorqueLoad is computed from Power");
        } else if (on && !hasLoad && !Double.isNaN(w)) {
            u[MotorNames.U_LOAD] = load(dynamics, voltage, frequency, dynamics.circuit.slip(frequency, w));
            assumptions.add("TorqueLoad is computed from Speed");
        }
        double slip = on ? dynamics.circuit.slipForTorque(voltage, frequency, u[MotorNames.U_LOAD]) : 1;
        double steady = on ? sync * (1 - slip) : 0;
        x[MotorNames.X_SPEED] = Double.isNaN(w) ? steady : w;
        fit.residual(speed, steady / RAD_S_PER_RPM, 0.003 * Math.max(100, steady / RAD_S_PER_RPM));

        boolean extrapolated = temperatures(p, x, u, dynamics, live, on, assumptions);
        OperatingMode mode = x[MotorNames.X_SPEED] < 0.02 * dynamics.ratedSync
                ? (on ? OperatingMode.STARTING : OperatingMode.STOPPED)
                : OperatingMode.RUNNING;
        MotorDynamics started = new MotorDynamics(p);
        double[] y = new double[MotorNames.OUTPUTS.size()];
        started.outputs(mode, x, u, y);
        residual(fit, y, MotorNames.Y_CURRENT, measured(live, MotorNames.Y_CURRENT));
        residual(fit, y, MotorNames.Y_POWER, power);
        residual(fit, y, MotorNames.Y_VIBRATION, measured(live, MotorNames.Y_VIBRATION));
        return new ModelStart(
                p,
                x,
                u,
                mode,
                new ModelStart.Quality(
                        missing,
                        live.issues(),
                        assumptions,
                        live.dataAgeSeconds(),
                        fit.value(),
                        extrapolated || !started.insideEnvelope(x, u)));
    }

    private static double measured(LiveReader live, int output) {
        return live.measured(MotorNames.OUTPUTS.get(output));
    }

    private static double load(MotorDynamics dynamics, double voltage, double frequency, double slip) {
        double w = dynamics.circuit.synchronousSpeed(frequency) * (1 - slip);
        return Math.max(0, dynamics.circuit.torque(voltage, frequency, slip) - dynamics.friction(w));
    }

    private static void residual(FitScore fit, double[] y, int output, double measured) {
        OutputSpec spec = MotorNames.OUTPUTS.get(output);
        fit.residual(measured, y[output], 2 * spec.accuracy().sigma(measured));
    }

    private static boolean temperatures(
            double[] p,
            double[] x,
            double[] u,
            MotorDynamics dynamics,
            LiveReader live,
            boolean energised,
            List<String> assumptions) {
        double ambient = u[MotorNames.U_AMBIENT] + ZERO_CELSIUS_K;
        double winding = measured(live, MotorNames.Y_WINDING) + ZERO_CELSIUS_K;
        double housing = measured(live, MotorNames.Y_CASE) + ZERO_CELSIUS_K;
        double slip = dynamics.circuit.slip(u[MotorNames.U_FREQUENCY], x[MotorNames.X_SPEED]);
        // Losses of a machine that is only running up say nothing about its temperature: it is taken as cold.
        boolean on = energised && slip < dynamics.circuit.breakdownSlip(u[MotorNames.U_FREQUENCY]);
        x[MotorNames.X_WINDING] = Double.isNaN(winding) ? ambient + (on ? 60 : 0) : winding;
        double inWinding = dynamics.windingLoss(on, slip, x, u);
        double all = inWinding + dynamics.caseLoss(on, slip, x[MotorNames.X_SPEED], u);
        boolean stretched = false;
        if (Double.isNaN(housing)) {
            x[MotorNames.X_CASE] = Double.isNaN(winding)
                    ? ambient + all * dynamics.caseResistance
                    : Math.max(ambient, winding - inWinding * dynamics.windingResistance);
        } else {
            x[MotorNames.X_CASE] = housing;
            if (on && all > 0 && housing > ambient + 5) {
                double fouling = (housing - ambient) / all / dynamics.cleanCaseResistance * p[MotorNames.FOULING];
                ParameterSpec spec = MotorNames.DESCRIPTION.parameters().get(MotorNames.FOULING);
                p[MotorNames.FOULING] = clamp(fouling, spec.lower(), spec.upper());
                stretched = p[MotorNames.FOULING] != fouling;
                assumptions.add("case temperature is taken as settled");
            }
        }
        if (Double.isNaN(winding)) {
            x[MotorNames.X_WINDING] = x[MotorNames.X_CASE] + inWinding * dynamics.windingResistance;
            assumptions.add("WindingTemperature is computed from losses");
        }
        return stretched;
    }
}
