package org.uatwin.server.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredDataItem;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.service.NewItem;
import org.uatwin.server.wire.BoundedContext;
import org.uatwin.server.wire.DecoderLimits;

class PointItemTest {
    private static final ReadValueId ID =
            new ReadValueId(NodeId.parse("ns=1;s=a"), uint(13), null, QualifiedName.NULL_VALUE);
    private static final StatusCode[] STATUS = {
        StatusCode.GOOD, new StatusCode(0x40900000L), new StatusCode(0x80310000L), new StatusCode(0x00000400L)
    };
    private static final List<MonitoringMode> MODES = List.of(MonitoringMode.values());
    private static final int LARGE = 1_000;

    private final AtomicInteger overflows = new AtomicInteger();

    @SuppressWarnings("NullAway") // server and session are asked for nothing here
    private PointItem item(ValueType type, TimestampsToReturn timestamps, int queue, boolean discardOldest) {
        return new PointItem(
                new NewItem(
                        null,
                        null,
                        uint(1),
                        uint(1),
                        ID,
                        MonitoringMode.Reporting,
                        timestamps,
                        uint(0xFFFF_FFFEL),
                        0,
                        uint(queue),
                        discardOldest,
                        overflows::incrementAndGet),
                type);
    }

    private static MonitoredDataItem milo(TimestampsToReturn timestamps) {
        return new MonitoredDataItem(
                null,
                null,
                uint(1),
                uint(1),
                ID,
                MonitoringMode.Reporting,
                timestamps,
                uint(0xFFFF_FFFEL),
                0,
                uint(LARGE),
                true);
    }

    private static List<UaStructuredType> drain(MonitoredDataItem item, int max) {
        List<UaStructuredType> sent = new ArrayList<>();
        if (item.hasNotifications() || item.isTriggered()) {
            item.getNotifications(sent, max);
        }
        return sent;
    }

    private static List<DataValue> values(List<UaStructuredType> sent) {
        return sent.stream()
                .map(n -> ((MonitoredItemNotification) n).getValue())
                .toList();
    }

    private static String encoded(EncodingContext context, List<UaStructuredType> items) {
        ExtensionObject body = ExtensionObject.encode(
                context, new DataChangeNotification(items.toArray(new MonitoredItemNotification[0]), null));
        ByteBuf buffer = Unpooled.buffer();
        new OpcUaBinaryEncoder(context).setBuffer(buffer).encodeExtensionObject(body);
        return ByteBufUtil.hexDump(buffer);
    }

    /** Milo's item is the oracle, whatever comes in whatever order; what is sent is the same to the last bit. */
    @Property(tries = 3_000)
    void sendsWhatMiloWouldSend(
            @ForAll ValueType type,
            @ForAll TimestampsToReturn timestamps,
            @ForAll DataChangeTrigger trigger,
            @ForAll @IntRange(min = 0, max = 3) int deadband,
            @ForAll long seed)
            throws Exception {
        if (type == ValueType.STRING || (deadband > 0 && !type.isNumeric())) {
            return;
        }
        PointItem ours = item(type, timestamps, LARGE, true);
        MonitoredDataItem theirs = milo(timestamps);
        DataChangeFilter filter = new DataChangeFilter(trigger, uint(deadband > 0 ? 1 : 0), (double) deadband);
        ours.installFilter(filter);
        theirs.installFilter(filter);
        EncodingContext milo = DefaultEncodingContext.INSTANCE;
        EncodingContext bounded = new BoundedContext(milo, new DecoderLimits(1_000, 1_000, 1_000, 10));
        Random random = new Random(seed);
        for (int step = 0; step < 40; step++) {
            switch (random.nextInt(12)) {
                case 0 -> {
                    MonitoringMode mode = MODES.get(random.nextInt(3));
                    ours.setMonitoringMode(mode);
                    theirs.setMonitoringMode(mode);
                }
                case 1 -> {
                    ours.maybeSendLastValue();
                    theirs.maybeSendLastValue();
                }
                case 2, 3 -> {
                    int max = 1 + random.nextInt(5);
                    List<UaStructuredType> a = drain(ours, max);
                    List<UaStructuredType> b = drain(theirs, max);
                    assertThat(values(a)).isEqualTo(values(b));
                    assertThat(encoded(bounded, a)).isEqualTo(encoded(milo, b));
                }
                case 4 -> {
                    DateTime time = new DateTime(133_000_000_000_000_000L + random.nextInt(3));
                    Variant text = new Variant("text " + random.nextInt(2));
                    DataValue strange = new DataValue(text, StatusCode.GOOD, time, time);
                    ours.setValue(strange);
                    theirs.setValue(strange);
                }
                default -> offer(ours, theirs, type, random);
            }
        }
        assertThat(values(drain(ours, LARGE))).isEqualTo(values(drain(theirs, LARGE)));
        assertThat(ours.hasNotifications()).isFalse();
    }

