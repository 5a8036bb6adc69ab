package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.WriteResult;

/** A reload on a living connection: only what changed is noticed (complaint C45). */
class MqttReloadTest {
    private static final String POINTS =
            "S: {unit: bar, euRange: [0, 9], writable: true}, A: {unit: bar, euRange: [0, 9]}, B: {unit: bar, euRange: [0, 9]}, C: {unit: bar, euRange: [0, 9]}";

    private static MqttFixture connected(String connection, String bindings) {
        return MqttFixture.connected(connection, POINTS, bindings);
    }

    private static Plant plant(String connection, String bindings) {
        return MqttFixture.plant(connection, POINTS, bindings);
    }

    private static void reload(MqttFixture f, Plant plant) {
        CompletableFuture<Void> done = f.reload(plant);
        f.run(1);
        assertThat(done).isCompleted();
    }

    private static List<String> filters(MqttFixture f) {
        return f.broker.subscriptions.stream()
                .map(SubscriptionPlan.Filter::text)
                .toList();
    }

    @Test
    void anAddedPointIsSubscribedToAndTheOthersNoticeNothing() {
        MqttFixture f = connected("", "A: a");
        f.send("a", "1");
        f.broker.retained.put("b", "7");
        f.broker.retained.put("a", "5"); // older than what came live: must not come back
        f.broker.send("a", "2"); // waits while the reload is prepared
        int before = f.broker.subscriptions.size();

        reload(f, plant("", "A: a, B: b"));

        assertThat(f.number("A")).isEqualTo(2);
        assertThat(f.status("A")).isEqualTo(StatusCode.GOOD);
        assertThat(f.number("B")).as("the broker's retained copy").isEqualTo(7);
        assertThat(filters(f)).hasSize(before + 1).contains("a", "b");
        assertThat(f.broker.connects).isEqualTo(1);
        assertThat(f.broker.unsubscribed).isEmpty();
        f.run(2_000);
        assertThat(f.counter("Subscriptions")).isEqualTo(2);
        assertThat(f.counter("Reconnects")).isZero();
    }

    /** Subscribing to the wide filter again would bring the retained messages of everything it matches. */
    @Test
    void aTopicThatAFilterBringsAlreadyIsAskedForItsRetainedMessageAlone() {
        MqttFixture f = connected("subscribe: [\"p/#\"]", "A: p/a");
        f.broker.retained.put("p/b", "3");

        reload(f, plant("subscribe: [\"p/#\"]", "A: p/a, B: p/b"));

        assertThat(f.number("B")).isEqualTo(3);
        assertThat(filters(f)).containsExactly("p/#", "p/b");
        f.run(6_000);
        assertThat(filters(f)).containsExactly("p/#");
        assertThat(f.counter("Subscriptions")).isEqualTo(1);
        f.send("p/b", "4");
        assertThat(f.number("B")).isEqualTo(4);
    }

    @Test
    void aRemovedPointIsGivenUpAndAReboundOneWaits() {
        MqttFixture f = connected("", "A: a, B: b, C: c");
        f.send("a", "1");
        f.send("b", "2");

        reload(f, plant("", "A: a, B: other"));

        assertThat(f.status("B")).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        assertThat(f.status("A")).isEqualTo(StatusCode.GOOD);
        assertThat(f.broker.unsubscribed).containsExactlyInAnyOrder("b", "c");
        f.send("other", "8");
        assertThat(f.number("B")).isEqualTo(8);
        f.run(1_100);
        assertThat(f.counter("Subscriptions")).isEqualTo(2);
    }

    /** A filter that takes the place of others is granted before they are given up; refused, they stay. */
    @Test
    void aRefusedFilterLeavesThoseItWouldReplace() {
        MqttFixture f = connected("merge: 0", "A: p/a, B: p/b");
        f.broker.refuses.add("p/+");

        reload(f, plant("merge: 2", "A: p/a, B: p/b"));

        assertThat(filters(f)).containsExactly("p/a", "p/b");
        f.send("p/a", "3");
        assertThat(f.number("A")).isEqualTo(3);
        f.run(1_100);
        assertThat(f.counter("RefusedSubscriptions")).isEqualTo(1);

        f.broker.refuses.clear();
        reload(f, plant("merge: 0", "A: p/a, B: p/b"));
        reload(f, plant("merge: 2", "A: p/a, B: p/b"));
        assertThat(filters(f)).containsExactly("p/+");
    }

