package org.uatwin.simulation.asset.robot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.simulation.system.Continuous;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * A serial arm of revolute joints: torques of a motion (Mode 0) or motion under torques (Mode 1), with heat of the motors, gear wear by
 * Archard's law w' = k |torque| |speed|, energy. In Mode 0 the motion comes from the inputs, or from the table {@code moves}: quintic
 * between waypoints, at rest at each.
 */
public final class RobotArm implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final String SHEET = "data sheet of the arm";
    private static final ModelCard CARD = ModelCard.named(
                    "RobotArm",
                    ModelCard.Kind.CONTINUOUS,
                    "A serial robot arm: joint torques, motion, motor heat, gear wear, energy.")
            .valid("rigid links, revolute joints, standard Denavit-Hartenberg parameters; no contact")
            .parameter("Mode", "", 0, 0, 1, "0 = torques of a given motion, 1 = motion under given torques", "")
            .parameter("Gravity", "m/s2", 9.81, 0, 30, "along -z of the base", "site")
            .parameter("FrictionFactor", "", 1, 0, 10, "factor on joint friction: wear and lubrication", "estimated")
            .parameter("MotorRise", "K", 60, 1, 200, "winding over ambient at RatedTorque held", "typical")
            .parameter("RatedTorqueShare", "", 1, 0.01, 100, "N.m at the motor shaft that heats it by MotorRise", SHEET)
            .parameter("MotorThermalTime", "s", 1200, 10, 1e5, "time constant", "typical")
            .parameter("TripTemperature", "Cel", 110, 40, 250, "of a motor", "protection")
            .parameter(
                    "GearWear",
                    "1/J",
                    1e-10,
                    0,
                    1,
                    "Archard: wear per joule of |torque| |speed|; 1 = end of life",
                    "typical")
            .parameter("MovesPeriod", "s", 0, 0, 1e9, "moves begin again after it; 0 = they end", "plan")
            .table(
                    "links",
                    true,
                    "one row per joint, from the base",
                    Column.text("joint", "name"),
                    Column.number("d_m", "m", -100, 100, "DH offset"),
                    Column.number("a_m", "m", -100, 100, "DH length"),
                    Column.number("alpha_rad", "rad", -10, 10, "DH twist"),
                    Column.optional("theta_offset_rad", "rad", 0, -10, 10, "added to the joint angle"),
                    Column.number("mass_kg", "kg", 0, 1e5, "of the link"),
                    Column.optional("cx_m", "m", 0, -100, 100, "centre of mass in the link frame"),
                    Column.optional("cy_m", "m", 0, -100, 100, ""),
                    Column.optional("cz_m", "m", 0, -100, 100, ""),
                    Column.optional("Ixx", "kg.m2", 0, 0, 1e6, "about the centre of mass"),
                    Column.optional("Iyy", "kg.m2", 0, 0, 1e6, ""),
                    Column.optional("Izz", "kg.m2", 0, 0, 1e6, ""),
                    Column.optional("Jm_kgm2", "kg.m2", 0, 0, 1e4, "inertia of the motor"),
                    Column.optional("gear", "", 1, -1e5, 1e5, "gear ratio"),
                    Column.optional("B_Nms", "N.m.s", 0, 0, 1e4, "viscous friction at the motor"),
                    Column.optional("Tc_plus_Nm", "N.m", 0, 0, 1e5, "Coulomb friction at the motor, moving up"),
                    Column.optional("Tc_minus_Nm", "N.m", 0, -1e5, 0, "moving down, negative"),
                    Column.optional("speed_rad_s", "rad/s", 3.14, 1e-3, 1e3, "largest speed of the joint"),
                    Column.optional(
                            "acceleration_rad_s2", "rad/s2", 15, 1e-3, 1e5, "largest acceleration of the joint"))
            .table(
                    "moves",
                    false,
                    "waypoints, one row per joint that moves; others hold",
                    Column.text("joint", "name"),
                    Column.number("time_s", "s", 0, 1e9, "when it is reached"),
                    Column.number("position_rad", "rad", -1e3, 1e3, "where"))
            .table(
                    "tasks",
                    false,
                    "places of work, one row per task and joint; the first is where a cycle begins; for the order of tasks",
                    Column.text("task", "name"),
                    Column.text("joint", "name; a joint without a row is at 0"),
                    Column.number("position_rad", "rad", -1e3, 1e3, "where"),
                    Column.optional("time_s", "s", 0, 0, 1e6, "work there; the largest of the task's rows counts"))
            .input("Position.<joint>", "rad", 0, -1000, 1000, "Mode 0")
            .input("Velocity.<joint>", "rad/s", 0, -1000, 1000, "Mode 0")
            .input("Acceleration.<joint>", "rad/s2", 0, -1e5, 1e5, "Mode 0")
            .input("Torque.<joint>", "N.m", 0, -1e6, 1e6, "Mode 1")
            .input("Payload", "kg", 0, 0, 1e4, "point mass at the flange")
            .input("AmbientTemperature", "Cel", 20, -40, 80, "")
            .output("Torque.<joint>", "N.m", "at the joint")
            .output("Position.<joint>", "rad", "")
            .output("Velocity.<joint>", "rad/s", "")
            .output("Acceleration.<joint>", "rad/s2", "")
            .output("MotorTemperature.<joint>", "Cel", -40, 1000, "")
            .output("GearWear.<joint>", "", 0, ANY, "share of life")
            .output("Power", "W", "mechanical, of all joints")
            .output("Energy", "J", 0, ANY, "motoring only: the integral of max(power, 0) of each joint")
            .start("MotorTemperature.<joint>", "Cel, else ambient")
            .start("GearWear.<joint>", "share of life at time 0")
            .start("Position.<joint>", "Mode 1")
            .start("Velocity.<joint>", "Mode 1")
            .time(0, 0.01)
            .fixed("it says which equations are solved", "Mode")
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable links = setup.table("links");
        Map<String, Integer> joints = links.index("joint");
        List<Port> in = new ArrayList<>();
        List<Port> out = new ArrayList<>();
        for (String kind : List.of("Position", "Velocity", "Acceleration", "Torque")) {
            for (int j = 0; j < links.rows(); j++) {
                in.add(CARD.input(kind).of(links.text(j, "joint")));
            }
        }
        for (String kind : List.of("Torque", "Position", "Velocity", "Acceleration", "MotorTemperature", "GearWear")) {
            for (int j = 0; j < links.rows(); j++) {
                out.add(CARD.output(kind).of(links.text(j, "joint")));
            }
        }
        in.add(CARD.input("Payload"));
        in.add(CARD.input("AmbientTemperature"));
        out.add(CARD.output("Power"));
        out.add(CARD.output("Energy"));
        Optional<Moves> moves = setup.optionalTable("moves").map(t -> new Moves(t, joints));
        boolean isForward = setup.parameter("Mode") >= 0.5;
        int n = links.rows();
        double[] start = new double[(isForward ? 4 : 2) * n + 1];
        double[] warm = new double[n];
        for (int j = 0; j < n; j++) {
            start[n + j] = setup.start("GearWear." + links.text(j, "joint"), 0);
            warm[j] = setup.start("MotorTemperature." + links.text(j, "joint"), Double.NaN);
            double q = setup.start("Position." + links.text(j, "joint"), 0);
            double qd = setup.start("Velocity." + links.text(j, "joint"), 0);
            if (isForward) {
                start[2 * n + 1 + j] = q;
                start[3 * n + 1 + j] = qd;
            }
        }
        return new Run(setup, in, out, start, warm, new ArmDynamics(links), moves, isForward);
    }

    /** State: rise of motor temperature, gear wear, energy, then in Mode 1 positions and velocities. */
    private static final class Run extends Continuous {
        private final double[] warm; // temperatures at time 0, NaN for ambient
        private final ArmDynamics arm;
        private final Optional<Moves> moves;
        private final boolean isForward;
        private final int n;
        private final double gravity;
        private final double friction;
        private final double heat;
        private final double thermalTime;
        private final double trip;
        private final double wear;
        private final double period;
        private final double[] q;
        private final double[] qd;
        private final double[] qdd;
        private final double[] tau;

        Run(
                Setup s,
                List<Port> in,
                List<Port> out,
                double[] start,
                double[] warm,
                ArmDynamics arm,
                Optional<Moves> moves,
                boolean isForward) {
            super(s, in, out, start, arm.n, SolverSettings.Method.RK4, 0.005);
            this.warm = warm;
            this.arm = arm;
            this.moves = moves;
            this.isForward = isForward;
            this.n = arm.n;
            gravity = s.parameter("Gravity");
            friction = s.parameter("FrictionFactor");
            double rated = s.parameter("RatedTorqueShare");
            heat = s.parameter("MotorRise") / (rated * rated);
            thermalTime = s.parameter("MotorThermalTime");
            trip = s.parameter("TripTemperature");
            wear = s.parameter("GearWear");
            period = s.parameter("MovesPeriod");
            q = new double[n];
            qd = new double[n];
            qdd = new double[n];
            tau = new double[n];
        }

        @Override
        protected void settle(double[] x, double[] u) {
            for (int j = 0; j < n; j++) {
                x[j] = Double.isNaN(warm[j]) ? x[j] : warm[j] - u[4 * n + 1];
            }
        }

        @Override
        public boolean replace(String state, double value) {
            for (int j = 0; j < n; j++) {
                String joint = inputs().get(j).name().substring("Position".length());
                if (state.equals("GearWear" + joint)) {
                    renew(n + j, value);
                    return true;
                }
            }
            return false;
        }

        private void move(double t, double[] x, double[] u) {
            double payload = u[4 * n];
            if (isForward) {
                System.arraycopy(x, 2 * n + 1, q, 0, n);
                System.arraycopy(x, 3 * n + 1, qd, 0, n);
                System.arraycopy(u, 3 * n, tau, 0, n);
                arm.accelerations(q, qd, tau, gravity, payload, friction, qdd);
                return;
            }
            System.arraycopy(u, 0, q, 0, n);
            System.arraycopy(u, n, qd, 0, n);
            System.arraycopy(u, 2 * n, qdd, 0, n);
            if (moves.isPresent()) {
                moves.get().at(period > 0 ? t - period * Math.floor(t / period) : t, q, qd, qdd);
            }
            arm.torques(q, qd, qdd, gravity, payload, friction, tau);
        }

        @Override
        public void derivatives(double t, double[] x, double[] u, double[] dx) {
            move(t, x, u);
            double energy = 0;
            for (int j = 0; j < n; j++) {
                double atMotor = tau[j] / Math.abs(arm.gear[j] == 0 ? 1 : arm.gear[j]);
                dx[j] = (heat * atMotor * atMotor - x[j]) / thermalTime;
                dx[n + j] = wear * Math.abs(tau[j] * qd[j]);
                energy += Math.max(0, tau[j] * qd[j]);
                if (isForward) {
                    dx[2 * n + 1 + j] = qd[j];
                    dx[3 * n + 1 + j] = qdd[j];
                }
            }
            dx[2 * n] = energy;
        }

        @Override
        protected double event(int index, double t, double[] x, double[] u) {
            return trip - (x[index] + u[4 * n + 1]);
        }

        @Override
        protected String happened(int index, double t, double[] x, double[] u) {
            return "MotorOverheat " + inputs().get(index).name().substring("Position.".length());
        }

        @Override
        protected void outputs(double t, double[] x, double[] u, double[] y) {
            move(t, x, u);
            double power = 0;
            for (int j = 0; j < n; j++) {
                y[j] = tau[j];
                y[n + j] = q[j];
                y[2 * n + j] = qd[j];
                y[3 * n + j] = qdd[j];
                y[4 * n + j] = x[j] + u[4 * n + 1];
                y[5 * n + j] = x[n + j];
                power += tau[j] * qd[j];
            }
            y[6 * n] = power;
            y[6 * n + 1] = x[2 * n];
        }
    }
}
