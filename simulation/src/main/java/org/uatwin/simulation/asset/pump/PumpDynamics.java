package org.uatwin.simulation.asset.pump;

import static org.uatwin.simulation.asset.Physics.ATMOSPHERE_PA;
import static org.uatwin.simulation.asset.Physics.GRAVITY;
import static org.uatwin.simulation.asset.Physics.PA_PER_BAR;
import static org.uatwin.simulation.asset.Physics.RAD_S_PER_RPM;
import static org.uatwin.simulation.asset.Physics.SECONDS_PER_HOUR;
import static org.uatwin.simulation.asset.Physics.ZERO_CELSIUS_K;
import static org.uatwin.simulation.asset.Physics.clamp;
import static org.uatwin.simulation.asset.Physics.notNegative;

import org.uatwin.simulation.asset.Physics;
import org.uatwin.simulation.asset.motor.DriveMap;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.OperatingMode;

/**
 * Equations of the plant pump; docs/reference/models.md lists them with their sources.
 *
 * <pre>
 * head       p = f (A w^2 - d Q^2)              A = 4/3 rho g H0 / w0^2,  d = 1/3 rho g H0 / Q0^2  (EPANET one-point curve)
 * system     Q' = (sqrt((p_s + p - p_static) / k) - Q) / tau,   k = R (k_pipe + k_valve (v0/v)^2)
 * torque     T = phi (a0 w^2 + a1 w Q - a2 Q^2) + r w           (Daigle and Goebel 2013)
 * shaft      J w' = Te - T,  Te from the speed loop of the converter within its torque limit and ramp
 * bearings   mc T' = r w^2 - H1 (T - Ta) - H2 (T - To)
 * wear       A' = -wA Q^2,  r' = w r w^2
 * </pre>
 */
final class PumpDynamics implements ModelDynamics {
    // Thermal network of Daigle and Goebel 2013 (kJ/K, kW/K), as in the published parameter set.
    private static final double MC_THRUST = 7.3;
    private static final double H_THRUST_AMBIENT = 0.0034;
    private static final double H_THRUST_OIL = 0.0026;
    private static final double MC_RADIAL = 2.4;
    private static final double H_RADIAL_AMBIENT = 0.0018;
    private static final double H_RADIAL_OIL = 0.020;
    private static final double MC_OIL = 8000;
    private static final double H_OIL_THRUST = 1.0;
    private static final double H_OIL_RADIAL = 3.0;
    private static final double H_OIL_AMBIENT = 1.5;
    // Bearing heat at rated speed, kW: 1.4e-6 and 1.8e-6 times (376.991 rad/s)^2 of the published set.
    private static final double HEAT_THRUST = 1.4e-6 * 376.991 * 376.991;
    private static final double HEAT_RADIAL = 1.8e-6 * 376.991 * 376.991;
    private static final double IMPELLER_LIMIT = 9.5 / 12.7084; // Daigle and Goebel 2013, end of life
    // Torque curve at rated speed as shares of rated torque: 40 % at shut-off, typical of radial pumps (general
    // knowledge).
    private static final double TORQUE_SHUTOFF = 0.40;
    private static final double TORQUE_LINEAR = 0.80;
    private static final double TORQUE_QUADRATIC = 0.20;
    private static final double FRICTION_SHARE = 0.02; // mechanical loss of pumps of this size, general knowledge
    private static final double SPEED_LOOP_S = 0.7; // closed loop of a converter-fed pump, general knowledge
    private static final double SHAKES = 2; // friction of a bearing, over that of new, from where on it shakes
    private static final double MOST_WORN = 6; // of friction beyond that, where vibration grows no more
    private static final double MIN_OPENING = 0.01; // a shut valve still leaks a little; keeps k finite

    final double ratedSpeed;
    final double ratedFlow;
    final double newImpeller;
    final double flowDrop;
    final double densityGravity;
    final double staticPressure;
    final double pipeResistance;
    final double valveResistance;
    final double valveNominal;
    final double torque0;
    final double torque1;
    final double torque2;
    final double friction;
    final double frictionThrust;
    final double frictionRadial;
    final DriveMap drive;
    private final double resistanceFactor;
    private final double pipeResistanceNow; // times the factor
    private final double valveResistanceNow; // at full opening, times the factor
    private final double torqueFactor;
    private final double impellerShare;
    private final double inertia;
    // Reciprocals: the equations run millions of times, and a division costs five multiplications.
    private final double perInertia;
    private final double perFlowTime;
    private final double perRatedSpeed;
    private final double perRatedFlow;
    private final double perDensityGravity;
    private final double ramp;
    private final double torqueLimit;
    private final double wearImpeller;
    private final double wearBearing;
    private final double requiredNpsh;
    private final double baseVibration;
    private final double tripKelvin;
    private final double bearingFriction;

