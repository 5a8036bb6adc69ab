package org.uatwin.simulation.asset.motor;

import static org.uatwin.simulation.asset.Physics.RAD_S_PER_RPM;
import static org.uatwin.simulation.asset.Physics.SECONDS_PER_HOUR;
import static org.uatwin.simulation.asset.Physics.ZERO_CELSIUS_K;
import static org.uatwin.simulation.asset.Physics.clamp;
import static org.uatwin.simulation.asset.Physics.powerOfTwo;

import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.OperatingMode;

/**
 * Equations of the induction motor; docs/reference/models.md lists them with their sources.
 *
 * <pre>
 * shaft    J w' = T(V, f, s) - TL - friction
 * winding  Cw Tw' = 3 I^2 rs (1 + a (Tw - 20)) + Pfe/2 - (Tw - Tc)/Rwc
 * case     Cc Tc' = rotor loss + Pfe/2 + friction + (Tw - Tc)/Rwc - (Tc - Ta)/Rca
 * ageing   D' = 1/L,  L = L0 2^((T0 - Tw)/10)                  Montsinger / IEEE 117
 * </pre>
 */
final class MotorDynamics implements ModelDynamics {
    private static final double COPPER_PER_K = 0.00393; // temperature coefficient of copper at 20 degC, IEC 60028
    private static final double WINDING_SHARE = 0.3; // of the rise between winding and case, general knowledge
    private static final double WINDING_TIME_SHARE = 0.1; // winding over case time constant, general knowledge
    private static final double FASTEST_SHAFT_S = 0.025; // faster electromechanical transients are not resolved
    private static final double LONGEST_LIFE_H = 1e6;

    final EquivalentCircuit circuit;
    final double ratedSync;
    final double ratedTorque;
    final double windingResistance;
    final double caseResistance;
    final double cleanCaseResistance;
    private final double inertia;
    private final double ironAtRated;
    private final double frictionTorque;
    private final double ratedVoltage;
    private final double ratedFrequency;
    private final double windingCapacity;
    private final double caseCapacity;
    private final double insulationKelvin;
    private final double insulationLifeS;
    private final double tripKelvin;
    private final double baseVibration;

    MotorDynamics(double[] p) {
        double power = p[MotorNames.RATED_POWER] * 1000;
        ratedVoltage = p[MotorNames.RATED_VOLTAGE];
        ratedFrequency = p[MotorNames.RATED_FREQUENCY];
        double base = ratedVoltage * ratedVoltage / power;
        circuit = new EquivalentCircuit(
                p[MotorNames.STATOR_R] * base,
                p[MotorNames.STATOR_X] * base,
                p[MotorNames.MAGNETISING_X] * base,
                p[MotorNames.ROTOR_X] * base,
                p[MotorNames.ROTOR_R] * base,
                ratedFrequency,
                polePairs(p));
        ratedSync = circuit.synchronousSpeed(ratedFrequency);
        ratedTorque = power / ratedSync;
        ironAtRated = p[MotorNames.IRON] * power;
        frictionTorque = p[MotorNames.FRICTION] * ratedTorque;
        // Slope of torque over speed near synchronism, 3 V^2 / (rr ws^2): keeps the shaft's time constant resolvable.
        double slope = ratedVoltage * ratedVoltage / (p[MotorNames.ROTOR_R] * base * ratedSync * ratedSync);
        inertia = Math.max(p[MotorNames.ACCELERATION] * power / (ratedSync * ratedSync), slope * FASTEST_SHAFT_S);
        double slip = circuit.slipForTorque(ratedVoltage, ratedFrequency, ratedTorque + frictionTorque);
        double square = circuit.statorCurrentSquared(ratedVoltage, ratedFrequency, slip);
        double gap = circuit.airGapPower(ratedVoltage, ratedFrequency, slip);
        double hot = 1 + COPPER_PER_K * p[MotorNames.RISE];
        double winding = 3 * square * circuit.statorResistance() * hot + 0.5 * ironAtRated;
        double all = winding + slip * gap + 0.5 * ironAtRated + frictionTorque * ratedSync * (1 - slip);
        windingResistance = WINDING_SHARE * p[MotorNames.RISE] / winding;
        cleanCaseResistance = (1 - WINDING_SHARE) * p[MotorNames.RISE] / all;
        caseResistance = cleanCaseResistance * p[MotorNames.FOULING];
        caseCapacity = p[MotorNames.THERMAL_TIME] / cleanCaseResistance;
        windingCapacity = WINDING_TIME_SHARE * p[MotorNames.THERMAL_TIME] / windingResistance;
        insulationKelvin = p[MotorNames.INSULATION_TEMPERATURE] + ZERO_CELSIUS_K;
        insulationLifeS = p[MotorNames.INSULATION_LIFE] * SECONDS_PER_HOUR;
        tripKelvin = p[MotorNames.TRIP] + ZERO_CELSIUS_K;
        baseVibration = p[MotorNames.BASE_VIBRATION];
    }

