package org.uatwin.simulation.asset;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.simulation.asset.bearing.BearingTwin;
import org.uatwin.simulation.asset.building.BuildingTwins;
import org.uatwin.simulation.asset.conveyor.Conveyor;
import org.uatwin.simulation.asset.generic.GenericTwins;
import org.uatwin.simulation.asset.grid.GridTwins;
import org.uatwin.simulation.asset.motor.InductionMotor;
import org.uatwin.simulation.asset.pump.CentrifugalPump;
import org.uatwin.simulation.asset.robot.RobotTwin;
import org.uatwin.simulation.asset.tank.Tank;
import org.uatwin.simulation.asset.wind.WindTwins;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.discrete.LineTwin;
import org.uatwin.simulation.network.NetworkTwins;
import org.uatwin.simulation.twin.Composition;
import org.uatwin.simulation.twin.SystemTwin;

/** Twin models by the name a twin type gives. Immutable, any thread. */
public final class ModelRegistry {
    private final Map<String, TwinModel> models;
    private final Map<String, SystemTwin> systems = new LinkedHashMap<>();
    private final List<Composition> compositions = Compositions.all();

    private ModelRegistry(Collection<TwinModel> models, Collection<SystemTwin> systemTwins) {
        Map<String, TwinModel> byName = new LinkedHashMap<>();
        for (TwinModel model : models) {
            if (byName.put(model.description().name(), model) != null) {
                throw new IllegalArgumentException(
                        "two models are named " + model.description().name());
            }
        }
        this.models = byName;
        for (SystemTwin system : systemTwins) {
            if (byName.containsKey(system.name()) || systems.put(system.name(), system) != null) {
                throw new IllegalArgumentException("two models are named " + system.name());
            }
        }
    }

    /** The models that come with the product. */
    public static ModelRegistry builtIn() {
        return new ModelRegistry(
                List.of(new CentrifugalPump(), new InductionMotor(), new Conveyor(), new Tank()),
                List.of(
                        BearingTwin.bearing(),
                        WindTwins.turbine(),
                        WindTwins.blade(),
                        WindTwins.farm(),
                        BuildingTwins.building(),
                        BuildingTwins.room(),
                        RobotTwin.arm(),
                        LineTwin.line(),
                        NetworkTwins.feeder(),
                        GridTwins.frequency(),
                        GridTwins.households(),
                        NetworkTwins.sensor(),
                        NetworkTwins.network(),
                        GenericTwins.process(),
                        GenericTwins.linear(),
                        GenericTwins.wear()));
    }

    /** A registry of exactly these models. */
    public static ModelRegistry of(Collection<TwinModel> models) {
        return new ModelRegistry(models, List.of());
    }

    /** The model of this name. */
    public Optional<TwinModel> find(String name) {
        return Optional.ofNullable(models.get(name));
    }

    /** The system model of this name as a model of twins. */
    public Optional<SystemTwin> system(String name) {
        return Optional.ofNullable(systems.get(name));
    }

    /** How members of a system with this model drive each other. */
    public Optional<Composition> composition(String name) {
        return compositions.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** Names of models that are nothing but their members. */
    public List<String> compositionNames() {
        return compositions.stream()
                .map(Composition::name)
                .filter(name -> !systems.containsKey(name))
                .toList();
    }

    /** Names of the system models, in registration order. */
    public List<String> systemNames() {
        return List.copyOf(systems.keySet());
    }

    /** Names of the twin models, in registration order. */
    public List<String> names() {
        return List.copyOf(models.keySet());
    }
}