    PumpDynamics(double[] p) {
        ratedSpeed = p[PumpNames.RATED_SPEED] * RAD_S_PER_RPM;
        ratedFlow = p[PumpNames.RATED_FLOW] / SECONDS_PER_HOUR;
        densityGravity = p[PumpNames.FLUID_DENSITY] * GRAVITY;
        double ratedPressure = densityGravity * p[PumpNames.RATED_HEAD];
        newImpeller = 4.0 / 3.0 * ratedPressure / (ratedSpeed * ratedSpeed);
        flowDrop = ratedPressure * (1.0 / 3.0 + p[PumpNames.CASING_BLOCKAGE]) / (ratedFlow * ratedFlow);
        staticPressure = p[PumpNames.NOMINAL_SUCTION] * PA_PER_BAR + p[PumpNames.STATIC_SHARE] * ratedPressure;
        double resistance = (1 - p[PumpNames.STATIC_SHARE]) * ratedPressure / (ratedFlow * ratedFlow);
        valveResistance = p[PumpNames.VALVE_AUTHORITY] * resistance;
        pipeResistance = resistance - valveResistance;
        valveNominal = p[PumpNames.NOMINAL_VALVE] / 100;
        resistanceFactor = p[PumpNames.SYSTEM_RESISTANCE];
        pipeResistanceNow = resistanceFactor * pipeResistance;
        valveResistanceNow = resistanceFactor * valveResistance * valveNominal * valveNominal;
        double shaftTorque = ratedPressure * ratedFlow / p[PumpNames.PUMP_EFFICIENCY] / ratedSpeed;
        double hydraulic = (1 - FRICTION_SHARE) * shaftTorque;
        torque0 = TORQUE_SHUTOFF * hydraulic / (ratedSpeed * ratedSpeed);
        torque1 = TORQUE_LINEAR * hydraulic / (ratedSpeed * ratedFlow);
        torque2 = TORQUE_QUADRATIC * hydraulic / (ratedFlow * ratedFlow);
        friction = FRICTION_SHARE * shaftTorque / ratedSpeed;
        torqueFactor = p[PumpNames.TORQUE_FACTOR];
        impellerShare = 1 - p[PumpNames.IMPELLER_DAMAGE];
        drive = new DriveMap(
                p[PumpNames.RATED_POWER] * 1000,
                ratedSpeed,
                p[PumpNames.MOTOR_EFFICIENCY],
                p[PumpNames.POWER_FACTOR],
                p[PumpNames.RATED_VOLTAGE]);
        inertia = p[PumpNames.ACCELERATION_TIME] * drive.ratedTorqueNm() / ratedSpeed;
        ramp = p[PumpNames.SPEED_RAMP] * RAD_S_PER_RPM;
        torqueLimit = p[PumpNames.TORQUE_LIMIT] * drive.ratedTorqueNm();
        perInertia = 1 / inertia;
        perFlowTime = 1 / p[PumpNames.FLOW_TIME];
        perRatedSpeed = 1 / ratedSpeed;
        perRatedFlow = 1 / ratedFlow;
        perDensityGravity = 1 / densityGravity;
        double perThousandHours = 1 / (1000 * SECONDS_PER_HOUR);
        wearImpeller = p[PumpNames.IMPELLER_WEAR_RATE] * perThousandHours * newImpeller / (ratedFlow * ratedFlow);
        wearBearing = p[PumpNames.BEARING_WEAR_RATE] * perThousandHours / (ratedSpeed * ratedSpeed);
        frictionThrust = HEAT_THRUST / (ratedSpeed * ratedSpeed);
        frictionRadial = HEAT_RADIAL / (ratedSpeed * ratedSpeed);
        requiredNpsh = p[PumpNames.REQUIRED_NPSH];
        baseVibration = p[PumpNames.BASE_VIBRATION];
        bearingFriction = p[PumpNames.BEARING_FRICTION];
        tripKelvin = p[PumpNames.BEARING_TRIP] + ZERO_CELSIUS_K;
    }

