package org.uatwin.server.assembly;

import java.time.InstantSource;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.reload.ReloadResult;

/** Shows in the plant file's twin what is served and how the last reload ended. Used by one thread at a time. */
final class PlantFileTwin {
    private static final int LONGEST_TEXT = 1_000; // what a screen shows of a message

    private final TwinInstance twin; // the same through all reloads
    private final PointTable table;
    private final InstantSource clock;
    private int applied;
    private int refused;

    PlantFileTwin(LivePlant live, InstantSource clock) {
        TwinInstance found = live.instance(Plant.FILE_TWIN);
        if (found == null) {
            throw new IllegalStateException("the plant has no " + Plant.FILE_TWIN);
        }
        this.twin = found;
        this.table = live.table();
        this.clock = clock;
    }

    /** The server has started with a plant. */
    @SuppressWarnings("EnumOrdinal") // the ordinals are the values of the node
    void started(String file, Plant plant) {
        long now = now();
        SampleBatch batch = new SampleBatch(8);
        text(batch, "File", file, now);
        loaded(batch, plant, now);
        number(batch, "LastReload", 0, now);
        number(batch, "LastResult", ReloadResult.Outcome.NONE.ordinal(), now);
        text(batch, "LastMessage", "", now);
        counters(batch, now);
        table.submit(LivePlant.OWN_SHARD, batch);
    }

    /** A reload has ended; {@code plant} is what is served now. */
    @SuppressWarnings("EnumOrdinal") // the ordinals are the values of the node
    void reloaded(ReloadResult result, Plant plant) {
        long now = now();
        SampleBatch batch = new SampleBatch(8);
        if (result.outcome() == ReloadResult.Outcome.APPLIED) {
            applied++;
            loaded(batch, plant, now);
        } else if (!result.isSuccess()) {
            refused++;
        }
        number(batch, "LastReload", now, now);
        number(batch, "LastResult", result.outcome().ordinal(), now);
        String first = result.isSuccess() || result.findings().isEmpty()
                ? ""
                : " " + result.findings().get(0);
        text(batch, "LastMessage", result.message() + first, now);
        counters(batch, now);
        table.submit(LivePlant.OWN_SHARD, batch);
    }

    private long now() {
        return UaTime.ofInstant(clock.instant());
    }

    private void loaded(SampleBatch batch, Plant plant, long now) {
        text(batch, "Version", plant.fingerprint(), now);
        number(batch, "LoadedAt", now, now);
    }

    private void counters(SampleBatch batch, long now) {
        number(batch, "Reloads", applied, now);
        number(batch, "RefusedReloads", refused, now);
    }

    private void number(SampleBatch batch, String point, long value, long now) {
        batch.add(twin.row(point), value, StatusCode.GOOD, now, now);
    }

    private void text(SampleBatch batch, String point, String value, long now) {
        String text = value.length() <= LONGEST_TEXT ? value : value.substring(0, LONGEST_TEXT - 3) + "...";
        batch.addObject(twin.row(point), text, StatusCode.GOOD, now, now);
    }
}
