package org.uatwin.server.address;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.uatwin.informationmodel.conditioning.VibrationRule;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.PointKind;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.server.engine.TwinInstance;

/** The properties of a point: what its VariableType demands, its limits, where it comes from, its history. */
final class PointPropertySlots {
    private PointPropertySlots() {}

    static void add(LayoutBuilder layout, Slot slot, Member.Point point, int ordinal) {
        addMeaning(layout, slot, point, ordinal);
        origin(layout, slot, ordinal);
    }

    /** All but where it comes from. */
    static void addMeaning(LayoutBuilder layout, Slot slot, Member.Point point, int ordinal) {
        point.euRange().ifPresent(range -> range(layout, slot, "EURange", range));
        point.instrumentRange().ifPresent(range -> range(layout, slot, "InstrumentRange", range));
        point.unit().ifPresent(unit -> layout.unit(slot, unit));
        limit(layout, slot, "HighHighLimit", point.limits().highHigh());
        limit(layout, slot, "HighLimit", point.limits().high());
        limit(layout, slot, "LowLimit", point.limits().low());
        limit(layout, slot, "LowLowLimit", point.limits().lowLow());
        if (point.kind() == PointKind.TWO_STATE) {
            state(layout, slot, "FalseState", point.falseState());
            state(layout, slot, "TrueState", point.trueState());
        }
        if (point.kind() == PointKind.MULTI_STATE) {
            multiState(layout, slot, point, ordinal);
        }
        if (point.kind() == PointKind.WAVEFORM) {
            waveform(layout, slot, point, ordinal);
        }
        if (point.dataType() == org.uatwin.informationmodel.value.ValueType.STRING) {
            longestText(layout, slot, ordinal);
        }
        if (point.isHistorized()) {
            historicalConfiguration(layout, slot);
        }
    }

    /** Only where the source sets a limit: without one the property is not provided (OPC UA Part 3, 5.6.2). */
    private static void longestText(LayoutBuilder layout, Slot slot, int ordinal) {
        Slot property = layout.property(
                slot,
                0,
                "MaxStringLength",
                NodeIds.UInt32,
                new SlotValue.OfInstance((instance, locales) -> new Variant(uint(longest(instance, ordinal)))));
        property.presence = instance -> longest(instance, ordinal) > 0;
    }

    private static int longest(TwinInstance instance, int ordinal) {
        Binding binding = instance.binding(ordinal);
        return binding == null ? 0 : binding.longestText().orElse(0);
    }

    private static void range(LayoutBuilder layout, Slot slot, String name, Range range) {
        fixed(layout, slot, 0, name, NodeIds.Range, Structures.range(range));
    }

    private static void limit(LayoutBuilder layout, Slot slot, String name, OptionalDouble limit) {
        if (limit.isPresent()) {
            fixed(layout, slot, NamespaceIndexes.TYPES, name, NodeIds.Double, new Variant(limit.getAsDouble()));
        }
    }

    private static void state(LayoutBuilder layout, Slot slot, String name, Text text) {
        layout.property(
                slot,
                0,
                name,
                NodeIds.LocalizedText,
                new SlotValue.OfType(locales -> new Variant(Structures.text(text, locales))));
    }

    private static Slot fixed(
            LayoutBuilder layout, Slot slot, int namespace, String name, NodeId dataType, Variant value) {
        return layout.property(slot, namespace, name, dataType, new SlotValue.OfType(locales -> value));
    }

    /** What YArrayItemType demands beside unit and range (OPC UA Part 8, 5.3.4.2 and 5.3.4.3). */
    private static void waveform(LayoutBuilder layout, Slot slot, Member.Point point, int ordinal) {
        layout.property(
                slot,
                0,
                "Title",
                NodeIds.LocalizedText,
                new SlotValue.OfType(locales -> new Variant(Structures.text(point.displayName(), locales))));
        fixed(layout, slot, 0, "AxisScaleType", NodeIds.AxisScaleEnumeration, new Variant(Structures.LINEAR));
        layout.property(
                slot,
                0,
                "XAxisDefinition",
                NodeIds.AxisInformation,
                new SlotValue.OfInstance((instance, locales) -> axis(instance, point, ordinal)));
    }

    private static Variant axis(TwinInstance instance, Member.Point point, int ordinal) {
        Binding binding = instance.binding(ordinal);
        if (binding instanceof Binding.Analysed analysed) {
            return Structures.frequencyAxis(point.arrayLength(), analysed.endHz());
        }
        double rate = binding instanceof Binding.Reduced reduced
                ? reduced.sampleRateHz()
                : instance.twin()
                        .treatment(ordinal)
                        .vibration()
                        .map(VibrationRule::sampleRateHz)
                        .orElse(0.0);
        return rate > 0 ? Structures.timeAxis(point.arrayLength(), rate) : Structures.sampleAxis(point.arrayLength());
    }

