package org.uatwin.simulation.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.asset.conveyor.Conveyor;
import org.uatwin.simulation.asset.pump.CentrifugalPump;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.scenario.WhatIfAnswer;
import org.uatwin.simulation.scenario.WhatIfEngine;
import org.uatwin.simulation.scenario.WhatIfRequest;
import org.uatwin.simulation.scenario.WhatIfResult;

class VirtualPlantTest {
    private static final ModelBinding PUMP = ModelBinding.of("pump-01", new CentrifugalPump(), Map.of());
    private static final ModelBinding BELT = ModelBinding.of(
            "conv-01",
            new Conveyor(),
            Map.of("BeltLength", 258.0, "Lift", 17.9, "RatedSpeed", 1.68, "RatedPower", 90.0, "RatedMassFlow", 1000.0));

    private static void run(VirtualMachine machine, double seconds) {
        for (int i = 0; i < Math.round(seconds * 10); i++) {
            machine.step(0.1);
        }
    }

    private static LiveState readings(VirtualMachine machine) {
        Map<String, LiveReading> readings = new HashMap<>();
        for (String point : machine.points()) {
            if (!point.equals("ZoneSpeedSetpoints")) {
                readings.put(point, LiveReading.good(machine.value(point)));
            }
        }
        return LiveState.of(readings);
    }

    private static WhatIfAnswer ask(ModelBinding twin, VirtualMachine machine, WhatIfRequest request) {
        WhatIfResult result = WhatIfEngine.whatIf(twin, readings(machine), request, 42);
        return ((WhatIfResult.Answered) result).answer();
    }

    /** The twin knows the pump only through its readings, and foresees what it then does within its own interval. */
    @Test
    void pumpTwinForeseesASpeedChangeOfAPumpThatIsNotItsModel() {
        VirtualPump pump = new VirtualPump(1);
        run(pump, 120);
        WhatIfAnswer answer = ask(PUMP, pump, new WhatIfRequest("SpeedSetpoint", 2500, "Flow", 300));
        pump.write("SpeedSetpoint", 2500);
        run(pump, 300);
        assertThat(answer.success()).isTrue();
        assertThat(answer.block().fitScore()).isGreaterThan(0.6);
        assertThat(answer.block().extrapolated()).isFalse();
        assertThat(pump.value("Flow"))
                .isBetween(answer.block().lower() - 1, answer.block().upper() + 1);
    }

    @Test
    void beltTwinForeseesAChangeOfFeed() {
        VirtualConveyor belt = new VirtualConveyor(1);
        run(belt, 120);
        WhatIfAnswer answer = ask(BELT, belt, new WhatIfRequest("LoadMassFlow", 950, "MotorPower", 600));
        belt.write("LoadMassFlow", 950);
        run(belt, 600);
        assertThat(answer.block().fitScore()).isGreaterThan(0.6);
        assertThat(belt.value("MotorPower")).isEqualTo(answer.predicted(), within(2.0));
    }

    @Test
    void wearOfThePumpShowsWithinSecondsAndChangesTheWhatIf() {
        VirtualPump pump = new VirtualPump(1);
        WhatIfRequest request = new WhatIfRequest("SpeedSetpoint", 2700, "Flow", 300);
        run(pump, 60);
        double vibration = pump.value("VibrationVelocityRms");
        double pressure = pump.value("DischargePressure");
        WhatIfAnswer before = ask(PUMP, pump, request);
        pump.setFault(VirtualFault.WEAR, 0.8);
        run(pump, 10);
        assertThat(pump.value("VibrationVelocityRms")).isGreaterThan(1.5 * vibration);
        assertThat(pump.value("DischargePressure")).isLessThan(pressure - 0.3);
        WhatIfAnswer after = ask(PUMP, pump, request);
        assertThat(after.predicted()).isLessThan(before.block().lower());
        assertThat(after.block().lower()).isGreaterThan(0.8 * after.predicted());
        pump.clearFaults();
        pump.repair();
        run(pump, 30);
        assertThat(pump.value("DischargePressure")).isEqualTo(pressure, within(0.15));
    }

