package org.uatwin.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryData;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadAtTimeDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uatwin.historian.memory.MemoryHistoryStore;
import org.uatwin.historian.store.HistoryBatch;
import org.uatwin.historian.store.HistoryTag;
import org.uatwin.historian.store.TagDefinition;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;

class HistoryAccessTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final NodeId FLOW = new NodeId(2, "pump-01/Flow");
    private static final NodeId CURVE = new NodeId(2, "pump-01/Curve");
    private static final NodeId TEXT = new NodeId(2, "pump-01/Batch");
    private static final NodeId UNHISTORIZED = new NodeId(2, "pump-01/Speed");
    private static final NodeId SESSION = new NodeId(1, "session-1");
    private static final NodeId OTHER_SESSION = new NodeId(1, "session-2");

    private final MemoryHistoryStore store =
            new MemoryHistoryStore(Duration.ofHours(1), 1 << 20, InstantSource.fixed(NOON.plusSeconds(600)));
    private final HistoryTag flow = store.register(new TagDefinition("plant", "pump-01", "Flow", ValueType.DOUBLE, 0));
    private final HistoryTag curve =
            store.register(new TagDefinition("plant", "pump-01", "Curve", ValueType.UINT16, 3));
    private final HistoryTag text = store.register(new TagDefinition("plant", "pump-01", "Batch", ValueType.STRING, 0));
    private final Set<NodeId> denied = ConcurrentHashMap.newKeySet();
    private final AtomicLong nanos = new AtomicLong();

    private final HistoricalNodes nodes = new HistoricalNodes() {
        @Override
        public @Nullable HistoricalVariable variable(NodeId nodeId) {
            return nodeId.equals(FLOW)
                    ? new HistoricalVariable(flow, ValueType.DOUBLE, 0)
                    : nodeId.equals(CURVE)
                            ? new HistoricalVariable(curve, ValueType.UINT16, 3)
                            : nodeId.equals(TEXT) ? new HistoricalVariable(text, ValueType.STRING, 0) : null;
        }

        @Override
        public boolean exists(NodeId nodeId) {
            return nodeId.equals(UNHISTORIZED);
        }
    };

    private final HistoryAccess access = access(new HistoryLimits(4, 1 << 20, 3, 3, 1, 100));

    private HistoryAccess access(HistoryLimits limits) {
        HistoryAccess made = new HistoryAccess(
                store, nodes, (session, node) -> true, limits, DefaultEncodingContext.INSTANCE, nanos::get);
        made.open(SESSION);
        made.open(OTHER_SESSION);
        return made;
    }

    @AfterEach
    void close() {
        access.close();
    }

    private static long second(int s) {
        return UaTime.ofInstant(NOON.plusSeconds(s));
    }

    private static DateTime time(int s) {
        return new DateTime(second(s));
    }

    private void flows(int... seconds) {
        HistoryBatch batch = new HistoryBatch(seconds.length);
        for (int s : seconds) {
            batch.add(flow.id(), Double.doubleToRawLongBits(s), null, 0, second(s), second(s) + 10);
        }
        store.append(batch);
    }

    private static ReadRawModifiedDetails raw(int from, int until, int number, boolean bounds) {
        return new ReadRawModifiedDetails(false, time(from), time(until), uint(number), bounds);
    }

    private static HistoryReadValueId entry(NodeId node, @Nullable String range, ByteString point) {
        return new HistoryReadValueId(node, range, QualifiedName.NULL_VALUE, point);
    }

    private HistoryAccess.Caller caller(NodeId session, TimestampsToReturn timestamps, int nodesInRequest) {
        return new HistoryAccess.Caller(
                session, node -> !denied.contains(node), timestamps, nodesInRequest, Long.MAX_VALUE, 1_000);
    }

    private HistoryReadResult read(
            NodeId session, HistoryReadDetails details, HistoryReadValueId entry, boolean release) {
        return await(access, caller(session, TimestampsToReturn.Both, 1), details, entry, release);
    }

    private static HistoryReadResult await(
            HistoryAccess access,
            HistoryAccess.Caller caller,
            HistoryReadDetails details,
            HistoryReadValueId entry,
            boolean release) {
        try {
            return access.read(caller, details, entry, release)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private HistoryReadResult read(NodeId node, ReadRawModifiedDetails details) {
        return read(SESSION, details, entry(node, null, ByteString.NULL_VALUE), false);
    }

    private HistoryReadResult more(HistoryReadResult before) {
        return read(SESSION, raw(0, 0, 0, false), entry(FLOW, null, before.getContinuationPoint()), false);
    }

    private static DataValue[] values(HistoryReadResult result) {
        HistoryData data = (HistoryData) result.getHistoryData().decode(DefaultEncodingContext.INSTANCE);
        return data.getDataValues();
    }

    private static List<Object> plain(HistoryReadResult result) {
        List<Object> plain = new ArrayList<>();
        for (DataValue value : values(result)) {
            plain.add(value.value().value());
        }
        return plain;
    }

    private static void assertStatus(HistoryReadResult result, long status) {
        assertThat(result.getStatusCode().getValue()).isEqualTo(status);
    }

    /** Milo decodes an absent time as the DateTime minimum. */
    private static boolean isNone(@Nullable DateTime time) {
        return time == null || time.isNull();
    }

    @Test
    void answersValuesWithBothTimestamps() {
        flows(1, 2, 3);
        HistoryReadResult result = read(FLOW, raw(1, 3, 0, false));
        assertStatus(result, StatusCodes.Good);
        assertThat(plain(result)).containsExactly(1.0, 2.0);
        assertThat(values(result)[0].sourceTime()).isEqualTo(time(1));
        assertThat(values(result)[0].serverTime()).isEqualTo(new DateTime(second(1) + 10));
        assertThat(result.getContinuationPoint().isNull()).isTrue();
    }

    @Test
    void answersOnlyTheTimestampsAskedFor() {
        flows(1);
        HistoryReadValueId entry = entry(FLOW, null, ByteString.NULL_VALUE);
        DataValue source = values(
                await(access, caller(SESSION, TimestampsToReturn.Source, 1), raw(0, 9, 0, false), entry, false))[0];
        DataValue server = values(
                await(access, caller(SESSION, TimestampsToReturn.Server, 1), raw(0, 9, 0, false), entry, false))[0];
        assertThat(source.sourceTime()).isEqualTo(time(1));
        assertThat(isNone(source.serverTime())).isTrue();
        assertThat(isNone(server.sourceTime())).isTrue();
        assertThat(isNone(server.serverTime())).isFalse();
        assertStatus(
                await(access, caller(SESSION, TimestampsToReturn.Neither, 1), raw(0, 9, 0, false), entry, false),
                StatusCodes.Bad_TimestampsToReturnInvalid);
    }

    /** Texts of MQTT may be of any length; a response that is too large would be none at all. */
    @Test
    void longTextsMakeShorterPagesAndAllOfThemCome() {
        String longText = "x".repeat(1_000);
        HistoryBatch batch = new HistoryBatch(5);
        for (int s = 1; s <= 5; s++) {
            batch.add(text.id(), 0, longText + s, 0, second(s), second(s));
        }
        store.append(batch);
        try (HistoryAccess small = access(new HistoryLimits(100, 7_000, 3, 3, 1, 100))) {
            List<Object> all = new ArrayList<>();
            HistoryReadResult page = await(
                    small,
                    caller(SESSION, TimestampsToReturn.Both, 1),
                    raw(0, 9, 0, false),
                    entry(TEXT, null, ByteString.NULL_VALUE),
                    false);
            all.addAll(plain(page));
            assertThat(all).hasSize(2);
            while (page.getContinuationPoint().isNotNull()) {
                page = await(
                        small,
                        caller(SESSION, TimestampsToReturn.Both, 1),
                        raw(0, 0, 0, false),
                        entry(TEXT, null, page.getContinuationPoint()),
                        false);
                assertThat(plain(page)).hasSizeLessThanOrEqualTo(2);
                all.addAll(plain(page));
            }
            assertThat(all).containsExactly(longText + 1, longText + 2, longText + 3, longText + 4, longText + 5);
        }
    }

    /** Contracts section 2: Bad keeps the last value inside and sends null; an Uncertain one is sent. */
    @Test
    void badSamplesComeWithTheirStatusAndNoValue() {
        HistoryBatch batch = new HistoryBatch(2);
        batch.add(flow, Double.doubleToRawLongBits(7), StatusCode.BAD_NO_COMMUNICATION, second(1));
        batch.add(flow, Double.doubleToRawLongBits(8), StatusCode.UNCERTAIN_LAST_USABLE_VALUE, second(2));
        store.append(batch);
        HistoryReadResult result = read(FLOW, raw(0, 9, 0, false));
        assertThat(plain(result)).containsExactly(null, 8.0);
        assertThat(values(result)[0].statusCode().getValue()).isEqualTo(StatusCodes.Bad_NoCommunication);
        assertThat(values(result)[1].statusCode().getValue()).isEqualTo(StatusCodes.Uncertain_LastUsableValue);
    }

    @Test
    void missingBoundsAreBadBoundNotFoundAtTheRequestedTime() {
        flows(5);
        DataValue[] values = values(read(FLOW, raw(1, 9, 0, true)));
        assertThat(values).hasSize(3);
        assertThat(values[0].statusCode().getValue()).isEqualTo(StatusCodes.Bad_BoundNotFound);
        assertThat(values[0].sourceTime()).isEqualTo(time(1));
        assertThat(values[0].value().isNull()).isTrue();
        assertThat(values[2].sourceTime()).isEqualTo(time(9));
    }

    @Test
    void emptyIntervalIsGoodNoData() {
        flows(5);
        HistoryReadResult result = read(FLOW, raw(6, 9, 0, false));
        assertStatus(result, StatusCodes.Good_NoData);
        assertThat(values(result)).isEmpty();
    }

    @Test
    void continuationPointsJoinToTheWholeAnswer() {
        flows(1, 2, 3, 4, 5, 6, 7, 8, 9);
        HistoryReadResult first = read(FLOW, raw(0, 20, 0, false));
        HistoryReadResult second = more(first);
        HistoryReadResult third = more(second);
        assertThat(plain(first)).containsExactly(1.0, 2.0, 3.0, 4.0);
        assertThat(plain(second)).containsExactly(5.0, 6.0, 7.0, 8.0);
        assertThat(plain(third)).containsExactly(9.0);
        assertThat(third.getContinuationPoint().isNull()).isTrue();
        assertStatus(more(first), StatusCodes.Bad_ContinuationPointInvalid);
    }

    @Test
    void continuationPointBelongsToItsSessionAndNode() {
        flows(1, 2, 3, 4, 5);
        ByteString point = read(FLOW, raw(0, 20, 0, false)).getContinuationPoint();
        ReadRawModifiedDetails any = raw(0, 20, 0, false);
        assertStatus(
                read(OTHER_SESSION, any, entry(FLOW, null, point), false), StatusCodes.Bad_ContinuationPointInvalid);
        assertStatus(read(SESSION, any, entry(TEXT, null, point), false), StatusCodes.Bad_ContinuationPointInvalid);
        assertStatus(
                read(SESSION, any, entry(FLOW, null, ByteString.of(new byte[] {1, 2})), false),
                StatusCodes.Bad_ContinuationPointInvalid);
        assertThat(plain(read(SESSION, any, entry(FLOW, null, point), false))).containsExactly(5.0);
    }

    @Test
    void releasedContinuationPointIsGoneAndGivesNoData() {
        flows(1, 2, 3, 4, 5);
        HistoryReadResult first = read(FLOW, raw(0, 20, 0, false));
        HistoryReadResult released =
                read(SESSION, raw(0, 20, 0, false), entry(FLOW, null, first.getContinuationPoint()), true);
        assertStatus(released, StatusCodes.Good);
        assertThat(released.getHistoryData()).isNull();
        assertThat(access.statistics().continuationPoints()).isZero();
        assertStatus(more(first), StatusCodes.Bad_ContinuationPointInvalid);
        assertStatus(
                read(SESSION, raw(0, 20, 0, false), entry(FLOW, null, first.getContinuationPoint()), true),
                StatusCodes.Bad_ContinuationPointInvalid);
    }

    @Test
    void theOldestContinuationPointMakesRoomAndAClosedSessionKeepsNone() {
        flows(1, 2, 3, 4, 5);
        List<HistoryReadResult> open = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            open.add(read(FLOW, raw(0, 20, 0, false)));
        }
        assertThat(access.statistics().continuationPoints()).isEqualTo(3);
        assertThat(access.statistics().droppedContinuationPoints()).isEqualTo(1);
        assertStatus(more(open.get(0)), StatusCodes.Bad_ContinuationPointInvalid);
        assertStatus(more(open.get(1)), StatusCodes.Good);
        access.sessionClosed(SESSION);
        assertThat(access.statistics().continuationPoints()).isZero();
        assertThat(read(FLOW, raw(0, 20, 0, false)).getContinuationPoint().isNull())
                .isTrue();
    }

    @Test
    void unknownUnhistorizedAndForbiddenNodesAreToldApart() {
        assertStatus(read(new NodeId(2, "nobody"), raw(0, 9, 0, false)), StatusCodes.Bad_NodeIdUnknown);
        assertStatus(read(UNHISTORIZED, raw(0, 9, 0, false)), StatusCodes.Bad_HistoryOperationUnsupported);
        flows(1, 2, 3, 4, 5);
        HistoryReadResult first = read(FLOW, raw(0, 9, 0, false));
        denied.add(FLOW);
        assertStatus(read(FLOW, raw(0, 9, 0, false)), StatusCodes.Bad_UserAccessDenied);
        assertStatus(more(first), StatusCodes.Bad_UserAccessDenied);
    }

    @Test
    void whatIsNotSupportedSaysSo() {
        HistoryReadValueId entry = entry(FLOW, null, ByteString.NULL_VALUE);
        ReadRawModifiedDetails modified = new ReadRawModifiedDetails(true, time(0), time(9), uint(0), false);
        ReadAtTimeDetails atTime = new ReadAtTimeDetails(new DateTime[] {time(1)}, false);
        assertStatus(read(SESSION, modified, entry, false), StatusCodes.Bad_HistoryOperationUnsupported);
        assertStatus(read(SESSION, atTime, entry, false), StatusCodes.Bad_HistoryOperationUnsupported);
        ReadRawModifiedDetails noEnd = new ReadRawModifiedDetails(false, time(0), DateTime.MIN_VALUE, uint(0), false);
        assertStatus(read(SESSION, noEnd, entry, false), StatusCodes.Bad_HistoryOperationInvalid);
        HistoryReadValueId encoded =
                new HistoryReadValueId(FLOW, null, new QualifiedName(0, "Default XML"), ByteString.NULL_VALUE);
        assertStatus(read(SESSION, raw(0, 9, 0, false), encoded, false), StatusCodes.Bad_DataEncodingUnsupported);
    }

    @Test
    void indexRangesSelectPartsOfArraysAndStrings() {
        HistoryBatch batch = new HistoryBatch(3);
        batch.add(curve.id(), 0, new long[] {1, 2, 65_535}, 0, second(1), second(1));
        batch.add(text.id(), 0, "ABCDE", 0, second(1), second(1));
        batch.add(text.id(), 0, "A", 0, second(2), second(2));
        store.append(batch);
        UShort[] part =
                (UShort[]) plain(read(SESSION, raw(0, 9, 0, false), entry(CURVE, "1:7", ByteString.NULL_VALUE), false))
                        .get(0);
        assertThat(Arrays.toString(part)).isEqualTo("[2, 65535]");
        HistoryReadResult texts = read(SESSION, raw(0, 9, 0, false), entry(TEXT, "1:2", ByteString.NULL_VALUE), false);
        assertThat(plain(texts)).containsExactly("BC", null);
        assertThat(values(texts)[1].statusCode().getValue()).isEqualTo(StatusCodes.Bad_IndexRangeNoData);
        assertStatus(
                read(SESSION, raw(0, 9, 0, false), entry(CURVE, "3", ByteString.NULL_VALUE), false),
                StatusCodes.Bad_IndexRangeNoData);
        assertStatus(
                read(SESSION, raw(0, 9, 0, false), entry(FLOW, "0", ByteString.NULL_VALUE), false),
                StatusCodes.Bad_IndexRangeNoData);
        for (String bad : List.of("2:1", "1:1", "-1", "a", "0,1", "99999999999")) {
            assertStatus(
                    read(SESSION, raw(0, 9, 0, false), entry(CURVE, bad, ByteString.NULL_VALUE), false),
                    StatusCodes.Bad_IndexRangeInvalid);
        }
    }

    /** A late answer is no answer, and it must not use the continuation point up. */
    @Test
    void passedDeadlineIsATimeoutThatKeepsTheContinuationPoint() {
        flows(1, 2, 3, 4, 5);
        HistoryReadResult first = read(FLOW, raw(0, 20, 0, false));
        nanos.set(1_001);
        assertStatus(more(first), StatusCodes.Bad_Timeout);
        nanos.set(0);
        assertThat(plain(more(first))).containsExactly(5.0);
        assertThat(access.statistics().late()).isEqualTo(1);
    }

    /** All nodes of a request together must fit one response. */
    @Test
    void pagesShrinkWithTheNodesOfARequest() {
        flows(1, 2, 3, 4, 5, 6, 7, 8);
        HistoryLimits limits = new HistoryLimits(1000, 30 * 6, 3, 3, 1, 10);
        try (HistoryAccess small = access(limits)) {
            HistoryReadValueId entry = entry(FLOW, null, ByteString.NULL_VALUE);
            HistoryReadDetails all = raw(0, 20, 0, false);
            assertThat(values(await(small, caller(SESSION, TimestampsToReturn.Both, 1), all, entry, false)))
                    .hasSize(6);
            assertThat(values(await(small, caller(SESSION, TimestampsToReturn.Both, 3), all, entry, false)))
                    .hasSize(2);
        }
    }

    @Test
    void closedAccessAnswersShutdown() {
        access.close();
        assertStatus(read(FLOW, raw(0, 9, 0, false)), StatusCodes.Bad_Shutdown);
    }

    @Test
    void limitsThatWouldBreakTheirOwnAnswersAreRefused() {
        assertThatThrownBy(() -> new HistoryLimits(1, 1, 10, 9, 1, 10)).hasMessageContaining("continuationPoints");
        assertThatThrownBy(() -> new HistoryLimits(1, 1, 10, 10, 1, 9)).hasMessageContaining("queuedReads");
    }
}
