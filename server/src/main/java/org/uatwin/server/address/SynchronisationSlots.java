package org.uatwin.server.address;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.EngineeringUnit;
import org.uatwin.informationmodel.type.EnumText;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.estimation.Diagnosis;
import org.uatwin.simulation.estimation.FidelityLevel;
import org.uatwin.simulation.estimation.Synchronisation;
import org.uatwin.simulation.estimation.TwinEstimator;
import org.uatwin.simulation.twin.BoundSystem;

/**
 * How a twin follows its asset, as nodes: {@code Expected} and {@code Residual} below each measured point the model predicts
 * (information model 4.5), and the object {@code Synchronization}. Only types with a model have them; they cost nothing but the
 * layout.
 */
final class SynchronisationSlots {
    private static final EngineeringUnit PERCENT = unit("%");
    private static final EngineeringUnit SECOND = unit("s");
    private static final EngineeringUnit NUMBER = unit("");
    private static final double STALE_SECONDS = 30;
    private static final double STALE_STEPS = 3;

    private static final ModelRegistry MODELS = ModelRegistry.builtIn();

    private SynchronisationSlots() {}

    private static EngineeringUnit unit(String symbol) {
        return Units.find(symbol.isEmpty() ? "C62" : symbol)
                .map(Unit::engineeringUnit)
                .orElseGet(() -> new EngineeringUnit(symbol, "C62", "one"));
    }

    /** Unit of a damage state: the model's, else that of the point of this name. */
    static EngineeringUnit unitOf(TwinType type, String damage) {
        int ordinal = type.pointOrdinal(damage);
        return type.modelName().flatMap(SynchronisationSlots::followed).stream()
                .flatMap(model -> model.states().stream())
                .filter(state -> state.name().equals(damage))
                .findFirst()
                .map(state -> unit(state.unit()))
                .or(() -> ordinal < 0
                        ? Optional.empty()
                        : type.points().get(ordinal).unit())
                .orElse(NUMBER);
    }

    static void add(LayoutBuilder layout, Slot root) {
        ModelDescription model = layout.type()
                .modelName()
                .flatMap(SynchronisationSlots::followed)
                .orElse(null);
        if (model == null) {
            part(layout);
            return;
        }
        Set<String> predicted = predicted(layout.type().modelName().orElse(""), model);
        List<Integer> measured = new ArrayList<>(); // ordinals
        for (int ordinal = 0; ordinal < layout.type().declaredPoints().size(); ordinal++) {
            Member.Point point = layout.type().declaredPoints().get(ordinal);
            if (predicted.stream().anyMatch(pattern -> point.name().matches(pattern)) && !point.isArray()) {
                measured.add(ordinal);
                point(layout, point, ordinal, bound(ordinal));
            }
        }
        if (!measured.isEmpty()) {
            object(layout, root, model, followed(measured));
        }
    }

    /** A part of a system whose model predicts its points: what is expected there is of use also where nothing is measured. */
    private static void part(LayoutBuilder layout) {
        Presence inSystem = instance -> instance.twin().parentId().isPresent();
        Set<String> names = new LinkedHashSet<>();
        for (Optional<TwinType> type = Optional.of(layout.type());
                type.isPresent();
                type = type.get().superType()) {
            String name = type.get().name();
            MODELS.systemNames().stream()
                    .flatMap(system -> MODELS.system(system).stream())
                    .filter(system -> system.parts().contains(name))
                    .forEach(system -> names.addAll(system.measuredOfParts()));
        }
        for (int ordinal = 0; ordinal < layout.type().declaredPoints().size(); ordinal++) {
            Member.Point point = layout.type().declaredPoints().get(ordinal);
            if (names.contains(point.name())) {
                point(layout, point, ordinal, inSystem);
            }
        }
    }

    /** What twins with this model are followed with; empty if they are not. */
    private static Optional<ModelDescription> followed(String model) {
        return MODELS.find(model)
                .filter(TwinEstimator::canFollow)
                .map(TwinModel::description)
                .or(() -> MODELS.system(model).flatMap(BoundSystem::typical));
    }

