package org.uatwin.simulation.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Machines, lines, maintenance, equations, tours against published figures. */
@SuppressWarnings("StringConcatToTextBlock") // a text block would need as many escapes
class ReferenceMachineTest extends ReferenceCases {
    @Test
    void robot() throws IOException {
        for (Row row : csv("robot_puma560/expected_torques.csv")) {
            Cases.Outcome run = run(
                    "model: RobotArm\ntables: {links: @robot_puma560/links.csv}\nparameters: {Gravity: %s}\n"
                            + "inputs: {Position.2: pi/4, Position.3: pi, Position.5: pi/4, Velocity: %s, Acceleration: %s}\n",
                    row.get("gravity"), row.get("qd"), row.get("qdd"));
            for (int j = 1; j <= 6; j++) {
                double expected = number(row, "tau" + j);
                double ours = run.at(0, "Torque." + j);
                table.add(String.format(
                        Locale.ROOT,
                        "%-58s %14.6g %14.6g %10.2e %8.1e",
                        "robot_puma560 " + row.get("case") + " joint " + j + ", N.m",
                        expected,
                        ours,
                        Math.abs(ours - expected),
                        1e-4));
                assertThat(ours).isCloseTo(expected, within(1e-4));
            }
        }
    }

    @Test
    void maintenance() throws IOException {
        for (Row row : csv("maintenance_analytic/age_replacement.csv")) {
            Cases.Outcome run = run(
                    "model: AgeReplacement\ninputs: {Shape: %s, Scale: %s, PlannedCost: %s, FailureCost: %s}\n",
                    row.get("beta"), row.get("eta_h"), row.get("cost_pm"), row.get("cost_cm"));
            String name = "maintenance_analytic age, shape " + row.get("beta");
            same(name + ", h", number(row, "t_opt_h"), run.at(0, "OptimalAge"), 5e-4);
            same(name + ", cost rate", number(row, "cost_rate_min"), run.at(0, "CostRate"), 5e-4);
            same(
                    name + ", run to failure",
                    number(row, "cost_rate_run_to_failure"),
                    run.at(0, "CostRateRunToFailure"),
                    5e-4);
        }
        Map<String, Double> d = new HashMap<>();
        for (Row row : csv("maintenance_analytic/degradation.csv")) {
            if (!row.get("value").contains("|")) {
                d.put(row.get("quantity"), number(row, "value"));
            }
        }
        Cases.Outcome fresh = run("model: DegradationLife\nparameters: {Drift: 0.05, Diffusion: 0.2, Limit: 10}\n");
        Cases.Outcome used = run(
                "model: DegradationLife\nparameters: {Drift: 0.05, Diffusion: 0.2, Limit: 10}\ninputs: {Level: 4}\n");
        String wiener = "maintenance_analytic wiener ";
        same(wiener + "mean, h", of(d, "mean_fpt_h"), fresh.at(0, "MeanLife"), 5e-4);
        same(wiener + "deviation, h", of(d, "sd_fpt_h"), fresh.at(0, "DeviationLife"), 5e-4);
        same(wiener + "5 %, h", of(d, "q05_h"), fresh.at(0, "Life05"), 5e-4);
        same(wiener + "50 %, h", of(d, "q50_h"), fresh.at(0, "Life50"), 5e-4);
        same(wiener + "95 %, h", of(d, "q95_h"), fresh.at(0, "Life95"), 5e-4);
        same(wiener + "from 4: mean, h", of(d, "rul_mean_h"), used.at(0, "MeanLife"), 5e-4);
        same(wiener + "from 4: 5 %, h", of(d, "rul_q05_h"), used.at(0, "Life05"), 5e-4);
        same(wiener + "from 4: 95 %, h", of(d, "rul_q95_h"), used.at(0, "Life95"), 5e-4);
        Cases.Outcome crack = run("model: CrackGrowth\nhorizon: 300 h\n");
        same("maintenance_analytic paris, closed form, cycles", of(d, "cycles"), crack.at(0, "RemainingCycles"), 5e-4);
        same("maintenance_analytic paris, integrated, cycles", of(d, "cycles"), crack.figure("CyclesToFailure"), 5e-4);
        Cases.Outcome miner = run("model: FatigueLife\ntables: {loads: [{load: a, life: 50000*60, amount: 40},"
                + " {load: b, life: 6500*60, amount: 15}, {load: c, life: 1000*60, amount: 5}]}\n");
        same("maintenance_analytic miner, blocks", of(d, "blocks_to_failure"), miner.figure("BlocksToFailure"), 5e-4);
        Cases.Outcome weld = run(
                "model: FatigueLife\nparameters: {DetailCategory: 71}\ntables: {loads: [{load: a, stress_range_MPa: 100, amount: 1},"
                        + " {load: b, stress_range_MPa: 60, amount: 1}, {load: c, stress_range_MPa: 40, amount: 1}]}\n");
        same("maintenance_analytic EN 1993-1-9 100 MPa, cycles", 715_822, weld.at(0, "Life.a"), 5e-4);
        same("maintenance_analytic EN 1993-1-9 60 MPa, cycles", 3_313_991, weld.at(0, "Life.b"), 5e-4);
        same("maintenance_analytic EN 1993-1-9 40 MPa, cycles", 19_130_593, weld.at(0, "Life.c"), 5e-4);
        Cases.Outcome bearing = run(
                "model: RollingBearing\nparameters: {DynamicRating: 55.3}\ninputs: {RadialLoad: 10, Speed: 3000}\nhorizon: 0\n");
        same("maintenance_analytic ISO 281, h", of(d, "L10h"), bearing.at(0, "RatingLifeHours"), 5e-4);
        same("bearing 6205 outer race, turns", 3.5848, bearing.at(0, "OuterRaceOrder"), 1e-4);
        same("bearing 6205 inner race, turns", 5.4152, bearing.at(0, "InnerRaceOrder"), 1e-4);
        same("bearing 6205 cage, turns", 0.3983, bearing.at(0, "CageOrder"), 1e-4);
        same("bearing 6205 ball, turns", 4.7135, bearing.at(0, "BallOrder"), 1e-4);
    }

