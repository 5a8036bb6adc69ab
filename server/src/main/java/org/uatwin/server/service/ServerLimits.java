package org.uatwin.server.service;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.time.Duration;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.uatwin.server.wire.DecoderLimits;
import org.uatwin.server.wire.WireLimits;

/**
 * Every limit of the server in one place. The same record is announced (ServerCapabilities, OperationLimits) and enforced
 * (services, Milo's configuration, message decoder), so that the two cannot differ.
 *
 * @param sessions open sessions, activated or not.
 * @param sessionTimeout longest revised session timeout.
 * @param subscriptions subscriptions of the whole server.
 * @param subscriptionsPerSession subscriptions of one session.
 * @param subscriptionLifetime longest time a subscription lives without Publish requests, also after its session closed.
 * @param publishRequestsPerSession queued Publish requests; one more answers the oldest Bad_TooManyPublishRequests.
 * @param notificationsPerPublish most notifications in one Publish response, whatever the client asks.
 * @param monitoredItems monitored items of the whole server.
 * @param monitoredItemsPerSession monitored items of one session.
 * @param monitoredItemQueue longest queue of a monitored item.
 * @param minPublishingInterval shortest publishing interval.
 * @param minSampledInterval shortest sampling interval of nodes that Milo samples; nodes that push may have 0.
 * @param nodesPerRead operations in one Read; the other {@code ...Per...} limits likewise.
 * @param referencesPerNode references in one Browse result when the client asks for no or a larger limit.
 * @param browseContinuationPoints open browse continuation points of one session.
 * @param historyContinuationPoints open history continuation points of one session.
 * @param queryTargets targets one browse path may resolve to.
 * @param arrayLength longest array, in elements; the message size bounds it as well.
 * @param stringLength longest string, in bytes.
 * @param byteStringLength longest byte string, in bytes.
 * @param messageSize largest request, in bytes.
 * @param decoderDepth deepest nesting of variants, diagnostics and extension objects.
 * @param serviceTime longest time a Write, Call or HistoryRead may take; a shorter TimeoutHint wins.
 * @param wire what connections may take before and beside the services.
 */
