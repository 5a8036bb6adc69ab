package org.uatwin.plcadapters.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.junit.jupiter.api.Test;
import org.uatwin.plcadapters.payload.PayloadException;
import org.uatwin.plcadapters.payload.RawValue;

/** Births, deaths, aliases and sequence numbers of Sparkplug B 3.0, section 6.4. */
class EdgeNodeTest {
    private final EdgeNode node = new EdgeNode();
    private final List<String> events = new ArrayList<>();

    private final EdgeNode.Handler handler = new EdgeNode.Handler() {
        @Override
        public void metric(String device, String name, RawValue value, long timeMs, int quality) {
            events.add("%s/%s=%s @%d q%d".formatted(device, name, value, timeMs, quality));
        }

        @Override
        public void born() {
            events.add("born");
        }

        @Override
        public void died(String device) {
            events.add("died " + device);
        }

        @Override
        public void rebirthNeeded(String cause) {
            events.add("rebirth");
        }
    };

    private void send(String topic, Payload.Builder payload) {
        node.accept(
                SparkplugTopic.parse("spBv1.0/" + topic).orElseThrow(),
                payload.setTimestamp(5).build().toByteArray(),
                handler);
    }

    private static Payload.Builder payload(int seq, Payload.Metric.Builder... metrics) {
        Payload.Builder payload = Payload.newBuilder().setSeq(seq);
        for (Payload.Metric.Builder metric : metrics) {
            payload.addMetrics(metric);
        }
        return payload;
    }

    private static Payload.Metric.Builder metric(String name, int alias, int type) {
        return Payload.Metric.newBuilder().setName(name).setAlias(alias).setDatatype(type);
    }

    private static Payload.Metric.Builder bdSeq(long value) {
        return Payload.Metric.newBuilder()
                .setName("bdSeq")
                .setDatatype(DataType.Int64_VALUE)
                .setLongValue(value);
    }

    private void birth() {
        send(
                "g/NBIRTH/n",
                payload(
                        0,
                        bdSeq(7),
                        metric("Temperature", 1, DataType.Int16_VALUE).setIntValue(0xFFFB)));
        send("g/DBIRTH/n/d", payload(1, metric("Level", 2, DataType.Float_VALUE).setFloatValue(1.5f)));
        events.clear();
    }

    @Test
    void aliasesMeanWhatTheBirthSaid() {
        birth();
        send(
                "g/NDATA/n",
                payload(
                        2,
                        Payload.Metric.newBuilder()
                                .setAlias(1)
                                .setIntValue(0xFFFE)
                                .setTimestamp(9)));
        send("g/DDATA/n/d", payload(3, Payload.Metric.newBuilder().setAlias(2).setFloatValue(2.5f)));
        assertThat(events).containsExactly("/Temperature=-2 @9 q192", "d/Level=2.5 @5 q192");
    }

    @Test
    void aGapInTheSequenceAsksForARebirth() {
        birth();
        send("g/NDATA/n", payload(5, Payload.Metric.newBuilder().setAlias(1).setIntValue(1)));
        assertThat(events).containsExactly("rebirth", "/Temperature=1 @5 q192");
        events.clear();
        send("g/NDATA/n", payload(6, Payload.Metric.newBuilder().setAlias(1).setIntValue(2)));
        assertThat(events).containsExactly("/Temperature=2 @5 q192");
    }

    @Test
    void theSequenceWrapsAt256() {
        birth();
        for (int i = 2; i < 600; i++) {
            send(
                    "g/NDATA/n",
                    payload(i % 256, Payload.Metric.newBuilder().setAlias(1).setIntValue(i)));
        }
        assertThat(events).hasSize(598).doesNotContain("rebirth");
    }

    @Test
    void unknownAliasesAndDataBeforeABirthAskForOne() {
        send(
                "g/NDATA/n",
                payload(3, metric("Temperature", 1, DataType.Int16_VALUE).setIntValue(1)));
        assertThat(events).containsExactly("rebirth");
        birth();
        send("g/NDATA/n", payload(2, Payload.Metric.newBuilder().setAlias(99).setIntValue(1)));
        assertThat(events).containsExactly("rebirth");
    }

    /** The last will of a session before may arrive after the new birth. */
    @Test
    void onlyTheDeathOfThisSessionCounts() {
        birth();
        send("g/NDEATH/n", payload(0, bdSeq(6)));
        assertThat(events).isEmpty();
        assertThat(node.isAlive()).isTrue();
        send("g/DDEATH/n/d", payload(2));
        send("g/NDEATH/n", payload(0, bdSeq(7)));
        assertThat(events).containsExactly("died d", "died ");
        assertThat(node.isAlive()).isFalse();
    }

    @Test
    void valuesOfThePastAreNotThePresentOnes() {
        birth();
        send(
                "g/NDATA/n",
                payload(
                        2,
                        Payload.Metric.newBuilder().setAlias(1).setIntValue(3).setIsHistorical(true)));
        assertThat(events).isEmpty();
    }

    @Test
    void nullAndQualityAreTold() {
        birth();
        Payload.PropertySet quality = Payload.PropertySet.newBuilder()
                .addKeys("Quality")
                .addValues(Payload.PropertyValue.newBuilder()
                        .setType(DataType.Int32_VALUE)
                        .setIntValue(500))
                .build();
        send(
                "g/NDATA/n",
                payload(
                        2,
                        Payload.Metric.newBuilder().setAlias(1).setIsNull(true),
                        Payload.Metric.newBuilder().setAlias(1).setIntValue(4).setProperties(quality)));
        assertThat(events).containsExactly("/Temperature=null @5 q192", "/Temperature=4 @5 q500");
    }

    @Test
    void rubbishIsRefused() {
        assertThatThrownBy(() -> node.accept(
                        SparkplugTopic.parse("spBv1.0/g/NDATA/n").orElseThrow(), new byte[] {1, 2, 3}, handler))
                .isInstanceOf(PayloadException.class);
    }

    @Test
    void topicsAreThoseOfTheStandard() {
        assertThat(SparkplugTopic.parse("spBv1.0/g/DDATA/n/d"))
                .hasValue(new SparkplugTopic("g", SparkplugTopic.Type.DDATA, "n", "d"));
        for (String other : List.of("spBv1.0/g/DDATA/n", "spBv1.0/STATE/h", "spBv1.0/g/XDATA/n", "spAv1.0/g/NDATA/n")) {
            assertThat(SparkplugTopic.parse(other)).as(other).isEmpty();
        }
    }
}
