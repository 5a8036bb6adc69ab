package org.uatwin.plcadapters.modbus;

import java.time.InstantSource;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.SampleSink;
import org.uatwin.plcadapters.codec.Decoded;

/** Turns what happened to blocks into samples. Owned by the loop thread. */
final class Emitter {
    private static final int LARGEST_ROOM = 256; // samples of a usual answer

    private PointColumns points;
    private SampleSink samples;
    private SampleSink statistics;
    private final InstantSource clock;
    private final Decoded decoded = new Decoded();
    private SampleBatch batch = new SampleBatch(64);
    private SampleBatch statisticsBatch = new SampleBatch(64);
    private long lastTicks;

    Emitter(LinkPlan plan, InstantSource clock) {
        points = plan.points;
        samples = plan.opening.samples();
        statistics = plan.opening.statistics();
        this.clock = clock;
    }

    /** From now on it speaks of the points of another plan; what has gathered goes where it belongs first. */
    void follow(LinkPlan plan) {
        flush();
        points = plan.points;
        samples = plan.opening.samples();
        statistics = plan.opening.statistics();
    }

    /** Now in UaTime ticks, never earlier than the last time: a stepped clock does not turn samples around. */
    long ticks() {
        lastTicks = Math.max(lastTicks, UaTime.ofInstant(clock.instant()));
        return lastTicks;
    }

    SampleBatch batch() {
        return batch;
    }

    /** For the rows of the link's and its devices' twins. */
    SampleBatch statisticsBatch() {
        return statisticsBatch;
    }

    /** Decodes and stamps every point of an answered block. */
    void answered(PollJob job, byte[] data, long ticks) {
        for (int point = job.firstPoint; point < job.firstPoint + job.pointCount; point++) {
            answered(point, data, points.at(point), ticks);
        }
    }

    /** Decodes one point from data that begin {@code at} elements before it. */
    void answered(int point, byte[] data, int at, long ticks) {
        PointRule rule = points.rule(point);
        rule.codec().decode(data, at, decoded);
        Quality quality = rule.judge(decoded);
        points.decodedAs(point, quality);
        StatusCode status = quality.status(true, true);
        if (decoded.outcome != Decoded.Outcome.VALUE) {
            batch.addStatus(points.row(point), status, ticks, ticks);
        } else if (decoded.object != null) {
            batch.addObject(points.row(point), decoded.object, status, ticks, ticks);
        } else {
            batch.add(points.row(point), decoded.bits, status, ticks, ticks);
        }
    }

    /** A point whose address the device refuses, while others of its block answer. */
    void refused(int point, Quality quality, long ticks) {
        points.decodedAs(point, quality);
        batch.addStatus(points.row(point), quality.status(points.isUsable(point), false), ticks, ticks);
    }

    /** A point that is read from another place than before: what its row holds is not its value. */
    void waiting(int point, long ticks) {
        batch.addStatus(points.row(point), Quality.NOT_YET_READ.status(false, false), ticks, ticks);
    }

    /** Gives every point of a block the status of a situation other than ANSWERED. */
    void situation(PollJob job, Quality quality, boolean isWithinHoldTime, long ticks) {
        for (int point = job.firstPoint; point < job.firstPoint + job.pointCount; point++) {
            batch.addStatus(points.row(point), quality.status(points.isUsable(point), isWithinHoldTime), ticks, ticks);
        }
    }

    /** Hands over what has gathered. */
    void flush() {
        if (!batch.isEmpty()) {
            SampleBatch full = batch;
            // A link that goes down speaks of all its points at once and then falls silent: not to keep room for them.
            batch = new SampleBatch(Math.max(16, Math.min(full.size(), LARGEST_ROOM)));
            samples.submit(full);
        }
        if (!statisticsBatch.isEmpty()) {
            SampleBatch full = statisticsBatch;
            statisticsBatch = new SampleBatch(full.size());
            statistics.submit(full);
        }
    }
}