    /** As configured, else the largest number whose synchronous speed is above rated speed. */
    private static double polePairs(double[] p) {
        return p[MotorNames.POLES] >= 2
                ? Math.floor(p[MotorNames.POLES] / 2)
                : Math.max(1, Math.floor(60 * p[MotorNames.RATED_FREQUENCY] / p[MotorNames.RATED_SPEED]));
    }

    private static boolean energised(OperatingMode mode, double[] u) {
        return mode.canDrive() && u[MotorNames.U_VOLTAGE] > 0;
    }

    @Override
    public void derivatives(OperatingMode mode, double[] x, double[] u, double[] dx) {
        double w = x[MotorNames.X_SPEED];
        double slip = circuit.slip(u[MotorNames.U_FREQUENCY], w);
        boolean on = energised(mode, u);
        double torque = on ? circuit.torque(u[MotorNames.U_VOLTAGE], u[MotorNames.U_FREQUENCY], slip) : 0;
        double net = torque - u[MotorNames.U_LOAD] - friction(w);
        dx[MotorNames.X_SPEED] = w <= 0 && net < 0 ? 0 : net / inertia;
        double ambient = u[MotorNames.U_AMBIENT] + ZERO_CELSIUS_K;
        double toCase = (x[MotorNames.X_WINDING] - x[MotorNames.X_CASE]) / windingResistance;
        dx[MotorNames.X_WINDING] = (windingLoss(on, slip, x, u) - toCase) / windingCapacity;
        dx[MotorNames.X_CASE] =
                (caseLoss(on, slip, w, u) + toCase - (x[MotorNames.X_CASE] - ambient) / caseResistance) / caseCapacity;
        dx[MotorNames.X_AGEING] = 1 / insulationLife(x[MotorNames.X_WINDING]);
    }

    double windingLoss(boolean on, double slip, double[] x, double[] u) {
        if (!on) {
            return 0;
        }
        double hot = 1 + COPPER_PER_K * (x[MotorNames.X_WINDING] - ZERO_CELSIUS_K - 20);
        double square = circuit.statorCurrentSquared(u[MotorNames.U_VOLTAGE], u[MotorNames.U_FREQUENCY], slip);
        return 3 * square * circuit.statorResistance() * hot + 0.5 * iron(u);
    }

    double caseLoss(boolean on, double slip, double w, double[] u) {
        double mechanical = friction(w) * w;
        if (!on) {
            return mechanical;
        }
        double gap = circuit.airGapPower(u[MotorNames.U_VOLTAGE], u[MotorNames.U_FREQUENCY], slip);
        return mechanical + slip * gap + 0.5 * iron(u);
    }

    /** Iron loss follows the square of voltage. */
    private double iron(double[] u) {
        double v = u[MotorNames.U_VOLTAGE] / ratedVoltage;
        return ironAtRated * v * v;
    }

    double friction(double w) {
        return frictionTorque * w / ratedSync;
    }

    /** Seconds new insulation lasts at this temperature, at least one. */
    private double insulationLife(double windingKelvin) {
        double octaves = clamp((insulationKelvin - windingKelvin) / 10, -60, 60);
        return Math.max(1, insulationLifeS * powerOfTwo(octaves));
    }

