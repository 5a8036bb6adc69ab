package org.uatwin.simulation.asset;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.simulation.asset.conveyor.Conveyor;
import org.uatwin.simulation.asset.motor.InductionMotor;
import org.uatwin.simulation.asset.pump.CentrifugalPump;
import org.uatwin.simulation.asset.tank.Tank;
import org.uatwin.simulation.contract.TwinModel;

/** Twin models by the name a twin type gives. Immutable, any thread. */
public final class ModelRegistry {
    private final Map<String, TwinModel> models;

    private ModelRegistry(Collection<TwinModel> models) {
        Map<String, TwinModel> byName = new LinkedHashMap<>();
        for (TwinModel model : models) {
            if (byName.put(model.description().name(), model) != null) {
                throw new IllegalArgumentException(
                        "two models are named " + model.description().name());
            }
        }
        this.models = byName;
    }

    /** The models that come with the product. */
    public static ModelRegistry builtIn() {
        return new ModelRegistry(List.of(new CentrifugalPump(), new InductionMotor(), new Conveyor(), new Tank()));
    }

    /** A registry of exactly these models. */
    public static ModelRegistry of(Collection<TwinModel> models) {
        return new ModelRegistry(models);
    }

    /** The model of this name. */
    public Optional<TwinModel> find(String name) {
        return Optional.ofNullable(models.get(name));
    }

    /** Names in registration order. */
    public List<String> names() {
        return List.copyOf(models.keySet());
    }
}
