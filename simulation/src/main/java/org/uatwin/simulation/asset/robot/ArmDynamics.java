package org.uatwin.simulation.asset.robot;

import org.uatwin.simulation.solver.Lu;
import org.uatwin.simulation.system.DataTable;

/**
 * Inverse and forward dynamics of a serial arm in standard Denavit-Hartenberg parameters: recursive Newton-Euler (Luh, Walker, Paul,
 * ASME J. Dynamic Systems 102, 1980) with motor inertia, viscous and Coulomb friction through the gears, and a payload at the flange.
 * Owned by one thread; allocates nothing after construction.
 */
final class ArmDynamics {
    final int n;
    final double[] gear;
    private final double[] d;
    private final double[] a;
    private final double[] cosAlpha;
    private final double[] sinAlpha;
    private final double[] theta0;
    private final double[] mass;
    private final double[][] com;
    private final double[][] inertia; // Ixx, Iyy, Izz about the centre of mass
    private final double[] motorInertia;
    private final double[] viscous;
    private final double[] coulombPlus;
    private final double[] coulombMinus;
    private final double[][] rotation; // row-major 3x3 of each joint
    private final double[][] force;
    private final double[][] moment;
    private final double[] w = new double[3];
    private final double[] wd = new double[3];
    private final double[] vd = new double[3];
    private final double[] t1 = new double[3];
    private final double[] t2 = new double[3];
    private final double[] t3 = new double[3];
    private final double[] f = new double[3];
    private final double[] nn = new double[3];
    private final double[] pstar = new double[3];
    private final double[] zero;
    private final double[] unit;
    private final double[] column;
    private final double[] bias;
    private final Lu lu;

    ArmDynamics(DataTable links) {
        n = links.rows();
        d = links.column("d_m");
        a = links.column("a_m");
        theta0 = links.column("theta_offset_rad");
        mass = links.column("mass_kg");
        gear = links.column("gear");
        motorInertia = links.column("Jm_kgm2");
        viscous = links.column("B_Nms");
        coulombPlus = links.column("Tc_plus_Nm");
        coulombMinus = links.column("Tc_minus_Nm");
        cosAlpha = new double[n];
        sinAlpha = new double[n];
        com = new double[n][];
        inertia = new double[n][];
        for (int j = 0; j < n; j++) {
            double alpha = links.number(j, "alpha_rad");
            // A right angle written with rounded digits is meant as one.
            cosAlpha[j] = StrictMath.cos(alpha);
            sinAlpha[j] = StrictMath.sin(alpha);
            com[j] = new double[] {links.number(j, "cx_m"), links.number(j, "cy_m"), links.number(j, "cz_m")};
            inertia[j] = new double[] {links.number(j, "Ixx"), links.number(j, "Iyy"), links.number(j, "Izz")};
        }
        rotation = new double[n][9];
        force = new double[n][3];
        moment = new double[n][3];
        zero = new double[n];
        unit = new double[n];
        column = new double[n];
        bias = new double[n];
        lu = new Lu(n);
    }

    private static void cross(double[] p, double[] q, double[] out) {
        double x = p[1] * q[2] - p[2] * q[1];
        double y = p[2] * q[0] - p[0] * q[2];
        out[2] = p[0] * q[1] - p[1] * q[0];
        out[0] = x;
        out[1] = y;
    }

    private static void transposed(double[] r, double[] v, double[] out) {
        double x = r[0] * v[0] + r[3] * v[1] + r[6] * v[2];
        double y = r[1] * v[0] + r[4] * v[1] + r[7] * v[2];
        out[2] = r[2] * v[0] + r[5] * v[1] + r[8] * v[2];
        out[0] = x;
        out[1] = y;
    }

    private static void times(double[] r, double[] v, double[] out) {
        double x = r[0] * v[0] + r[1] * v[1] + r[2] * v[2];
        double y = r[3] * v[0] + r[4] * v[1] + r[5] * v[2];
        out[2] = r[6] * v[0] + r[7] * v[1] + r[8] * v[2];
        out[0] = x;
        out[1] = y;
    }

    private void rotate(double[] q) {
        for (int j = 0; j < n; j++) {
            double c = StrictMath.cos(q[j] + theta0[j]);
            double s = StrictMath.sin(q[j] + theta0[j]);
            double[] r = rotation[j];
            r[0] = c;
            r[1] = -s * cosAlpha[j];
            r[2] = s * sinAlpha[j];
            r[3] = s;
            r[4] = c * cosAlpha[j];
            r[5] = -c * sinAlpha[j];
            r[6] = 0;
            r[7] = sinAlpha[j];
            r[8] = cosAlpha[j];
        }
    }

