package org.uatwin.server.assembly;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.PlantSwap;
import org.uatwin.server.vibration.LiveVibration;

/** The analysed waveforms of the plant as it is now: a reload puts others in their place, which know what the old ones learned. */
final class Vibration implements AutoCloseable {
    private final InstantSource clock;
    private final AtomicLong lostBefore = new AtomicLong(); // by those of earlier plants
    private volatile boolean isStepped;
    private volatile LiveVibration vibration; // replaced by the reloading thread

    Vibration(LivePlant live, InstantSource clock) {
        this.clock = clock;
        vibration = new LiveVibration(live, clock);
    }

    void restore(Map<String, byte[]> saved) {
        vibration.restore(saved);
    }

    CompletionStage<Map<String, byte[]>> save() {
        return CompletableFuture.completedStage(vibration.save());
    }

    void start() {
        vibration.start();
    }

    /** Instead of {@link #start}: whoever owns time calls {@link #step}. */
    void startStepped() {
        isStepped = true;
        vibration.startStepped();
    }

    void step() {
        vibration.step();
    }

    /** Follows a reload. */
    void follow(PlantSwap swap) {
        LiveVibration before = vibration;
        LiveVibration after = new LiveVibration(swap.after(), clock);
        before.close();
        lostBefore.addAndGet(before.lost());
        vibration = after.replacing(before);
        if (isStepped) {
            after.startStepped();
        } else {
            after.start();
        }
    }

    /** Those of the plant as it is now. */
    LiveVibration current() {
        return vibration;
    }

    /** Waveforms that were overtaken by newer ones. */
    long lost() {
        return lostBefore.get() + vibration.lost();
    }

    @Override
    public void close() {
        vibration.close();
    }
}
