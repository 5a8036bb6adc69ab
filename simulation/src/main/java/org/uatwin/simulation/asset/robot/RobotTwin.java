package org.uatwin.simulation.asset.robot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.twin.SystemTwin;

/**
 * A six-axis arm as model of a twin. Without tables it is a UR5 (kinematics, masses and centres as Universal Robots publishes them)
 * doing a pick and place; the plant file gives its own {@code links} and {@code moves}. Joints are called J1 to J6.
 */
public final class RobotTwin {
    // d, a, alpha, mass, centre of mass x, y, z; rotor inertia and friction are typical of such drives
    private static final double[][] LINKS = {
        {0.089159, 0, Math.PI / 2, 3.7, 0, -0.02561, 0.00193},
        {0, -0.425, 0, 8.393, 0.2125, 0, 0.11336},
        {0, -0.39225, 0, 2.33, 0.15, 0, 0.0265},
        {0.10915, 0, Math.PI / 2, 1.219, 0, -0.0018, 0.01634},
        {0.09465, 0, -Math.PI / 2, 1.219, 0, 0.0018, 0.01634},
        {0.0823, 0, 0, 0.1879, 0, 0, -0.001159},
    };
    private static final double DEFAULT_CYCLE_S = 5;
    private static final double GEAR = 101;
    private static final double ROTOR_KG_M2 = 5e-5;
    private static final double VISCOUS_N_M_S = 2e-4;
    private static final double COULOMB_N_M = 0.02;

    // share of the cycle, then J1 to J6 in radians: above the part, down, up, over, down, back
    private static final double[][] WAYPOINTS = {
        {0, 0, -1.4, 1.6, -1.8, -1.57, 0},
        {0.15, 0, -1.1, 1.8, -2.3, -1.57, 0},
        {0.3, 0, -1.4, 1.6, -1.8, -1.57, 0},
        {0.55, 1.4, -1.4, 1.6, -1.8, -1.57, 0.8},
        {0.7, 1.4, -1.1, 1.8, -2.3, -1.57, 0.8},
        {0.8, 1.4, -1.4, 1.6, -1.8, -1.57, 0.8},
        {1, 0, -1.4, 1.6, -1.8, -1.57, 0},
    };

    private RobotTwin() {}

    public static SystemTwin arm() {
        return SystemTwin.of(new RobotArm())
                .defaultTable("links", RobotTwin::links)
                .defaultTable("moves", RobotTwin::moves)
                .tunable("MovesPeriod", 0)
                .preset("MovesPeriod", DEFAULT_CYCLE_S)
                .tunable("FrictionFactor", 0.1)
                .tunable("MotorRise", 0.1)
                .tunable("GearWear", 0.3)
                .input("Payload", 0.02, 0.05)
                .input("AmbientTemperature", 0, 0.5)
                .measured("MotorTemperature", "%sMotorTemperature", 0, 1)
                .measured("GearWear", "%sGearWear", 0, 0.01)
                .start("MotorTemperature", "MotorTemperature")
                .start("GearWear", "GearWear")
                .needs("Payload")
                .valid("Payload", 0, 10)
                .valid("MotorTemperature", -20, 110)
                .scenario(
                        "heavier-part",
                        "Twice the payload.",
                        new ScenarioAction("Payload", ScenarioAction.Kind.SCALE, 2, 0, 0))
                .scenario("faster", "A cycle of 3 s.", ScenarioAction.set("MovesPeriod", 3, 0))
                .wearsOut(
                        "GearWear",
                        "abrasion by torque times speed (Archard)",
                        "%sGearWear",
                        1,
                        "friction grows, motors warmer at the same motion")
                .fails("GearWorn", "FrictionFactor", 2.5, "more torque at the same motion, motors warmer")
                .fails("LubricationLost", "FrictionFactor", 1.8, "more torque at the same motion")
                .time(10, 0.05)
                .cost(size -> 5)
                .build();
    }

    private static List<Map<String, Object>> links(ToDoubleFunction<String> p) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int j = 0; j < LINKS.length; j++) {
            double[] l = LINKS[j];
            double radius = 0.05; // inertia of a slender cylinder, where the published set has none
            double length = Math.max(0.1, Math.abs(l[1]) + Math.abs(l[0]));
            double across = l[3] * (3 * radius * radius + length * length) / 12;
            double about = l[3] * radius * radius / 2;
            boolean isAlongX = Math.abs(l[1]) > 0;
            rows.add(Map.ofEntries(
                    Map.entry("joint", "J" + (j + 1)),
                    Map.entry("d_m", l[0]),
                    Map.entry("a_m", l[1]),
                    Map.entry("alpha_rad", l[2]),
                    Map.entry("mass_kg", l[3]),
                    Map.entry("cx_m", l[4]),
                    Map.entry("cy_m", l[5]),
                    Map.entry("cz_m", l[6]),
                    Map.entry("Ixx", isAlongX ? about : across),
                    Map.entry("Iyy", across),
                    Map.entry("Izz", isAlongX ? across : about),
                    Map.entry("Jm_kgm2", ROTOR_KG_M2),
                    Map.entry("gear", GEAR),
                    Map.entry("B_Nms", VISCOUS_N_M_S),
                    Map.entry("Tc_plus_Nm", COULOMB_N_M),
                    Map.entry("Tc_minus_Nm", -COULOMB_N_M)));
        }
        return rows;
    }

    private static List<Map<String, Object>> moves(ToDoubleFunction<String> p) {
        double cycle = p.applyAsDouble("MovesPeriod") > 0 ? p.applyAsDouble("MovesPeriod") : DEFAULT_CYCLE_S;
        List<Map<String, Object>> rows = new ArrayList<>();
        for (double[] w : WAYPOINTS) {
            for (int j = 1; j < w.length; j++) {
                rows.add(Map.of("joint", "J" + j, "time_s", w[0] * cycle, "position_rad", w[j]));
            }
        }
        return rows;
    }
}
