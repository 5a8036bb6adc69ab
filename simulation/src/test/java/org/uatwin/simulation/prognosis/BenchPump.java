package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.uatwin.simulation.asset.pump.DaigleGoebelPump;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.TwinModel;

/**
 * The pump of Daigle and Goebel 2013 on a test bench: its speed, flow and temperatures are measured, its rates of wear are not known.
 */
final class BenchPump implements TwinModel {
    static final List<String> RATES = List.of("WearImpeller", "WearRadial", "WearThrust");
    static final List<String> RATES_AND_HEAT =
            List.of("WearImpeller", "WearRadial", "WearThrust", "HThrust1", "HRadial2");
    private final TwinModel pump = new DaigleGoebelPump();
    private final ModelDescription description;

    BenchPump() {
        ModelDescription d = pump.description();
        List<ParameterSpec> parameters = new ArrayList<>(d.parameters());
        parameters.set(0, rate("WearImpeller", 2e-2));
        parameters.set(1, rate("WearRadial", 2e-10));
        parameters.set(2, rate("WearThrust", 2e-10));
        for (String heat : List.of("HThrust1", "HRadial2")) {
            ParameterSpec was = parameters.get(d.parameterIndex(heat));
            parameters.set(
                    d.parameterIndex(heat),
                    ParameterSpec.tunable(heat, was.unit(), was.defaultValue(), 0, 1, 0.05, "", ""));
        }
        List<OutputSpec> outputs = new ArrayList<>();
        for (OutputSpec output : d.outputs()) {
            outputs.add(
                    switch (output.name()) {
                        case "ShaftSpeed" -> OutputSpec.measured(output.name(), output.unit(), 0.001, 0, "");
                        case "DischargeFlow" -> OutputSpec.measured(output.name(), output.unit(), 0.01, 0, "");
                        case "ThrustBearingTemperature", "RadialBearingTemperature", "BearingOilTemperature" ->
                            OutputSpec.measured(output.name(), output.unit(), 0, 0.5, "");
                        default -> output;
                    });
        }
        List<InputSpec> inputs = d.inputs();
        description = new ModelDescription(
                d.name(), d.version(), parameters, d.states(), inputs, outputs, d.events(), List.of(), 3600, 0.5);
    }

    private static ParameterSpec rate(String name, double value) {
        return ParameterSpec.tunable(name, "", value, 0, 1, 0.5, "", "");
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public ModelDynamics bind(double[] parameters) {
        return pump.bind(parameters);
    }

    @Override
    public List<FailureMode> failureModes() {
        return List.of(
                FailureMode.byEvent("ImpellerWear", "", "ImpellerArea", "ImpellerWearFailure", ""),
                FailureMode.byEvent("ThrustBearingWear", "", "ThrustFriction", "ThrustBearingOverheat", ""),
                FailureMode.byEvent("RadialBearingWear", "", "RadialFriction", "RadialBearingOverheat", ""));
    }

    @Override
    public ModelStart initialise(double[] parameters, LiveState live) {
        return pump.initialise(parameters, live);
    }

    /** As published, new. */
    ModelStart asNew() {
        return initialise(description.defaultParameters(), LiveState.of(Map.of()));
    }

    /** The same pump with a drag that does not depend on speed, N m. */
    static ModelDynamics braked(ModelDynamics pump, double drag) {
        return new ModelDynamics() {
            private static final double INERTIA = 50; // kg m2, of the published set

            @Override
            public void derivatives(OperatingMode mode, double[] x, double[] u, double[] dx) {
                pump.derivatives(mode, x, u, dx);
                dx[0] -= drag / INERTIA;
            }

            @Override
            public void outputs(OperatingMode mode, double[] x, double[] u, double[] y) {
                pump.outputs(mode, x, u, y);
            }

            @Override
            public OperatingMode nextMode(OperatingMode mode, double[] x, double[] u) {
                return pump.nextMode(mode, x, u);
            }

            @Override
            public double event(int index, double[] x, double[] u) {
                return pump.event(index, x, u);
            }

            @Override
            public void project(double[] x) {
                pump.project(x);
            }

            @Override
            public boolean insideEnvelope(double[] x, double[] u) {
                return pump.insideEnvelope(x, u);
            }
        };
    }
}
