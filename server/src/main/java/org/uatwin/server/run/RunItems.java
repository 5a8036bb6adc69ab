package org.uatwin.server.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.scenario.RunStatus;

/**
 * Monitored items of runs, fed by push: a change of state is offered at once to items with sampling interval 0 and at the end of
 * their interval to others, the last value always. {@link RunWatch} calls {@link #changed} and {@link #tick}.
 */
final class RunItems {
    private static final double LONGEST_SAMPLING_MS = 3_600_000;
    private static final long NANOS_PER_MS = 1_000_000;

    private final RunNodes nodes;
    private final RunAttributes attributes;
    private final LongSupplier nanoTime;
    private final Map<DataItem, Watched> items = new ConcurrentHashMap<>();

    /** An item; its other fields are guarded by itself. */
    private static final class Watched {
        final DataItem item;
        final RunId run;
        final @Nullable RunMember member; // null: another attribute than the value
        int stage = -1; // of the run when the item last had a value: a note that is older is left out
        long nextDue = Long.MIN_VALUE;
        boolean isBehind;

        Watched(DataItem item, RunId run, @Nullable RunMember member) {
            this.item = item;
            this.run = run;
            this.member = member;
        }
    }

    RunItems(RunNodes nodes, RunAttributes attributes, LongSupplier nanoTime) {
        this.nodes = nodes;
        this.attributes = attributes;
        this.nanoTime = nanoTime;
    }

    /** The sampling interval an item gets: as asked for, 0 is every change. */
    static double revised(double requested) {
        return Double.isNaN(requested) ? 0 : Math.min(Math.max(requested, 0), LONGEST_SAMPLING_MS);
    }

    void created(List<DataItem> created) {
        for (DataItem item : created) {
            ReadValueId id = item.getReadValueId();
            RunId run = nodes.parts(id.getNodeId());
            if (run != null) {
                boolean isValue = id.getAttributeId().equals(AttributeId.Value.uid());
                Watched watched = new Watched(item, run, isValue ? RunMembers.find(run.member()) : null);
                synchronized (watched) {
                    items.put(item, watched);
                    RunNodes.Found found = nodes.find(item.getSession(), id.getNodeId());
                    watched.stage = found == null ? -1 : stage(found.run());
                    deliver(List.of(item));
                }
            }
        }
    }

    /** Runs go through their states in this order and never back. */
    private static int stage(RunStatus run) {
        return switch (run.state()) {
            case READY -> 0;
            case RUNNING -> 1;
            case COMPLETED, CANCELLED, FAILED -> 2;
        };
    }

    void deleted(List<DataItem> deleted) {
        deleted.forEach(items::remove);
    }

    /** Gives items what there is to read now. */
    void deliver(List<DataItem> of) {
        for (DataItem item : of) {
            if (item.isSamplingEnabled()) {
                item.setValue(attributes.read(item.getSession(), item.getReadValueId(), TimestampsToReturn.Both));
            }
        }
    }

    /** A run has come to another state. */
    void changed(RunStatus now) {
        long time = nanoTime.getAsLong();
        for (Watched watched : items.values()) {
            synchronized (watched) {
                if (!watched.run.run().equals(now.runId()) || stage(now) <= watched.stage) {
                    continue;
                }
                if (watched.item.getSamplingInterval() <= 0) {
                    offer(watched, now);
                } else {
                    offerWhenDue(watched, now, time);
                }
            }
        }
    }

    /**
     * A moment has passed: progress is offered, and what waited for the end of an interval.
     *
     * @return whether something still waits or runs.
     */
    boolean tick() {
        long time = nanoTime.getAsLong();
        boolean isBusy = false;
        for (Watched watched : items.values()) {
            RunNodes.Found found =
                    nodes.find(null, watched.item.getReadValueId().getNodeId());
            if (found == null) {
                continue;
            }
            synchronized (watched) {
                int stage = stage(found.run());
                boolean isMoving =
                        stage == watched.stage && !found.run().state().isFinal();
                if (isMoving || watched.isBehind) { // a new state comes with its note
                    offerWhenDue(watched, found.run(), time);
                }
                isBusy |= watched.isBehind || !found.run().state().isFinal();
            }
        }
        return isBusy;
    }

    /** Runs are gone: items on their nodes are told so once. */
    void forgotten(RunStatus last) {
        for (Watched watched : items.values()) {
            if (watched.run.run().equals(last.runId())) {
                deliver(List.of(watched.item));
            }
        }
    }

    private void offerWhenDue(Watched watched, RunStatus run, long time) { // watched is held
        watched.isBehind = time < watched.nextDue;
        if (!watched.isBehind) {
            watched.nextDue = time + (long) (watched.item.getSamplingInterval() * NANOS_PER_MS);
            offer(watched, run);
        }
    }

    /** Milo drops what the item's filter does not let through, an unchanged value for example. */
    private void offer(Watched watched, RunStatus run) { // watched is held
        DataItem item = watched.item;
        watched.stage = stage(run);
        if (!item.isSamplingEnabled()) {
            return;
        }
        if (watched.member == null || watched.member.value == null) {
            deliver(List.of(item));
        } else if (nodes.viewer(item.getSession()).maySee(run.requester())) {
            DataValue whole = attributes.value(run, watched.member);
            item.setValue(attributes.part(whole, watched.member, item.getReadValueId()));
        }
    }
}
