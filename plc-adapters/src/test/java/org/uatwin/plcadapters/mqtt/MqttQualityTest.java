package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.StatusCode;

/** Silence, offline devices, retained messages and lost brokers, by the table of contracts section 2. */
class MqttQualityTest {
    private static final String POINT = "A: {unit: bar, euRange: [0, 9]}, B: {unit: bar, euRange: [0, 9]}";
    private static final StatusCode HELD = StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE;

    @Test
    void aPointWaitsUntilItsFirstMessage() {
        MqttFixture f = MqttFixture.connected("", POINT, "A: a, B: b");
        f.run(60_000);
        assertThat(f.status("A")).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        f.send("a", "1");
        assertThat(f.status("A")).isEqualTo(StatusCode.GOOD);
        assertThat(f.status("B")).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
    }

    /** Complaint C21: quality stays Good after the device is unplugged. */
    @Test
    void silenceTurnsUncertainAfterItsPeriodAndBadAfterTheHoldTime() {
        MqttFixture f = MqttFixture.connected("period: 1 s", POINT, "A: a, B: b");
        f.send("a", "1");
        f.run(1_400);
        assertThat(f.status("A")).isEqualTo(StatusCode.GOOD);
        f.run(200);
        assertThat(f.status("A")).isEqualTo(HELD);
        assertThat(f.number("A")).isEqualTo(1);
        f.run(1_300); // 2.9 s
        assertThat(f.status("A")).isEqualTo(HELD);
        f.run(200);
        assertThat(f.status("A")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        assertThat(f.status("B")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION); // never came
        f.send("a", "2");
        assertThat(f.status("A")).isEqualTo(StatusCode.GOOD);
    }

    /** A device that publishes on change may be silent for a week and well. */
    @Test
    void withoutAPeriodSilenceIsNoFault() {
        MqttFixture f = MqttFixture.connected("", POINT, "A: a, B: {address: b, period: 1 s, hold: 5 s}");
        f.send("a", "1");
        f.send("b", "1");
        f.run(600_000);
        assertThat(f.status("A")).isEqualTo(StatusCode.GOOD);
        assertThat(f.status("B")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
    }

    @Test
    void aLostBrokerIsLikeALinkThatIsDown() {
        MqttFixture f = MqttFixture.connected("hold: 10 s", POINT, "A: a, B: b");
        f.send("a", "1");
        f.run(60_000);
        f.broker.die();
        f.run(1);
        assertThat(f.status("A")).isEqualTo(HELD); // it was as good as new until now
        assertThat(f.status("B")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        assertThat(f.error("A")).contains("broker");
        f.run(9_000);
        assertThat(f.status("A")).isEqualTo(HELD);
        f.run(1_100);
        assertThat(f.status("A")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
    }

    /** Complaint C17, and Paho's own reconnecting that forgets: every subscription is back, each time. */
    @Test
    void aBrokerThatComesBackIsSubscribedToAgainFiftyTimes() {
        MqttFixture f = MqttFixture.connected("merge: 0", POINT, "A: a, B: b");
        for (int i = 0; i < 50; i++) {
            f.broker.die();
            f.run(3_000);
            f.broker.isThere = true;
            f.run(11_000);
            assertThat(f.broker.subscriptions)
                    .extracting(SubscriptionPlan.Filter::text)
                    .containsExactlyInAnyOrder("a", "b");
            f.send("a", "" + i);
            assertThat(f.status("A")).isEqualTo(StatusCode.GOOD);
            assertThat(f.status("B")).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        }
        f.run(1_000);
        assertThat(f.counter("Reconnects")).isEqualTo(50);
        assertThat(f.broker.opened).isEqualTo(1);
    }

    @Test
    void attemptsToConnectBackOff() {
        MqttFixture f = new MqttFixture(MqttFixture.plant("backOff: {first: 1 s, largest: 8 s}", POINT, "A: a, B: b"));
        f.broker.isThere = false;
        f.open();
        f.run(60_000);
        assertThat(f.broker.connects).isBetween(8, 14);
        assertThat(f.status("A")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        f.broker.isThere = true;
        f.run(8_100);
        assertThat(f.status("A")).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
    }

    /** A retained message may be from last year: it is shown, but not as the truth of now. */
    @Test
    void aRetainedMessageIsUncertainUntilALiveOneArrives() {
        MqttFixture f = MqttFixture.connected(
                "",
                POINT + ", C: {unit: bar, euRange: [0, 9]}",
                "A: a, B: {address: b, retained: good}, C: {address: c, retained: ignore}");
        for (String topic : new String[] {"a", "b", "c"}) {
            f.broker.sendRetained(topic, "5");
        }
        f.run(1);
        assertThat(f.status("A")).isEqualTo(StatusCode.UNCERTAIN_LAST_USABLE_VALUE);
        assertThat(f.number("A")).isEqualTo(5);
        assertThat(f.status("B")).isEqualTo(StatusCode.GOOD);
        assertThat(f.status("C")).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        f.send("a", "5");
        assertThat(f.status("A")).isEqualTo(StatusCode.GOOD);
    }

    /** A repeated subscription brings the broker's copy of what has come live already. */
    @Test
    void aRetainedCopyDoesNotMakeALiveValueUncertain() {
        MqttFixture f = MqttFixture.connected("", POINT, "A: a, B: b");
        f.send("a", "6");
        f.broker.sendRetained("a", "5");
        f.run(1);
        assertThat(f.status("A")).isEqualTo(StatusCode.GOOD);
        assertThat(f.number("A")).isEqualTo(6);
    }

    /** The last will of a device speaks for all its points. */
    @Test
    void anOfflineDeviceTakesItsPointsAlong() {
        MqttFixture f = MqttFixture.connected(
                "hold: 5 s, devices: {d: {prefix: \"d/\", availability: {topic: d/state, online: up, offline: down}}}",
                POINT,
                "A: a, B: b");
        f.broker.sendRetained("d/state", "up");
        f.send("d/a", "1");
        f.run(1_100);
        assertThat(f.deviceState("d")).isEqualTo(1);
        f.send("d/state", "DOWN");
        assertThat(f.status("A")).isEqualTo(HELD);
        f.run(5_200);
        assertThat(f.status("A")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        assertThat(f.deviceState("d")).isEqualTo(2);
        f.send("d/state", "up");
        f.send("d/a", "2");
        assertThat(f.status("A")).isEqualTo(StatusCode.GOOD);
        f.send("d/state", "maybe");
        f.run(1_100);
        assertThat(f.counter("Garbled")).isEqualTo(1);
    }

    @Test
    void messagesOfTopicsNobodyWantsAreCountedAndNamed() {
        MqttFixture f = MqttFixture.connected("subscribe: \"#\"", POINT, "A: a, B: b");
        f.send("other/topic", "1");
        f.run(1_100);
        assertThat(f.counter("Unrouted")).isEqualTo(1);
        assertThat(f.counter("Subscriptions")).isEqualTo(1);
    }

    /** Equal values are refreshes: the device is alive, and nothing has changed. */
    @Test
    void anEqualValueIsARefresh() {
        MqttFixture f = MqttFixture.connected("", POINT, "A: a, B: b");
        f.send("a", "1");
        f.run(500);
        f.send("a", "1");
        assertThat(f.batches.get(0).isRefresh(0)).isFalse();
        assertThat(f.batches.get(1).isRefresh(0)).isTrue();
        assertThat(f.batches.get(1).sourceTime(0))
                .isGreaterThan(f.batches.get(0).sourceTime(0));
    }

    @Test
    void closingSaysGoodbyeAndLeavesNothingGood() {
        MqttFixture f = MqttFixture.connected("statusTopic: uatwin/state", POINT, "A: a, B: b");
        f.send("a", "1");
        assertThat(f.broker.will).isNotNull().satisfies(will -> {
            assertThat(will.topic()).isEqualTo("uatwin/state");
            assertThat(will.payload()).asString().isEqualTo("offline");
            assertThat(will.isRetained()).isTrue();
        });
        assertThat(f.broker.publications.get(0).text()).isEqualTo("online");
        f.link().close();
        assertThat(f.broker.isClosed).isTrue();
        assertThat(f.broker.publications.get(1).text()).isEqualTo("offline");
        assertThat(f.broker.publications.get(1).isRetained()).isTrue();
        assertThat(f.status("A")).isEqualTo(HELD);
    }
}
