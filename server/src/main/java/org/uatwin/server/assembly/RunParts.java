package org.uatwin.server.assembly;

import java.nio.file.Path;
import java.time.InstantSource;
import org.uatwin.server.address.LiveValues;
import org.uatwin.server.address.PlantAccess;
import org.uatwin.server.address.PlantNodes;
import org.uatwin.server.run.RunDisk;
import org.uatwin.server.run.RunEvents;
import org.uatwin.server.run.RunFragment;
import org.uatwin.server.run.RunNodes;
import org.uatwin.server.run.RunVersions;
import org.uatwin.server.run.RunWatch;
import org.uatwin.server.service.TwinServer;
import org.uatwin.server.state.StateException;
import org.uatwin.simulation.scenario.RunLimits;
import org.uatwin.simulation.scenario.RunManager;

/** The runs of the server: what computes them, shows them and keeps them. */
record RunParts(RunManager manager, RunNodes nodes, RunFragment fragment, RunWatch watch, RunDisk disk)
        implements AutoCloseable {
    private static final int THREADS = 1;

    /** What runs are shown in. */
    record Site(TwinServer server, int namespace, PlantNodes nodes, PlantAccess access, LiveValues values) {}

    /** @throws StartException if a newer program has written the file. */
    static RunParts open(Site site, Path file, RunLimits limits, InstantSource clock) {
        RunVersions versions = new RunVersions(clock);
        RunEvents events = new RunEvents(site.server().events(), site.server()::getStaticEncodingContext);
        RunWatch watch = new RunWatch(events, versions);
        RunDisk disk = new RunDisk(file);
        RunManager manager;
        try {
            manager = RunManager.withOwnPool(clock, limits, THREADS, disk, watch);
        } catch (StateException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
        RunNodes nodes = new RunNodes(site.namespace(), site.nodes()::live, manager, site.access());
        site.values().runVersions(versions::of);
        return new RunParts(manager, nodes, new RunFragment(nodes, watch, clock), watch, disk);
    }

    /** Ends what runs, then writes what became of it. */
    @Override
    public void close() {
        manager.close();
        watch.close();
        disk.close();
    }
}
