package org.uatwin.server.assembly;

import java.util.OptionalDouble;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.server.access.PermissionClass;
import org.uatwin.server.address.NamespaceIndexes;
import org.uatwin.server.address.PlantNodes;
import org.uatwin.server.address.Variants;
import org.uatwin.server.control.ControlMode;
import org.uatwin.server.control.SetpointGate;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.event.EventRecord;
import org.uatwin.server.service.TwinServer;

/** What happens on the way to setpoints, as events for people and in the audit trail. Any thread. */
final class ControlEvents {
    /** Before there is a server: nobody hears. */
    static final ControlEvents NOBODY = new ControlEvents(null);

    private static final int MODE_CHANGED = 80; // ids of twins.model
    private static final int STOPPED = 81;
    private static final int SEVERITY_CHANGED = 200;
    private static final int SEVERITY_STOPPED = 500;
    private static final int SEVERITY_GAVE_UP = 700;

    private final @Nullable Server to;

    /** @param site index of the namespace of the twins. */
    private record Server(TwinServer server, PlantNodes nodes, int site) {}

    private ControlEvents(@Nullable Server to) {
        this.to = to;
    }

    static ControlEvents of(TwinServer server, PlantNodes nodes, int site) {
        return new ControlEvents(new Server(server, nodes, site));
    }

    /** A value was sent for somebody who called a method or for an automatic mode, or was refused. */
    void sent(String who, int row, OptionalDouble before, double value, StatusCode status, String text) {
        Server heard = to;
        if (heard == null) {
            return;
        }
        TwinInstance twin = heard.nodes().live().ownerOf(row);
        Member.Point point = twin.type().points().get(row - twin.firstRow());
        DataValue old = before.isPresent() ? value(point, before.getAsDouble()) : null;
        heard.server()
                .audit()
                .writtenFor(
                        who,
                        new NodeId(heard.site(), twin.id() + "/" + point.name()),
                        old,
                        value(point, value),
                        new org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode(
                                Integer.toUnsignedLong(status.bits())),
                        text);
    }

    /** In the point's own type where that can hold it; a refused value may be too large. */
    private static DataValue value(Member.Point point, double value) {
        boolean fits = point.dataType().isFloating()
                || (value >= point.dataType().minimum()
                        && value <= point.dataType().maximum());
        return DataValue.valueOnly(
                fits
                        ? Variants.of(point.dataType(), false, point.dataType().fromDouble(value), null)
                        : new Variant(value));
    }

    /** A change in steps has ended; short of its target, people are told as well. */
    void rampEnded(SetpointGate.RampEnd end) {
        Server heard = to;
        if (heard == null) {
            return;
        }
        boolean isThere = end.why().reason().isEmpty() && end.why().status().isGood();
        String why = end.why().reason().isEmpty()
                ? end.why().status().toString()
                : end.why().reason();
        String text = isThere
                ? "reached in steps"
                : "stopped at %s on the way to %s: %s".formatted(end.value(), end.target(), why);
        sent(
                end.who(),
                end.row(),
                OptionalDouble.of(end.before()),
                end.value(),
                end.why().status(),
                text);
        if (isThere || !heard.server().events().hasListeners()) {
            return;
        }
        TwinInstance twin = heard.nodes().live().ownerOf(end.row());
        heard.server()
                .events()
                .raise(event(heard, twin, STOPPED, SEVERITY_STOPPED, "%s %s.".formatted(end.name(), text))
                        .field(
                                new Variant(end.name().substring(end.name().lastIndexOf('/') + 1)),
                                named("SetpointName"))
                        .field(new Variant(end.value()), named("Value"))
                        .field(new Variant(end.target()), named("Target"))
                        .field(new Variant(why), named("Reason"))
                        .build());
    }

    /** The automatic mode of a twin has changed. */
    void modeChanged(TwinInstance twin, ControlMode before, ControlMode now, String reason, String who) {
        Server heard = to;
        if (heard == null || !heard.server().events().hasListeners()) {
            return;
        }
        String text = "%s: %s is %s now: %s.".formatted(twin.id(), before.text(), now.text(), reason);
        heard.server()
                .events()
                .raise(event(
                                heard,
                                twin,
                                MODE_CHANGED,
                                now == ControlMode.FALLBACK ? SEVERITY_GAVE_UP : SEVERITY_CHANGED,
                                text)
                        .field(new Variant(before.number()), named("OldMode"))
                        .field(new Variant(now.number()), named("NewMode"))
                        .field(new Variant(reason), named("Reason"))
                        .field(new Variant(who), named("ChangedBy"))
                        .build());
    }

    private static QualifiedName named(String field) {
        return new QualifiedName(NamespaceIndexes.TYPES, field);
    }

    private static EventRecord.Builder event(Server heard, TwinInstance twin, int type, int severity, String text) {
        return EventRecord.of(new NodeId(NamespaceIndexes.TYPES, type), new NodeId(heard.site(), twin.id()), twin.id())
                .audience(PermissionClass.PLANT_READ)
                .severity(severity)
                .message(LocalizedText.english(text));
    }
}
