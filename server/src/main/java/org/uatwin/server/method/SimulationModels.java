package org.uatwin.server.method;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.uatwin.informationmodel.conditioning.VibrationRule;
import org.uatwin.informationmodel.plant.ModelCatalog;
import org.uatwin.informationmodel.plant.ModelTable;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.TableSpec;
import org.uatwin.simulation.twin.SystemTwin;
import org.uatwin.simulation.twin.Tables;
import org.uatwin.simulation.vibration.BearingCatalogue;
import org.uatwin.simulation.vibration.BearingGeometry;
import org.uatwin.simulation.vibration.CatalogueBearing;

/** The models of the simulation module as the plant-file check knows them. */
public record SimulationModels(ModelRegistry registry) implements ModelCatalog {
    /** The models that come with the product. */
    public static SimulationModels builtIn() {
        return new SimulationModels(ModelRegistry.builtIn());
    }

    @Override
    public List<String> models() {
        return Stream.of(registry.names(), registry.systemNames(), registry.compositionNames())
                .flatMap(List::stream)
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

    @Override
    public List<String> bearings() {
        return BearingCatalogue.all().stream()
                .map(CatalogueBearing::designation)
                .toList();
    }

    @Override
    public Optional<VibrationRule.Bearing> bearing(String designation) {
        return BearingCatalogue.find(designation).map(found -> {
            BearingGeometry of = found.geometry();
            return new VibrationRule.Bearing(
                    found.designation(), of.balls(), of.ballDiameterMm(), of.pitchDiameterMm(), of.contactAngleDeg());
        });
    }

    @Override
    public List<String> failureModes(String model) {
        return registry.find(model)
                .map(m -> m.failureModes().stream().map(FailureMode::name).toList())
                .orElse(List.of());
    }

    @Override
    public List<String> tables(String model) {
        return registry.system(model)
                .map(system -> system.tables().stream().map(TableSpec::name).toList())
                .orElse(List.of());
    }

    @Override
    public List<ModelTable.Problem> problems(String model, String table, ModelTable given) {
        return registry.system(model).stream()
                .flatMap(system -> system.tables().stream())
                .filter(spec -> spec.name().equals(table))
                .flatMap(spec -> Tables.read(spec, given).problems().stream())
                .toList();
    }
}
