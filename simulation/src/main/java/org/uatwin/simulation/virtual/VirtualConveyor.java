package org.uatwin.simulation.virtual;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.uatwin.simulation.asset.Physics;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.solver.NoiseStream;

/**
 * A conveyor line of four zones, as it really is: each zone with its own speed setpoint and load, friction that rises with
 * speed and with worn rollers, a feeder that fluctuates and changes product, a motor with linear stray losses and a thermal
 * trip. 258 m, 17.9 m lift, 1.68 m/s, 1000 t/h, 90 kW; fed with 800 t/h.
 */
public final class VirtualConveyor extends VirtualMachine {
    /** Number of zones. */
    public static final int ZONES = 4;

    private static final Set<String> POINTS = Set.of(
            "SpeedSetpoint",
            "ZoneSpeedSetpoints",
            "BeltSpeed",
            "LoadMassFlow",
            "BeltLoad",
            "MotorCurrent",
            "MotorPower",
            "MotorTemperature",
            "BearingTemperature",
            "VibrationVelocityRms",
            "BeltTension",
            "ItemCount",
            "Running",
            "State",
            "Jammed");
    /** Faults a conveyor can have. */
    public static final Set<VirtualFault> FAULTS = Collections.unmodifiableSet(EnumSet.of(
            VirtualFault.WEAR,
            VirtualFault.JAM,
            VirtualFault.SENSOR_STUCK,
            VirtualFault.CABLE,
            VirtualFault.BEARING_WEAR,
            VirtualFault.LUBRICATION_LOST,
            VirtualFault.ROLLERS_WORN,
            VirtualFault.COOLING_FOULED,
            VirtualFault.BELT_WEAR));

    private static final String[] PRODUCTS = {"CEMENT-25KG", "CEMENT-40KG", "LIME-15KG"};
    private static final double[] ITEM_KG = {25, 40, 15};

    private static final double LENGTH = 258;
    private static final double ZONE_LENGTH = LENGTH / ZONES;
    private static final double LIFT = 17.9;
    private static final double RATED_SPEED = 1.68;
    private static final double RATED_POWER = 90;
    private static final double RATED_FORCE = RATED_POWER * 1000 * 0.93 / RATED_SPEED;
    private static final double LARGEST_FORCE = 1.8 * RATED_FORCE;
    private static final double RATED_CURRENT = RATED_POWER * 1000 / (Math.sqrt(3) * 400 * 0.93 * 0.86);
    private static final double BELT_KG_M = 76; // belt of both strands and rollers
    private static final double FRICTION = 0.0197;
    private static final double SECONDARY = 1.39;
    private static final double SLACK_KN = 33.5;
    private static final double PRODUCT_CHANGE_S = 180;
    private static final double WEAR_SETTLES_S = 4;
    private static final double DRY_WEAR_PER_S = 0.1 / 3600; // of a bearing without lubrication
    private static final double STRETCH = 0.5; // share of the slack tension a belt loses over its life
    private static final double AMBIENT = 21;

    private final NoiseStream disturbance;
    private final VirtualSensor speedSensor;
    private final VirtualSensor flowSensor;
    private final VirtualSensor loadSensor;
    private final VirtualSensor currentSensor;
    private final VirtualSensor powerSensor;
    private final VirtualSensor motorSensor;
    private final VirtualSensor bearingSensor;
    private final VirtualSensor vibrationSensor;
    private final VirtualSensor tensionSensor;

    private final double[] zoneSetpoints = new double[ZONES];
    private final double[] zoneSpeeds = new double[ZONES];
    private final double[] zoneLoads = new double[ZONES];
    private double speedSetpoint = RATED_SPEED;
    private boolean runCommand = true;
    private double feedSetpoint = 800;
    private double feed = 800;
    private double feedNoise;
    private double force;
    private double powerKw;
    private double current;
    private double motor = 55;
    private double bearing = 39;
    private double vibration;
    private double overload;
    private double rollerWear = 0.03; // hidden: the line is not new
    private double pulleyWear; // of the drive pulley's bearing
    private double rollerDrag; // of rollers that turn heavily, far from the drive
    private double beltWear;
    private double delivered;
    private double items;
    private double productSeconds;
    private int product;
    private boolean jammed;
    private OperatingMode mode = OperatingMode.RUNNING;

    /** A running, warm line. */
    public VirtualConveyor(long seed) {
        NoiseStream noise = NoiseStream.ofSeed(seed);
        disturbance = noise.split();
        speedSensor = new VirtualSensor(0.1, 0.002, 0.001, noise.split());
        flowSensor = new VirtualSensor(1.0, 0.005, 0.02, noise.split());
        loadSensor = new VirtualSensor(0.5, 0.005, 0.02, noise.split());
        currentSensor = new VirtualSensor(0.2, 0.005, 0.01, noise.split());
        powerSensor = new VirtualSensor(0.3, 0.005, 0.004, noise.split());
        motorSensor = new VirtualSensor(10, 0, 0.15, noise.split());
        bearingSensor = new VirtualSensor(10, 0, 0.15, noise.split());
        vibrationSensor = new VirtualSensor(0.8, 0.03, 0.02, noise.split());
        tensionSensor = new VirtualSensor(0.2, 0.004, 0.005, noise.split());
        Arrays.fill(zoneSetpoints, RATED_SPEED);
        Arrays.fill(zoneSpeeds, RATED_SPEED);
        Arrays.fill(zoneLoads, feed / 3.6 / RATED_SPEED);
        step(30);
    }

