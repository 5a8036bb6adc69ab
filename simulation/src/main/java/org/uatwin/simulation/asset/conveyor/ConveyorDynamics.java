package org.uatwin.simulation.asset.conveyor;

import static org.uatwin.simulation.asset.Physics.GRAVITY;
import static org.uatwin.simulation.asset.Physics.SECONDS_PER_HOUR;
import static org.uatwin.simulation.asset.Physics.ZERO_CELSIUS_K;
import static org.uatwin.simulation.asset.Physics.clamp;

import org.uatwin.simulation.asset.motor.DriveMap;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.OperatingMode;

/**
 * Equations of the conveyor; docs/reference/models.md lists them with their sources.
 *
 * <pre>
 * resistance  F = C f L g (m'R + (2 m'G + m') cos d) + H g m' + jam          DIN 22101 / ISO 5048
 * load        L dm'/dt = Q/3.6 - m' v                                          mean load of the belt
 * motion      m_eq v' = min(F_drive, T2 (e^(mu alpha) - 1)) - F
 * motor       Cw Tw' = P_copper + P_fixed/2 - (Tw - Tc)/Rwc,  Cc Tc' = P_fixed/2 + (Tw - Tc)/Rwc - (Tc - Ta)/Rca
 * protection  tau th' = (I/In)^2 - th, trip at th = k^2                      IEC 60255-149
 * bearing     D' = n (P/Pr)^3 / L10h                                        ISO 281, ball bearing
 * </pre>
 */
final class ConveyorDynamics implements ModelDynamics {
    static final double MOTOR_RAD_S = 150; // nominal shaft speed the gear reduces; cancels out of belt quantities
    private static final double SPEED_LOOP_S = 0.7; // closed loop of a converter drive, general knowledge
    private static final double WINDING_SHARE =
            0.3; // of the temperature rise, winding to case; IE3 4-pole, general knowledge
    private static final double WINDING_TIME_SHARE = 0.1; // winding over case time constant, general knowledge
    private static final double JAM_FORCE = 1.5; // times the largest drive force at severity 1: the belt stands
    private static final double ROTOR_TIME_S = 0.3; // rotor kinetic time referred to the belt, general knowledge
    private static final double FASTEST_TRANSIT_S =
            0.5; // shorter belts fill no faster; the settled load is not touched
    private static final double RELAXATION = 0.5; // share of slack tension lost over a belt's life, general knowledge

    final double ratedSpeed;
    final double length;
    final double frictionPerCoefficient;
    final double fixedMass;
    final double liftGravity;
    final double cosine;
    final double ratedForce;
    final double forceToTorque;
    final DriveMap drive;
    final double ambientResistance;
    final double windingResistance;
    final double bearingRise;
    final double slackTension;
    private final double friction;
    private final double maxLoad;
    private final double itemMass;
    private final double grip;
    private final double forceLimit;
    private final double ramp;
    private final double windingCapacity;
    private final double caseCapacity;
    private final double overloadTime;
    private final double tripLevel;
    private final double bearingHeat;
    private final double bearingTime;
    private final double bearingLifeS;
    private final double beltWearPerS;
    private final double baseVibration;
    private final double rotorMass;
    private final double movingMass;
    private final double ratedTight;
    private final boolean downhill;

