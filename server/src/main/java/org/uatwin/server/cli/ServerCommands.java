package org.uatwin.server.cli;

import java.util.List;

/** What {@code demo} and {@code run} do, given to {@link Main} by whoever puts a server together. */
public interface ServerCommands {
    /** Runs virtual plant and server until the process is told to end. */
    int demo(DemoOptions options);

    /** Names of the plants {@link #demo} knows beside its own. */
    List<String> demos();

    /** Runs the server of a plant file until the process is told to end. */
    int run(RunOptions options);

    /** Sets or clears a fault of the running demo. */
    int fault(FaultOptions options);

    /** Runs virtual devices until the process is told to end. */
    int virtual(VirtualOptions options);

    /** Replays a recording: a server until the process is told to end, or a file. */
    int replay(ReplayOptions options);

    /** Sets, clears or lists faults of running virtual devices. */
    int virtualFault(VirtualFaultOptions options);
}