    @Override
    protected void advance(double dt) {
        wear(dt);
        boolean on = runCommand && mode.canDrive();
        double jam = severity(VirtualFault.JAM);
        feeder(dt, on);
        double resistance = resistance() + jam * 1.4 * LARGEST_FORCE;
        boolean blocked = resistance > LARGEST_FORCE;
        double accelerating = 0;
        double in = feed / 3.6;
        for (int i = 0; i < ZONES; i++) {
            double target = on && !blocked ? zoneSetpoints[i] : 0;
            double limit = blocked ? 3 : 0.28;
            double a = Physics.clamp((target - zoneSpeeds[i]) / 0.45, -limit, limit);
            zoneSpeeds[i] = Math.max(0, zoneSpeeds[i] + a * dt);
            accelerating += Math.max(0, a) * (BELT_KG_M + zoneLoads[i]) * ZONE_LENGTH;
            double out = zoneLoads[i] * zoneSpeeds[i];
            zoneLoads[i] = Math.max(0, zoneLoads[i] + dt * (in - out) / ZONE_LENGTH);
            in = out;
        }
        delivered += in * dt;
        items += in * dt / ITEM_KG[product];
        boolean commanded = mean(zoneSetpoints) > 0;
        force = on && commanded ? Math.min(LARGEST_FORCE, resistance + 1.15 * accelerating) : 0;
        drive(dt, on && commanded, jam);
        jammed = on && commanded && blocked && speed() < 0.2 * mean(zoneSetpoints);
        follow(on, commanded);
    }

    private void feeder(double dt, boolean on) {
        productSeconds += dt;
        if (productSeconds > PRODUCT_CHANGE_S) {
            productSeconds = 0;
            product = (product + 1) % PRODUCTS.length;
        }
        feedNoise += -feedNoise * dt / 20 + 4.5 * Math.sqrt(dt) * disturbance.gaussian();
        double goal = on && !jammed && zoneSpeeds[0] > 0.1 ? feedSetpoint : 0; // interlock with the belt
        feed += dt * (goal - feed) / 2;
        feed = Math.max(0, feed + (goal > 0 ? dt * feedNoise / 2 : 0));
    }

    private double resistance() {
        double sum = 0;
        for (int i = 0; i < ZONES; i++) {
            double n = zoneSpeeds[i] / RATED_SPEED;
            double f = FRICTION * (0.86 + 0.14 * n) * (1 + 0.9 * (rollerWear + rollerDrag));
            sum += SECONDARY * f * ZONE_LENGTH * Physics.GRAVITY * (BELT_KG_M + zoneLoads[i])
                    + LIFT / ZONES * Physics.GRAVITY * zoneLoads[i];
        }
        return sum;
    }

    private void drive(double dt, boolean on, double jam) {
        double n = speed() / RATED_SPEED;
        double m = force / RATED_FORCE;
        double shaft = RATED_POWER * m * n;
        double losses = on ? RATED_POWER * (0.02 * n + 0.01 * m * n + 0.043 * m * m) : 0;
        powerKw = on ? shaft + losses : 0;
        current = on ? RATED_CURRENT * Math.sqrt(0.335 + 0.67 * m * m) : 0;
        overload += dt * ((current / RATED_CURRENT) * (current / RATED_CURRENT) - overload) / 40;
        double heat = on ? 640 * losses / RATED_POWER / 3.6 : 0;
        double fouled = 1 + severity(VirtualFault.COOLING_FOULED); // less heat leaves, and more slowly
        motor += dt * (AMBIENT + heat * 3.4 * fouled - motor) / (1500 * fouled);
        double friction = 1 + 2.5 * rollerWear + 2.5 * pulleyWear + 2 * severity(VirtualFault.LUBRICATION_LOST);
        bearing += dt * (AMBIENT + n * (14 + 6 * m) * friction - bearing) / 380;
        double shaking = on ? 4.5 * jam * m : 0;
        double worn = rollerWear + pulleyWear;
        vibration = 1.35 * Math.sqrt(n * n + 16 * n * n * worn * worn + shaking * shaking);
    }

    private void wear(double dt) {
        rollerWear = worn(rollerWear, severity(VirtualFault.WEAR), dt) + dt * 2e-9;
        pulleyWear = worn(pulleyWear, severity(VirtualFault.BEARING_WEAR), dt);
        rollerDrag = worn(rollerDrag, severity(VirtualFault.ROLLERS_WORN), dt);
        beltWear = Math.min(1, worn(beltWear, severity(VirtualFault.BELT_WEAR), dt));
        pulleyWear += dt * severity(VirtualFault.LUBRICATION_LOST) * DRY_WEAR_PER_S;
    }

