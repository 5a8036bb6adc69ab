package org.uatwin.server.derived;

import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.SampleBatch;

/** One thing computed from others. Owned by the thread that evaluates. */
interface Node {
    /** {@code twin/Point}. */
    String name();

    /** What it reads. */
    Inputs inputs();

    /** Slot it writes; -1 if it writes none. */
    int output();

    /**
     * Computes from the inputs as they are.
     *
     * @param now UaTime ticks of the receipt of what changed, or the present if time alone passed.
     * @param isTimed whether time alone passed.
     * @param out gets the result.
     */
    void evaluate(long now, boolean isTimed, SampleBatch out);

    /** When it is to be computed again although nothing changed; {@link Long#MAX_VALUE}: never. */
    long due();

    /** What is wrong with its value as it stands; empty if nothing is. Any thread. */
    String problem();

    /** Takes over what another node of the same declaration remembers. */
    default void adopt(Node other) {}

    /** What it remembers, for the next start of the server; null if that is nothing. */
    default byte @Nullable [] save() {
        return null;
    }

    /** Goes on from what was saved, if that is of the same declaration. Before the first evaluation. */
    default void restore(byte[] saved) {}
}