    ConveyorDynamics(double[] p) {
        ratedSpeed = p[ConveyorNames.RATED_SPEED];
        length = p[ConveyorNames.LENGTH];
        friction = p[ConveyorNames.FRICTION];
        double factor = p[ConveyorNames.LENGTH_FACTOR];
        frictionPerCoefficient = (factor > 0 ? factor : ConveyorFormulas.lengthFactor(length)) * length * GRAVITY;
        double ratedLoad = p[ConveyorNames.RATED_MASS_FLOW] / 3.6 / ratedSpeed;
        double belt = given(p[ConveyorNames.BELT_MASS], 4 + 0.07 * ratedLoad);
        double idlers = given(p[ConveyorNames.IDLER_MASS], 3 + 0.25 * ratedLoad);
        downhill = p[ConveyorNames.LIFT] < 0;
        double sine = clamp(Math.abs(p[ConveyorNames.LIFT]) / length, 0, 0.95);
        cosine = Math.sqrt(1 - sine * sine);
        fixedMass = idlers + 2 * belt * cosine;
        liftGravity = p[ConveyorNames.LIFT] * GRAVITY;
        drive = new DriveMap(
                p[ConveyorNames.RATED_POWER] * 1000,
                MOTOR_RAD_S,
                given(p[ConveyorNames.MOTOR_EFFICIENCY], DriveMap.typicalEfficiency(p[ConveyorNames.RATED_POWER])),
                p[ConveyorNames.POWER_FACTOR],
                p[ConveyorNames.RATED_VOLTAGE]);
        double efficiency = p[ConveyorNames.DRIVE_EFFICIENCY];
        ratedForce = p[ConveyorNames.RATED_POWER] * 1000 * efficiency / ratedSpeed;
        forceToTorque = ratedSpeed / MOTOR_RAD_S / efficiency;
        forceLimit = p[ConveyorNames.TORQUE_LIMIT] * ratedForce;
        ramp = p[ConveyorNames.SPEED_RAMP];
        maxLoad = given(p[ConveyorNames.MAX_LOAD], 1.2 * ratedLoad);
        itemMass = p[ConveyorNames.ITEM_MASS];
        grip = ConveyorFormulas.slipLimitN(1, p[ConveyorNames.PULLEY_FRICTION], p[ConveyorNames.WRAP] * Math.PI / 180);
        slackTension = given(p[ConveyorNames.SLACK_TENSION] * 1000, 1.3 * ratedForce / grip);
        movingMass = (idlers + 2 * belt) * length;
        rotorMass = ROTOR_TIME_S * ratedForce / ratedSpeed;
        double thermal = p[ConveyorNames.MOTOR_RISE] / drive.ratedLossW();
        windingResistance = WINDING_SHARE * thermal;
        ambientResistance = (1 - WINDING_SHARE) * thermal * p[ConveyorNames.FOULING];
        caseCapacity = p[ConveyorNames.MOTOR_TIME] / ((1 - WINDING_SHARE) * thermal);
        windingCapacity = WINDING_TIME_SHARE * p[ConveyorNames.MOTOR_TIME] / windingResistance;
        overloadTime = p[ConveyorNames.OVERLOAD_TIME];
        tripLevel = p[ConveyorNames.OVERLOAD_FACTOR] * p[ConveyorNames.OVERLOAD_FACTOR];
        bearingHeat = p[ConveyorNames.BEARING_HEAT];
        bearingRise = p[ConveyorNames.BEARING_RISE];
        bearingTime = p[ConveyorNames.BEARING_TIME];
        bearingLifeS = p[ConveyorNames.BEARING_LIFE] * SECONDS_PER_HOUR;
        beltWearPerS = p[ConveyorNames.BELT_WEAR_RATE] / (1000 * SECONDS_PER_HOUR);
        baseVibration = p[ConveyorNames.BASE_VIBRATION];
        ratedTight = ratedForce + slackTension;
    }

    /** What is configured, or what is typical where nothing (a negative number) is. */
    private static double given(double configured, double typical) {
        return configured < 0 ? typical : configured;
    }

    @Override
    public void derivatives(OperatingMode mode, double[] x, double[] u, double[] dx) {
        double v = x[ConveyorNames.X_SPEED];
        double load = x[ConveyorNames.X_LOAD];
        double force = driveForce(mode, x, u);
        double against = resistance(x, u);
        double net = energised(mode, u) ? force - against : -Math.abs(against); // a stopped downhill belt is braked
        dx[ConveyorNames.X_SPEED] = v <= 0 && net < 0 ? 0 : net / (movingMass + rotorMass + load * length);
        double slowed = Math.min(1, length / (FASTEST_TRANSIT_S * Math.max(v, 1e-6)));
        dx[ConveyorNames.X_LOAD] = slowed * (u[ConveyorNames.U_FLOW] / 3.6 - load * v) / length;

        double torque = force * forceToTorque;
        double shaft = v / ratedSpeed * MOTOR_RAD_S;
        double ambient = u[ConveyorNames.U_AMBIENT] + ZERO_CELSIUS_K;
        double loss = energised(mode, u) ? drive.lossW(torque, shaft) : 0;
        double fixedLoss = energised(mode, u) ? drive.lossW(0, shaft) : 0;
        double toCase = (x[ConveyorNames.X_WINDING] - x[ConveyorNames.X_CASE]) / windingResistance;
        dx[ConveyorNames.X_WINDING] = (loss - 0.5 * fixedLoss - toCase) / windingCapacity;
        dx[ConveyorNames.X_CASE] =
                (0.5 * fixedLoss + toCase - (x[ConveyorNames.X_CASE] - ambient) / ambientResistance) / caseCapacity;
        double current = drive.currentA(torque, shaft, energised(mode, u)) / drive.ratedCurrent();
        dx[ConveyorNames.X_OVERLOAD] = (current * current - x[ConveyorNames.X_OVERLOAD]) / overloadTime;

        double n = v / ratedSpeed;
        double pull = (force + slack(x)) / ratedTight;
        dx[ConveyorNames.X_BEARING] =
                (settledBearing(n, pull, x[ConveyorNames.X_BEARING_DAMAGE], ambient) - x[ConveyorNames.X_BEARING])
                        / bearingTime;
        dx[ConveyorNames.X_ITEMS] = itemMass > 0 ? load * v / itemMass : 0;
        dx[ConveyorNames.X_BEARING_DAMAGE] = n * pull * pull * pull / bearingLifeS;
        dx[ConveyorNames.X_BELT_WEAR] = beltWearPerS * n * (0.5 + 0.5 * load / maxLoad);
    }