    private void offset(int j) {
        pstar[0] = a[j];
        pstar[1] = d[j] * sinAlpha[j];
        pstar[2] = d[j] * cosAlpha[j];
    }

    /**
     * Joint torques for a motion.
     *
     * @param gravity m/s2 along the negative z axis of the base.
     * @param payload kg at the flange.
     * @param frictionFactor factor on viscous and Coulomb friction.
     */
    void torques(
            double[] q,
            double[] qd,
            double[] qdd,
            double gravity,
            double payload,
            double frictionFactor,
            double[] tau) {
        rotate(q);
        outwards(qd, qdd, gravity);
        inwards(payload, tau);
        for (int j = 0; j < n; j++) {
            double g = Math.abs(gear[j]);
            double coulomb = qd[j] > 0 ? coulombPlus[j] : qd[j] < 0 ? coulombMinus[j] : 0;
            tau[j] += g * g * motorInertia[j] * qdd[j] + frictionFactor * g * (viscous[j] * g * qd[j] + coulomb);
        }
    }

    /** Velocities and accelerations from the base to the flange. */
    private void outwards(double[] qd, double[] qdd, double gravity) {
        w[0] = w[1] = w[2] = 0;
        wd[0] = wd[1] = wd[2] = 0;
        vd[0] = vd[1] = 0;
        vd[2] = gravity;
        for (int j = 0; j < n; j++) {
            double[] r = rotation[j];
            // wd = R' (wd + z qdd + w x z qd)
            t1[0] = wd[0] + w[1] * qd[j];
            t1[1] = wd[1] - w[0] * qd[j];
            t1[2] = wd[2] + qdd[j];
            transposed(r, t1, wd);
            w[2] += qd[j];
            transposed(r, w, w);
            transposed(r, vd, vd);
            offset(j);
            accelerate(pstar, vd, vd);
            accelerate(com[j], vd, t3);
            for (int k = 0; k < 3; k++) {
                force[j][k] = mass[j] * t3[k];
                t1[k] = inertia[j][k] * w[k];
            }
            cross(w, t1, t2);
            for (int k = 0; k < 3; k++) {
                moment[j][k] = inertia[j][k] * wd[k] + t2[k];
            }
        }
    }

    /** out = base + wd x p + w x (w x p). */
    private void accelerate(double[] p, double[] base, double[] out) {
        cross(wd, p, t1);
        cross(w, p, t2);
        cross(w, t2, t2);
        for (int k = 0; k < 3; k++) {
            out[k] = base[k] + t1[k] + t2[k];
        }
    }

    /** Forces and moments from the flange to the base. */
    private void inwards(double payload, double[] tau) {
        // The payload is a point mass at the flange: it feels the flange's acceleration, which is what vd holds now.
        for (int k = 0; k < 3; k++) {
            f[k] = payload * vd[k];
            nn[k] = 0;
        }
        for (int j = n - 1; j >= 0; j--) {
            if (j < n - 1) {
                times(rotation[j + 1], f, f);
                times(rotation[j + 1], nn, nn);
            }
            offset(j);
            // moment about the joint's origin: carried moment + p* x carried force + (p* + r) x own force + own moment
            cross(pstar, f, t1);
            for (int k = 0; k < 3; k++) {
                t2[k] = pstar[k] + com[j][k];
            }
            cross(t2, force[j], t2);
            for (int k = 0; k < 3; k++) {
                nn[k] += t1[k] + t2[k] + moment[j][k];
                f[k] += force[j][k];
            }
            double[] r = rotation[j];
            tau[j] = nn[0] * r[6] + nn[1] * r[7] + nn[2] * r[8];
        }
    }

    /** Accelerations for given torques: unit columns of the mass matrix by the inverse dynamics, then a linear solve. */
    void accelerations(
            double[] q,
            double[] qd,
            double[] tau,
            double gravity,
            double payload,
            double frictionFactor,
            double[] qdd) {
        torques(q, qd, zero, gravity, payload, frictionFactor, bias);
        double[][] m = lu.matrix();
        for (int j = 0; j < n; j++) {
            unit[j] = 1;
            torques(q, zero, unit, 0, payload, 0, column);
            unit[j] = 0;
            for (int i = 0; i < n; i++) {
                m[i][j] = column[i];
            }
        }
        lu.factorise();
        for (int i = 0; i < n; i++) {
            qdd[i] = tau[i] - bias[i];
        }
        lu.solve(qdd);
    }
}
