package org.uatwin.server.assembly;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.uatwin.server.derived.DerivedPoints;
import org.uatwin.server.derived.SetpointPort;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.PlantSwap;

/** The computed points of the plant as it is now: a reload puts others in their place, which remember what they can. */
final class ComputedPoints implements AutoCloseable {
    private final SetpointPort setpoints;
    private final InstantSource clock;
    private volatile boolean isStepped;
    private final AtomicLong lostBefore = new AtomicLong(); // by those of earlier plants
    private volatile DerivedPoints points; // replaced by the reloading thread

    ComputedPoints(LivePlant live, SetpointPort setpoints, InstantSource clock) {
        this.setpoints = setpoints;
        this.clock = clock;
        points = new DerivedPoints(live, setpoints, clock);
    }

    /** Instead of {@link #start}: whoever owns time calls {@link #step}. */
    void startStepped() {
        isStepped = true;
        points.startStepped();
    }

    /** Computes what has changed; after {@link #startStepped}. */
    void step() {
        points.step();
    }

    void start() {
        points.start();
    }

    /** Goes on from what another process saved; before {@link #start}. */
    void restore(Map<String, byte[]> saved) {
        points.restore(saved);
    }

    /** What the points remember, by name. */
    CompletionStage<Map<String, byte[]>> save() {
        return points.save();
    }

    /** Follows a reload. */
    void follow(PlantSwap swap) {
        DerivedPoints before = points;
        DerivedPoints after = new DerivedPoints(swap.after(), setpoints, clock);
        if (before.isEmpty() && after.isEmpty()) {
            return;
        }
        before.close();
        lostBefore.addAndGet(before.lostSamples());
        points = after.replacing(before);
        if (isStepped) {
            after.startStepped();
        } else {
            after.start();
        }
    }

    /** Samples waiting to be computed with. */
    int waiting() {
        return points.waitingSamples();
    }

    /** How many may wait. */
    int capacity() {
        return points.capacity();
    }

    /** Samples lost because too many were waiting. */
    long lost() {
        return lostBefore.get() + points.lostSamples();
    }

    /** What is wrong with a computed or following point; empty if nothing is, or if the row is neither. */
    String problem(int row) {
        return points.problem(row);
    }

    @Override
    public void close() {
        points.close();
    }
}