    @Override
    public void derivatives(OperatingMode mode, double[] x, double[] u, double[] dx) {
        double w = x[PumpNames.X_SPEED];
        double q = x[PumpNames.X_FLOW];
        double load = loadTorque(w, q);
        dx[PumpNames.X_SPEED] = (driveTorque(mode, w, load, u) - load) * perInertia;

        double across = u[PumpNames.U_SUCTION] * PA_PER_BAR + pumpPressure(w, q, x, u) - staticPressure;
        double steady = across > 0 ? steadyFlow(across, u[PumpNames.U_VALVE]) : 0; // check valve
        dx[PumpNames.X_FLOW] = (steady - q) * perFlowTime;

        double ambient = u[PumpNames.U_AMBIENT] + ZERO_CELSIUS_K;
        double tt = x[PumpNames.X_THRUST];
        double tr = x[PumpNames.X_RADIAL];
        double to = x[PumpNames.X_OIL];
        double w2 = w * w;
        double heat = bearingFriction * w2;
        dx[PumpNames.X_THRUST] =
                (x[PumpNames.X_FRICTION_THRUST] * heat - H_THRUST_AMBIENT * (tt - ambient) - H_THRUST_OIL * (tt - to))
                        * (1 / MC_THRUST);
        dx[PumpNames.X_RADIAL] =
                (x[PumpNames.X_FRICTION_RADIAL] * heat - H_RADIAL_AMBIENT * (tr - ambient) - H_RADIAL_OIL * (tr - to))
                        * (1 / MC_RADIAL);
        dx[PumpNames.X_OIL] =
                (H_OIL_THRUST * (tt - to) + H_OIL_RADIAL * (tr - to) + H_OIL_AMBIENT * (ambient - to)) * (1 / MC_OIL);
        dx[PumpNames.X_IMPELLER] = -wearImpeller * q * q;
        dx[PumpNames.X_FRICTION_RADIAL] = wearBearing * x[PumpNames.X_FRICTION_RADIAL] * w2;
        dx[PumpNames.X_FRICTION_THRUST] = wearBearing * x[PumpNames.X_FRICTION_THRUST] * w2;
    }

    /** Torque of hydraulics and friction against the shaft, N m. */
    double loadTorque(double w, double q) {
        return torqueFactor * hydraulicTorque(w, q) + friction * w;
    }

    /** Hydraulic torque before the estimated factor, N m. */
    double hydraulicTorque(double w, double q) {
        return notNegative(torque0 * w * w + torque1 * w * q - torque2 * q * q);
    }

    private boolean energised(OperatingMode mode, double[] u) {
        return mode.canDrive() && u[PumpNames.U_RUN] >= 0.5;
    }

    private double driveTorque(OperatingMode mode, double w, double load, double[] u) {
        if (!energised(mode, u)) {
            return 0;
        }
        double wanted = clamp((u[PumpNames.U_SPEED] * RAD_S_PER_RPM - w) * (1 / SPEED_LOOP_S), -ramp, ramp);
        return clamp(load + inertia * wanted, 0, torqueLimit);
    }

    /** Pressure the pump adds, Pa, after cavitation. */
    private double pumpPressure(double w, double q, double[] x, double[] u) {
        return cavitation(w, q, u) * notNegative(idealPressure(w, q, x[PumpNames.X_IMPELLER]));
    }

    private double idealPressure(double w, double q, double impeller) {
        return impellerShare * impeller * w * w - flowDrop * q * q;
    }

    /** {@link #cavitationFactor} here, without a division where there is enough head. */
    private double cavitation(double w, double q, double[] u) {
        double available = npshAvailable(u);
        double required = npshRequired(w, q);
        return available >= 2 * required ? 1 : cavitationFactor(available / required);
    }

    /** NPSH available over NPSH3. */
    double npshRatio(double w, double q, double[] u) {
        return npshAvailable(u) / npshRequired(w, q);
    }

    private double npshAvailable(double[] u) {
        double absolute = u[PumpNames.U_SUCTION] * PA_PER_BAR + ATMOSPHERE_PA;
        double vapour = Physics.waterVapourPressurePa(u[PumpNames.U_FLUID_TEMPERATURE]);
        return notNegative(absolute - vapour) * perDensityGravity;
    }

    /** NPSH3 follows speed squared and grows with flow: half and half at the rated point; 0.1 m at least. */
    private double npshRequired(double w, double q) {
        double n = w * perRatedSpeed;
        double r = q * perRatedFlow;
        return Math.max(0.1, requiredNpsh * 0.5 * (n * n + r * r));
    }

