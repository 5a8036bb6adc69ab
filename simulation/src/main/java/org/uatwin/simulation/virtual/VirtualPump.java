package org.uatwin.simulation.virtual;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.uatwin.simulation.asset.Physics;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.solver.NoiseStream;

/**
 * A centrifugal pump in its pipeline, as it really is: head curve with a linear term, pipe friction with Blasius' exponent 1.75,
 * a liquid column with inertia, a wandering suction tank, leakage through worn rings, a motor with linear stray losses, bearings
 * with their own heat. Rated for 100 m3/h at 50 m and 2950 r/min unless configured otherwise.
 */
public final class VirtualPump extends VirtualMachine {
    private static final Set<String> POINTS = Set.of(
            "SpeedSetpoint",
            "Speed",
            "Flow",
            "SuctionPressure",
            "DischargePressure",
            "MotorCurrent",
            "MotorPower",
            "BearingTemperature",
            "OilTemperature",
            "VibrationVelocityRms",
            "ValvePosition",
            "FluidTemperature",
            "Running",
            "State");

    /** Faults a pump can have. */
    public static final Set<VirtualFault> FAULTS = Collections.unmodifiableSet(EnumSet.of(
            VirtualFault.WEAR,
            VirtualFault.JAM,
            VirtualFault.SENSOR_STUCK,
            VirtualFault.CABLE,
            VirtualFault.IMPELLER_WEAR,
            VirtualFault.BEARING_WEAR,
            VirtualFault.PIPE_BLOCKED,
            VirtualFault.LUBRICATION_LOST));

    private static final double WATER = 998.2 * Physics.GRAVITY; // N/m3, 20 degC
    private static final double WEAR_SETTLES_S = 4; // most of a wear fault is visible after this time
    private static final double CREEP_PER_S = 1.0 / 7200; // then it goes on at full severity: all in two hours
    private static final double DRY_WEAR_PER_S = 0.1 / 3600; // of a bearing without lubrication
    private static final double TRIP_CELSIUS = 110;

    private final double ratedFlow;
    private final double ratedHead;
    private final double ratedSpeed;
    private final double ratedPower;
    private final double ratedCurrent;
    private final NoiseStream disturbance;
    private final VirtualSensor speedSensor;
    private final VirtualSensor flowSensor;
    private final VirtualSensor suctionSensor;
    private final VirtualSensor dischargeSensor;
    private final VirtualSensor currentSensor;
    private final VirtualSensor powerSensor;
    private final VirtualSensor bearingSensor;
    private final VirtualSensor oilSensor;
    private final VirtualSensor vibrationSensor;
    private final VirtualSensor fluidSensor;

    private double speedSetpoint;
    private boolean runCommand = true;
    private double valveCommand = 70;
    private double valve = 70;
    private double speed; // r/min
    private double flow; // m3/h
    private double suction = 0.5; // bar gauge
    private double discharge = 0.5;
    private double powerKw;
    private double current;
    private double bearing;
    private double oil;
    private double vibration;
    private double fluidTemperature = 18;
    private double impellerLoss = 0.015; // hidden: the pump is not new
    private double bearingDamage = 0.05;
    private OperatingMode mode = OperatingMode.RUNNING;

    /** A running, warm pump of the default rating. */
    public VirtualPump(long seed) {
        this(100, 50, 2950, 22, seed);
    }

    /**
     * A running, warm pump.
     *
     * @param ratedFlowM3H flow at the best point.
     * @param ratedHeadM head there.
     * @param ratedSpeedRpm speed there.
     * @param ratedPowerKw shaft power of the motor.
     */
    public VirtualPump(double ratedFlowM3H, double ratedHeadM, double ratedSpeedRpm, double ratedPowerKw, long seed) {
        ratedFlow = ratedFlowM3H;
        ratedHead = ratedHeadM;
        ratedSpeed = ratedSpeedRpm;
        ratedPower = ratedPowerKw;
        ratedCurrent = ratedPowerKw * 1000 / (Math.sqrt(3) * 400 * 0.92 * 0.87);
        NoiseStream noise = NoiseStream.ofSeed(seed);
        disturbance = noise.split();
        speedSensor = new VirtualSensor(0.05, 0.0004, 0.5, noise.split());
        flowSensor = new VirtualSensor(0.6, 0.005, 0.02, noise.split());
        suctionSensor = new VirtualSensor(0.1, 0.002, 0.004, noise.split());
        dischargeSensor = new VirtualSensor(0.1, 0.002, 0.004, noise.split());
        currentSensor = new VirtualSensor(0.2, 0.005, 0.02, noise.split());
        powerSensor = new VirtualSensor(0.3, 0.005, 0.01, noise.split());
        bearingSensor = new VirtualSensor(8, 0, 0.15, noise.split());
        oilSensor = new VirtualSensor(15, 0, 0.15, noise.split());
        vibrationSensor = new VirtualSensor(0.8, 0.03, 0.02, noise.split());
        fluidSensor = new VirtualSensor(10, 0, 0.1, noise.split());
        speedSetpoint = ratedSpeed;
        speed = ratedSpeed;
        flow = ratedFlow;
        bearing = 62;
        oil = 47;
        step(20);
    }

