package org.uatwin.plcadapters.modbus;

/**
 * One connection that carries one request at a time. Owned by the loop thread; only {@link #abort} may be called by
 * others.
 */
interface Wire {
    /**
     * Opens the connection.
     *
     * @param whileWaiting run now and then while nothing happens; must be short.
     * @return empty if open, else the cause for a person.
     */
    String connect(long timeoutNs, Runnable whileWaiting);

    boolean isConnected();

    /**
     * Sends a request and waits for its answer, at most {@code timeoutNs} for the whole of it. Only an answer with the
     * right transaction id, unit id, function code, byte count and echo is ANSWERED.
     */
    Reply exchange(int unitId, Pdu request, long timeoutNs, Runnable whileWaiting);

    /**
     * When the request can go out without waiting first, because the answer to an earlier one may still come; ticker
     * value, not after now if at once. Sooner, {@link #exchange} waits itself.
     */
    default long readyNs(int unitId, Pdu request) {
        return Long.MIN_VALUE;
    }

    /** Whether a timeout leaves the connection unusable, because a late answer could be taken for another one. */
    boolean mustCloseAfterTimeout();

    /** Idempotent. */
    void close();

    /** Makes a waiting {@link #exchange} or {@link #connect} return soon; any thread. */
    void abort();
}
