package org.uatwin.plcadapters.adapter;

import java.util.List;

/**
 * Counters and state of a link at one moment. What a protocol does not count is 0.
 *
 * @param endpoint the wire, for people.
 * @param requests requests sent.
 * @param responses answers that passed every check, exceptions among them.
 * @param timeouts requests without an answer in time.
 * @param exceptions answers that were Modbus exceptions.
 * @param garbled answers that failed a check: frame, CRC, transaction id, unit id, function code, byte count.
 * @param reconnects connections made after the first one.
 * @param pendingWrites writes waiting.
 * @param refusedWrites writes refused because the queue was full.
 * @param busyFraction share of the last second spent in requests, 0..1.
 * @param lastError last error, empty if there was none.
 * @param lastErrorTime UaTime ticks, {@code UaTime.NONE} if there was none.
 */
public record LinkStatistics(
        State state,
        String endpoint,
        long requests,
        long responses,
        long timeouts,
        long exceptions,
        long garbled,
        long reconnects,
        int pendingWrites,
        long refusedWrites,
        double busyFraction,
        String lastError,
        long lastErrorTime,
        List<DeviceStatistics> devices) {
    /** The ordinals are the values of the node {@code State}. */
    public enum State {
        DISCONNECTED,
        CONNECTING,
        CONNECTED,
        BACKING_OFF,
        CLOSED
    }

    /** The ordinals are the values of the node {@code State} of a device. */
    public enum DeviceState {
        UNKNOWN,
        ONLINE,
        OFFLINE,
        DEMOTED
    }

    /**
     * One device behind the link.
     *
     * @param plannedRequests requests of one round of every poll group.
     * @param responseTimeMs running mean of the time from request to answer, milliseconds.
     * @param achievedPeriodMs longest time between the last two answers among the device's blocks, milliseconds; 0
     *     before the second answer.
     * @param lastPollTime UaTime ticks of the last answer.
     */
    public record DeviceStatistics(
            String name,
            DeviceState state,
            int unitId,
            long requests,
            long timeouts,
            long exceptions,
            long garbled,
            int plannedRequests,
            double responseTimeMs,
            double achievedPeriodMs,
            long lastPollTime,
            String lastError) {}

    /** State alone, of a protocol that counts nothing; its counters may be nodes all the same. */
    public static LinkStatistics of(State state, String endpoint, String lastError, long lastErrorTime) {
        return new LinkStatistics(state, endpoint, 0, 0, 0, 0, 0, 0, 0, 0, 0, lastError, lastErrorTime, List.of());
    }

    public LinkStatistics {
        devices = List.copyOf(devices);
    }
}