    /** Points such a model predicts, as patterns: one of a table has as many as its rows. */
    private static Set<String> predicted(String name, ModelDescription model) {
        Set<String> points = new LinkedHashSet<>();
        for (OutputSpec output : model.outputs()) {
            String point = output.linkedPoint();
            boolean isNumber =
                    output.accuracy().relative() > 0 || output.accuracy().floor() > 0;
            if (point != null && isNumber) {
                points.add(Pattern.quote(point));
            }
        }
        MODELS.system(name).ifPresent(system -> system.measuredRows()
                .forEach(pattern -> points.add(pattern.replace("%s", "\\w+"))));
        return points;
    }

    /** Whether something the model predicts has a source. */
    private static Presence followed(List<Integer> measured) {
        return instance -> measured.stream().anyMatch(ordinal -> isBound(instance, ordinal));
    }

    private static Presence bound(int ordinal) {
        return instance -> isBound(instance, ordinal);
    }

    private static boolean isBound(TwinInstance instance, int ordinal) {
        Binding binding = instance.binding(ordinal);
        return binding != null && !(binding instanceof Binding.Constant);
    }

    private static void point(LayoutBuilder layout, Member.Point point, int ordinal, Presence expectedIn) {
        Presence bound = bound(ordinal);
        Range range = point.euRange().orElse(null);
        Slot expected = variable(
                layout,
                layout.point(point.name()),
                "Expected",
                point.unit().orElse(NUMBER),
                range,
                expectedIn,
                s -> output(s, point.name(), Synchronisation.Output::expected));
        expected.description = Text.of("What the twin's model expects here.");
        double span = range == null ? 0 : range.high() - range.low();
        Slot residual = variable(
                layout,
                layout.point(point.name()),
                "Residual",
                point.unit().orElse(NUMBER),
                range == null ? null : new Range(-span, span),
                bound,
                s -> output(s, point.name(), Synchronisation.Output::residual));
        residual.description = Text.of("Measured minus expected.");
    }

    private static double output(
            Synchronisation s, String point, java.util.function.ToDoubleFunction<Synchronisation.Output> of) {
        for (Synchronisation.Output output : s.outputs()) {
            if (output.point().equals(point)) {
                return of.applyAsDouble(output);
            }
        }
        return Double.NaN;
    }

    private static Slot variable(
            LayoutBuilder layout,
            Slot parent,
            String name,
            EngineeringUnit unit,
            @Nullable Range range,
            Presence presence,
            java.util.function.ToDoubleFunction<Synchronisation> value) {
        Slot slot = layout.variable(
                parent,
                NodeIds.HasComponent,
                NamespaceIndexes.TYPES,
                name,
                range == null ? NodeIds.AnalogUnitType : NodeIds.AnalogUnitRangeType,
                NodeIds.Double,
                new SlotValue.Sampled((live, instance, locales) -> of(live, instance, s -> {
                    double number = value.applyAsDouble(s);
                    return Double.isFinite(number) ? new Variant(number) : null;
                })));
        slot.presence = presence;
        if (range != null) {
            layout.property(
                    slot, 0, "EURange", NodeIds.Range, new SlotValue.OfType(locales -> Structures.range(range)));
        }
        layout.unit(slot, unit);
        return slot;
    }

    /**
     * A value of a report, with its quality: not yet predictable is Bad_WaitingForInitialData, a twin that is not calibrated
     * Uncertain_SubNormal, one whose data have stopped Uncertain_LastUsableValue (contracts section 2).
     */
    private static DataValue of(
            LiveValues live, TwinInstance instance, Function<Synchronisation, @Nullable Variant> value) {
        DateTime now = new DateTime(live.now());
        Synchronisation s = live.synchronisation(instance);
        if (s == null) {
            return new DataValue(Variant.NULL_VALUE, new StatusCode(StatusCodes.Bad_OutOfService), now, now);
        }
        Variant found = s.stateTime() == 0 ? null : value.apply(s);
        if (found == null) {
            return new DataValue(Variant.NULL_VALUE, new StatusCode(StatusCodes.Bad_WaitingForInitialData), now, now);
        }
        double limit = Math.max(STALE_SECONDS, STALE_STEPS * s.stepSeconds());
        boolean isStale = UaTime.secondsBetween(s.stateTime(), live.now()) > limit;
        StatusCode status = isStale
                ? new StatusCode(StatusCodes.Uncertain_LastUsableValue)
                : s.level().isUsable() ? StatusCode.GOOD : new StatusCode(StatusCodes.Uncertain_SubNormal);
        return new DataValue(found, status, new DateTime(s.stateTime()), now);
    }

