package org.uatwin.informationmodel.value;

/**
 * Gets every applied batch, on the thread that writes the shard, batches of one shard in order and one at a time. Must
 * not block and must not throw; whatever it cannot take at once it puts into a bounded queue of its own.
 */
@FunctionalInterface
public interface SampleListener {
    /**
     * @param shard the shard the batch belongs to.
     * @param batch applied samples; not to be changed or kept beyond what the listener copies.
     */
    void onSamples(int shard, SampleBatch batch);
}