    @Test
    void aReloadWhileTheBrokerIsLostIsSubscribedToWhenItComesBack() {
        MqttFixture f = connected("hold: 60 s", "A: a");
        f.send("a", "1");
        f.broker.die();
        f.run(10);

        reload(f, plant("hold: 60 s", "A: a, B: b"));
        f.run(10);

        assertThat(f.status("A")).isEqualTo(StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        assertThat(f.status("B")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        f.broker.isThere = true;
        f.run(11_000);
        assertThat(filters(f)).containsExactlyInAnyOrder("a", "b");
        f.send("b", "1");
        assertThat(f.status("B")).isEqualTo(StatusCode.GOOD);
    }

    /** The link may be connected for days: that is no silence of a point that is new. */
    @Test
    void aNewPointIsSilentOnlyAfterItsPeriod() {
        MqttFixture f = connected("period: 1 s", "A: a");
        f.run(100_000);

        reload(f, plant("period: 1 s", "A: a, B: b"));
        f.run(1_400);

        assertThat(f.status("A")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        assertThat(f.status("B")).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        f.run(200);
        assertThat(f.status("B")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
    }

    @Test
    void aWriteWhosePointChangesIsAnsweredAndOthersAreConfirmed() {
        String write = "{address: a, command: a/set, confirm: a}";
        MqttFixture f = connected("", "S: %s, B: b".formatted(write));
        CompletableFuture<WriteResult> kept = f.write("S", 4);
        f.run(10);

        reload(f, plant("", "S: %s, C: c".formatted(write)));
        f.run(10);
        f.send("a", "4");
        assertThat(kept.join()).isEqualTo(WriteResult.CONFIRMED);

        CompletableFuture<WriteResult> changed = f.write("S", 5);
        f.run(10);
        reload(f, plant("", "S: {address: a2, command: a2/set, confirm: a2}"));
        f.run(10);
        assertThat(changed.join().status()).isEqualTo(StatusCode.BAD_INVALID_STATE);
        assertThat(changed.join().text()).contains("reload");
    }

    /** Aliases and metrics are told with births only, so a living node is asked for one. */
    @Test
    void aNewMetricOfALivingEdgeNodeIsAskedForAndUnderstoodByItsAlias() {
        String devices = "devices: {pump: {sparkplug: {group: g, node: n}}}";
        MqttFixture f = connected(devices, "A: M/A");
        f.broker.send("spBv1.0/g/NBIRTH/n", born(0), false);
        f.run(1);
        assertThat(f.number("A")).isEqualTo(1);

        reload(f, plant(devices, "A: M/A, B: M/B"));

        assertThat(f.broker.publications)
                .extracting(ScriptedPort.Publication::topic)
                .containsExactly("spBv1.0/g/NCMD/n");
        Payload.Builder data = Payload.newBuilder()
                .setSeq(1)
                .addMetrics(Payload.Metric.newBuilder().setAlias(2).setFloatValue(6));
        f.broker.send("spBv1.0/g/NDATA/n", data.build().toByteArray(), false);
        f.run(1);
        assertThat(f.number("B")).isEqualTo(6);
        f.run(1_100);
        assertThat(f.counter("SequenceGaps")).isZero();
        assertThat(f.deviceState("pump")).isEqualTo(1);
    }

    private static byte[] born(int seq) {
        return Payload.newBuilder()
                .setSeq(seq)
                .addMetrics(metric("M/A", 1, 1))
                .addMetrics(metric("M/B", 2, 2))
                .build()
                .toByteArray();
    }

    private static Payload.Metric.Builder metric(String name, long alias, float value) {
        return Payload.Metric.newBuilder()
                .setName(name)
                .setAlias(alias)
                .setDatatype(DataType.Float_VALUE)
                .setFloatValue(value);
    }

    @Test
    void anotherBrokerOrUserNeedsAnotherConnection() {
        MqttFixture f = connected("", "A: a");
        Plant other = plant("clientId: other", "A: a");

        assertThat(f.link().prepareUpdate(f.opening(other))).isEmpty();
    }
}
