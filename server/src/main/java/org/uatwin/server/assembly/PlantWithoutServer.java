package org.uatwin.server.assembly;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.LinkOpener;
import org.uatwin.server.engine.LivePlant;

/** Links and live values of a plant with no OPC UA in front of them: for replays into a file. */
public final class PlantWithoutServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlantWithoutServer.class);

    private final LivePlant live;
    private final Links links;

    /** Opens the links; {@link #start} lets them begin. */
    public PlantWithoutServer(Plant plant, LinkOpener opener, InstantSource clock) {
        PointTable table = new PointTable(Runnable::run, e -> LOG.error("a listener of live values failed", e));
        live = new LivePlant(plant, table, UaTime.ofInstant(clock.instant()));
        links = new Links(live, opener, clock, plant.siteId().hashCode(), Runnable::run);
    }

    public LivePlant live() {
        return live;
    }

    public void start() {
        links.start();
    }

    @Override
    public void close() {
        links.close();
    }
}