    @Override
    public void outputs(OperatingMode mode, double[] x, double[] u, double[] y) {
        double w = x[MotorNames.X_SPEED];
        double voltage = u[MotorNames.U_VOLTAGE];
        double frequency = u[MotorNames.U_FREQUENCY];
        double slip = circuit.slip(frequency, w);
        boolean on = energised(mode, u);
        double current = on ? Math.sqrt(circuit.statorCurrentSquared(voltage, frequency, slip)) : 0;
        double torque = on ? circuit.torque(voltage, frequency, slip) : 0;
        double input = on ? circuit.inputPower(voltage, frequency, slip) + iron(u) : 0;
        double apparent = Math.sqrt(3) * voltage * current;
        y[MotorNames.Y_SPEED] = w / RAD_S_PER_RPM;
        y[MotorNames.Y_CURRENT] = current;
        y[MotorNames.Y_POWER] = input / 1000;
        y[MotorNames.Y_WINDING] = x[MotorNames.X_WINDING] - ZERO_CELSIUS_K;
        y[MotorNames.Y_CASE] = x[MotorNames.X_CASE] - ZERO_CELSIUS_K;
        y[MotorNames.Y_VIBRATION] = baseVibration * w / ratedSync;
        y[MotorNames.Y_TORQUE] = torque;
        y[MotorNames.Y_EFFICIENCY] = input > 0 ? clamp(100 * (torque - friction(w)) * w / input, 0, 100) : 0;
        y[MotorNames.Y_POWER_FACTOR] = apparent > 0 ? clamp(input / apparent, -1, 1) : 0;
        y[MotorNames.Y_SLIP] = 100 * slip;
        y[MotorNames.Y_AGEING] = 100 * x[MotorNames.X_AGEING];
        y[MotorNames.Y_LIFE] = Math.min(LONGEST_LIFE_H, insulationLife(x[MotorNames.X_WINDING]) / SECONDS_PER_HOUR);
    }

    @Override
    public OperatingMode nextMode(OperatingMode mode, double[] x, double[] u) {
        if (!mode.canDrive()) {
            return mode;
        }
        if (x[MotorNames.X_WINDING] >= tripKelvin) {
            return OperatingMode.TRIPPED;
        }
        double w = x[MotorNames.X_SPEED];
        if (!energised(mode, u)) {
            return w < 0.02 * ratedSync ? OperatingMode.STOPPED : mode;
        }
        return w >= 0.85 * circuit.synchronousSpeed(u[MotorNames.U_FREQUENCY])
                ? OperatingMode.RUNNING
                : OperatingMode.STARTING;
    }

    @Override
    public double event(int index, double[] x, double[] u) {
        return switch (index) {
            case MotorNames.E_TRIP -> tripKelvin - x[MotorNames.X_WINDING];
            case MotorNames.E_STALL ->
                circuit.breakdownSlip(u[MotorNames.U_FREQUENCY])
                        - circuit.slip(u[MotorNames.U_FREQUENCY], x[MotorNames.X_SPEED]);
            default -> throw new IllegalArgumentException("no event " + index);
        };
    }

    @Override
    public void project(double[] x) {
        x[MotorNames.X_SPEED] = Math.max(0, x[MotorNames.X_SPEED]);
        x[MotorNames.X_AGEING] = clamp(x[MotorNames.X_AGEING], 0, 1);
    }

    /** Validated from standstill to 120 % of rated speed, slip up to breakdown, 50..110 % of rated flux. */
    @Override
    public boolean insideEnvelope(double[] x, double[] u) {
        double flux = u[MotorNames.U_VOLTAGE] / ratedVoltage * ratedFrequency / u[MotorNames.U_FREQUENCY];
        return x[MotorNames.X_SPEED] <= 1.2 * ratedSync
                && flux <= 1.1
                && (flux >= 0.5 || u[MotorNames.U_VOLTAGE] <= 0)
                && x[MotorNames.X_WINDING] < tripKelvin
                && u[MotorNames.U_LOAD] <= 2 * ratedTorque;
    }
}