public record ServerLimits(
        int sessions,
        Duration sessionTimeout,
        int subscriptions,
        int subscriptionsPerSession,
        Duration subscriptionLifetime,
        int publishRequestsPerSession,
        int notificationsPerPublish,
        int monitoredItems,
        int monitoredItemsPerSession,
        int monitoredItemQueue,
        Duration minPublishingInterval,
        Duration minSampledInterval,
        int nodesPerRead,
        int nodesPerWrite,
        int nodesPerBrowse,
        int nodesPerTranslate,
        int nodesPerRegister,
        int nodesPerCall,
        int nodesPerNodeManagement,
        int nodesPerHistoryReadData,
        int nodesPerHistoryReadEvents,
        int nodesPerHistoryUpdateData,
        int nodesPerHistoryUpdateEvents,
        int monitoredItemsPerCall,
        int referencesPerNode,
        int browseContinuationPoints,
        int historyContinuationPoints,
        int queryTargets,
        int arrayLength,
        int stringLength,
        int byteStringLength,
        int messageSize,
        int decoderDepth,
        Duration serviceTime,
        WireLimits wire) {
    /** Largest request of the defaults, in bytes. */
    public static final int MESSAGE_SIZE = 16 * 1024 * 1024;

    public ServerLimits {
        requirePositive("sessions", sessions);
        requirePositive("subscriptions", subscriptions);
        requirePositive("subscriptionsPerSession", subscriptionsPerSession);
        requirePositive("publishRequestsPerSession", publishRequestsPerSession);
        requirePositive("notificationsPerPublish", notificationsPerPublish);
        requirePositive("monitoredItems", monitoredItems);
        requirePositive("monitoredItemsPerSession", monitoredItemsPerSession);
        requirePositive("referencesPerNode", referencesPerNode);
        requirePositive("browseContinuationPoints", browseContinuationPoints);
        if (monitoredItemQueue < 1 || monitoredItemQueue > 65_535) {
            throw new IllegalArgumentException("monitoredItemQueue must be 1..65535: " + monitoredItemQueue);
        }
        if (minSampledInterval.toMillis() < 10) {
            throw new IllegalArgumentException("minSampledInterval must be at least 10 ms: " + minSampledInterval);
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }

    /**
     * 100 sessions of at most 10 min, 1 000 subscriptions (200 per session) of at most 10 min, 500 000 monitored items
     * (200 000 per session) with queues of 10 000, 10 000 notifications per Publish, publishing from 10 ms, sampling by
     * Milo from 100 ms, 10 000 nodes per Read and Write, 1 000 references per Browse result, 60 continuation points,
     * messages of 16 MiB, 30 s per service.
     */
    public static ServerLimits defaults() {
        return new ServerLimits(
                100,
                Duration.ofMinutes(10),
                1_000,
                200,
                Duration.ofMinutes(10),
                100,
                10_000,
                500_000,
                200_000,
                10_000,
                Duration.ofMillis(10),
                Duration.ofMillis(100),
                10_000,
                10_000,
                1_000,
                1_000,
                1_000,
                250,
                250,
                250,
                250,
                250,
                250,
                10_000,
                1_000,
                60,
                250,
                10_000,
                1_000_000,
                1_000_000,
                4_000_000,
                MESSAGE_SIZE,
                64,
                Duration.ofSeconds(30),
                WireLimits.defaults(MESSAGE_SIZE));
    }

    /** The same limits with room for this many sessions. */
    public ServerLimits withSessions(int count) {
        return with(count, wire);
    }

    /** The same limits with other ones for connections. */
    public ServerLimits withWire(WireLimits other) {
        return with(sessions, other);
    }

    private ServerLimits with(int sessionCount, WireLimits wireLimits) {
        return new ServerLimits(
                sessionCount,
                sessionTimeout,
                subscriptions,
                subscriptionsPerSession,
                subscriptionLifetime,
                publishRequestsPerSession,
                notificationsPerPublish,
                monitoredItems,
                monitoredItemsPerSession,
                monitoredItemQueue,
                minPublishingInterval,
                minSampledInterval,
                nodesPerRead,
                nodesPerWrite,
                nodesPerBrowse,
                nodesPerTranslate,
                nodesPerRegister,
                nodesPerCall,
                nodesPerNodeManagement,
                nodesPerHistoryReadData,
                nodesPerHistoryReadEvents,
                nodesPerHistoryUpdateData,
                nodesPerHistoryUpdateEvents,
                monitoredItemsPerCall,
                referencesPerNode,
                browseContinuationPoints,
                historyContinuationPoints,
                queryTargets,
                arrayLength,
                stringLength,
                byteStringLength,
                messageSize,
                decoderDepth,
                serviceTime,
                wireLimits);
    }

    /** For {@code OpcUaServerConfigBuilder.setEncodingLimits}: what the message decoder refuses. */
    public EncodingLimits encodingLimits() {
        int chunk = EncodingLimits.DEFAULT_MAX_CHUNK_SIZE;
        return new EncodingLimits(chunk, 2 * (messageSize / chunk + 1), messageSize, decoderDepth);
    }

    /** What the message decoder refuses before it takes memory. */
    DecoderLimits decoderLimits() {
        return new DecoderLimits(arrayLength, stringLength, byteStringLength, decoderDepth);
    }

    /** For {@code OpcUaServerConfigBuilder.setLimits}: what Milo itself enforces or announces. */
    public OpcUaServerConfigLimits toMilo() {
        return new MiloLimits(this);
    }

    private record MiloLimits(ServerLimits limits) implements OpcUaServerConfigLimits {
        @Override
        public UInteger getMaxSessions() {
            return uint(limits.sessions);
        }

        @Override
        public Double getMaxSessionTimeout() {
            return (double) limits.sessionTimeout.toMillis();
        }

        @Override
        public Double getMinPublishingInterval() {
            return (double) limits.minPublishingInterval.toMillis();
        }

        @Override
        public Double getMaxSubscriptionLifetime() {
            return (double) limits.subscriptionLifetime.toMillis();
        }

        @Override
        public UInteger getMaxSubscriptions() {
            return uint(limits.subscriptions);
        }

        @Override
        public UInteger getMaxSubscriptionsPerSession() {
            return uint(limits.subscriptionsPerSession);
        }

        /** Milo's counters leak on exceptions, so the service counts the items that exist and Milo never refuses. */
        @Override
        public UInteger getMaxMonitoredItems() {
            return uint(Integer.MAX_VALUE);
        }

        @Override
        public UInteger getMaxMonitoredItemsPerSession() {
            return uint(Integer.MAX_VALUE);
        }

        @Override
        public Double getMinSupportedSampleRate() {
            return 0.0; // a higher value would turn the 0 of report-by-exception into something else
        }

        @Override
        public UInteger getMaxArrayLength() {
            return uint(limits.arrayLength);
        }

        @Override
        public UInteger getMaxStringLength() {
            return uint(limits.stringLength);
        }

        @Override
        public UInteger getMaxByteStringLength() {
            return uint(limits.byteStringLength);
        }

        @Override
        public UShort getMaxBrowseContinuationPoints() {
            return ushort(limits.browseContinuationPoints);
        }

        @Override
        public UShort getMaxQueryContinuationPoints() {
            return ushort(0);
        }

        @Override
        public UShort getMaxHistoryContinuationPoints() {
            return ushort(limits.historyContinuationPoints);
        }

        @Override
        public UInteger getMaxNodesPerRead() {
            return uint(limits.nodesPerRead);
        }

        @Override
        public UInteger getMaxNodesPerWrite() {
            return uint(limits.nodesPerWrite);
        }

        @Override
        public UInteger getMaxMonitoredItemsPerCall() {
            return uint(limits.monitoredItemsPerCall);
        }

        @Override
        public UInteger getMaxNodesPerRegisterNodes() {
            return uint(limits.nodesPerRegister);
        }

        @Override
        public UInteger getMaxNodesPerHistoryReadData() {
            return uint(limits.nodesPerHistoryReadData);
        }

        @Override
        public UInteger getMaxNodesPerHistoryReadEvents() {
            return uint(limits.nodesPerHistoryReadEvents);
        }

        @Override
        public UInteger getMaxNodesPerHistoryUpdateData() {
            return uint(limits.nodesPerHistoryUpdateData);
        }

        @Override
        public UInteger getMaxNodesPerHistoryUpdateEvents() {
            return uint(limits.nodesPerHistoryUpdateEvents);
        }

        @Override
        public UInteger getMaxNodesPerMethodCall() {
            return uint(limits.nodesPerCall);
        }

        @Override
        public UInteger getMaxNodesPerBrowse() {
            return uint(limits.nodesPerBrowse);
        }

        @Override
        public UInteger getMaxNodesPerTranslateBrowsePathsToNodeIds() {
            return uint(limits.nodesPerTranslate);
        }

        @Override
        public UInteger getMaxNodesPerNodeManagement() {
            return uint(limits.nodesPerNodeManagement);
        }
    }
}
