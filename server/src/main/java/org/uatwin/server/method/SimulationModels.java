package org.uatwin.server.method;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.uatwin.informationmodel.plant.ModelCatalog;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.twin.SystemTwin;

/** The models of the simulation module as the plant-file check knows them. */
public record SimulationModels(ModelRegistry registry) implements ModelCatalog {
    /** The models that come with the product. */
    public static SimulationModels builtIn() {
        return new SimulationModels(ModelRegistry.builtIn());
    }

    @Override
    public List<String> models() {
        return Stream.concat(registry.names().stream(), registry.systemNames().stream())
                .toList();
    }

    @Override
    public List<String> parameters(String model) {
        return specs(model).stream().map(ParameterSpec::name).toList();
    }

    private List<ParameterSpec> specs(String model) {
        return registry.find(model)
                .map(m -> m.description().parameters())
                .or(() -> registry.system(model).map(SystemTwin::parameters))
                .orElse(List.of());
    }

    @Override
    public Optional<String> problem(String model, String parameter, double value) {
        return specs(model).stream()
                .filter(spec -> spec.name().equals(parameter))
                .filter(spec -> !(value >= spec.lower() && value <= spec.upper()))
                .map(spec -> "%s = %s is outside %s %s"
                        .formatted(parameter, Port.number(value), Port.range(spec.lower(), spec.upper()), spec.unit()))
                .findFirst();
    }
}