    @Test
    void differentialEquations() throws IOException {
        Cases.Outcome dahlquist = run(
                "model: Equations\ntables: {states: [{name: x, start: 1, derivative: -x}]}\nsolver: euler\nmaxStep: 0.1\nhorizon: 10\nstep: 0.1\n");
        double worst = 0;
        List<Row> rows = csv("ode_reference_fmus/Dahlquist.csv");
        for (int i = 0; i < rows.size(); i++) {
            worst = Math.max(worst, Math.abs(dahlquist.at(i, "x") - number(rows.get(i), "x")));
        }
        same("ode_reference_fmus Dahlquist, forward Euler", 0, worst, 1e-12);
        String vdp = "model: Equations\ntables:\n  states: [{name: x0, start: 2, derivative: x1},"
                + " {name: x1, derivative: \"mu*(1 - x0^2)*x1 - x0\"}]\n  constants: [{name: mu, value: 1}]\nhorizon: 20\nstep: 0.1\n";
        Cases.Outcome euler = run(vdp + "solver: euler\nmaxStep: 0.01\n");
        worst = 0;
        rows = csv("ode_reference_fmus/VanDerPol.csv");
        for (int i = 0; i < rows.size(); i++) {
            worst = Math.max(worst, Math.abs(euler.at(i, "x0") - number(rows.get(i), "x0")));
        }
        same("ode_reference_fmus VanDerPol, forward Euler", 0, worst, 1e-9);
        Cases.Outcome tight = run(vdp + "solver: adaptive\ntolerance: 1e-11\n");
        same("ode VanDerPol, RK4 against adaptive, x0(20)", tight.at(-1, "x0"), run(vdp).at(-1, "x0"), 1e-6);
        // The published run takes Euler steps of 1 ms and bounces at their ends; ours locates the bounce. Euler's own
        // error remains.
        rows = csv("ode_reference_fmus/BouncingBall.csv");
        for (String solver : List.of("euler", "rk4")) {
            Cases.Outcome ball = run(BALL + "solver: " + solver + "\nmaxStep: 0.001\n");
            worst = 0;
            for (int i = 0; i < rows.size(); i++) {
                worst = Math.max(worst, Math.abs(ball.at(i, "h") - number(rows.get(i), "h")));
            }
            same("ode_reference_fmus BouncingBall, " + solver + ", h, m", 0, worst, 0.03);
        }
        Cases.Outcome exact = run(BALL);
        same(
                "BouncingBall second bounce, s",
                Math.sqrt(2 / 9.81) * (1 + 2 * 0.7),
                exact.result().happenings().get(1).atSeconds(),
                1e-7);
    }

    private static final String BALL =
            """
            model: Equations
            tables:
              states: [{name: h, start: 1, derivative: v}, {name: v, derivative: "rest ? 0 : -9.81"}, {name: rest, derivative: 0}]
              events:
                - {name: bounce, falls: h, state: v, value: "-0.7*v < 0.1 ? 0 : -0.7*v"}
                - {name: bounce, falls: h, state: rest, value: "-0.7*v < 0.1 ? 1 : 0"}
                - {name: bounce, falls: h, state: h, value: 0}
            horizon: 3
            step: 0.01
            """;

