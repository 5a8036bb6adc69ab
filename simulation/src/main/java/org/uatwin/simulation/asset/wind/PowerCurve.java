package org.uatwin.simulation.asset.wind;

import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * Power and thrust of a turbine over wind speed, linear between rows, nothing outside them. A machine without a thrust column gets the
 * thrust of an actuator disc that yields its power.
 */
final class PowerCurve {
    private static final double BETZ = 16.0 / 27;

    private final double[] speed;
    private final double[] power;
    private final double[] thrust;
    private final double ratedPower;

    /** Adds the table to a card. */
    static ModelCard.Builder table(ModelCard.Builder card) {
        return card.table(
                "curve",
                true,
                "power and thrust over wind speed",
                Column.number("wind_speed_m_s", "m/s", 0, 100, "at hub height"),
                Column.number("power_kW", "kW", -1e5, 1e6, "electrical"),
                Column.optional("ct", "", Double.NaN, 0, 3, "thrust coefficient"));
    }

    /** A curve at reference density; {@code area} in m2 serves machines without thrust. */
    PowerCurve(DataTable table, double density, double area) {
        speed = table.column("wind_speed_m_s");
        power = table.column("power_kW");
        thrust = table.column("ct");
        double largest = 0;
        for (int i = 0; i < speed.length; i++) {
            if (i > 0 && !(speed[i] > speed[i - 1])) {
                throw table.problem(i, "wind_speed_m_s", "wind speeds must rise", "sort the rows.");
            }
            largest = Math.max(largest, power[i]);
            if (Double.isNaN(thrust[i])) {
                double available = 0.5 * density * area * speed[i] * speed[i] * speed[i] / 1000;
                double cp = available > 0 ? Math.max(0, Math.min(BETZ, power[i] / available)) : 0;
                double a = induction(cp);
                thrust[i] = 4 * a * (1 - a);
            }
        }
        ratedPower = largest;
    }

    /** Smaller solution of cp = 4 a (1 - a)^2 by Newton's method. */
    private static double induction(double cp) {
        double a = 0;
        for (int i = 0; i < 60; i++) {
            double f = 4 * a * (1 - a) * (1 - a) - cp;
            double slope = 4 * (1 - a) * (1 - 3 * a);
            if (!(slope > 1e-9)) {
                break;
            }
            a = Math.max(0, Math.min(1.0 / 3, a - f / slope));
        }
        return a;
    }

    double ratedPower() {
        return ratedPower;
    }

    double powerKw(double wind) {
        return at(power, wind);
    }

    double thrustCoefficient(double wind) {
        return at(thrust, wind);
    }

    /** Thrust, kN. */
    double thrustKn(double wind, double rho, double radius) {
        return thrustCoefficient(wind) * 0.5 * rho * Math.PI * radius * radius * wind * wind / 1000;
    }

    /**
     * Change of thrust for a relative change of the wind, kN, by the slope of the curve: a pitch-controlled rotor sheds thrust above rated.
     */
    double thrustReactionKn(double wind, double rho, double radius) {
        double dv = 0.5;
        double rise = thrustKn(wind + dv, rho, radius) - thrustKn(Math.max(0, wind - dv), rho, radius);
        return Math.abs(rise) / (2 * dv) * wind;
    }

    private double at(double[] values, double wind) {
        int n = speed.length;
        if (wind < speed[0] || wind > speed[n - 1]) {
            return 0;
        }
        int low = 0;
        int high = n - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (speed[middle] <= wind) {
                low = middle;
            } else {
                high = middle;
            }
        }
        if (high == low) {
            return values[low];
        }
        double share = (wind - speed[low]) / (speed[high] - speed[low]);
        return values[low] + share * (values[high] - values[low]);
    }
}
