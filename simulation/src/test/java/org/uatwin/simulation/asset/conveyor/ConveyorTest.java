package org.uatwin.simulation.asset.conveyor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.solver.Trajectory;

class ConveyorTest {
    private static ModelBinding belt(Object... parameters) {
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.put((String) parameters[i], ((Number) parameters[i + 1]).doubleValue());
        }
        return ModelBinding.of("conv-01", new Conveyor(), values);
    }

    private static double[] after(ModelBinding binding, double seconds, List<ScenarioAction> actions, Object... live) {
        ModelStart start = binding.model().initialise(binding.parameters(), PlantReadings.of(live));
        Trajectory run = new Trajectory(binding.model(), start, actions, 0.5);
        while (run.timeSeconds() < seconds) {
            run.step();
        }
        double[] y = new double[ConveyorNames.OUTPUTS.size()];
        run.outputs(y);
        return y;
    }

    /** Published calculation sheet (Dunlop/DIN tables): 1000 t/h, 258 m, lift 17.9 m, 1.68 m/s: 28.18 kW and 48.77 kW. */
    @Test
    void shortFormGivesThePublishedPowers() {
        assertThat(ConveyorFormulas.frictionPowerKw(277, 1.68, 1000, 52)).isEqualTo(28.18, within(0.005));
        assertThat(ConveyorFormulas.liftPowerKw(1000, 17.9)).isEqualTo(48.77, within(0.005));
    }

    /** HongsBelt example: 60 kg/m2 product, 8.6 kg/m2 belt, mu 0.12, 30 m: 278 kg/m. */
    @Test
    void modularBeltPullMatchesThePublishedExample() {
        assertThat(ConveyorFormulas.modularBeltPullKgM(60, 8.6, 0.12, 0, 30, 0)).isEqualTo(278, within(0.5));
    }

    /**
     * The dynamic model settles at the sheet's 76.95 kW when C, f and masses are those behind its tables: 1/52 kW per t/h is
     * C f = 3600 / (52 L g), 277/52 kW per m/s is 76.94 kg/m. 0.5 % for the cosine and g = 9.81 of the sheet.
     */
    @Test
    void modelSettlesAtThePowerOfTheSheet() {
        double cf = 3600 / (52 * 258 * 9.81);
        ModelBinding sheet = belt(
                "BeltLength",
                258,
                "Lift",
                17.9,
                "RatedSpeed",
                1.68,
                "RatedPower",
                110,
                "DriveEfficiency",
                1,
                "LengthFactor",
                1.37,
                "FrictionCoefficient",
                cf / 1.37,
                "IdlerMass",
                76.94 - 0.2,
                "BeltMass",
                0.1,
                "MaxBeltLoad",
                200,
                "SlackTension",
                200);
        double[] y = after(sheet, 1500, List.of(), "SpeedSetpoint", 1.68, "LoadMassFlow", 1000);
        double powerKw = (y[ConveyorNames.Y_TENSION] - 200) * y[ConveyorNames.Y_SPEED];
        assertThat(powerKw).isEqualTo(28.18 + 48.77, within(0.005 * 76.95));
        assertThat(y[ConveyorNames.Y_THROUGHPUT]).isEqualTo(1000, within(0.5));
    }

    /** Modular belt 1 m wide: the same model with C = 1 and no rollers. */
    @Test
    void modularBeltIsTheSameModel() {
        ModelBinding modular = belt(
                "BeltLength",
                30,
                "Lift",
                0,
                "RatedSpeed",
                0.5,
                "RatedPower",
                4,
                "LengthFactor",
                1,
                "FrictionCoefficient",
                0.12,
                "IdlerMass",
                0,
                "BeltMass",
                8.6,
                "MaxBeltLoad",
                100,
                "SlackTension",
                20);
        double flow = 60 * 0.5 * 3.6; // 60 kg/m
        double[] y = after(modular, 600, List.of(), "SpeedSetpoint", 0.5, "LoadMassFlow", flow);
        assertThat((y[ConveyorNames.Y_TENSION] - 20) * 1000 / 9.80665).isEqualTo(277.92, within(0.3));
    }

    /** DIN 22101's table, and what is derived from the ratings: the sheet's conveyor needs about its 77 kW without further data. */
    @Test
    void ratingsAloneGiveAPlausibleConveyor() {
        assertThat(ConveyorFormulas.lengthFactor(100)).isEqualTo(1.78, within(1e-12));
        assertThat(ConveyorFormulas.lengthFactor(1)).isEqualTo(9);
        assertThat(ConveyorFormulas.lengthFactor(5000)).isEqualTo(1.05);
        ModelBinding rated = belt(
                "BeltLength",
                258,
                "Lift",
                17.9,
                "RatedSpeed",
                1.68,
                "RatedPower",
                90,
                "RatedMassFlow",
                1000,
                "FrictionCoefficient",
                0.02);
        double[] y = after(rated, 1500, List.of(), "SpeedSetpoint", 1.68, "LoadMassFlow", 1000);
        // 76.95 kW at the belt over gear and motor efficiency of 0.94 and 0.93.
        assertThat(y[ConveyorNames.Y_POWER]).isEqualTo(88, within(4.0));
        assertThat(y[ConveyorNames.Y_SLIP_RESERVE]).isBetween(15.0, 50.0);
    }

    /** Downhill the load drives: the motor brakes, power flows back, and the belt keeps its speed; switched off it stands. */
    @Test
    void downhillConveyorBrakes() {
        ModelBinding downhill = belt("BeltLength", 100, "Lift", -20, "RatedPower", 15, "RatedMassFlow", 200);
        double[] y = after(downhill, 600, List.of(), "SpeedSetpoint", 1.5, "LoadMassFlow", 200);
        assertThat(y[ConveyorNames.Y_SPEED]).isEqualTo(1.5, within(0.01));
        assertThat(y[ConveyorNames.Y_POWER]).isNegative();
        double[] off = after(
                downhill,
                600,
                List.of(ScenarioAction.set("Running", 0, 300)),
                "SpeedSetpoint",
                1.5,
                "LoadMassFlow",
                200);
        assertThat(off[ConveyorNames.Y_SPEED]).isZero();
    }

    /** Same t/h at 80 % speed: section fill rises by a quarter and power falls a little. */
    @Test
    void slowerBeltFillsItsSection() {
        double[] fast = after(belt(), 900, List.of(), "SpeedSetpoint", 1.5, "LoadMassFlow", 60);
        double[] slow = after(
                belt(),
                900,
                List.of(ScenarioAction.set("SpeedSetpoint", 1.2, 0)),
                "SpeedSetpoint",
                1.5,
                "LoadMassFlow",
                60);
        assertThat(slow[ConveyorNames.Y_FILL] / fast[ConveyorNames.Y_FILL]).isEqualTo(1.25, within(0.001));
        assertThat(slow[ConveyorNames.Y_POWER]).isLessThan(fast[ConveyorNames.Y_POWER]);
    }

    /** Heat made in the motor leaves it when it has settled. */
    @Test
    void energyBalanceOfTheMotorCloses() {
        ConveyorDynamics dynamics = new ConveyorDynamics(belt().parameters());
        ModelBinding binding = belt();
        ModelStart start = binding.model()
                .initialise(binding.parameters(), PlantReadings.of("SpeedSetpoint", 1.5, "LoadMassFlow", 60));
        double[] x = start.state();
        double[] u = start.inputs();
        var solver = new org.uatwin.simulation.solver.FixedStepSolver(
                org.uatwin.simulation.solver.FixedStepSolver.Method.RK4, x.length);
        for (int i = 0; i < 100_000; i++) {
            solver.step(dynamics, OperatingMode.RUNNING, x, u, 0.5);
        }
        double[] y = new double[ConveyorNames.OUTPUTS.size()];
        dynamics.outputs(OperatingMode.RUNNING, x, u, y);
        double torque = dynamics.driveForce(OperatingMode.RUNNING, x, u) * dynamics.forceToTorque;
        double shaftKw = torque * ConveyorDynamics.MOTOR_RAD_S / 1000;
        double heatKw = (x[ConveyorNames.X_CASE] - 293.15) / dynamics.ambientResistance / 1000;
        assertThat(shaftKw + heatKw).isEqualTo(y[ConveyorNames.Y_POWER], within(1e-3 * y[ConveyorNames.Y_POWER]));
    }

    /** IEC 60255-149: t = tau ln((I^2 - Ip^2) / (I^2 - (k IB)^2)); tau 600 s, k 1.05, 2 IB: 193.5 s cold, 88.9 s after 0.8 IB. */
    @Test
    void overloadProtectionTripsAtTheStandardsTime() {
        assertThat(600 * Math.log(4 / (4 - 1.1025))).isEqualTo(193.5, within(0.1));
        ModelBinding binding = belt("OverloadTime", 600, "TorqueLimit", 2.5, "SlackTension", 100);
        ModelStart start = binding.model()
                .initialise(binding.parameters(), PlantReadings.of("SpeedSetpoint", 1.5, "LoadMassFlow", 60));
        ConveyorDynamics dynamics = new ConveyorDynamics(binding.parameters());
        Trajectory run = new Trajectory(binding.model(), start, List.of(ScenarioAction.set("JamSeverity", 1, 0)), 0.1);
        double overload = start.state()[ConveyorNames.X_OVERLOAD];
        double blocked =
                dynamics.drive.currentA(2.5 * dynamics.drive.ratedTorqueNm(), 0, true) / dynamics.drive.ratedCurrent();
        double expected = 600 * Math.log((blocked * blocked - overload) / (blocked * blocked - 1.1025));
        while (run.mode() != OperatingMode.TRIPPED && run.timeSeconds() < 1000) {
            run.step();
        }
        assertThat(run.timeSeconds()).isEqualTo(expected, within(0.02 * expected + 0.2));
    }

    /** Euler-Eytelwein: 180 degrees at mu 0.35 hold e^1.1 - 1 = 2.003 times the slack tension. */
    @Test
    void pulleyGripLimitsThePull() {
        assertThat(ConveyorFormulas.slipLimitN(1000, 0.35, Math.PI)).isEqualTo(2003, within(1.0));
        double[] y = after(
                belt("SlackTension", 0.3), 120, List.of(), "SpeedSetpoint", 1.5, "LoadMassFlow", 60, "BeltSpeed", 1.5);
        assertThat(y[ConveyorNames.Y_SLIP_RESERVE]).isZero();
        assertThat(y[ConveyorNames.Y_SPEED]).isLessThan(1.0);
    }

    @Test
    void frictionIsInferredFromPower() {
        ModelBinding rough = belt("FrictionCoefficient", 0.034);
        var live = PlantReadings.settled(
                rough, PlantReadings.of("SpeedSetpoint", 1.5, "LoadMassFlow", 60, "Running", 1), 900);
        ModelStart start = new Conveyor().initialise(belt().parameters(), live);
        assertThat(start.parameters()[ConveyorNames.FRICTION]).isEqualTo(0.034, within(0.0005));
    }
}
