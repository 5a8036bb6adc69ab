package org.uatwin.simulation.asset.motor;

import java.util.List;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.TwinModel;

/**
 * A three-phase induction motor on a grid or a converter: quasi-steady equivalent circuit, shaft, winding and case temperature,
 * insulation ageing. The default is Krause's 3 hp machine; others by nameplate with the same per-unit circuit. Equations in
 * {@link MotorDynamics}.
 */
public final class InductionMotor implements TwinModel {
    @Override
    public ModelDescription description() {
        return MotorNames.DESCRIPTION;
    }

    @Override
    public ModelDynamics bind(double[] parameters) {
        return new MotorDynamics(parameters);
    }

    /** Voltage up to 120 %, frequency up to 200 %, load up to 500 % of rated. */
    @Override
    public double largestInput(int input, double[] parameters) {
        double upper = MotorNames.INPUTS.get(input).upper();
        return switch (input) {
            case MotorNames.U_VOLTAGE -> Math.min(upper, 1.2 * parameters[MotorNames.RATED_VOLTAGE]);
            case MotorNames.U_FREQUENCY -> Math.min(upper, 2 * parameters[MotorNames.RATED_FREQUENCY]);
            case MotorNames.U_LOAD -> Math.min(upper, 5 * new MotorDynamics(parameters).ratedTorque);
            default -> upper;
        };
    }

    @Override
    public List<String> loadInputs() {
        return List.of("TorqueLoad");
    }

    @Override
    public ModelStart initialise(double[] parameters, LiveState live) {
        return MotorStart.start(parameters, live);
    }

    @Override
    public List<FailureMode> failureModes() {
        return List.of(
                FailureMode.byDamage(
                        "InsulationFailure",
                        "heat ages the winding insulation, twice as fast per 10 K (Montsinger)",
                        "InsulationAgeing",
                        1,
                        "nothing in the readings of the motor; a short circuit at the end"),
                FailureMode.byKnob("CoolingFouled", "CoolingFouling", 2, "winding and case warmer at the same current"),
                FailureMode.byKnob(
                        "RotorBarBroken",
                        "RotorResistance",
                        2
                                * MotorNames.DESCRIPTION
                                        .parameters()
                                        .get(MotorNames.ROTOR_R)
                                        .defaultValue(),
                        "slower at the same load, more slip"),
                FailureMode.byKnob(
                        "BearingWorn", "FrictionLoss", 0.08, "more power and current at the same load, case warmer"));
    }
}
