package org.uatwin.simulation.asset.motor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.solver.Trajectory;

class InductionMotorTest {
    /** Krause, 3 hp, 220 V, 60 Hz, 4 poles. */
    private static final EquivalentCircuit KRAUSE = new EquivalentCircuit(0.435, 0.754, 26.13, 0.754, 0.816, 60, 2);

    private static double rpm(double slip) {
        return 1800 * (1 - slip);
    }

    /** Figures recomputed from the published circuit: 1724.4 r/min, 7.87 A, 92.5 % at 11.9 N m, no iron or friction loss. */
    @Test
    void krauseMotorAtBaseTorque() {
        double slip = KRAUSE.slipForTorque(220, 60, 11.9);
        assertThat(rpm(slip)).isEqualTo(1724.4, within(0.1));
        assertThat(Math.sqrt(KRAUSE.statorCurrentSquared(220, 60, slip))).isEqualTo(7.87, within(0.01));
        double shaft = 11.9 * KRAUSE.synchronousSpeed(60) * (1 - slip);
        assertThat(shaft / KRAUSE.inputPower(220, 60, slip)).isEqualTo(0.925, within(0.001));
    }

    @Test
    void krauseMotorAt1710() {
        double slip = 1 - 1710.0 / 1800;
        double current = Math.sqrt(KRAUSE.statorCurrentSquared(220, 60, slip));
        assertThat(KRAUSE.torque(220, 60, slip)).isEqualTo(14.03, within(0.01));
        assertThat(current).isEqualTo(8.84, within(0.01));
        assertThat(KRAUSE.inputPower(220, 60, slip) / (Math.sqrt(3) * 220 * current))
                .isEqualTo(0.815, within(0.001));
    }

    @Test
    void krauseMotorBreaksDownAndStarts() {
        double slip = KRAUSE.breakdownSlip(60);
        assertThat(rpm(slip)).isEqualTo(852, within(1.0));
        assertThat(KRAUSE.torque(220, 60, slip)).isEqualTo(61.9, within(0.1));
        assertThat(KRAUSE.torque(220, 60, 1)).isEqualTo(53.0, within(0.1));
    }

    /** Input splits into stator copper and air gap, air gap into rotor copper and shaft. */
    @Test
    void powersAddUp() {
        for (double slip : new double[] {0.001, 0.03, 0.2, 1, 1.5}) {
            double copper = 3 * KRAUSE.statorCurrentSquared(220, 60, slip) * 0.435;
            double gap = KRAUSE.airGapPower(220, 60, slip);
            assertThat(copper + gap).isEqualTo(KRAUSE.inputPower(220, 60, slip), within(1e-9 * gap));
        }
    }

    @Test
    void slipAndPowerAreInverse() {
        double slip = KRAUSE.slipForPower(220, 60, 1500);
        assertThat(KRAUSE.inputPower(220, 60, slip)).isEqualTo(1500, within(1e-6));
    }

    /** Every constant index stands for the parameter it is named after. */
    @Test
    void indicesMatchNames() {
        var names = MotorNames.DESCRIPTION.parameters();
        assertThat(names.get(MotorNames.ROTOR_R).name()).isEqualTo("RotorResistance");
        assertThat(names.get(MotorNames.FOULING).name()).isEqualTo("CoolingFouling");
        assertThat(names.get(MotorNames.TRIP).name()).isEqualTo("TripTemperature");
        assertThat(names.get(MotorNames.BASE_VIBRATION).name()).isEqualTo("BaseVibration");
        assertThat(MotorNames.OUTPUTS.get(MotorNames.Y_LIFE).name()).isEqualTo("InsulationLife");
    }

    /** The default model is the Krause machine: 0.089 kg m2 from standstill, and the right speed at the end. */
    @Test
    void startsFromStandstillAndSettlesAtTheCircuitsSpeed() {
        ModelBinding motor =
                ModelBinding.of("motor-01", new InductionMotor(), Map.of("IronLoss", 0.0, "FrictionLoss", 0.0));
        LiveState live = PlantReadings.of("Voltage", 220, "Frequency", 60, "TorqueLoad", 11.9, "Speed", 0);
        ModelStart start = motor.model().initialise(motor.parameters(), live);
        assertThat(start.mode()).isEqualTo(OperatingMode.STARTING);
        Trajectory run = new Trajectory(motor.model(), start, java.util.List.of(), 0.005);
        double[] y = new double[MotorNames.OUTPUTS.size()];
        while (run.timeSeconds() < 3) {
            run.step();
        }
        run.outputs(y);
        assertThat(run.mode()).isEqualTo(OperatingMode.RUNNING);
        assertThat(y[MotorNames.Y_SPEED]).isEqualTo(1724.4, within(0.1));
        assertThat(y[MotorNames.Y_CURRENT]).isEqualTo(7.87, within(0.01));
    }

    /** Montsinger / IEEE 117: ten degrees over the class temperature halve 20 000 h. */
    @Test
    void insulationLifeHalvesPerTenKelvin() {
        MotorDynamics dynamics = new MotorDynamics(MotorNames.DESCRIPTION.defaultParameters());
        double[] u = {220, 60, 11, 20};
        double[] y = new double[MotorNames.OUTPUTS.size()];
        dynamics.outputs(OperatingMode.RUNNING, new double[] {180, 155 + 273.15, 350, 0}, u, y);
        assertThat(y[MotorNames.Y_LIFE]).isEqualTo(20_000, within(1e-6));
        dynamics.outputs(OperatingMode.RUNNING, new double[] {180, 165 + 273.15, 350, 0}, u, y);
        assertThat(y[MotorNames.Y_LIFE]).isEqualTo(10_000, within(1e-6));
    }

    /** Settled at rated load and 20 degrees ambient the winding has its rated rise. */
    @Test
    void ratedRiseIsReachedAtRatedLoad() {
        ModelBinding motor = ModelBinding.of("motor-01", new InductionMotor(), Map.of());
        MotorDynamics dynamics = new MotorDynamics(motor.parameters());
        LiveState live = PlantReadings.settled(
                motor,
                PlantReadings.of(
                        "Voltage", 220, "Frequency", 60, "TorqueLoad", dynamics.ratedTorque, "AmbientTemperature", 20),
                25_000);
        assertThat(java.util.Objects.requireNonNull(live.reading("WindingTemperature"))
                        .value())
                .isEqualTo(100, within(1.5));
    }

    @Test
    void loadIsComputedFromPowerWhenItIsNotMeasured() {
        ModelBinding motor =
                ModelBinding.of("motor-01", new InductionMotor(), Map.of("IronLoss", 0.0, "FrictionLoss", 0.0));
        double slip = KRAUSE.slipForTorque(220, 60, 8);
        ModelStart start = motor.model()
                .initialise(
                        motor.parameters(),
                        PlantReadings.of(
                                "Voltage", 220, "Frequency", 60, "Power", KRAUSE.inputPower(220, 60, slip) / 1000));
        assertThat(start.isUsable()).isTrue();
        assertThat(start.inputs()[MotorNames.U_LOAD]).isEqualTo(8, within(0.01));
    }
}
