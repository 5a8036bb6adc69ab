package org.uatwin.server.assembly;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.security.LinkSecurity;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.LinkOpener;
import org.uatwin.server.derived.DerivedPoints;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.RowPool;

/** Links, computed points and live values of a plant with no OPC UA in front of them: for replays into a file. */
public final class PlantWithoutServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlantWithoutServer.class);

    private final LivePlant live;
    private final Links links;
    private final DerivedPoints derived;
    private final LinkOpener opener;

    /** Opens the links; {@link #start} lets them begin. */
    public PlantWithoutServer(Plant plant, LinkOpener opener, InstantSource clock) {
        PointTable table = new PointTable(Runnable::run, e -> LOG.error("a listener of live values failed", e));
        live = LivePlant.first(plant, new RowPool(table), UaTime.ofInstant(clock.instant()));
        this.opener = opener;
        links = new Links(live, opener, clock, plant.siteId().hashCode(), Runnable::run, LinkSecurity.NONE);
        derived = new DerivedPoints(live, new FollowerWrites(links), clock);
    }

    public LivePlant live() {
        return live;
    }

    public void start() {
        if (opener.afterEachStep(derived::step)) {
            derived.startStepped();
        } else {
            derived.start();
        }
        links.start();
    }

    @Override
    public void close() {
        links.close();
        derived.close();
    }
}
