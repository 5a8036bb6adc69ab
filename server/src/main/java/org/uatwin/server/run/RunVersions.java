package org.uatwin.server.run;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.uatwin.server.engine.TwinInstance;

/**
 * NodeVersions of the {@code Runs} folders (OPC UA Part 3, NodeVersion): the start of the server and how often a run has come or gone
 * since. Nothing is kept of twins that had none. Any thread.
 */
public final class RunVersions {
    private static final int RADIX = 36;

    private final String started;
    private final Map<String, Integer> changes = new ConcurrentHashMap<>();

    public RunVersions(InstantSource clock) {
        this.started = Long.toString(clock.millis(), RADIX);
    }

    void changed(TwinInstance twin) {
        changes.merge(twin.id(), 1, Integer::sum);
    }

    /** NodeVersion of the twin's folder. */
    public String of(TwinInstance twin) {
        return started + "-" + changes.getOrDefault(twin.id(), 0);
    }
}
