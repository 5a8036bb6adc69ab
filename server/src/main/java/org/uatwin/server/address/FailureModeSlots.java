package org.uatwin.server.address;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.twin.SystemTwin;

/**
 * The folder {@code FailureModes}: each way in which an asset of this type fails, with the damage that leads to it. Damage is the twin's
 * estimate where it is followed, else the point that shows it; it only grows until a part is replaced.
 */
final class FailureModeSlots {
    private static final ModelRegistry MODELS = ModelRegistry.builtIn();

    private FailureModeSlots() {}

    static void add(LayoutBuilder layout, Slot root) {
        List<FailureMode> modes = layout.type()
                .modelName()
                .flatMap(name -> MODELS.find(name)
                        .map(model -> model.failureModes())
                        .or(() -> MODELS.system(name).map(SystemTwin::failureModes)))
                .orElse(List.of());
        if (modes.isEmpty()) {
            return;
        }
        Slot folder =
                layout.object(root, NodeIds.HasComponent, NamespaceIndexes.TYPES, "FailureModes", NodeIds.FolderType);
        folder.description = Text.of("Ways in which the asset fails, and the damage that leads there.");
        for (FailureMode mode : modes) {
            List<String> rows = rows(layout, mode.damage());
            if (rows.isEmpty()) {
                mode(layout, folder, mode, mode.name(), mode.damage());
            }
            for (String row : rows) {
                mode(layout, folder, mode, row + mode.name(), mode.damage().replace("%s", row));
            }
        }
    }

    /** Rows of a table that points of the type stand for, by the pattern of their names. */
    private static List<String> rows(LayoutBuilder layout, String pattern) {
        List<String> rows = new ArrayList<>();
        int at = pattern.indexOf("%s");
        String after = at < 0 ? "" : pattern.substring(at + 2);
        layout.type().declaredPoints().forEach(point -> {
            if (at >= 0 && point.name().endsWith(after) && point.name().startsWith(pattern.substring(0, at))) {
                rows.add(point.name().substring(at, point.name().length() - after.length()));
            }
        });
        return rows;
    }

    private static void mode(LayoutBuilder layout, Slot folder, FailureMode mode, String name, String damage) {
        Slot object = layout.object(folder, NodeIds.HasComponent, NamespaceIndexes.TYPES, name, NodeIds.BaseObjectType);
        object.description = Text.of(mode.mechanism().isEmpty() ? mode.signature() : mode.mechanism());
        text(layout, object, "Mechanism", mode.mechanism());
        text(layout, object, "Signature", mode.signature());
        if (!mode.knob().isEmpty()) {
            text(layout, object, "Parameter", mode.knob());
        }
        if (damage.isEmpty()) {
            return;
        }
        text(layout, object, "DamageState", damage);
        if (Double.isFinite(mode.threshold())) {
            Variant threshold = new Variant(mode.threshold());
            Slot slot = layout.property(
                    object,
                    NamespaceIndexes.TYPES,
                    "Threshold",
                    NodeIds.Double,
                    new SlotValue.OfType(locales -> threshold));
            slot.description = Text.of(
                    mode.isOfNew()
                            ? "Share of the damage state of the new asset at which it fails."
                            : "Damage at which it fails.");
        }
        damage(layout, object, damage);
    }

    private static void text(LayoutBuilder layout, Slot object, String name, String text) {
        Variant value = new Variant(text);
        layout.property(object, NamespaceIndexes.TYPES, name, NodeIds.String, new SlotValue.OfType(locales -> value));
    }

    private static void damage(LayoutBuilder layout, Slot object, String damage) {
        int ordinal = layout.type().pointOrdinal(damage);
        Slot slot = layout.variable(
                object,
                NodeIds.HasComponent,
                NamespaceIndexes.TYPES,
                "Damage",
                NodeIds.AnalogUnitType,
                NodeIds.Double,
                new SlotValue.Sampled((live, instance, locales) -> damage(live, instance, damage, ordinal)));
        slot.description = Text.of("Grows until the part is replaced.");
        layout.unit(slot, SynchronisationSlots.unitOf(layout.type(), damage));
    }

    private static DataValue damage(LiveValues live, TwinInstance instance, String damage, int ordinal) {
        DataValue estimate = SynchronisationSlots.quantity(live, instance, damage);
        if (!estimate.statusCode().isBad()) {
            return estimate;
        }
        return ordinal >= 0 ? live.point(instance, ordinal) : estimate;
    }
}
