package org.uatwin.server.method;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.TwinModel;

/** Twins bound to their simulation models, and their live state as a model reads it. Any thread. */
public final class TwinModels {
    private final ModelRegistry registry;
    private final PointTable table;
    /** By instance: a reload that changes a twin makes another instance, and the old one is not kept for its model. */
    private final Map<TwinInstance, ModelBinding> bindings = Collections.synchronizedMap(new WeakHashMap<>());

    /** Bindings are made when they are asked for. */
    public TwinModels(ModelRegistry registry, PointTable table) {
        this.registry = registry;
        this.table = table;
    }

    /** The model of a twin; empty if its type names none, or one this server does not have. */
    public Optional<ModelBinding> binding(TwinInstance instance) {
        return instance.type()
                .modelName()
                .flatMap(registry::find)
                .map(model -> bindings.computeIfAbsent(instance, one -> bind(one, model)));
    }

    private static ModelBinding bind(TwinInstance instance, TwinModel model) {
        Map<String, Double> parameters = new HashMap<>();
        Twin twin = instance.twin();
        for (Member.Rating rating : instance.type().ratings()) {
            if (model.description().parameterIndex(rating.name()) >= 0) {
                Double given = twin.ratings().get(rating.name());
                if (given != null) {
                    parameters.put(rating.name(), given);
                } else {
                    rating.value().ifPresent(value -> parameters.put(rating.name(), value));
                }
            }
        }
        parameters.putAll(twin.modelParameters());
        return ModelBinding.of(instance.id(), model, parameters);
    }

    /**
     * A consistent snapshot of the twin's numeric points. Points that are not bound or never had a value are absent;
     * two-state points read 0 or 1.
     *
     * @param now {@link UaTime} ticks ages are counted to.
     */
    public LiveState readings(TwinInstance instance, long now) {
        int[] rows = new int[instance.type().points().size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = instance.firstRow() + i;
        }
        Map<String, LiveReading> readings = new HashMap<>();
        for (Sample sample : table.snapshot(rows).samples()) {
            Member.Point point = instance.type().points().get(sample.point() - instance.firstRow());
            if (sample.receiveTime() != 0 && sample.object() == null && !point.isArray()) {
                double age = Math.max(0, UaTime.secondsBetween(sample.sourceTime(), now));
                double value = point.dataType().toDouble(sample.bits());
                if (Double.isFinite(value)) {
                    readings.put(
                            point.name(), new LiveReading(value, sample.status().isGood(), age));
                }
            }
        }
        return LiveState.of(readings);
    }
}
