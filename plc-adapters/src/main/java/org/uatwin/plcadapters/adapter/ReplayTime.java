package org.uatwin.plcadapters.adapter;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.uatwin.informationmodel.value.UaTime;

/** The time of one link in a replay: it stands still but for its records. Set by the replaying thread, read by any. */
@SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the replaying thread
public final class ReplayTime {
    private volatile long ns = Long.MIN_VALUE; // the first record may lie before the origin
    private volatile long ticks;

    /** Moves to a record. */
    public void moveTo(TrafficRecord record) {
        ns = Math.max(ns, record.ns());
        ticks = record.ticks();
    }

    /** Moves on between records; both clocks by the same step. */
    public void moveTo(long laterNs) {
        if (laterNs > ns) {
            ticks += (laterNs - ns) / 100;
            ns = laterNs;
        }
    }

    /** Monotonic nanoseconds of the recording. */
    public long ns() {
        return ns;
    }

    public LongSupplier ticker() {
        return () -> ns;
    }

    public InstantSource clock() {
        return () -> UaTime.toInstant(ticks);
    }

    public long ticks() {
        return ticks;
    }
}