    /**
     * Share of the head that is left: 0.97 at NPSH available = NPSH3 (its definition, ISO 9906), towards 1 above, falling by 0.9
     * per unit of ratio below, at least 0.1.
     */
    static double cavitationFactor(double ratio) {
        if (ratio >= 2) {
            return 1;
        }
        if (ratio >= 1) {
            double rest = 2 - ratio;
            return 1 - 0.03 * rest * rest * rest;
        }
        return Math.max(0.1, 0.97 - 0.9 * (1 - ratio));
    }

    /** sqrt(across / resistance), with the opening multiplied out: one division instead of two. */
    private double steadyFlow(double across, double valvePercent) {
        double opening = Math.max(MIN_OPENING, valvePercent * 0.01);
        return opening * Math.sqrt(across / (pipeResistanceNow * opening * opening + valveResistanceNow));
    }

    /** Resistance of pipe and valve, Pa s2/m6. */
    double resistance(double valvePercent) {
        return resistanceFactor * nominalResistance(valvePercent);
    }

    /** Resistance before the estimated factor. */
    double nominalResistance(double valvePercent) {
        double opening = Math.max(MIN_OPENING, valvePercent / 100);
        double ratio = valveNominal / opening;
        return pipeResistance + valveResistance * ratio * ratio;
    }

    /** Steady flow at this speed, m3/s, by a damped fixed point on the cavitation factor. */
    double steadyFlow(double w, double impeller, double[] u) {
        double q = 0.5 * ratedFlow * w / ratedSpeed;
        double k = resistance(u[PumpNames.U_VALVE]);
        for (int i = 0; i < 12; i++) {
            double f = cavitationFactor(npshRatio(w, q, u));
            double across = u[PumpNames.U_SUCTION] * PA_PER_BAR - staticPressure + f * impellerShare * impeller * w * w;
            double next = across > 0 ? Math.sqrt(across / (k + f * flowDrop)) : 0;
            q = 0.5 * (q + next);
        }
        return q;
    }

    /** Friction factor of the thrust bearing that keeps it at this temperature; the bearing is assumed to be settled. */
    static double settledThrustHeat(double bearingK, double oilK, double ambientK) {
        return H_THRUST_AMBIENT * (bearingK - ambientK) + H_THRUST_OIL * (bearingK - oilK);
    }

    /** The same for the radial bearing. */
    static double settledRadialHeat(double bearingK, double oilK, double ambientK) {
        return H_RADIAL_AMBIENT * (bearingK - ambientK) + H_RADIAL_OIL * (bearingK - oilK);
    }

    /** Oil temperature at which heat from both bearings at this temperature leaves to the ambient. */
    static double settledOil(double bearingK, double ambientK) {
        double in = H_OIL_THRUST + H_OIL_RADIAL;
        return (in * bearingK + H_OIL_AMBIENT * ambientK) / (in + H_OIL_AMBIENT);
    }

    @Override
    public void outputs(OperatingMode mode, double[] x, double[] u, double[] y) {
        double w = x[PumpNames.X_SPEED];
        double q = x[PumpNames.X_FLOW];
        double torque = driveTorque(mode, w, loadTorque(w, q), u);
        double pressure = pumpPressure(w, q, x, u);
        double inputW = energised(mode, u) ? drive.inputPowerW(torque, w) : 0;
        y[PumpNames.Y_SPEED] = w / RAD_S_PER_RPM;
        y[PumpNames.Y_FLOW] = q * SECONDS_PER_HOUR;
        y[PumpNames.Y_DISCHARGE] = u[PumpNames.U_SUCTION] + pressure / PA_PER_BAR;
        y[PumpNames.Y_CURRENT] = drive.currentA(torque, w, energised(mode, u));
        y[PumpNames.Y_POWER] = inputW / 1000;
        y[PumpNames.Y_BEARING] = Math.max(x[PumpNames.X_THRUST], x[PumpNames.X_RADIAL]) - ZERO_CELSIUS_K;
        y[PumpNames.Y_OIL] = x[PumpNames.X_OIL] - ZERO_CELSIUS_K;
        y[PumpNames.Y_VIBRATION] = vibration(w, q, x, u);
        y[PumpNames.Y_STATE] = mode.number();
        y[PumpNames.Y_HEAD] = pressure / densityGravity;
        y[PumpNames.Y_HYDRAULIC] = pressure * q / 1000;
        y[PumpNames.Y_EFFICIENCY] = inputW > 0 ? clamp(100 * pressure * q / inputW, 0, 100) : 0;
        y[PumpNames.Y_SPECIFIC_ENERGY] = q > 0.005 * ratedFlow ? inputW / 1000 / (q * SECONDS_PER_HOUR) : 0;
        y[PumpNames.Y_NPSH_MARGIN] = npshAvailable(u) - npshRequired(w, q);
        y[PumpNames.Y_WEAR] = 100 * (1 - impellerShare * x[PumpNames.X_IMPELLER] / newImpeller);
    }

