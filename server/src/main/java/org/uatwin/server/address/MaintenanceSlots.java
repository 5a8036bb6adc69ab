package org.uatwin.server.address;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.uatwin.informationmodel.type.MaintenancePoints;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.TwinLevel;
import org.uatwin.server.engine.TwinInstance;

/**
 * Where the points of {@link MaintenancePoints} stand (information model 4.6): DeviceHealth as OPC 10000-100 names and types it, the
 * remaining life as lifetime variable of OPC 10000-100 in the AddIn LifetimeCounters of OPC 40001-1, the others beside them. They are
 * declared by the base type TwinType as optional members.
 */
final class MaintenanceSlots {
    /** Twins that are watched. */
    static final Presence WATCHED = instance -> instance.twin().isWatched();

    static final String LIFETIME_COUNTERS = "LifetimeCounters";

    private static final NodeId DEVICE_HEALTH_ENUMERATION = new NodeId(NamespaceIndexes.DI, 6244);
    private static final NodeId LIFETIME_VARIABLE_TYPE = new NodeId(NamespaceIndexes.DI, 468);
    private static final NodeId TIME_INDICATION_TYPE = new NodeId(NamespaceIndexes.DI, 474);
    private static final NodeId MACHINERY_LIFETIME_COUNTER_TYPE = new NodeId(NamespaceIndexes.MACHINERY, 1015);
    private static final String BUILDING_BLOCKS = "MachineryBuildingBlocks";

    private static final Double[] WARNINGS_H = {168.0, 24.0};

    private MaintenanceSlots() {}

    /** Whether a slot, or what it is below, is one of these. */
    static boolean isOne(Slot slot) {
        Slot top = slot;
        while (top.parent != null && !top.parent.isRoot()) {
            top = top.parent;
        }
        return top.presence == WATCHED && top.nodeClass != NodeClass.Method;
    }

    static Slot add(LayoutBuilder layout, Slot root, Member.Point point, int ordinal) {
        Slot slot =
                switch (point.name()) {
                    case MaintenancePoints.DEVICE_HEALTH -> health(layout, root, point, ordinal);
                    case MaintenancePoints.REMAINING_LIFE -> lifetime(layout, root, point, ordinal);
                    default -> plain(layout, root, point, ordinal);
                };
        if (slot.parent == root) {
            slot.presence = WATCHED;
        }
        return slot;
    }

    private static Slot plain(LayoutBuilder layout, Slot root, Member.Point point, int ordinal) {
        Slot slot = layout.variable(
                root,
                NodeIds.HasComponent,
                NamespaceIndexes.TYPES,
                point.name(),
                new NodeId(0, point.kind().typeDefinition()),
                new NodeId(0, point.dataType().builtinId()),
                new SlotValue.Live(ordinal));
        PointPropertySlots.addMeaning(layout, slot, point, ordinal);
        switch (point.name()) {
            case MaintenancePoints.REMAINING_LIFE_LOWER, MaintenancePoints.REMAINING_LIFE_UPPER ->
                number(layout, slot, "ConfidenceLevel", MaintenancePoints.CONFIDENCE_LEVEL);
            case MaintenancePoints.FAILURE_PROBABILITY ->
                number(layout, slot, "HorizonHours", MaintenancePoints.PROBABILITY_HOURS);
            default -> {
                // nothing more to say of it
            }
        }
        return slot;
    }

    private static void number(LayoutBuilder layout, Slot slot, String name, double value) {
        Variant variant = new Variant(value);
        layout.property(slot, NamespaceIndexes.TYPES, name, NodeIds.Double, new SlotValue.OfType(locales -> variant));
    }

    private static Slot health(LayoutBuilder layout, Slot root, Member.Point point, int ordinal) {
        Slot slot = layout.variable(
                root,
                NodeIds.HasComponent,
                NamespaceIndexes.DI,
                point.name(),
                NodeIds.BaseDataVariableType,
                DEVICE_HEALTH_ENUMERATION,
                new SlotValue.Live(ordinal));
        PointPropertySlots.valueAsText(layout, slot, point, ordinal); // EnumStrings are those of the data type
        PointPropertySlots.historicalConfiguration(layout, slot);
        return slot;
    }

    private static Slot lifetime(LayoutBuilder layout, Slot root, Member.Point point, int ordinal) {
        Slot counters = layout.object(
                root, NodeIds.HasAddIn, NamespaceIndexes.MACHINERY, LIFETIME_COUNTERS, MACHINERY_LIFETIME_COUNTER_TYPE);
        counters.presence = WATCHED;
        if (layout.type().level() == TwinLevel.ASSET) {
            layout.slot(BUILDING_BLOCKS).organizes(NodeIds.HasAddIn, counters);
        }
        Slot slot = layout.variable(
                counters,
                NodeIds.HasComponent,
                NamespaceIndexes.TYPES,
                point.name(),
                LIFETIME_VARIABLE_TYPE,
                NodeIds.Double,
                new SlotValue.Live(ordinal));
        PointPropertySlots.addMeaning(layout, slot, point, ordinal);
        layout.property(
                slot,
                NamespaceIndexes.DI,
                "StartValue",
                NodeIds.Double,
                new SlotValue.Sampled((live, instance, locales) -> startValue(live, instance)));
        ofDevice(layout, slot, "LimitValue", NodeIds.Double, new Variant(0.0));
        Slot warnings = ofDevice(layout, slot, "WarningValues", NodeIds.Double, new Variant(WARNINGS_H));
        warnings.valueRank = 1;
        warnings.arrayDimensions = new UInteger[] {uint(WARNINGS_H.length)};
        ofDevice(layout, slot, "Indication", NodeIds.NodeId, new Variant(TIME_INDICATION_TYPE));
        return slot;
    }

    private static Slot ofDevice(LayoutBuilder layout, Slot slot, String name, NodeId dataType, Variant value) {
        return layout.property(slot, NamespaceIndexes.DI, name, dataType, new SlotValue.OfType(locales -> value));
    }

    /** The life that was expected when the asset was new, or last overhauled. */
    private static DataValue startValue(LiveValues live, TwinInstance instance) {
        double hours = live.startOfLife(instance);
        return Double.isFinite(hours)
                ? live.computed(new Variant(hours))
                : new DataValue(StatusCodes.Bad_WaitingForInitialData);
    }
}
