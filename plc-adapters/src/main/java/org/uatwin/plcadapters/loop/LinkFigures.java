package org.uatwin.plcadapters.loop;

import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.StatisticsRow;

/** State and counters of a link. Written by the link's thread alone, read by any. */
@SuppressWarnings("NonAtomicVolatileUpdate") // one writer
public final class LinkFigures {
    private volatile LinkStatistics.State state = LinkStatistics.State.DISCONNECTED;
    private volatile long sent;
    private volatile long received;
    private volatile long timeouts;
    private volatile long refusals;
    private volatile long garbled;
    private volatile long reconnects;
    private volatile String lastError = "";
    private volatile long lastErrorTime = UaTime.NONE;

    public LinkStatistics.State state() {
        return state;
    }

    public void state(LinkStatistics.State now) {
        state = now;
    }

    public void sent() {
        sent++;
    }

    public void received() {
        received++;
    }

    /** A request without an answer in time. */
    public void timeout() {
        timeouts++;
    }

    /** An answer that says no. */
    public void refusal() {
        refusals++;
    }

    /** An answer or message that could not be used. */
    public void garbled() {
        garbled++;
    }

    public void reconnected() {
        reconnects++;
    }

    public String lastError() {
        return lastError;
    }

    /** @param ticks UaTime. */
    public void error(String text, long ticks) {
        lastError = text;
        lastErrorTime = ticks;
    }

    LinkStatistics snapshot(String endpoint, int pendingWrites, long refusedWrites) {
        return new LinkStatistics(
                state,
                endpoint,
                sent,
                received,
                timeouts,
                refusals,
                garbled,
                reconnects,
                pendingWrites,
                refusedWrites,
                0,
                lastError,
                lastErrorTime,
                java.util.List.of());
    }

    /** Puts them into the rows of the link's twin. */
    void write(LinkOpening opening, int pendingWrites, long refusedWrites, long ticks) {
        opening.rows().link().ifPresent(rows -> {
            SampleBatch batch = new SampleBatch(12);
            StatisticsRow row = new StatisticsRow(batch, rows, ticks);
            row.state("State", state);
            row.text("Endpoint", opening.connection().endpoint());
            row.count("Sent", sent);
            row.count("Received", received);
            row.count("Errors", timeouts + refusals + garbled);
            row.count("Reconnects", reconnects);
            row.count("PendingWrites", pendingWrites);
            row.count("RefusedWrites", refusedWrites);
            row.text("LastError", lastError);
            row.time("LastErrorTime", lastErrorTime);
            if (!batch.isEmpty()) {
                opening.statistics().submit(batch);
            }
        });
    }
}
