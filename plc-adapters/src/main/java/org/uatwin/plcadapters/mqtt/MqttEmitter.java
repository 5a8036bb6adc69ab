package org.uatwin.plcadapters.mqtt;

import java.time.InstantSource;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.SampleSink;
import org.uatwin.plcadapters.codec.Decoded;

/** Gathers samples and hands them over in batches. Owned by the link's thread. */
final class MqttEmitter {
    private static final int FULL = 1_000;

    private SampleSink samples;
    private final InstantSource clock;
    private SampleBatch batch = new SampleBatch(64);
    private long lastTicks;

    MqttEmitter(SampleSink samples, InstantSource clock) {
        this.samples = samples;
        this.clock = clock;
    }

    /** From now on samples go elsewhere; those gathered so far do not. */
    void follow(SampleSink next) {
        flush();
        samples = next;
    }

    /** Now in UaTime ticks, never earlier than the last time. */
    long ticks() {
        lastTicks = Math.max(lastTicks, UaTime.ofInstant(clock.instant()));
        return lastTicks;
    }

    void value(MqttPoint point, Decoded value, StatusCode status, long sourceTicks, long ticks) {
        if (value.outcome != Decoded.Outcome.VALUE) {
            batch.addStatus(point.row, status, sourceTicks, ticks);
        } else if (value.object != null) {
            batch.addObject(point.row, value.object, status, sourceTicks, ticks);
        } else {
            batch.add(point.row, value.bits, status, sourceTicks, ticks);
        }
        if (batch.size() >= FULL) {
            flush();
        }
    }

    /** Changes the status and keeps the value. */
    void situation(MqttPoint point, Quality quality, boolean isWithinHoldTime, long ticks) {
        batch.addStatus(point.row, quality.status(point.hasValue, isWithinHoldTime), ticks, ticks);
        if (batch.size() >= FULL) {
            flush();
        }
    }

    void flush() {
        if (!batch.isEmpty()) {
            SampleBatch full = batch;
            batch = new SampleBatch(Math.max(16, full.size()));
            samples.submit(full);
        }
    }
}
