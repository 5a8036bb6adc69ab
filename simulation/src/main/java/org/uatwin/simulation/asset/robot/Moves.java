package org.uatwin.simulation.asset.robot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.uatwin.simulation.system.DataTable;

/** Waypoints of each joint, joined by quintics that begin and end at rest. */
final class Moves {
    private final List<double[]> times = new ArrayList<>();
    private final List<double[]> positions = new ArrayList<>();

    Moves(DataTable table, Map<String, Integer> joints) {
        for (int j = 0; j < joints.size(); j++) {
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < table.rows(); i++) {
                if (table.reference(i, "joint", joints) == j) {
                    double time = table.number(i, "time_s");
                    if (!points.isEmpty() && time <= points.get(points.size() - 1)[0]) {
                        throw table.problem(i, "time_s", "times of a joint must rise", "sort its rows.");
                    }
                    points.add(new double[] {time, table.number(i, "position_rad")});
                }
            }
            times.add(points.stream().mapToDouble(p -> p[0]).toArray());
            positions.add(points.stream().mapToDouble(p -> p[1]).toArray());
        }
    }

    /** Overwrites position, velocity and acceleration of every joint that has waypoints. */
    void at(double t, double[] q, double[] qd, double[] qdd) {
        for (int j = 0; j < q.length; j++) {
            double[] time = times.get(j);
            double[] p = positions.get(j);
            if (time.length == 0) {
                continue;
            }
            qd[j] = 0;
            qdd[j] = 0;
            if (t <= time[0] || t >= time[time.length - 1]) {
                q[j] = t <= time[0] ? p[0] : p[p.length - 1];
                continue;
            }
            int k = 0;
            while (time[k + 1] < t) {
                k++;
            }
            double length = time[k + 1] - time[k];
            double s = (t - time[k]) / length;
            double way = p[k + 1] - p[k];
            q[j] = p[k] + way * s * s * s * (10 - 15 * s + 6 * s * s);
            qd[j] = way * 30 * s * s * (1 - s) * (1 - s) / length;
            qdd[j] = way * 60 * s * (1 - s) * (1 - 2 * s) / (length * length);
        }
    }
}