    /** As {@link #of}, but a value that says something while nothing is followed as well. */
    private static DataValue always(LiveValues live, TwinInstance instance, Function<Synchronisation, Variant> value) {
        DateTime now = new DateTime(live.now());
        Synchronisation s = live.synchronisation(instance);
        return s == null
                ? new DataValue(Variant.NULL_VALUE, new StatusCode(StatusCodes.Bad_OutOfService), now, now)
                : new DataValue(
                        value.apply(s), StatusCode.GOOD, s.stateTime() == 0 ? now : new DateTime(s.stateTime()), now);
    }

    private static void object(LayoutBuilder layout, Slot root, ModelDescription model, Presence followed) {
        Slot object = layout.object(
                root, NodeIds.HasComponent, NamespaceIndexes.TYPES, "Synchronization", NodeIds.BaseObjectType);
        object.presence = followed;
        object.description = Text.of("How well the twin follows its asset, and what it has found out about it.");
        number(
                layout,
                object,
                "FidelityScore",
                PERCENT,
                new Range(0, 100),
                "How well measurements are predicted.",
                s -> s.score() < 0 ? Double.NaN : s.score());
        number(
                layout,
                object,
                "IntervalCoverage",
                PERCENT,
                new Range(0, 100),
                "Share of the measurements inside their 90 % band; 85 to 95 is right.",
                s -> s.coverage() < 0 ? Double.NaN : 100 * s.coverage());
        number(
                layout,
                object,
                "ModelError",
                NUMBER,
                new Range(0, 100),
                "Root mean square of the residuals in standard deviations of the sensors.",
                s -> s.modelError() < 0 ? Double.NaN : s.modelError());
        latency(layout, object);
        level(layout, object);
        flag(
                layout,
                object,
                "DriftDetected",
                "Whether a parameter or wear has moved since the calibration.",
                Synchronisation::isDrifting);
        flag(
                layout,
                object,
                "OutsideEnvelope",
                "Whether model or calibration do not cover the present operation.",
                Synchronisation::isOutsideEnvelope);
        flag(
                layout,
                object,
                "SensorSuspected",
                "Whether a sensor contradicts all others and is not used.",
                s -> s.diagnosis().kind() == Diagnosis.Kind.SENSOR);
        text(
                layout,
                object,
                "Cause",
                NodeIds.String,
                "Parameter, damage or point concerned.",
                s -> new Variant(s.diagnosis().name()));
        text(
                layout,
                object,
                "Diagnosis",
                NodeIds.LocalizedText,
                "What has changed, and what would tell more.",
                s -> new Variant(LocalizedText.english(s.diagnosis().text())));
        estimates(layout, object, model);
    }

    private static void number(
            LayoutBuilder layout,
            Slot object,
            String name,
            EngineeringUnit unit,
            Range range,
            String meaning,
            java.util.function.ToDoubleFunction<Synchronisation> value) {
        variable(layout, object, name, unit, range, Presence.ALWAYS, value).description = Text.of(meaning);
    }

    private static void latency(LayoutBuilder layout, Slot object) {
        Slot slot = layout.variable(
                object,
                NodeIds.HasComponent,
                NamespaceIndexes.TYPES,
                "Latency",
                NodeIds.AnalogUnitType,
                NodeIds.Double,
                new SlotValue.Sampled((live, instance, locales) -> of(
                        live,
                        instance,
                        s -> new Variant(Math.max(0, UaTime.secondsBetween(s.stateTime(), live.now()))))));
        slot.description = Text.of("By how much the estimate is behind the present.");
        layout.unit(slot, SECOND);
    }

    private static void level(LayoutBuilder layout, Slot object) {
        List<EnumText> texts = new ArrayList<>();
        for (FidelityLevel level : FidelityLevel.values()) {
            texts.add(new EnumText(level.number(), Text.of(level.text())));
        }
        Slot slot = layout.variable(
                object,
                NodeIds.HasComponent,
                NamespaceIndexes.TYPES,
                "FidelityLevel",
                NodeIds.MultiStateValueDiscreteType,
                NodeIds.Int32,
                new SlotValue.Sampled((live, instance, locales) ->
                        always(live, instance, s -> new Variant(s.level().number()))));
        slot.description = Text.of("How far the twin can be trusted.");
        Slot values = layout.property(
                slot,
                0,
                "EnumValues",
                NodeIds.EnumValueType,
                new SlotValue.OfType(locales -> Structures.enumValues(texts, locales)));
        values.valueRank = 1;
        layout.property(
                slot,
                0,
                "ValueAsText",
                NodeIds.LocalizedText,
                new SlotValue.Sampled((live, instance, locales) -> always(
                        live,
                        instance,
                        s -> new Variant(LocalizedText.english(s.level().text())))));
    }