    private static void multiState(LayoutBuilder layout, Slot slot, Member.Point point, int ordinal) {
        Slot values = layout.property(
                slot,
                0,
                "EnumValues",
                NodeIds.EnumValueType,
                new SlotValue.OfType(locales -> Structures.enumValues(point.enumTexts(), locales)));
        values.valueRank = 1;
        valueAsText(layout, slot, point, ordinal);
    }

    static void valueAsText(LayoutBuilder layout, Slot slot, Member.Point point, int ordinal) {
        layout.property(
                slot,
                0,
                "ValueAsText",
                NodeIds.LocalizedText,
                new SlotValue.Derived(ordinal, (value, locales) -> valueAsText(point, value, locales)));
    }

    private static DataValue valueAsText(Member.Point point, DataValue value, List<String> locales) {
        if (value.value().isNull() || !(value.value().value() instanceof Number number)) {
            return value;
        }
        LocalizedText text = point.enumTexts().stream()
                .filter(e -> e.value() == number.longValue())
                .findFirst()
                .map(e -> Structures.text(e.text(), locales))
                .orElse(LocalizedText.NULL_VALUE);
        return new DataValue(new Variant(text), value.statusCode(), value.sourceTime(), value.serverTime());
    }

    /** Source address, last error, last poll time and what the chain did, beside every bound point. */
    private static void origin(LayoutBuilder layout, Slot slot, int ordinal) {
        Presence bound = instance -> instance.binding(ordinal) != null;
        Slot address = layout.property(
                slot,
                NamespaceIndexes.TYPES,
                "SourceAddress",
                NodeIds.String,
                new SlotValue.OfInstance((instance, locales) -> new Variant(label(instance, ordinal))));
        address.presence = bound;
        Slot error = layout.property(
                slot,
                NamespaceIndexes.TYPES,
                "LastError",
                NodeIds.String,
                new SlotValue.Sampled((live, instance, locales) ->
                        live.computed(new Variant(live.facts().lastError(instance.firstRow() + ordinal)))));
        error.presence = bound;
        Slot time = layout.property(
                slot,
                NamespaceIndexes.TYPES,
                "LastPollTime",
                NodeIds.UtcTime,
                new SlotValue.Sampled((live, instance, locales) -> live.computed(
                        new Variant(new DateTime(live.facts().lastPollTime(instance.firstRow() + ordinal))))));
        time.presence = bound;
        Slot conditioning = layout.property(
                slot,
                NamespaceIndexes.TYPES,
                "Conditioning",
                NodeIds.String,
                new SlotValue.Sampled((live, instance, locales) ->
                        live.computed(new Variant(live.facts().conditioning(instance.firstRow() + ordinal)))));
        conditioning.presence = instance -> instance.twin() != null
                && instance.binding(ordinal) != null
                && instance.twin().treatment(ordinal).isAtLink();
    }

    private static String label(TwinInstance instance, int ordinal) {
        return Optional.ofNullable(instance.binding(ordinal))
                .map(Binding::label)
                .orElse("");
    }

    /** {@code HA Configuration} with its mandatory children (OPC UA Part 11, HistoricalDataConfigurationType). */
    static void historicalConfiguration(LayoutBuilder layout, Slot slot) {
        Slot configuration = layout.object(
                slot,
                NodeIds.HasHistoricalConfiguration,
                0,
                "HA Configuration",
                NodeIds.HistoricalDataConfigurationType);
        Slot aggregates = layout.object(
                configuration, NodeIds.HasComponent, 0, "AggregateConfiguration", NodeIds.AggregateConfigurationType);
        fixed(layout, aggregates, 0, "TreatUncertainAsBad", NodeIds.Boolean, new Variant(true));
        fixed(layout, aggregates, 0, "PercentDataBad", NodeIds.Byte, new Variant(ubyte(100)));
        fixed(layout, aggregates, 0, "PercentDataGood", NodeIds.Byte, new Variant(ubyte(100)));
        fixed(layout, aggregates, 0, "UseSlopedExtrapolation", NodeIds.Boolean, new Variant(false));
        // Only changes are stored, so the earlier value held until the next row, whatever the data type.
        fixed(layout, configuration, 0, "Stepped", NodeIds.Boolean, new Variant(true));
    }
}