    @Test
    void jamOfTheBeltStopsItTripsTheDriveAndClearsAgain() {
        VirtualConveyor belt = new VirtualConveyor(2);
        run(belt, 10);
        double current = belt.value("MotorCurrent");
        belt.setFault(VirtualFault.JAM, 1);
        run(belt, 4);
        assertThat(belt.value("Jammed")).isEqualTo(1);
        assertThat(belt.value("BeltSpeed")).isLessThan(0.1);
        assertThat(belt.value("MotorCurrent")).isGreaterThan(1.5 * current);
        run(belt, 60);
        assertThat(belt.mode()).isEqualTo(OperatingMode.TRIPPED);
        assertThat(belt.text("State")).isEqualTo("Tripped");
        belt.setFault(VirtualFault.JAM, 0);
        run(belt, 60);
        assertThat(belt.mode()).isEqualTo(OperatingMode.RUNNING);
    }

    @Test
    void blockedPumpLosesFlowAndShakes() {
        VirtualPump pump = new VirtualPump(3);
        double flow = pump.value("Flow");
        pump.setFault(VirtualFault.JAM, 1);
        run(pump, 10);
        assertThat(pump.value("Flow")).isLessThan(0.5 * flow);
        assertThat(pump.value("VibrationVelocityRms")).isGreaterThan(3);
    }

    @Test
    void stuckSensorFreezesWhileTheRestMovesAndTheCableFaultSilencesTheDevice() {
        VirtualPump pump = new VirtualPump(4);
        pump.setFault(VirtualFault.SENSOR_STUCK, 1);
        run(pump, 1);
        double flow = pump.value("Flow");
        pump.write("SpeedSetpoint", 2000);
        run(pump, 20);
        assertThat(pump.value("Flow")).isEqualTo(flow);
        assertThat(pump.value("Speed")).isEqualTo(2000, within(10.0));
        assertThat(pump.isAnswering()).isTrue();
        pump.setFault(VirtualFault.CABLE, 0.5);
        assertThat(pump.isAnswering()).isFalse();
        pump.clearFaults();
        assertThat(pump.isAnswering()).isTrue();
        run(pump, 5);
        assertThat(pump.value("Flow")).isLessThan(flow - 5);
    }

    @Test
    void zonesTakeAnArrayOfSetpoints() {
        VirtualConveyor belt = new VirtualConveyor(5);
        belt.write("ZoneSpeedSetpoints", new double[] {1.0, 1.2, 1.4, 1.6});
        run(belt, 30);
        assertThat(belt.values("ZoneSpeedSetpoints")).containsExactly(1.0, 1.2, 1.4, 1.6);
        assertThat(belt.value("BeltSpeed")).isEqualTo(1.3, within(0.03));
        belt.write("SpeedSetpoint", 0.9);
        assertThat(belt.values("ZoneSpeedSetpoints")).containsOnly(0.9);
    }

    /** Any bits may arrive in a register. */
    @Test
    void setpointsThatAreNoNumbersAreIgnored() {
        VirtualPump pump = new VirtualPump(7);
        VirtualConveyor belt = new VirtualConveyor(7);
        pump.write("SpeedSetpoint", Double.NaN);
        pump.write("SpeedSetpoint", Double.POSITIVE_INFINITY);
        belt.write("ZoneSpeedSetpoints", new double[] {Double.NaN, 1, Double.NEGATIVE_INFINITY, -5});
        run(pump, 5);
        run(belt, 5);
        assertThat(pump.value("Speed")).isEqualTo(2950, within(10.0));
        assertThat(belt.values("ZoneSpeedSetpoints")).containsExactly(1.68, 1, 1.68, 0);
        assertThat(belt.value("BeltSpeed")).isFinite();
    }

    @Test
    void sameSeedSamePlant() {
        VirtualConveyor a = new VirtualConveyor(9);
        VirtualConveyor b = new VirtualConveyor(9);
        run(a, 20);
        run(b, 20);
        assertThat(readings(a)).isEqualTo(readings(b));
        assertThat(readings(a)).isNotEqualTo(readings(new VirtualConveyor(10)));
    }

    /** What is fed either lies on the belt or has left it. */
    @Test
    void massIsConserved() {
        VirtualConveyor belt = new VirtualConveyor(6);
        belt.write("LoadMassFlow", 0);
        run(belt, 900);
        double delivered = belt.deliveredKg();
        double load = belt.value("BeltLoad");
        assertThat(load).isLessThan(0.2);
        run(belt, 60);
        assertThat(belt.deliveredKg() - delivered).isLessThan(20);
    }
}