    private static void flag(
            LayoutBuilder layout,
            Slot object,
            String name,
            String meaning,
            java.util.function.Predicate<Synchronisation> is) {
        text(layout, object, name, NodeIds.Boolean, meaning, s -> new Variant(is.test(s)));
    }

    private static void text(
            LayoutBuilder layout,
            Slot object,
            String name,
            NodeId dataType,
            String meaning,
            Function<Synchronisation, Variant> value) {
        Slot slot = layout.variable(
                object,
                NodeIds.HasComponent,
                NamespaceIndexes.TYPES,
                name,
                NodeIds.BaseDataVariableType,
                dataType,
                new SlotValue.Sampled((live, instance, locales) -> always(live, instance, value)));
        slot.description = Text.of(meaning);
    }

    private static void estimates(LayoutBuilder layout, Slot object, ModelDescription model) {
        Slot folder =
                layout.object(object, NodeIds.HasComponent, NamespaceIndexes.TYPES, "Estimates", NodeIds.FolderType);
        folder.description = Text.of("Parameters and wear of the asset, as far as the data tell them.");
        for (ParameterSpec spec : model.parameters()) {
            if (spec.tunable() && spec.priorSigma() > 0) {
                quantity(layout, folder, spec.name(), spec.unit(), spec.meaning());
            }
        }
        for (StateSpec spec : model.states()) {
            if (spec.kind() == StateSpec.Kind.DAMAGE) {
                quantity(layout, folder, spec.name(), spec.unit(), "wear, " + spec.unit());
            }
        }
    }

    private static void quantity(LayoutBuilder layout, Slot folder, String name, String unit, String meaning) {
        Slot slot = layout.variable(
                folder,
                NodeIds.HasComponent,
                NamespaceIndexes.TYPES,
                name,
                NodeIds.AnalogUnitType,
                NodeIds.Double,
                new SlotValue.Sampled((live, instance, locales) -> quantity(live, instance, name)));
        slot.description = Text.of(meaning);
        layout.unit(slot, unit(unit));
        layout.property(
                slot,
                NamespaceIndexes.TYPES,
                "StandardDeviation",
                NodeIds.Double,
                new SlotValue.Sampled((live, instance, locales) ->
                        of(live, instance, s -> number(find(s, name), Synchronisation.Quantity::sigma))));
        layout.property(
                slot,
                NamespaceIndexes.TYPES,
                "Calibrated",
                NodeIds.Double,
                new SlotValue.Sampled((live, instance, locales) ->
                        of(live, instance, s -> number(find(s, name), Synchronisation.Quantity::calibrated))));
    }

    /** What the data do not determine is the configured value, and says so. */
    static DataValue quantity(LiveValues live, TwinInstance instance, String name) {
        DataValue value = of(live, instance, s -> number(find(s, name), Synchronisation.Quantity::value));
        Synchronisation s = live.synchronisation(instance);
        Synchronisation.Quantity found = s == null ? null : find(s, name);
        return found == null || found.isEstimated() || !value.statusCode().isGood()
                ? value
                : new DataValue(
                        value.value(),
                        new StatusCode(StatusCodes.Uncertain_SubstituteValue),
                        value.sourceTime(),
                        value.serverTime());
    }

    private static Synchronisation.@Nullable Quantity find(Synchronisation s, String name) {
        for (Synchronisation.Quantity quantity : s.quantities()) {
            if (quantity.name().equals(name)) {
                return quantity;
            }
        }
        return null;
    }

    private static @Nullable Variant number(
            Synchronisation.@Nullable Quantity quantity,
            java.util.function.ToDoubleFunction<Synchronisation.Quantity> of) {
        double value = quantity == null ? Double.NaN : of.applyAsDouble(quantity);
        return Double.isFinite(value) ? new Variant(value) : null;
    }
}
