package org.uatwin.plcadapters.s7;

import java.util.List;

/** Port to whoever speaks S7 over TCP. Used by the link's thread, but for {@link #abort}. */
interface S7Wire {
    /** What became of an item. */
    enum Result {
        OK,
        /** The CPU does not have it, or it is longer than the block. */
        NO_SUCH_ADDRESS,
        /** Access is not allowed: PUT/GET, optimized block access, protection level. */
        DENIED,
        /** The CPU reports an error of its own. */
        FAILED
    }

    /** Bytes of one block; empty unless OK. */
    record Answer(Result result, Bytes data) {}

    /**
     * One item to be written.
     *
     * @param bit 0..7 to write a single bit, with one byte 0 or 1; -1 for bytes.
     */
    record Write(S7Block block, int bit, Bytes data) {}

    /** The connection does not work, or no answer came in time. */
    final class WireException extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean isSilence;

        WireException(String text, boolean isSilence) {
            super(text);
            this.isSilence = isSilence;
        }

        String text() {
            return String.valueOf(getMessage());
        }

        boolean isSilence() {
            return isSilence;
        }
    }

    /** @param onTick called several times a second while waiting, here and below. */
    void connect(long timeoutNs, Runnable onTick) throws WireException;

    boolean isConnected();

    /** Reads blocks in one request; as many answers in the same order. */
    List<Answer> read(List<S7Block> blocks, long timeoutNs, Runnable onTick) throws WireException;

    Result write(Write write, long timeoutNs, Runnable onTick) throws WireException;

    /** Gives the connection up with all its threads; it can be connected again. */
    void close();

    /** Ends a wait under way and refuses later ones; any thread. */
    void abort();
}