    private static void offer(PointItem ours, MonitoredDataItem theirs, ValueType type, Random random) {
        StatusCode status = STATUS[random.nextInt(STATUS.length)];
        long bits =
                switch (type) {
                    case FLOAT, DOUBLE -> Double.doubleToRawLongBits(random.nextInt(6) - 2.5);
                    case BOOLEAN -> random.nextInt(2);
                    case SBYTE, INT16, INT32, INT64 -> random.nextInt(6) - 3;
                    case UINT64 -> random.nextInt(6) + (random.nextBoolean() ? Long.MIN_VALUE : 0);
                    default -> random.nextInt(6);
                };
        long source = 133_000_000_000_000_000L + random.nextInt(2);
        long receive = 133_000_000_000_000_007L;
        Variant variant = status.isBad() ? Variant.NULL_VALUE : Variants.of(type, false, bits, null);
        DataValue value = new DataValue(variant, status, new DateTime(source), new DateTime(receive));
        if (random.nextBoolean()) {
            ours.offer(bits, (int) status.getValue(), source, receive);
        } else {
            ours.setValue(value);
        }
        theirs.setValue(value);
    }

    /** OPC UA Part 4, 5.13.1.5: the value next to the lost one carries the overflow bit. */
    @Test
    void anOverflowMarksTheOldestValueLeft() throws Exception {
        PointItem item = item(ValueType.INT32, TimestampsToReturn.Both, 3, true);
        item.installFilter(MonitoredDataItem.DEFAULT_FILTER);
        for (int i = 1; i <= 5; i++) {
            item.offer(i, 0, i, i);
        }
        assertThat(numbers(item)).containsExactly("3!", "4", "5");
        assertThat(overflows).hasValue(2);
    }

    @Test
    void anOverflowThatDropsTheNewestMarksTheLastPlace() throws Exception {
        PointItem item = item(ValueType.INT32, TimestampsToReturn.Both, 3, false);
        item.installFilter(MonitoredDataItem.DEFAULT_FILTER);
        for (int i = 1; i <= 5; i++) {
            item.offer(i, 0, i, i);
        }
        assertThat(numbers(item)).containsExactly("1", "2", "5!");
    }

    @Test
    void aQueueOfOneHoldsTheLastAndMarksNothing() throws Exception {
        PointItem item = item(ValueType.INT32, TimestampsToReturn.Both, 1, true);
        item.installFilter(MonitoredDataItem.DEFAULT_FILTER);
        item.offer(1, 0, 1, 1);
        item.offer(2, 0x480, 2, 2);
        assertThat(numbers(item)).containsExactly("2");
        assertThat(overflows).hasValue(0);
    }

