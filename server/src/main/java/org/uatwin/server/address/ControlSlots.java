package org.uatwin.server.address;

import java.util.List;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.uatwin.informationmodel.control.ControlRules;
import org.uatwin.informationmodel.type.EnumText;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.server.control.ControlMode;
import org.uatwin.server.control.ControlStatus;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.method.MethodSignature;

/** How the automatic mode of a twin stands: the object {@code Control}, of twins for which the plant file declares one. */
final class ControlSlots {
    /** Whether the plant file declares an automatic mode. */
    static final Presence DECLARED =
            instance -> instance.twin().control().automatic().isPresent();

    private static final List<EnumText> MODES = TwinStatusSlots.texts(
            ControlMode.OFF.text(),
            ControlMode.MANUAL.text(),
            ControlMode.AUTOMATIC.text(),
            ControlMode.FALLBACK.text());

    private ControlSlots() {}

    /** Whether something on the way to its setpoints may be worth an event. */
    static boolean raisesEvents(TwinInstance instance) {
        return !instance.twin().control().equals(ControlRules.NONE);
    }

    static void add(LayoutBuilder layout, Slot root) {
        boolean canBeSet = layout.type().methods().stream()
                .anyMatch(method -> method.name().equals(MethodSignature.SET_MODE));
        if (!canBeSet) {
            return;
        }
        Slot control =
                layout.object(root, NodeIds.HasComponent, NamespaceIndexes.TYPES, "Control", NodeIds.BaseObjectType);
        control.presence = DECLARED;
        control.description = Text.of("The automatic mode that the plant file declares for this twin.");
        TwinStatusSlots.multiState(layout, control, "Mode", MODES, (live, instance) -> {
            ControlStatus status = live.controlStatus(instance);
            return status == null ? 0 : status.mode().number();
        });
        add(layout, control, "Reason", NodeIds.String, "Why it is in this mode.", ControlStatus::reason);
        add(layout, control, "ModeSince", NodeIds.UtcTime, "When the mode changed last.", s -> time(s.since()));
        add(
                layout,
                control,
                "Problem",
                NodeIds.String,
                "The last failure; empty if nothing is wrong.",
                ControlStatus::problem);
        add(layout, control, "Failures", NodeIds.UInt32, "Failures in a row.", s -> Unsigned.uint(s.failures()));
        add(
                layout,
                control,
                "LastRecommended",
                NodeIds.UtcTime,
                "When the last usable recommendation was made.",
                s -> time(s.recommendedAt()));
        add(
                layout,
                control,
                "LastApplied",
                NodeIds.UtcTime,
                "When all values were last sent and confirmed.",
                s -> time(s.appliedAt()));
        add(layout, control, "RunId", NodeIds.String, "Run of the last recommendation.", ControlStatus::runId);
        array(layout, control, "SetpointNames", NodeIds.String, "Setpoints it may send.", s -> s.setpoints()
                .toArray(new String[0]));
        array(
                layout,
                control,
                "RecommendedValues",
                NodeIds.Double,
                "What was recommended last, by setpoint; not a number: nothing.",
                s -> s.recommended().toArray(new Double[0]));
        array(
                layout,
                control,
                "AppliedValues",
                NodeIds.Double,
                "What it sent last and stands by, by setpoint; not a number: nothing.",
                s -> s.applied().toArray(new Double[0]));
    }

    private static DateTime time(long ticks) {
        return ticks == 0 ? DateTime.MIN_VALUE : new DateTime(ticks);
    }

    private static Slot add(
            LayoutBuilder layout,
            Slot control,
            String name,
            NodeId dataType,
            String description,
            Function<ControlStatus, Object> value) {
        Slot slot = layout.variable(
                control,
                NodeIds.HasComponent,
                NamespaceIndexes.TYPES,
                name,
                NodeIds.BaseDataVariableType,
                dataType,
                new SlotValue.Sampled((live, instance, locales) -> {
                    ControlStatus status = live.controlStatus(instance);
                    return live.computed(status == null ? Variant.NULL_VALUE : new Variant(value.apply(status)));
                }));
        slot.description = Text.of(description);
        return slot;
    }

    private static void array(
            LayoutBuilder layout,
            Slot control,
            String name,
            NodeId dataType,
            String description,
            Function<ControlStatus, Object> value) {
        Slot slot = add(layout, control, name, dataType, description, value);
        slot.valueRank = 1;
        slot.arrayDimensions = new UInteger[] {Unsigned.uint(0)};
    }
}
