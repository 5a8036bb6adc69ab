package org.uatwin.simulation.asset.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.PlantReadings;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;

class CentrifugalPumpTest {
    private static final double FOOT = 0.3048;
    private static final double GPM_M3H = 0.227124707;

    private static ModelBinding pump(Object... parameters) {
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.put((String) parameters[i], ((Number) parameters[i + 1]).doubleValue());
        }
        return ModelBinding.of("pump-01", new CentrifugalPump(), values);
    }

    private static double[] settled(ModelBinding binding, double speed) {
        LiveState live = PlantReadings.settled(
                binding,
                PlantReadings.of(
                        "SpeedSetpoint", speed, "Speed", speed, "Flow", 50, "SuctionPressure", 3, "Running", 1),
                600);
        ModelStart start = binding.model().initialise(binding.parameters(), live);
        double[] y = new double[PumpNames.OUTPUTS.size()];
        binding.model().bind(start.parameters()).outputs(start.mode(), start.state(), start.inputs(), y);
        return y;
    }

    /** EPANET's one-point curve H = 4/3 H0 - H0/3 (Q/Q0)^2: 250 ft at 1500 gpm gives 204.499 ft at 1865.08 gpm (Net1, EPANET 2.2). */
    @Test
    void headCurveGivesTheSolverValueOfEpanet() {
        ModelBinding binding = pump("RatedFlow", 1500 * GPM_M3H, "RatedHead", 250 * FOOT, "RatedPower", 200);
        PumpDynamics dynamics = new PumpDynamics(binding.parameters());
        double[] x = new double[8];
        x[PumpNames.X_SPEED] = dynamics.ratedSpeed;
        x[PumpNames.X_FLOW] = 1865.08 * GPM_M3H / 3600;
        x[PumpNames.X_IMPELLER] = dynamics.newImpeller;
        double[] u = {2950, 1, 70, 10, 20, 20};
        double[] y = new double[PumpNames.OUTPUTS.size()];
        dynamics.outputs(OperatingMode.RUNNING, x, u, y);
        assertThat(y[PumpNames.Y_HEAD] / FOOT).isEqualTo(204.499, within(0.001));
    }

    @Test
    void settlesAtItsRatedPoint() {
        ModelBinding binding = pump("NominalSuctionPressure", 3);
        double[] y = settled(binding, 2950);
        assertThat(y[PumpNames.Y_FLOW]).isEqualTo(100, within(0.1));
        assertThat(y[PumpNames.Y_HEAD]).isEqualTo(50, within(0.05));
        // Shaft power rho g Q H / eta = 18.12 kW; with motor losses just under 20 kW.
        assertThat(y[PumpNames.Y_POWER]).isBetween(19.3, 20.2);
        // Overall efficiency is pump times motor: 0.75 * 0.92.
        assertThat(y[PumpNames.Y_EFFICIENCY]).isEqualTo(69, within(1.0));
    }

    /** Affinity laws hold exactly where the system has no static head: Q ~ n, H ~ n^2, P ~ n^3. */
    @Test
    void affinityLawsHoldWithoutStaticHead() {
        ModelBinding binding = pump("NominalSuctionPressure", 3, "StaticHeadShare", 0);
        double[] full = settled(binding, 2950);
        double[] slow = settled(binding, 0.8 * 2950);
        assertThat(slow[PumpNames.Y_FLOW] / full[PumpNames.Y_FLOW]).isEqualTo(0.8, within(1e-3));
        assertThat(slow[PumpNames.Y_HEAD] / full[PumpNames.Y_HEAD]).isEqualTo(0.64, within(1e-3));
        assertThat(slow[PumpNames.Y_HYDRAULIC] / full[PumpNames.Y_HYDRAULIC]).isEqualTo(0.512, within(1e-3));
    }

    /** NPSH3 is by definition (ISO 9906) where the head has fallen by 3 %. */
    @Test
    void headFallsByThreePercentAtNpsh3() {
        assertThat(PumpDynamics.cavitationFactor(1)).isEqualTo(0.97, within(1e-12));
        assertThat(PumpDynamics.cavitationFactor(3)).isEqualTo(1);
        assertThat(PumpDynamics.cavitationFactor(0.5)).isLessThan(0.6);
    }

    /** What wears the pump is found in its readings: the impeller coefficient from head, the torque factor from power. */
    @Test
    void startInfersTheImpellerAndTheSystemFromReadings() {
        ModelBinding worn = pump("ImpellerDamage", 0.12, "SystemResistance", 1.3, "TorqueFactor", 1.08);
        LiveState live = PlantReadings.settled(
                worn,
                PlantReadings.of(
                        "SpeedSetpoint",
                        2950,
                        "Speed",
                        2950,
                        "SuctionPressure",
                        0.5,
                        "Running",
                        1,
                        "ValvePosition",
                        70,
                        "FluidTemperature",
                        20,
                        "Flow",
                        80),
                600);
        ModelBinding twin = pump();
        ModelStart start = twin.model().initialise(twin.parameters(), live);
        double[] p = start.parameters();
        assertThat(p[PumpNames.IMPELLER]).isEqualTo(0.88, within(0.005));
        assertThat(p[PumpNames.SYSTEM_RESISTANCE]).isEqualTo(1.3, within(0.02));
        assertThat(p[PumpNames.TORQUE_FACTOR]).isEqualTo(1.08, within(0.01));
        assertThat(start.quality().issues()).isEmpty();
    }

    @Test
    void nonsenseReadingsLowerTheFitAndRaiseTheFlag() {
        ModelBinding twin = pump();
        LiveState live = PlantReadings.of(
                "SpeedSetpoint",
                2950,
                "Speed",
                2950,
                "SuctionPressure",
                0.5,
                "Running",
                1,
                "ValvePosition",
                70,
                "Flow",
                100,
                "DischargePressure",
                0.9,
                "MotorPower",
                60,
                "MotorCurrent",
                20,
                "FluidTemperature",
                20);
        ModelStart start = twin.model().initialise(twin.parameters(), live);
        assertThat(start.quality().extrapolated()).isTrue();
        assertThat(start.quality().fitScore()).isBetween(0.0, 0.7);
        assertThat(start.quality().issues()).isNotEmpty();
    }
}