    /** Bearing temperature reached in the long run, K: friction heat follows speed and load and triples over a bearing's life. */
    double settledBearing(double speedRatio, double pullRatio, double damage, double ambientK) {
        return ambientK + bearingHeat * bearingRise * speedRatio * (0.5 + 0.5 * pullRatio) * (1 + 2 * damage);
    }

    private static boolean energised(OperatingMode mode, double[] u) {
        return mode.canDrive() && u[ConveyorNames.U_RUN] >= 0.5 && u[ConveyorNames.U_SPEED] > 0;
    }

    private double slack(double[] x) {
        return slackTension * (1 - RELAXATION * x[ConveyorNames.X_BELT_WEAR]);
    }

    /** Force the drive puts into the belt, N: the speed loop within torque limit and grip. */
    double driveForce(OperatingMode mode, double[] x, double[] u) {
        if (!energised(mode, u)) {
            return 0;
        }
        double wanted = clamp((u[ConveyorNames.U_SPEED] - x[ConveyorNames.X_SPEED]) / SPEED_LOOP_S, -ramp, ramp);
        double mass = movingMass + rotorMass + x[ConveyorNames.X_LOAD] * length;
        return Math.min(
                clamp(resistance(x, u) + mass * wanted, downhill ? -forceLimit : 0, forceLimit), slack(x) * grip);
    }

    /** Force against the motion, N. */
    double resistance(double[] x, double[] u) {
        double load = x[ConveyorNames.X_LOAD];
        return friction * frictionPerCoefficient * (fixedMass + load * cosine)
                + liftGravity * load
                + u[ConveyorNames.U_JAM] * JAM_FORCE * forceLimit;
    }

    @Override
    public void outputs(OperatingMode mode, double[] x, double[] u, double[] y) {
        double v = x[ConveyorNames.X_SPEED];
        double load = x[ConveyorNames.X_LOAD];
        double force = driveForce(mode, x, u);
        double torque = force * forceToTorque;
        double shaft = v / ratedSpeed * MOTOR_RAD_S;
        boolean on = energised(mode, u);
        double powerKw = on ? drive.inputPowerW(torque, shaft) / 1000 : 0;
        double throughput = load * v * 3.6;
        y[ConveyorNames.Y_SPEED] = v;
        y[ConveyorNames.Y_LOAD] = load;
        y[ConveyorNames.Y_CURRENT] = drive.currentA(torque, shaft, on);
        y[ConveyorNames.Y_POWER] = powerKw;
        y[ConveyorNames.Y_WINDING] = x[ConveyorNames.X_WINDING] - ZERO_CELSIUS_K;
        y[ConveyorNames.Y_BEARING] = x[ConveyorNames.X_BEARING] - ZERO_CELSIUS_K;
        y[ConveyorNames.Y_VIBRATION] = vibration(mode, x, u, force);
        y[ConveyorNames.Y_TENSION] = (force + slack(x)) / 1000;
        y[ConveyorNames.Y_ITEMS] = Math.floor(x[ConveyorNames.X_ITEMS]);
        y[ConveyorNames.Y_STATE] = mode.number();
        y[ConveyorNames.Y_JAMMED] = on && event(ConveyorNames.E_JAM, x, u) <= 0 ? 1 : 0;
        y[ConveyorNames.Y_THROUGHPUT] = throughput;
        y[ConveyorNames.Y_SPECIFIC_ENERGY] = throughput > 0.001 * maxLoad * ratedSpeed * 3.6 ? powerKw / throughput : 0;
        y[ConveyorNames.Y_FILL] = 100 * load / maxLoad;
        y[ConveyorNames.Y_SLIP_RESERVE] = 100 * clamp(1 - force / (slack(x) * grip), 0, 1);
        y[ConveyorNames.Y_OVERLOAD] = 100 * x[ConveyorNames.X_OVERLOAD] / tripLevel;
        y[ConveyorNames.Y_BEARING_DAMAGE] = 100 * x[ConveyorNames.X_BEARING_DAMAGE];
        y[ConveyorNames.Y_BELT_WEAR] = 100 * x[ConveyorNames.X_BELT_WEAR];
    }

