package org.uatwin.server.assembly;

import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.server.address.LiveValues;
import org.uatwin.server.address.PlantNodes;
import org.uatwin.server.address.SetpointWriter;
import org.uatwin.server.address.Variants;
import org.uatwin.server.derived.SetpointPort;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.event.AuditTrail;

/** The writes of setpoints that follow other points: to their links, and into the audit trail like those of clients. */
final class FollowerWrites implements SetpointPort {
    private final SetpointWriter links;
    private volatile @Nullable Audit audit;

    /**
     * What the audit trail needs.
     *
     * @param site index of the namespace of the twins.
     */
    private record Audit(AuditTrail trail, PlantNodes nodes, LiveValues values, int site) {}

    FollowerWrites(SetpointWriter links) {
        this.links = links;
    }

    /** From now on writes are audited; before, there is nobody who could listen. */
    void auditedBy(AuditTrail trail, PlantNodes nodes, LiveValues values, int site) {
        audit = new Audit(trail, nodes, values, site);
    }

    @Override
    public CompletionStage<StatusCode> write(int row, long bits, long deadlineNanos) {
        Audit now = audit;
        if (now == null) {
            return links.write(row, bits, null, SetpointWriter.WHOLE, deadlineNanos);
        }
        TwinInstance twin = now.nodes().live().ownerOf(row);
        int ordinal = row - twin.firstRow();
        Member.Point point = twin.type().points().get(ordinal);
        DataValue old = now.values().point(twin, ordinal);
        Variant value = Variants.of(point.dataType(), false, bits, null);
        String path = twin.id() + "/" + point.name();
        String who = "System/follow/" + path;
        return links.send(who, row, bits, null, SetpointWriter.WHOLE, deadlineNanos)
                .thenApply(outcome -> {
                    now.trail()
                            .writtenFor(
                                    who,
                                    new NodeId(now.site(), path),
                                    old,
                                    DataValue.valueOnly(value),
                                    new org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode(
                                            Integer.toUnsignedLong(
                                                    outcome.status().bits())),
                                    outcome.reason());
                    return outcome.status();
                });
    }
}
