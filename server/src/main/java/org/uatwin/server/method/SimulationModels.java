package org.uatwin.server.method;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.plant.ModelCatalog;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ParameterSpec;

/** The models of the simulation module as the plant-file check knows them. */
public record SimulationModels(ModelRegistry registry) implements ModelCatalog {
    /** The models that come with the product. */
    public static SimulationModels builtIn() {
        return new SimulationModels(ModelRegistry.builtIn());
    }

    @Override
    public List<String> models() {
        return registry.names();
    }

    @Override
    public List<String> parameters(String model) {
        return registry.find(model)
                .map(m -> m.description().parameters().stream()
                        .map(ParameterSpec::name)
                        .toList())
                .orElse(List.of());
    }

    @Override
    public Optional<String> problem(String model, String parameter, double value) {
        return registry.find(model).flatMap(m -> ModelBinding.problems(m, Map.of(parameter, value)).stream()
                .findFirst());
    }
}
