package org.uatwin.server.address;

import java.util.List;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.EnumText;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.server.engine.TwinInstance;

/** The Twin object (TwinStatusType): how well the twin follows its asset (information model 4.3). */
final class TwinStatusSlots {
    private static final List<EnumText> SYNC_STATES =
            texts("NotConnected", "Synchronizing", "Synchronized", "Stale", "Replaying", "Simulated");
    private static final List<EnumText> INTEGRATION_LEVELS = texts("DigitalModel", "DigitalShadow", "DigitalTwin");

    private static final int NOT_CONNECTED = 0;
    private static final int SYNCHRONIZING = 1;
    private static final int SYNCHRONIZED = 2;
    private static final int STALE = 3;

    private TwinStatusSlots() {}

    static void add(LayoutBuilder layout, Slot root) {
        Slot status = layout.object(
                root,
                NodeIds.HasComponent,
                NamespaceIndexes.TYPES,
                "Twin",
                new NodeId(NamespaceIndexes.TYPES, BaseTypeIds.TWIN_STATUS_TYPE));
        multiState(layout, status, "SyncState", SYNC_STATES, TwinStatusSlots::syncState);
        layout.variable(
                status,
                NodeIds.HasComponent,
                NamespaceIndexes.TYPES,
                "LastSynchronized",
                NodeIds.BaseDataVariableType,
                NodeIds.UtcTime,
                new SlotValue.Sampled((live, instance, locales) ->
                        live.computed(new Variant(new DateTime(lastSynchronized(live, instance))))));
        multiState(
                layout, status, "IntegrationLevel", INTEGRATION_LEVELS, (live, instance) -> integrationLevel(instance));
        text(layout, status, "ModelName", layout.type().modelName().orElse(""));
        text(layout, status, "ModelVersion", layout.type().version());
    }

    private static void text(LayoutBuilder layout, Slot status, String name, String value) {
        Variant variant = new Variant(value);
        layout.property(status, NamespaceIndexes.TYPES, name, NodeIds.String, new SlotValue.OfType(locales -> variant));
    }

    /** Computes a state from the twin's rows. */
    @FunctionalInterface
    interface State {
        int of(LiveValues live, TwinInstance instance);
    }

    static void multiState(LayoutBuilder layout, Slot parent, String name, List<EnumText> texts, State state) {
        Slot slot = layout.variable(
                parent,
                NodeIds.HasComponent,
                NamespaceIndexes.TYPES,
                name,
                NodeIds.MultiStateValueDiscreteType,
                NodeIds.Int32,
                new SlotValue.Sampled(
                        (live, instance, locales) -> live.computed(new Variant(state.of(live, instance)))));
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
                new SlotValue.Sampled((live, instance, locales) -> live.computed(new Variant(
                        Structures.text(texts.get(state.of(live, instance)).text(), locales)))));
    }

    static List<EnumText> texts(String... names) {
        EnumText[] texts = new EnumText[names.length];
        for (int i = 0; i < names.length; i++) {
            texts[i] = new EnumText(i, Text.of(names[i]));
        }
        return List.of(texts);
    }

    private static boolean isLive(TwinInstance instance, int ordinal) {
        Binding binding = instance.binding(ordinal);
        return instance.isSystem() || (binding != null && binding.connection().isPresent());
    }

    private static int syncState(LiveValues live, TwinInstance instance) {
        int state = NOT_CONNECTED;
        for (int i = 0; i < instance.type().points().size(); i++) {
            if (!isLive(instance, i)) {
                continue;
            }
            StatusCode status = live.table().read(instance.firstRow() + i).status();
            if (status.sameCode(StatusCode.BAD_WAITING_FOR_INITIAL_DATA)) {
                return SYNCHRONIZING;
            }
            state = Math.max(state, status.isGood() ? SYNCHRONIZED : STALE);
        }
        return state;
    }

    private static long lastSynchronized(LiveValues live, TwinInstance instance) {
        long newest = 0;
        for (int i = 0; i < instance.type().points().size(); i++) {
            Sample sample = live.table().read(instance.firstRow() + i);
            if (isLive(instance, i) && sample.status().isGood()) {
                newest = Math.max(newest, sample.receiveTime());
            }
        }
        return newest;
    }

    /** Computed from the bindings, never configured: model, shadow (live inputs) or twin (and a written setpoint). */
    private static int integrationLevel(TwinInstance instance) {
        int level = 0;
        for (int i = 0; i < instance.type().points().size(); i++) {
            if (isLive(instance, i)) {
                boolean isSetpoint = instance.type().points().get(i).isWritable();
                level = Math.max(level, isSetpoint ? 2 : 1);
            }
        }
        return level;
    }
}