    @Override
    protected void advance(double dt) {
        wear(dt);
        valve += Physics.clamp(valveCommand - valve, -5 * dt, 5 * dt); // actuator: 20 s from end to end
        suction += dt * (0.5 - suction) / 120 + 0.01 * Math.sqrt(dt) * disturbance.gaussian() * 0.35;
        boolean on = runCommand && mode.canDrive();
        double target = on ? Math.min(speedSetpoint, 1.2 * ratedSpeed) : 0;
        double ramp = on ? 250 : 180; // r/min per s; coasting down against the liquid
        speed += Physics.clamp((target - speed) / 0.4, -ramp, ramp) * dt;
        double n = speed / ratedSpeed;
        double r = flow / ratedFlow;
        double jam = severity(VirtualFault.JAM);

        double leak = 0.12 * impellerLoss * n; // worn rings let liquid back
        double inner = r + leak;
        double head = ratedHead * (1 - 1.1 * impellerLoss) * n * n * 1.30
                - ratedHead * (0.06 * n * inner + 0.24 * inner * inner);
        head *= cavitation(n, inner);
        double opening = Math.max(0.006, valve / 100);
        double column = 0.4 * ratedHead + (0.5 - suction) * Physics.PA_PER_BAR / WATER;
        double dry = severity(VirtualFault.LUBRICATION_LOST);
        double root = Math.sqrt(Math.max(0, r));
        double pipe = 0.43 * (1 + 5 * severity(VirtualFault.PIPE_BLOCKED)) * r * root * Math.sqrt(root); // r^1.75
        double restriction = 0.17 * r * r * (0.49 / (opening * opening)) * (1 + 60 * jam * jam);
        double across = head - column - ratedHead * (pipe + restriction);
        flow = Math.max(0, flow + dt * ratedFlow * across / ratedHead / 0.9);
        double blockage = ratedHead * 0.17 * r * r * 60 * jam * jam; // inside the casing, before the gauge
        discharge = suction + Math.max(0, head - blockage) * WATER / Physics.PA_PER_BAR;

        double ratedShaft = WATER * ratedHead * ratedFlow / 3600 / 0.745 / 1000;
        double shaft = ratedShaft
                * n
                * n
                * n
                * (0.39
                        + 0.79 * ratio(inner, n)
                        - 0.17 * square(ratio(inner, n))
                        + 0.03 * bearingDamage
                        + 0.02 * dry
                        + 0.35 * jam);
        double m = shaft / ratedPower / Math.max(0.05, n);
        double losses = on ? ratedPower * (0.024 * n + 0.012 * m * n + 0.052 * m * m) : 0;
        powerKw = on ? shaft + losses : 0;
        current = on ? ratedCurrent * Math.sqrt(0.245 + 0.757 * m * m) : 0;

        double heat = 44 * n * (0.35 + 0.65 * n) * (1 + 2.2 * bearingDamage + 1.8 * dry);
        bearing += dt * (fluidTemperature * 0.15 + 17 + heat - bearing) / 420;
        oil += dt * (19 + 0.62 * (bearing - 19) - oil) / 700;
        double turbulence = 0.75 * Math.abs(ratio(inner, n) - 1) + 9 * (1 - cavitation(n, inner)) + 2.5 * jam;
        vibration = 1.75
                * n
                * Math.sqrt(square(1 + 7 * impellerLoss)
                        + square(turbulence)
                        + square(3.5 * bearingDamage)
                        + square(0.3 * dry));
        fluidTemperature += dt * (18 - fluidTemperature) / 600 + 0.004 * Math.sqrt(dt) * disturbance.gaussian();
        follow(on, target);
    }

    private void wear(double dt) {
        double impeller = Math.max(severity(VirtualFault.WEAR), severity(VirtualFault.IMPELLER_WEAR));
        if (impeller > 0) {
            double goal = 0.28 * impeller;
            impellerLoss += dt * Math.max(0, goal - impellerLoss) / WEAR_SETTLES_S + dt * impeller * 0.2 * CREEP_PER_S;
        }
        double bearings = Math.max(severity(VirtualFault.WEAR), severity(VirtualFault.BEARING_WEAR));
        if (bearings > 0) {
            bearingDamage +=
                    dt * Math.max(0, 0.9 * bearings - bearingDamage) / WEAR_SETTLES_S + dt * bearings * CREEP_PER_S;
        }
        bearingDamage += dt * severity(VirtualFault.LUBRICATION_LOST) * DRY_WEAR_PER_S;
        impellerLoss = Math.min(0.6, impellerLoss + dt * 1e-9);
        bearingDamage = Math.min(3, bearingDamage + dt * 2e-9);
    }