    /** Velocity r.m.s., mm/s: unbalance follows speed, a worn bearing adds up to six times, a blocked belt shakes the drive. */
    private double vibration(OperatingMode mode, double[] x, double[] u, double force) {
        double n = x[ConveyorNames.X_SPEED] / ratedSpeed;
        double damage = x[ConveyorNames.X_BEARING_DAMAGE];
        double bearing = 6 * n * damage * damage;
        double blocked = energised(mode, u) ? 5 * u[ConveyorNames.U_JAM] * force / forceLimit : 0;
        return baseVibration * Math.sqrt(n * n + bearing * bearing + blocked * blocked);
    }

    @Override
    public OperatingMode nextMode(OperatingMode mode, double[] x, double[] u) {
        if (!mode.canDrive()) {
            return mode;
        }
        if (event(ConveyorNames.E_BEARING, x, u) <= 0) {
            return OperatingMode.FAILED;
        }
        if (event(ConveyorNames.E_TRIP, x, u) <= 0) {
            return OperatingMode.TRIPPED;
        }
        double v = x[ConveyorNames.X_SPEED];
        if (!energised(mode, u)) {
            return v < 0.01 * ratedSpeed ? OperatingMode.STOPPED : mode;
        }
        return v >= 0.9 * u[ConveyorNames.U_SPEED] ? OperatingMode.RUNNING : OperatingMode.STARTING;
    }

    @Override
    public double event(int index, double[] x, double[] u) {
        return switch (index) {
            case ConveyorNames.E_TRIP -> tripLevel - x[ConveyorNames.X_OVERLOAD];
            case ConveyorNames.E_JAM ->
                u[ConveyorNames.U_JAM] > 0.05
                        ? x[ConveyorNames.X_SPEED] - 0.2 * Math.max(0.01 * ratedSpeed, u[ConveyorNames.U_SPEED])
                        : 1;
            case ConveyorNames.E_OVERFILL -> maxLoad - x[ConveyorNames.X_LOAD];
            case ConveyorNames.E_SLIP -> slack(x) * grip - resistance(x, u);
            case ConveyorNames.E_BEARING -> 1 - x[ConveyorNames.X_BEARING_DAMAGE];
            default -> throw new IllegalArgumentException("no event " + index);
        };
    }

    @Override
    public void project(double[] x) {
        x[ConveyorNames.X_SPEED] = Math.max(0, x[ConveyorNames.X_SPEED]);
        x[ConveyorNames.X_LOAD] = Math.max(0, x[ConveyorNames.X_LOAD]);
        x[ConveyorNames.X_BEARING_DAMAGE] = clamp(x[ConveyorNames.X_BEARING_DAMAGE], 0, 1);
        x[ConveyorNames.X_BELT_WEAR] = clamp(x[ConveyorNames.X_BELT_WEAR], 0, 1);
    }

    /** Validated up to 120 % of rated speed, 130 % of the section and rated power, without a jam. */
    @Override
    public boolean insideEnvelope(double[] x, double[] u) {
        return x[ConveyorNames.X_SPEED] <= 1.2 * ratedSpeed
                && x[ConveyorNames.X_LOAD] <= 1.3 * maxLoad
                && u[ConveyorNames.U_JAM] <= 0
                && Math.abs(resistance(x, u)) <= 1.3 * ratedForce;
    }
}
