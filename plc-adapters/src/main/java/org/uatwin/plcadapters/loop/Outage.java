package org.uatwin.plcadapters.loop;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.plcadapters.adapter.BackOff;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatistics;

/**
 * The way back to a field that is lost: when to try again, and what is said of it, once when it begins and once when it
 * ends. Keeps state, reconnects and last error of the link's figures. Owned by the link's thread.
 */
public final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final long FIRST_BACK_OFF_NS = 500_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final String name;
    private final LinkFigures figures;
    private final LongSupplier ticker;
    private final BackOff backOff;
    private long nextNs;
    private boolean isOut;
    private long sinceNs;
    private boolean hasConnected;
    private volatile boolean isEnding;

    /** @param largestBackOffNs longest wait between two attempts to connect. */
    public Outage(LinkOpening opening, LinkFigures figures, long largestBackOffNs) {
        name = opening.connection().name();
        this.figures = figures;
        ticker = opening.environment().ticker();
        backOff = new BackOff(
                FIRST_BACK_OFF_NS, largestBackOffNs, opening.environment().jitter(name));
    }

    /** The first attempt is due now. */
    public void begin() {
        figures.state(LinkStatistics.State.CONNECTING);
        nextNs = ticker.getAsLong();
    }

    /** Ticker value of the next attempt to connect. */
    public long nextNs() {
        return nextNs;
    }

    public boolean isDue() {
        return ticker.getAsLong() - nextNs >= 0;
    }

    /** The field is there. */
    public void connected() {
        figures.state(LinkStatistics.State.CONNECTED);
        if (hasConnected) {
            figures.reconnected();
        }
        hasConnected = true;
        if (isOut) {
            LOG.info("{}: connected again after {} s", name, (ticker.getAsLong() - sinceNs) / SECOND);
            isOut = false;
        }
    }

    /** The field works: the next outage begins with the shortest wait. */
    public void works() {
        backOff.reset();
    }

    /** An open connection is given up; the next attempt is due now. */
    public void lost(String cause, long ticks) {
        say(cause, ticks);
        figures.state(LinkStatistics.State.CONNECTING);
        nextNs = ticker.getAsLong();
    }

    /** The same, and the next attempt has to wait. */
    public void lostForAWhile(String cause, long ticks) {
        lost(cause, ticks);
        nextNs += backOff.next();
    }

    /** An attempt to connect has failed. */
    public void failed(String cause, long ticks) {
        lostForAWhile(cause, ticks);
        figures.state(LinkStatistics.State.BACKING_OFF);
    }

    /** Something is wrong with the connection; said once for each outage. */
    public void say(String cause, long ticks) {
        figures.error(cause, ticks);
        if (!isOut && !isEnding) {
            isOut = true;
            sinceNs = ticker.getAsLong();
            LOG.warn("{}: {}", name, cause);
        }
    }

    /** The link is being closed: what happens now is no outage. Any thread. */
    public void ending() {
        isEnding = true;
    }
}
