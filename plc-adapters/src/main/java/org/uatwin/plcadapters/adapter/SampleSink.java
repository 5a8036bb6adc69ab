package org.uatwin.plcadapters.adapter;

import org.uatwin.informationmodel.value.SampleBatch;

/** Where a link's samples go: conditioning, or straight to its shard of the PointTable. */
public interface SampleSink {
    /**
     * Takes a batch over; the caller does not touch it again. Called on the link's own thread only, one batch after the
     * other, and when it returns the samples are in the table or in line for it: a link that flushes before it answers
     * a write shows the read-back no later than the answer.
     */
    void submit(SampleBatch batch);
}