    @Test
    void aSmallerQueueKeepsTheNewestAndALargerOneAll() throws Exception {
        PointItem item = item(ValueType.INT32, TimestampsToReturn.Both, 8, true);
        item.installFilter(MonitoredDataItem.DEFAULT_FILTER);
        for (int i = 1; i <= 6; i++) {
            item.offer(i, 0, i, i);
        }
        item.modify(TimestampsToReturn.Both, uint(7), 0, MonitoredDataItem.DEFAULT_FILTER, uint(4), true);
        item.modify(TimestampsToReturn.Both, uint(8), 0, MonitoredDataItem.DEFAULT_FILTER, uint(20), true);
        for (int i = 7; i <= 20; i++) {
            item.offer(i, 0, i, i);
        }
        List<UaStructuredType> sent = drain(item, LARGE);
        assertThat(values(sent).stream().map(v -> v.value().value()))
                .hasSize(18)
                .startsWith(3, 4, 5)
                .endsWith(20);
        assertThat(((MonitoredItemNotification) sent.get(0)).getClientHandle()).isEqualTo(uint(8));
    }

    /** Part 4, 5.13.1.6: a trigger reports what its linked items have sampled. */
    @Test
    void aChangeTriggersTheLinkedItems() throws Exception {
        PointItem trigger = item(ValueType.INT32, TimestampsToReturn.Both, 10, true);
        PointItem linked = item(ValueType.DOUBLE, TimestampsToReturn.Both, 10, true);
        trigger.installFilter(MonitoredDataItem.DEFAULT_FILTER);
        linked.installFilter(MonitoredDataItem.DEFAULT_FILTER);
        linked.setMonitoringMode(MonitoringMode.Sampling);
        trigger.getTriggeredItems().put(uint(2), linked);
        linked.offer(Double.doubleToRawLongBits(4.5), 0, 1, 1);
        assertThat(drain(linked, LARGE)).isEmpty();
        trigger.offer(1, 0, 1, 1);
        trigger.offer(1, 0, 2, 2); // no change, no trigger
        assertThat(numbers(trigger)).containsExactly("1");
        assertThat(values(drain(linked, LARGE)).stream().map(v -> v.value().value()))
                .containsExactly(4.5);
        assertThat(linked.isTriggered()).isFalse();
    }

    /** After a reload the point may have another type: the item goes on with the values as they come. */
    @Test
    void valuesOfAnotherTypePassAsTheyAre() throws Exception {
        PointItem item = item(ValueType.INT32, TimestampsToReturn.Source, 10, true);
        item.installFilter(MonitoredDataItem.DEFAULT_FILTER);
        item.offer(1, 0, 1, 1);
        item.setValue(new DataValue(new Variant(2.5), StatusCode.GOOD, new DateTime(2), new DateTime(2)));
        item.setValue(new DataValue(new Variant(2.5), StatusCode.GOOD, new DateTime(3), new DateTime(3)));
        item.offer(3, 0, 4, 4);
        List<DataValue> sent = values(drain(item, LARGE));
        assertThat(sent.stream().map(v -> v.value().value())).containsExactly(1, 2.5, 3);
        assertThat(sent).allSatisfy(v -> assertThat(v.serverTime()).isNull());
    }

    @Test
    void aValueThatBecomesNotANumberIsReportedInSpiteOfADeadband() throws Exception {
        PointItem item = item(ValueType.DOUBLE, TimestampsToReturn.Both, 10, true);
        item.installFilter(new DataChangeFilter(DataChangeTrigger.StatusValue, uint(1), 5.0));
        item.offer(Double.doubleToRawLongBits(1), 0, 1, 1);
        item.offer(Double.doubleToRawLongBits(Double.NaN), 0, 1, 1);
        item.offer(Double.doubleToRawLongBits(Double.NaN), 0, 1, 1);
        item.offer(Double.doubleToRawLongBits(2), 0, 1, 1);
        assertThat(values(drain(item, LARGE)).stream().map(v -> v.value().value()))
                .containsExactly(1.0, Double.NaN, 2.0);
    }

    private static List<String> numbers(PointItem item) {
        return values(drain(item, LARGE)).stream()
                .map(v -> v.value().value() + (v.statusCode().isOverflowSet() ? "!" : ""))
                .toList();
    }
}