    /**
     * Velocity r.m.s., mm/s: unbalance follows speed (ISO 21940, constant e w), off-duty flow and cavitation add turbulence,
     * wear of the impeller adds unbalance, wear of either bearing shakes it; contributions add as squares. What lost lubrication adds
     * lies above the band of the velocity, 10 Hz to 1 kHz of ISO 20816-1: it heats alone.
     */
    double vibration(double w, double q, double[] x, double[] u) {
        double n = w / ratedSpeed;
        if (n < 0.01) {
            return 0;
        }
        double wear = Math.max(0, 1 - impellerShare * x[PumpNames.X_IMPELLER] / newImpeller);
        double duty = q / ratedFlow / n - 1;
        double unbalance = n * (1 + 8 * wear);
        double offDuty = 0.8 * n * duty;
        double thrust = n * worn(x[PumpNames.X_FRICTION_THRUST] / frictionThrust);
        double radial = n * worn(x[PumpNames.X_FRICTION_RADIAL] / frictionRadial);
        double cavitation = 12 * n * (1 - cavitationFactor(npshRatio(w, q, u)));
        return baseVibration
                * Math.sqrt(unbalance * unbalance
                        + offDuty * offDuty
                        + thrust * thrust
                        + radial * radial
                        + cavitation * cavitation);
    }

    /**
     * What a worn bearing adds to vibration, over unbalance: nothing until its friction has doubled, as early wear heats alone, then as much
     * as that grows by. One of five times the friction of new, past its end by heat, shakes by 5.7 mm/s where it was 1.8: from zone A or B
     * to zone C or D of ISO 20816-3.
     */
    private static double worn(double frictionOfNew) {
        return clamp(frictionOfNew - SHAKES, 0, MOST_WORN);
    }

    @Override
    public OperatingMode nextMode(OperatingMode mode, double[] x, double[] u) {
        if (!mode.canDrive()) {
            return mode;
        }
        if (event(PumpNames.E_BEARING, x, u) <= 0) {
            return OperatingMode.TRIPPED;
        }
        double target = u[PumpNames.U_RUN] >= 0.5 ? u[PumpNames.U_SPEED] * RAD_S_PER_RPM : 0;
        double w = x[PumpNames.X_SPEED];
        if (target < 0.01 * ratedSpeed) {
            return w < 0.02 * ratedSpeed ? OperatingMode.STOPPED : mode;
        }
        return w >= 0.9 * target ? OperatingMode.RUNNING : OperatingMode.STARTING;
    }

    @Override
    public double event(int index, double[] x, double[] u) {
        return switch (index) {
            case PumpNames.E_IMPELLER -> impellerShare * x[PumpNames.X_IMPELLER] / newImpeller - IMPELLER_LIMIT;
            case PumpNames.E_BEARING -> tripKelvin - Math.max(x[PumpNames.X_THRUST], x[PumpNames.X_RADIAL]);
            case PumpNames.E_CAVITATION ->
                x[PumpNames.X_FLOW] > 0.02 * ratedFlow
                        ? npshRatio(x[PumpNames.X_SPEED], x[PumpNames.X_FLOW], u) - 1
                        : 1;
            default -> throw new IllegalArgumentException("no event " + index);
        };
    }

    @Override
    public void project(double[] x) {
        x[PumpNames.X_SPEED] = notNegative(x[PumpNames.X_SPEED]);
        x[PumpNames.X_FLOW] = notNegative(x[PumpNames.X_FLOW]);
        x[PumpNames.X_IMPELLER] = notNegative(x[PumpNames.X_IMPELLER]);
    }

    /** Validated for 20..115 % of rated speed, up to 130 % of the best-efficiency flow at that speed, NPSH above 0.7 NPSH3. */
    @Override
    public boolean insideEnvelope(double[] x, double[] u) {
        double n = x[PumpNames.X_SPEED] / ratedSpeed;
        if (n < 0.02) {
            return true;
        }
        double q = x[PumpNames.X_FLOW] / ratedFlow;
        return n >= 0.2 && n <= 1.15 && q <= 1.3 * n && npshRatio(x[PumpNames.X_SPEED], x[PumpNames.X_FLOW], u) >= 0.7;
    }
}
