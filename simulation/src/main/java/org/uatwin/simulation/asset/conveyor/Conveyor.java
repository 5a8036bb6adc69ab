package org.uatwin.simulation.asset.conveyor;

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

    @Override
    public ModelStart initialise(double[] parameters, LiveState live) {
        return new ConveyorStart(parameters, live).start();
    }
}
