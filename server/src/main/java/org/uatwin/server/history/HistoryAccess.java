package org.uatwin.server.history;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryData;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.historian.store.HistoryStore;
import org.uatwin.historian.store.RawCursor;
import org.uatwin.historian.store.ReadRaw;
import org.uatwin.informationmodel.value.UaTime;

/**
 * Answers HistoryRead entry by entry. Raw values only: modified, processed, at-time and event reads answer
 * Bad_HistoryOperationUnsupported. {@link #read} returns at once; the store is read on a bounded pool.
 */
public final class HistoryAccess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryAccess.class);
    private static final QualifiedName DEFAULT_BINARY = new QualifiedName(0, "Default Binary");
    private static final int RESPONSE_HEADER_BYTES = 1_024;

    private final HistoryStore store;
    private final HistoricalNodes nodes;
    private final HistoryPermission permission;
    private final HistoryLimits limits;
    private final EncodingContext encoding;
    private final LongSupplier nanoTime;
    private final HistoryContinuations continuations;
    private final ThreadPoolExecutor pool;
    private final LongAdder entries = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder late = new LongAdder();

    /**
     * Counters at one moment.
     *
     * @param entries entries asked for.
     * @param refused of these, those that found the pool's queue full.
     * @param late of these, those whose deadline passed before the store was read.
     * @param continuationPoints open continuation points now.
     * @param droppedContinuationPoints points that became invalid because their session opened too many.
     */
    public record Statistics(
            long entries, long refused, long late, int continuationPoints, long droppedContinuationPoints) {}

    /** Whose entry it is and how it is to be answered; the part that is the same for all entries of a request. */
    record Caller(
            NodeId sessionId,
            Predicate<NodeId> mayRead,
            TimestampsToReturn timestamps,
            int nodesInRequest,
            long maxBytes,
            long deadlineNanos) {}

    /**
     * @param encoding the server's static encoding context.
     * @param nanoTime {@code System::nanoTime}; deadlines are compared with it.
     */
    public HistoryAccess(
            HistoryStore store,
            HistoricalNodes nodes,
            HistoryPermission permission,
            HistoryLimits limits,
            EncodingContext encoding,
            LongSupplier nanoTime) {
        this.store = store;
        this.nodes = nodes;
        this.permission = permission;
        this.limits = limits;
        this.encoding = encoding;
        this.nanoTime = nanoTime;
        this.continuations = new HistoryContinuations(limits.continuationPoints());
        AtomicInteger number = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                limits.threads(),
                limits.threads(),
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.queuedReads()),
                task -> {
                    Thread thread = new Thread(task, "history-read-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Answers one entry of a request.
     *
     * @param details the same for all entries; ignored where a continuation point is given.
     * @param release releases the continuation point and reads nothing.
     * @param nodesInRequest entries of the request: they share the size of the response.
     * @param deadlineNanos when the answer is no longer wanted, by the ticker given to the constructor.
     */
    public CompletionStage<HistoryReadResult> read(
            Session session,
            HistoryReadDetails details,
            TimestampsToReturn timestamps,
            HistoryReadValueId entry,
            boolean release,
            int nodesInRequest,
            long deadlineNanos) {
        if (continuations.open(session.getSessionId())) {
            session.addLifecycleListener((closed, deleted) -> continuations.close(closed.getSessionId()));
        }
        long clientLimit = session.getMaxResponseMessageSize().longValue();
        long maxBytes = clientLimit == 0 ? Long.MAX_VALUE : Math.max(1, clientLimit - RESPONSE_HEADER_BYTES);
        Caller caller = new Caller(
                session.getSessionId(),
                nodeId -> permission.mayReadHistory(session, nodeId),
                timestamps,
                nodesInRequest,
                maxBytes,
                deadlineNanos);
        return read(caller, details, entry, release);
    }

    /** Begins a session that is not Milo's; for tests. */
    void open(NodeId sessionId) {
        continuations.open(sessionId);
    }

    /** Releases every continuation point of a session; sessions seen by {@code read} do so themselves. */
    public void sessionClosed(NodeId sessionId) {
        continuations.close(sessionId);
    }

    CompletionStage<HistoryReadResult> read(
            Caller caller, @Nullable HistoryReadDetails details, HistoryReadValueId entry, boolean release) {
        entries.increment();
        ByteString point = entry.getContinuationPoint();
        boolean hasPoint = point != null && point.isNotNull();
        if (release) {
            boolean isKnown = !hasPoint
                    || continuations
                            .take(caller.sessionId(), entry.getNodeId(), point)
                            .isPresent();
            return now(isKnown ? StatusCodes.Good : StatusCodes.Bad_ContinuationPointInvalid);
        }
        if (hasPoint) {
            return continued(caller, entry.getNodeId(), point);
        }
        return begun(caller, details, entry);
    }

    private CompletionStage<HistoryReadResult> continued(Caller caller, NodeId nodeId, ByteString point) {
        if (!caller.mayRead().test(nodeId)) {
            return now(StatusCodes.Bad_UserAccessDenied);
        }
        // taken when it is its turn: an entry that is refused or too late leaves its point as it was
        return submit(caller, nodeId, () -> continuations.take(caller.sessionId(), nodeId, point));
    }

    private CompletionStage<HistoryReadResult> begun(
            Caller caller, @Nullable HistoryReadDetails details, HistoryReadValueId entry) {
        NodeId nodeId = entry.getNodeId();
        HistoricalVariable variable = nodes.variable(nodeId);
        if (variable == null) {
            return now(
                    nodes.exists(nodeId) ? StatusCodes.Bad_HistoryOperationUnsupported : StatusCodes.Bad_NodeIdUnknown);
        }
        if (!caller.mayRead().test(nodeId)) {
            return now(StatusCodes.Bad_UserAccessDenied);
        }
        if (!(details instanceof ReadRawModifiedDetails raw) || Boolean.TRUE.equals(raw.getIsReadModified())) {
            return now(StatusCodes.Bad_HistoryOperationUnsupported);
        }
        if (caller.timestamps() == null || caller.timestamps() == TimestampsToReturn.Neither) {
            return now(StatusCodes.Bad_TimestampsToReturnInvalid);
        }
        QualifiedName dataEncoding = entry.getDataEncoding();
        if (dataEncoding != null && dataEncoding.isNotNull() && !dataEncoding.equals(DEFAULT_BINARY)) {
            return now(StatusCodes.Bad_DataEncodingUnsupported);
        }
        String text = entry.getIndexRange();
        IndexRange range = null;
        if (text != null && !text.isEmpty()) {
            range = IndexRange.parse(text).orElse(null);
            if (range == null) {
                return now(StatusCodes.Bad_IndexRangeInvalid);
            }
            boolean isScalar = !variable.isArray() && variable.type().isPrimitive();
            if (isScalar || (variable.isArray() && range.low() >= variable.arrayLength())) {
                return now(StatusCodes.Bad_IndexRangeNoData);
            }
        }
        long start = ticks(raw.getStartTime());
        long end = ticks(raw.getEndTime());
        long number = raw.getNumValuesPerNode() == null
                ? 0
                : raw.getNumValuesPerNode().longValue();
        Optional<org.uatwin.informationmodel.value.StatusCode> refusal = ReadRaw.refusal(start, end, number);
        if (refusal.isPresent()) {
            return now(refusal.get().bits() & 0xFFFF_FFFFL);
        }
        boolean hasBounds = Boolean.TRUE.equals(raw.getReturnBounds());
        RawCursor cursor = new ReadRaw(variable.tag(), start, end, number, hasBounds).begin();
        HistoryContinuations.Rest whole =
                new HistoryContinuations.Rest(nodeId, variable, cursor, caller.timestamps(), range);
        return submit(caller, nodeId, () -> Optional.of(whole));
    }

    /** A DateTime before 1601 means none, as 0 does (OPC UA Part 6, 5.2.2.5). */
    private static long ticks(@Nullable DateTime time) {
        return time == null ? UaTime.NONE : Math.max(UaTime.NONE, time.getUtcTime());
    }

    private CompletionStage<HistoryReadResult> submit(
            Caller caller, NodeId nodeId, Supplier<Optional<HistoryContinuations.Rest>> rest) {
        CompletableFuture<HistoryReadResult> answer = new CompletableFuture<>();
        try {
            pool.execute(() -> answer.complete(answer(caller, nodeId, rest)));
        } catch (RejectedExecutionException e) {
            refused.increment();
            return now(pool.isShutdown() ? StatusCodes.Bad_Shutdown : StatusCodes.Bad_ResourceUnavailable);
        }
        return answer;
    }

    private HistoryReadResult answer(Caller caller, NodeId nodeId, Supplier<Optional<HistoryContinuations.Rest>> rest) {
        if (nanoTime.getAsLong() - caller.deadlineNanos() > 0) {
            late.increment();
            return result(StatusCodes.Bad_Timeout, ByteString.NULL_VALUE, null);
        }
        try {
            return rest.get()
                    .map(due -> page(caller, due))
                    .orElseGet(() -> result(StatusCodes.Bad_ContinuationPointInvalid, ByteString.NULL_VALUE, null));
        } catch (RuntimeException e) {
            LOG.error("reading the history of {} failed", nodeId.toParseableString(), e);
            return result(StatusCodes.Bad_InternalError, ByteString.NULL_VALUE, null);
        }
    }

    private HistoryReadResult page(Caller caller, HistoryContinuations.Rest due) {
        int pageSize = limits.pageSize(due.variable(), caller.nodesInRequest(), caller.maxBytes());
        RawCursor.Page page = due.cursor().read(store, pageSize);
        long most = limits.bytesFor(caller.nodesInRequest(), caller.maxBytes());
        long bytes = due.variable().encodedBytes(page.samples());
        while (bytes > most && page.samples().size() > 1) { // long texts
            int fewer = (int) Math.max(1, page.samples().size() * most / bytes);
            page = due.cursor().read(store, fewer);
            bytes = due.variable().encodedBytes(page.samples());
        }
        HistoryData data =
                new HistoryData(HistoryValues.of(page.samples(), due.variable(), due.timestamps(), due.range()));
        ExtensionObject encoded = ExtensionObject.encode(encoding, data);
        ByteString next = page.next()
                .map(cursor -> continuations.add(caller.sessionId(), due.at(cursor)))
                .orElse(ByteString.NULL_VALUE);
        return result(page.samples().isEmpty() ? StatusCodes.Good_NoData : StatusCodes.Good, next, encoded);
    }

    private static CompletionStage<HistoryReadResult> now(long status) {
        return CompletableFuture.completedFuture(result(status, ByteString.NULL_VALUE, null));
    }

    private static HistoryReadResult result(long status, ByteString point, @Nullable ExtensionObject data) {
        return new HistoryReadResult(new StatusCode(status), point, data);
    }

    /** Entries that wait for a thread. */
    public int waiting() {
        return pool.getQueue().size();
    }

    public Statistics statistics() {
        return new Statistics(entries.sum(), refused.sum(), late.sum(), continuations.size(), continuations.dropped());
    }

    /** Refuses further entries; those that wait answer as their deadline allows. Idempotent. Does not close the store. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
