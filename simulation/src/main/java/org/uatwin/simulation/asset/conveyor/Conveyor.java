package org.uatwin.simulation.asset.conveyor;

import java.util.List;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.TwinModel;

/**
 * A belt conveyor with one driven pulley, for bulk (tonnes per hour) and unit load (items). A modular belt is the same model
 * with IdlerMass 0 and LengthFactor 1. Equations in {@link ConveyorDynamics}.
 */
public final class Conveyor implements TwinModel {
    @Override
    public ModelDescription description() {
        return ConveyorNames.DESCRIPTION;
    }

    @Override
    public ModelDynamics bind(double[] parameters) {
        return new ConveyorDynamics(parameters);
    }

    /** Speed up to 120 % of rated, feed up to three times rated. */
    @Override
    public double largestInput(int input, double[] parameters) {
        double upper = ConveyorNames.INPUTS.get(input).upper();
        double speed = parameters[ConveyorNames.RATED_SPEED];
        return switch (input) {
            case ConveyorNames.U_SPEED -> Math.min(upper, 1.2 * speed);
            case ConveyorNames.U_FLOW -> Math.min(upper, 3 * parameters[ConveyorNames.RATED_MASS_FLOW]);
            default -> upper;
        };
    }

    @Override
    public List<String> loadInputs() {
        return List.of("LoadMassFlow");
    }

    @Override
    public ModelStart initialise(double[] parameters, LiveState live) {
        return new ConveyorStart(parameters, live).start();
    }

    @Override
    public List<FailureMode> failureModes() {
        return List.of(
                FailureMode.byDamage(
                        "BearingFailure",
                        "rolling contact fatigue of pulley bearings (ISO 281)",
                        "BearingDamage",
                        1,
                        "vibration grows, pulley warmer"),
                FailureMode.byDamage(
                        "BeltWear",
                        "abrasion by the material conveyed",
                        "BeltWear",
                        1,
                        "cover thinner; the belt has to be replaced"),
                FailureMode.byKnob(
                        "RollersWorn",
                        "FrictionCoefficient",
                        0.05,
                        "more power, current and tension at the same load and speed"),
                FailureMode.byKnob(
                        "LubricationLost", "BearingHeat", 3, "pulley bearing warmer at the same load and speed"),
                FailureMode.byKnob("CoolingFouled", "CoolingFouling", 2, "motor warmer at the same current"),
                FailureMode.byKnob(
                        "Jam", "JamSeverity", 1, "power, current and tension rise, the belt slows down or stands"));
    }
}
