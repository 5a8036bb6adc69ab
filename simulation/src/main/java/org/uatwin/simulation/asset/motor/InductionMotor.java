package org.uatwin.simulation.asset.motor;

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

    @Override
    public ModelStart initialise(double[] parameters, LiveState live) {
        return MotorStart.start(parameters, live);
    }
}
