package org.uatwin.simulation.estimation;

import java.util.List;
import java.util.Optional;

/** What follows one asset: samples go in by {@link #offer}, {@link #advance} brings the twin to a time. One thread at a time. */
public interface AssetFollower {
    /** Points it wants samples of; a channel is a place in this list. Those of parts are {@code <part>/<Point>}. */
    List<String> channels();

    /** The points it predicts, in the order of {@link Synchronisation#outputs}. */
    List<String> predictedPoints();

    /**
     * Hands a sample over.
     *
     * @param time source time, {@link org.uatwin.informationmodel.value.UaTime} ticks.
     */
    void offer(int channel, double value, SampleQuality quality, long time);

    /** Brings the twin to this time. */
    void advance(long now);

    /** How well it follows now; a new object, for readers on any thread. */
    Synchronisation report();

    /** The estimate a question can start from; empty while nothing is there that can be trusted. */
    Optional<Estimate> estimate();

    /** From now on tells this watcher every step; one at most, none at first. Followers without steps never call it. */
    default void watch(StepWatcher watcher) {}

    /** What each thing that can go wrong would look like in {@link FollowedStep#deviation} now; empty until the twin is calibrated. */
    default List<Signature> signatures() {
        return List.of();
    }

    /** What has to survive a restart of the server; empty while nothing was learnt. */
    byte[] save();

    /**
     * Takes up what {@link #save} wrote; before the first step.
     *
     * @return whether it belongs to this model with these parameters and could be read.
     */
    boolean restore(byte[] saved);

    /**
     * A part was replaced or repaired: a damage state has this value now. The twin goes on from there and finds anew what is normal, as after its start;
     * what it knows of parameters and sensors stays.
     *
     * @param level in the unit of the state.
     * @param sigma standard deviation: how well that is known.
     * @return whether there is such a state.
     */
    default boolean renew(String state, double level, double sigma) {
        return false;
    }
}