    @Test
    void publishedPump() throws IOException {
        String voltage =
                "t%3600 < 1800 ? 471.2389 : t%3600 < 1900 ? 471.2389 + (t%3600 - 1800) : t%3600 < 3500 ? 571.2389 : 471.2398 - (t%3600 - 3600)";
        String text =
                "model: DaigleGoebelPump\nparameters: [@pump_centrifugal/parameters.csv, {WearImpeller: 1e-2, WearThrust: 1e-10}]\n"
                        + "inputs:\n  Voltage: \"" + voltage + "\"\n  SynchronousSpeed: \"0.8*(" + voltage
                        + ")\"\nsolver: euler\nstep: 1\n";
        Cases.Outcome run = Cases.run(
                folder, "uatwin: 1\n" + text.replace("@", reference("") + "/") + "horizon: 24000\nevery: 600\n");
        double worst = 0;
        Map<String, String> columns = Map.of(
                "w_rad_s",
                "ShaftSpeed",
                "Q_m3_s",
                "PumpFlow",
                "T_thrust_K",
                "ThrustBearingTemperature",
                "T_radial_K",
                "RadialBearingTemperature",
                "T_oil_K",
                "BearingOilTemperature",
                "A",
                "ImpellerArea",
                "r_thrust",
                "ThrustFriction");
        for (Row row : csv("pump_centrifugal/trajectory_wearA_thrust.csv")) {
            int k = (int) (number(row, "t_s") / 600);
            if (k * 600 != number(row, "t_s") || k > 40) {
                continue;
            }
            for (Map.Entry<String, String> c : columns.entrySet()) {
                double expected = number(row, c.getKey());
                double ours = run.at(k, c.getValue());
                worst = Math.max(worst, expected == 0 ? Math.abs(ours) : Math.abs(ours / expected - 1));
            }
        }
        same("pump_centrifugal trajectory, largest relative difference", 0, worst, 1e-6);
        double end = run.result().happenings().get(0).atSeconds();
        same("pump_centrifugal end of life, s", 23_892, Math.ceil(end), 1e-9);
    }

    @Test
    void queuesAndLines() throws IOException {
        Map<String, Double> v = new HashMap<>();
        for (Row row : csv("queueing_line/analytic.csv")) {
            v.put(row.get("system") + " " + row.get("parameters") + " " + row.get("measure"), number(row, "value"));
        }
        String q =
                "model: ProductionLine\nparameters: {ArrivalRate: %s, WarmUp: 2000}\ntables: {stations: [{station: a, time_s: 1%s}]}\nhorizon: 100000\nstep: 100000\nreplicates: 30\n";
        brackets(
                "M/M/1 L",
                of(v, "M/M/1 lambda=0.8 mu=1 L"),
                run(q, "0.8*3600", "").summary("WorkInProcess"));
        brackets(
                "M/M/1 W",
                of(v, "M/M/1 lambda=0.8 mu=1 W"),
                run(q, "0.8*3600", "").summary("CycleTime"));
        brackets(
                "M/D/1 Wq",
                of(v, "M/D/1 lambda=0.8 mu=1 Wq"),
                run(q, "0.8*3600", ", distribution: deterministic").summary("Wait a"));
        brackets(
                "M/M/c P_wait",
                of(v, "M/M/c lambda=4 mu=1 c=5 P_wait"),
                run(q, "4*3600", ", machines: 5").summary("HadToWait a"));
        brackets(
                "Erlang-B block",
                of(v, "Erlang-B a=7 c=10 block"),
                run(q, "7*3600", ", machines: 10, buffer: 0").summary("LostArrivals"));
        brackets(
                "M/M/1/K block",
                of(v, "M/M/1/K rho=0.9 K=10 block"),
                run(q, "0.9*3600", ", buffer: 9").summary("LostArrivals"));
        String two =
                "model: ProductionLine\nparameters: {WarmUp: 2000}\ntables: {stations: [{station: a, time_s: 1}, {station: b, time_s: 1, buffer: %s}]}\nhorizon: 40000\nstep: 40000\nreplicates: 30\n";
        for (int buffer : new int[] {0, 1, 5, 10}) {
            CaseRun.Summary s = run(two, buffer).summary("Throughput");
            brackets(
                    "two machines, buffer " + buffer,
                    of(v, "two machines exponential saturated mu1=mu2=1 buffer=" + buffer + " throughput"),
                    new CaseRun.Summary("", "", s.value() / 3600, s.halfWidth() / 3600));
        }
        for (int n : new int[] {4, 10}) {
            brackets(
                    "deterministic line N=" + n,
                    of(v, "two-machine deterministic (Buzacott/Gershwin) p=0.01 r=0.1 both N=" + n + " efficiency"),
                    run(
                                    "model: TransferLine\ntables: {machines: [{machine: a, p: 0.01, r: 0.1, storage: %s}, {machine: b, p: 0.01, r: 0.1}]}\nhorizon: 100000\nstep: 100000\nreplicates: 30\n",
                                    n)
                            .summary("Efficiency"));
        }
    }

    @Test
    void tour() {
        Cases.Outcome run = run("model: Tour\nparameters: {Rounded: 1}\ntables: {nodes: @route_berlin52/nodes.csv}\n");
        same("route_berlin52 length", 7542, run.figure("Length"), 0.03);
    }
}
