package org.uatwin.simulation.asset.vehicle;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.system.Continuous;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.SetupException;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.system.SystemModel;

/**
 * Cars in one lane by the Intelligent Driver Model (Treiber, Hennecke, Helbing, Phys. Rev. E 62, 2000), behind a leader or on a ring:
 * a (1 - (v/v0)^4 - (s* / s)^2), s* = s0 + max(0, v T + v dv / (2 sqrt(a b))).
 */
public final class CarFollowing implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final String IDM = "Treiber et al. 2000";
    private static final ModelCard CARD = ModelCard.named(
                    "CarFollowing",
                    ModelCard.Kind.CONTINUOUS,
                    "Cars in one lane (IDM), behind a leader of given speed or on a ring.")
            .valid("one lane, no overtaking, equal drivers")
            .parameter("Cars", "", 3, 1, 2000, "followers; on a ring all cars", "scenario")
            .parameter("Acceleration", "m/s2", 0.73, 0.05, 10, "a", IDM)
            .parameter("Deceleration", "m/s2", 1.67, 0.05, 10, "b, comfortable", IDM)
            .parameter("TimeHeadway", "s", 1.6, 0, 10, "T", IDM)
            .parameter("MinimumGap", "m", 2, 0, 50, "s0", IDM)
            .parameter("DesiredSpeed", "m/s", 33.333, 0.1, 100, "v0", IDM)
            .parameter("Length", "m", 5, 0, 50, "of a car", IDM)
            .parameter("InitialGap", "m", 45, 0.1, 1e5, "bumper to bumper", "scenario")
            .parameter("InitialSpeed", "m/s", 20, 0, 100, "of all", "scenario")
            .parameter(
                    "RingLength",
                    "m",
                    0,
                    0,
                    1e7,
                    "0 = behind a leader; else the gaps share the ring equally",
                    "scenario")
            .parameter("Nudge", "m", 0, -100, 100, "car 1 stands this much ahead at the start", "scenario")
            .input("LeaderSpeed", "m/s", 20, 0, 100, "")
            .output("Position.<car>", "m", "front bumper; the leader is 0 and begins at 0")
            .output("Speed.<car>", "m/s", 0, 100, "")
            .output("Gap.<car>", "m", "to the car ahead")
            .output("Flow", "1/h", 0, ANY, "mean speed over mean spacing")
            .time(100, 0.1)
            .fixed("it lays the road and places the cars", "Cars", "RingLength")
            .fixed("it only shapes the start", "InitialGap", "InitialSpeed", "Nudge")
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup s) {
        int n = (int) s.parameter("Cars");
        boolean isRing = s.parameter("RingLength") > 0;
        double gap = isRing ? s.parameter("RingLength") / n - s.parameter("Length") : s.parameter("InitialGap");
        if (gap <= 0) {
            throw SetupException.of(
                    "RingLength",
                    "%d cars do not fit on %s m".formatted(n, Port.number(s.parameter("RingLength"))),
                    "lengthen the ring or take fewer cars.");
        }
        double[] start = new double[2 * (n + 1)];
        List<Port> out = new ArrayList<>();
        for (int i = 0; i <= n; i++) {
            start[i] = -i * (gap + s.parameter("Length"));
            start[n + 1 + i] = s.parameter("InitialSpeed");
        }
        start[1] += s.parameter("Nudge");
        for (String kind : List.of("Position", "Speed", "Gap")) {
            for (int i = isRing ? 1 : 0; i <= n; i++) {
                if (i > 0 || !kind.equals("Gap")) {
                    out.add(CARD.output(kind).of("" + i));
                }
            }
        }
        out.add(CARD.output("Flow"));
        return new Run(s, isRing ? List.of() : CARD.inputs(), out, start, n);
    }

    private static final class Run extends Continuous {
        private final int n;
        private final double a;
        private final double root;
        private final double headway;
        private final double s0;
        private final double v0;
        private final double length;
        private final double ring;

        Run(Setup s, List<Port> in, List<Port> out, double[] start, int n) {
            super(s, in, out, start, 0, SolverSettings.Method.RK4, 0.01);
            this.n = n;
            a = s.parameter("Acceleration");
            root = 2 * Math.sqrt(a * s.parameter("Deceleration"));
            headway = s.parameter("TimeHeadway");
            s0 = s.parameter("MinimumGap");
            v0 = s.parameter("DesiredSpeed");
            length = s.parameter("Length");
            ring = s.parameter("RingLength");
        }

        private double leader(double[] x, double[] u, int car, boolean isSpeed) {
            if (ring > 0 && car == 1) {
                return isSpeed ? x[n + 1 + n] : x[n] + ring;
            }
            return isSpeed ? (car == 1 ? u[0] : x[n + car]) : x[car - 1];
        }

        private double gap(double[] x, double[] u, int car) {
            return leader(x, u, car, false) - x[car] - length;
        }

        @Override
        public void derivatives(double t, double[] x, double[] u, double[] dx) {
            dx[0] = ring > 0 ? 0 : u[0];
            dx[n + 1] = 0;
            for (int i = 1; i <= n; i++) {
                double v = Math.max(0, x[n + 1 + i]);
                double gap = Math.max(1e-3, gap(x, u, i));
                double closing = v - leader(x, u, i, true);
                double wanted = s0 + Math.max(0, v * headway + v * closing / root);
                double free = v / v0;
                double ratio = wanted / gap;
                double acceleration = a * (1 - free * free * free * free - ratio * ratio);
                dx[i] = v;
                dx[n + 1 + i] = x[n + 1 + i] <= 0 ? Math.max(0, acceleration) : acceleration;
            }
        }

        @Override
        protected void stepped(double t, double[] x, double[] u) {
            for (int i = 1; i <= n; i++) {
                x[n + 1 + i] = Math.max(0, x[n + 1 + i]);
            }
        }

        @Override
        protected void outputs(double t, double[] x, double[] u, double[] y) {
            int at = 0;
            int first = ring > 0 ? 1 : 0;
            double speeds = 0;
            double spacing = 0;
            for (int i = first; i <= n; i++) {
                y[at++] = x[i];
            }
            for (int i = first; i <= n; i++) {
                y[at++] = i == 0 ? u[0] : x[n + 1 + i];
            }
            for (int i = 1; i <= n; i++) {
                y[at] = gap(x, u, i);
                spacing += (y[at++] + length) / n;
                speeds += x[n + 1 + i] / n;
            }
            y[at] = 3600 * speeds / spacing;
        }
    }
}