    /** Most of what a fault wears comes within seconds, then it goes on at full severity: all in two hours. */
    private static double worn(double before, double severity, double dt) {
        return severity > 0
                ? Math.min(
                        3, before + dt * Math.max(0, 0.9 * severity - before) / WEAR_SETTLES_S + dt * severity / 7200)
                : before;
    }

    private void follow(boolean on, boolean commanded) {
        if (!mode.canDrive()) {
            return;
        }
        if (overload > 1.1) {
            mode = OperatingMode.TRIPPED;
        } else if (on && commanded) {
            mode = speed() >= 0.9 * mean(zoneSetpoints) ? OperatingMode.RUNNING : OperatingMode.STARTING;
        } else if (speed() < 0.02) {
            mode = OperatingMode.STOPPED;
        }
    }

    /** A cleared jam is a cleared belt: the operator acknowledges and the line starts again. */
    @Override
    protected void faultChanged(VirtualFault fault, double before, double severity) {
        if (fault == VirtualFault.JAM && before > 0 && severity <= 0 && mode == OperatingMode.TRIPPED) {
            overload = 0.3;
            mode = OperatingMode.STARTING;
        }
    }

    private double speed() {
        return mean(zoneSpeeds);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    @Override
    protected void sense(double dt) {
        loadSensor.stuck(severity(VirtualFault.SENSOR_STUCK) > 0);
        speedSensor.update(speed(), dt);
        flowSensor.update(feed, dt);
        loadSensor.update(mean(zoneLoads), dt);
        currentSensor.update(current, dt);
        powerSensor.update(powerKw, dt);
        motorSensor.update(motor, dt);
        bearingSensor.update(bearing, dt);
        vibrationSensor.update(vibration, dt);
        tensionSensor.update(SLACK_KN * (1 - STRETCH * beltWear) + force / 1000, dt);
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
            case "BeltSpeed" -> speedSensor.shownNonNegative();
            case "LoadMassFlow" -> flowSensor.shownNonNegative();
            case "BeltLoad" -> loadSensor.shownNonNegative();
            case "MotorCurrent" -> currentSensor.shownNonNegative();
            case "MotorPower" -> powerSensor.shownNonNegative();
            case "MotorTemperature" -> motorSensor.shown();
            case "BearingTemperature" -> bearingSensor.shown();
            case "VibrationVelocityRms" -> vibrationSensor.shownNonNegative();
            case "BeltTension" -> tensionSensor.shownNonNegative();
            case "ItemCount" -> Math.floor(items);
            case "Running" -> runCommand && mode.canDrive() && mean(zoneSetpoints) > 0 ? 1 : 0;
            case "State" -> mode.number();
            case "Jammed" -> jammed ? 1 : 0;
            default -> throw unknown(point);
        };
    }

    /** {@code ZoneSpeedSetpoints}: one speed per zone, m/s. */
    @Override
    public double[] values(String point) {
        if (point.equals("ZoneSpeedSetpoints")) {
            return zoneSetpoints.clone();
        }
        throw unknown(point);
    }

    /** {@code State} or {@code ProductName}: what is on the belt, changing every three minutes. */
    @Override
    public String text(String point) {
        return switch (point) {
            case "State" -> mode.text();
            case "ProductName" -> PRODUCTS[product];
            default -> throw unknown(point);
        };
    }

    /**
     * Writable: {@code SpeedSetpoint} (0..2.016 m/s, sets all zones), {@code Running}, {@code LoadMassFlow} (setpoint of the
     * feeder, 0..1200 t/h).
     */
    @Override
    public void write(String point, double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        switch (point) {
            case "SpeedSetpoint" -> {
                speedSetpoint = Physics.clamp(value, 0, 1.2 * RATED_SPEED);
                Arrays.fill(zoneSetpoints, speedSetpoint);
            }
            case "LoadMassFlow" -> feedSetpoint = Physics.clamp(value, 0, 1200);
            case "Running" -> command(value >= 0.5);
            default -> throw unknown(point);
        }
    }

    /** Switching off resets a trip. */
    private void command(boolean on) {
        runCommand = on;
        if (!on && mode == OperatingMode.TRIPPED) {
            overload = Math.min(overload, 0.8);
            mode = OperatingMode.STOPPED;
        }
    }

    /** Writable: {@code ZoneSpeedSetpoints}; missing zones keep their setpoint. */
    @Override
    public void write(String point, double[] values) {
        if (!point.equals("ZoneSpeedSetpoints")) {
            throw unknown(point);
        }
        for (int i = 0; i < Math.min(ZONES, values.length); i++) {
            if (Double.isFinite(values[i])) {
                zoneSetpoints[i] = Physics.clamp(values[i], 0, 1.2 * RATED_SPEED);
            }
        }
    }

    /** Mass that has left the line since the start, kg. */
    public double deliveredKg() {
        return delivered;
    }

    @Override
    public OperatingMode mode() {
        return mode;
    }

    @Override
    public void repair() {
        rollerWear = 0.03;
        pulleyWear = 0;
        rollerDrag = 0;
        beltWear = 0;
        overload = Math.min(overload, 0.8);
        mode = OperatingMode.STARTING;
    }
}
