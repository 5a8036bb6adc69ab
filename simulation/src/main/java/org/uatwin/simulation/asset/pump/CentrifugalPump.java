package org.uatwin.simulation.asset.pump;

import java.util.List;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.TwinModel;

/**
 * A single-stage centrifugal pump on a converter, in a system with static head, pipe and a discharge valve. Pressures are gauge.
 * Configured by its rated point; equations in {@link PumpDynamics}.
 */
public final class CentrifugalPump implements TwinModel {
    @Override
    public ModelDescription description() {
        return PumpNames.DESCRIPTION;
    }

    @Override
    public ModelDynamics bind(double[] parameters) {
        return new PumpDynamics(parameters);
    }

    /** Speed up to 120 % of rated. */
    @Override
    public double largestInput(int input, double[] parameters) {
        double upper = PumpNames.INPUTS.get(input).upper();
        return input == PumpNames.U_SPEED ? Math.min(upper, 1.2 * parameters[PumpNames.RATED_SPEED]) : upper;
    }

    @Override
    public List<String> loadInputs() {
        return List.of("SpeedSetpoint");
    }

    @Override
    public ModelStart initialise(double[] parameters, LiveState live) {
        return new PumpStart(parameters, live).start();
    }

    @Override
    public List<FailureMode> failureModes() {
        return List.of(
                FailureMode.byDamageOfNew(
                        "ImpellerWear",
                        "erosion, corrosion and cavitation take from the blades (Daigle and Goebel 2013)",
                        "ImpellerArea",
                        9.5 / 12.7084,
                        "less pressure and flow at the same speed"),
                // before the bearings: what heats alone is rather their oil, and looks first there
                FailureMode.byKnob(
                        "LubricationLost",
                        "BearingFriction",
                        3,
                        "bearing and oil warmer; vibration below 1 kHz, pressure and flow as before"),
                FailureMode.byEvent(
                        "RadialBearingWear",
                        "the radial bearing wears; it fails by heat, not at a value of its friction",
                        "RadialFriction",
                        "BearingOverheat",
                        "bearing warmer, more vibration; pressure and flow as before"),
                FailureMode.byEvent(
                        "ThrustBearingWear",
                        "the thrust bearing wears; it fails by heat, not at a value of its friction",
                        "ThrustFriction",
                        "BearingOverheat",
                        "bearing warmer, more vibration; pressure and flow as before"),
                FailureMode.byKnob(
                        "Clogged",
                        "CasingBlockage",
                        6,
                        "less pressure and flow at the same speed, without the vibration of a worn impeller"),
                FailureMode.byKnob(
                        "PipeBlocked", "SystemResistance", 4, "less flow and more pressure at the same speed"));
    }
}