    private void follow(boolean on, double target) {
        if (mode.canDrive() && bearing > TRIP_CELSIUS) {
            mode = OperatingMode.TRIPPED;
        } else if (mode.canDrive()) {
            boolean wanted = on && target > 0.01 * ratedSpeed;
            mode = wanted
                    ? (speed >= 0.9 * target ? OperatingMode.RUNNING : OperatingMode.STARTING)
                    : (speed > 0.02 * ratedSpeed ? mode : OperatingMode.STOPPED);
        }
    }

    private double cavitation(double n, double r) {
        double available =
                (suction * Physics.PA_PER_BAR + Physics.ATMOSPHERE_PA - Physics.waterVapourPressurePa(fluidTemperature))
                        / WATER;
        double required = 3.2 * (0.4 * n * n + 0.6 * r * r) + 0.2;
        double ratio = available / required;
        return ratio >= 1.6 ? 1 : Physics.clamp(1 - 0.03 * StrictMath.pow((1.6 - ratio) / 0.6, 4), 0.15, 1);
    }

    private static double ratio(double r, double n) {
        return n > 0.02 ? Math.min(2, r / n) : 0;
    }

    private static double square(double x) {
        return x * x;
    }

    @Override
    protected void sense(double dt) {
        flowSensor.stuck(severity(VirtualFault.SENSOR_STUCK) > 0);
        speedSensor.update(speed, dt);
        flowSensor.update(flow, dt);
        suctionSensor.update(suction, dt);
        dischargeSensor.update(discharge, dt);
        currentSensor.update(current, dt);
        powerSensor.update(powerKw, dt);
        bearingSensor.update(bearing, dt);
        oilSensor.update(oil, dt);
        vibrationSensor.update(vibration, dt);
        fluidSensor.update(fluidTemperature, dt);
    }

    @Override
    public Set<VirtualFault> faults() {
        return FAULTS;
    }

    @Override
    public Set<String> points() {
        return POINTS;
    }

    @Override
    public double value(String point) {
        return switch (point) {
            case "SpeedSetpoint" -> speedSetpoint;
            case "Speed" -> speedSensor.shownNonNegative();
            case "Flow" -> flowSensor.shownNonNegative();
            case "SuctionPressure" -> suctionSensor.shown();
            case "DischargePressure" -> dischargeSensor.shown();
            case "MotorCurrent" -> currentSensor.shownNonNegative();
            case "MotorPower" -> powerSensor.shownNonNegative();
            case "BearingTemperature" -> bearingSensor.shown();
            case "OilTemperature" -> oilSensor.shown();
            case "VibrationVelocityRms" -> vibrationSensor.shownNonNegative();
            case "ValvePosition" -> valve;
            case "FluidTemperature" -> fluidSensor.shown();
            case "Running" -> speed > 0.05 * ratedSpeed ? 1 : 0;
            case "State" -> mode.number();
            default -> throw unknown(point);
        };
    }

    @Override
    public double[] values(String point) {
        throw unknown(point);
    }

    /** {@code State} or {@code ProductName}. */
    @Override
    public String text(String point) {
        return switch (point) {
            case "State" -> mode.text();
            case "ProductName" -> "Process water";
            default -> throw unknown(point);
        };
    }

    /** Writable: {@code SpeedSetpoint} (limited to 0..120 % of rated), {@code ValvePosition}, {@code Running}. */
    @Override
    public void write(String point, double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        switch (point) {
            case "SpeedSetpoint" -> speedSetpoint = Physics.clamp(value, 0, 1.2 * ratedSpeed);
            case "ValvePosition" -> valveCommand = Physics.clamp(value, 0, 100);
            case "Running" -> command(value >= 0.5);
            default -> throw unknown(point);
        }
    }

    /** Switching off resets a trip once the bearing has cooled below its limit. */
    private void command(boolean on) {
        runCommand = on;
        if (!on && bearing < TRIP_CELSIUS - 5) {
            mode = speed > 0.02 * ratedSpeed ? OperatingMode.RUNNING : OperatingMode.STOPPED;
        }
    }

    @Override
    public void write(String point, double[] values) {
        throw unknown(point);
    }

    @Override
    public OperatingMode mode() {
        return mode;
    }

    @Override
    public void repair() {
        impellerLoss = 0.015;
        bearingDamage = 0.05;
        mode = OperatingMode.RUNNING;
    }
}
