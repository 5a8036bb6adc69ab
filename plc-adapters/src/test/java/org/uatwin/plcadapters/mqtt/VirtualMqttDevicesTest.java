package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.WriteResult;
import org.uatwin.plcadapters.device.Transit;

/** What virtual devices say is what the link of the same plant file understands, and each fault is its quality. */
class VirtualMqttDevicesTest {
    private static final String FLOW = "Flow: {unit: m3/h, euRange: [0, 200]}";
    private static final String DEVICE =
            "devices: {d: {prefix: p/, period: 1 s, hold: 4 s, time: /ts, quality: /q, availability: {topic: p/state}}}";
    private static final String JSON = "Flow: 'data#/flow'";

    private static VirtualSide flow() {
        VirtualSide side = new VirtualSide(DEVICE, FLOW, JSON);
        side.set("Flow", 42);
        side.run(1_500);
        return side;
    }

    private static void misbehave(VirtualSide side, MessageFault.Kind kind, double seconds) {
        side.devices.behave("d", new MessageFault(kind, seconds));
    }

    /** Every form an address can have, read back by the adapter. */
    @Test
    void everyFormOfPayloadIsReadBack() {
        VirtualSide side = new VirtualSide(
                "devices: {d: {prefix: p/}, l: {prefix: l/, separator: ';', time: '1'}}",
                """
                A: {unit: bar, euRange: [0, 9]}, B: {unit: bar, euRange: [0, 9]}, C: {unit: bar, euRange: [0, 9]},
                D: {type: Boolean}, E: {kind: multi-state, type: UInt16, states: {0: Off, 7: Running}}, F: {type: String},
                G: {type: DateTime}, H: {type: Int64}, I: {unit: bar, euRange: [0, 9], array: 3}, J: {type: UInt64},
                K: {type: String}
                """,
                """
                A: {device: broker/d, address: plain}, B: {device: broker/d, address: 'doc#/a/b~1c', scale: 0.1, offset: 1},
                C: {device: broker/l, address: 'line#3'}, D: {device: broker/d, address: switch},
                E: {device: broker/d, address: 'doc#/state'}, F: {device: broker/d, address: 'doc#/text'},
                G: {device: broker/d, address: 'doc#/made'}, H: {device: broker/d, address: 'doc#/big'},
                I: {device: broker/d, address: 'doc#/list'}, J: {device: broker/d, address: 'doc#/values/1'},
                K: {device: broker/l, address: 'line#2'}
                """);
        long noon = UaTime.ofEpochMillis(1_800_000_000_123L);
        side.set("A", 1.25);
        side.set("B", 3.5);
        side.set("C", -0.001);
        side.value("D").set(1, null);
        side.value("E").set(7, null);
        side.value("F").set(0, "a \"quoted\" text\nof ünicode");
        side.value("G").set(noon, null);
        side.value("H").set(Long.MIN_VALUE + 1, null);
        side.value("I").set(0, new double[] {1, 2.5, -3});
        side.value("J").set(-1, null); // 2^64 - 1
        side.value("K").set(0, "semi;colon \"and\" quotes");
        side.run(1_200);
        MqttFixture link = side.link;
        assertThat(link.number("A")).isEqualTo(1.25);
        assertThat(link.number("B")).isCloseTo(3.5, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(link.number("C")).isEqualTo(-0.001);
        assertThat(link.read("D").bits()).isEqualTo(1);
        assertThat(link.read("E").bits()).isEqualTo(7);
        assertThat(link.read("F").object()).isEqualTo("a \"quoted\" text\nof ünicode");
        assertThat(link.read("G").bits()).isEqualTo(noon);
        assertThat(link.read("H").bits()).isEqualTo(Long.MIN_VALUE + 1);
        assertThat(link.read("I").object()).isEqualTo(new double[] {1, 2.5, -3});
        assertThat(link.read("J").bits()).isEqualTo(-1);
        assertThat(link.read("K").object()).isEqualTo("semi;colon \"and\" quotes");
        for (String point : List.of("A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K")) {
            assertThat(link.status(point)).as(point).isEqualTo(StatusCode.GOOD);
        }
        assertThat(side.broker.last("p/doc")).contains("\"values\":[null,18446744073709551615]");
    }

    /** A topic with a period is no retained one, and one without is: nobody would know its value after a reconnect. */
    @Test
    void valuesWithoutPeriodAreRetained() {
        VirtualSide side = new VirtualSide(
                "devices: {d: {prefix: p/}, e: {prefix: e/, period: 2 s}}",
                "A: {unit: bar, euRange: [0, 9]}, B: {unit: bar, euRange: [0, 9]}",
                "A: {device: broker/d, address: a}, B: {device: broker/e, address: b}");
        side.set("A", 1);
        side.set("B", 2);
        side.run(4_100);
        assertThat(side.broker.retained).containsOnlyKeys("p/a");
        assertThat(side.broker.published)
                .filteredOn(m -> m.topic().equals("e/b"))
                .hasSize(3); // 0, 2 and 4 s
    }

    @Test
    void theDevicesTimeIsTheSourceTime() {
        VirtualSide side = flow();
        Sample before = side.link.read("Flow");
        assertThat(before.status()).isEqualTo(StatusCode.GOOD);
        side.stopClock();
        long stopped = side.value("Flow").ticks();
        side.set("Flow", 50);
        side.run(5_000);
        assertThat(side.link.number("Flow")).isEqualTo(50);
        assertThat(side.link.read("Flow").sourceTime()).isEqualTo(stopped);
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.GOOD);
    }

    @Test
    void aMissingValueIsBadAndTheOthersOfItsMessageAreNot() {
        VirtualSide side = new VirtualSide(
                "devices: {d: {prefix: p/, quality: /q}}",
                FLOW + ", Level: {unit: '%', euRange: [0, 100]}",
                "Flow: 'data#/flow', Level: 'data#/level'");
        side.set("Flow", 1);
        side.set("Level", 2);
        side.run(1_200);
        side.value("Flow").setMissing();
        side.run(1_200);
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.BAD_DEVICE_FAILURE);
        assertThat(side.link.status("Level")).isEqualTo(StatusCode.GOOD);
        assertThat(side.broker.last("p/data")).isEqualTo("{\"flow\":null,\"level\":2,\"q\":\"good\"}");
    }

    /** The rules of docs/reference/mqtt.md: uncertain after 1.5 periods, bad after the hold time. */
    @ParameterizedTest
    @CsvSource({"SILENT", "RETAINED_STALE"})
    void silenceIsDetectedWithinOneAndAHalfPeriods(MessageFault.Kind kind) {
        VirtualSide side = flow();
        misbehave(side, kind, 0);
        side.run(1_700); // 1.5 periods, and the sweep of the link every 100 ms
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        assertThat(side.link.number("Flow")).isEqualTo(42);
        side.run(4_200);
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        misbehave(side, MessageFault.Kind.NONE, 0);
        side.run(1_100);
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.GOOD);
    }

    /** A stale retained message is what who comes later gets: never Good. */
    @Test
    void aStaleRetainedMessageIsUncertainForWhoComesLater() {
        VirtualSide side = flow();
        misbehave(side, MessageFault.Kind.RETAINED_STALE, 0);
        side.run(6_000);
        VirtualOutput.Message left = java.util.Objects.requireNonNull(side.broker.retained.get("p/data"));
        side.link.broker.die();
        side.link.broker.isThere = true;
        side.run(2_000); // connects again
        side.link.broker.send("p/data", left.payload(), true);
        side.link.run(10);
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.UNCERTAIN_LAST_USABLE_VALUE);
        assertThat(side.link.number("Flow")).isEqualTo(42);
    }

    @Test
    void aLastWillTakesTheQualityAtOnce() {
        VirtualSide side = flow();
        misbehave(side, MessageFault.Kind.LAST_WILL, 0);
        assertThat(side.broker.last("p/state")).isEqualTo("offline");
        side.run(100);
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        side.run(5_000);
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        assertThat(side.link.deviceState("d")).isEqualTo(2);
        misbehave(side, MessageFault.Kind.NONE, 0);
        side.run(1_100);
        assertThat(side.broker.last("p/state")).isEqualTo("online");
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.GOOD);
    }

    @ParameterizedTest
    @CsvSource({"GARBAGE", "TRUNCATED"})
    void spoiledPayloadsAreACommunicationError(MessageFault.Kind kind) {
        VirtualSide side = flow();
        misbehave(side, kind, 0);
        side.run(1_100);
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.BAD_COMMUNICATION_ERROR);
        assertThat(side.link.error("Flow")).contains("no JSON");
        misbehave(side, MessageFault.Kind.NONE, 0);
        side.run(1_100);
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.GOOD);
    }

    /** A redelivery is the same value again: a refresh, and no second change. */
    @Test
    void duplicatesChangeNothing() {
        VirtualSide side = flow();
        int before = side.broker.published.size();
        misbehave(side, MessageFault.Kind.DUPLICATE, 0);
        side.run(3_000);
        assertThat(side.broker.published.size() - before).isEqualTo(6);
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.GOOD);
        assertThat(side.link.number("Flow")).isEqualTo(42);
    }

    @Test
    void lateMessagesHaveTheTimeTheyWereMade() {
        VirtualSide side = flow();
        misbehave(side, MessageFault.Kind.LATE, 2);
        side.set("Flow", 60);
        side.run(4_000);
        Sample late = side.link.read("Flow");
        assertThat(late.status()).isEqualTo(StatusCode.GOOD);
        assertThat(UaTime.secondsBetween(late.sourceTime(), late.receiveTime())).isBetween(1.9, 2.2);
        assertThat(side.link.number("Flow")).isEqualTo(60);
    }

    private static VirtualSide flow(int qos) {
        VirtualSide side = new VirtualSide(
                "devices: {d: {prefix: p/}}",
                "Flow: {unit: m3/h, euRange: [0, 500]}",
                "Flow: {device: broker/d, address: flow, period: 1 s, qos: %d}".formatted(qos));
        side.set("Flow", 42);
        side.run(1_500);
        return side;
    }

    private static int arrived(VirtualSide side, Transit transit, int seconds) {
        side.devices.transit("d", transit);
        int before = side.broker.published.size();
        side.run(seconds * 1_000L);
        return side.broker.published.size() - before;
    }

    /** Every second packet is lost: of QoS 0 half the messages are gone, of QoS 2 none and none comes twice. */
    @Test
    void whatIsLostDependsOnTheQos() {
        int[] n = new int[1];
        Transit everySecond = (bytes, now) -> new Transit.Passage(n[0]++ % 2 == 1, 0, false);
        assertThat(arrived(flow(0), everySecond, 20)).isBetween(9, 11);
        n[0] = 0;
        assertThat(arrived(flow(2), everySecond, 20)).isBetween(18, 21);
    }

    /** Of QoS 1 the acknowledgement may be lost: then the message comes again. */
    @Test
    void aLostAcknowledgementIsASecondMessage() {
        int[] n = new int[1];
        Transit losesFirstAnswer = (bytes, now) -> new Transit.Passage(n[0]++ == 1, 0, false);
        VirtualSide side = flow(1);
        side.set("Flow", 43);
        assertThat(arrived(side, losesFirstAnswer, 10)).isBetween(10, 12);
        side.devices.transit("d", Transit.CLEAR);
        side.set("Flow", 44);
        side.run(2_000);
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.GOOD);
        assertThat(side.link.number("Flow")).isEqualTo(44);
    }

    /** A stream keeps its order however late its packets are; what may be overtaken is. */
    @Test
    void lateMessagesKeepTheirOrderUnlessTheyMayBeOvertaken() {
        int[] n = new int[1];
        for (boolean mayBeOvertaken : new boolean[] {false, true}) {
            VirtualSide side = flow(0);
            n[0] = 0;
            side.devices.transit(
                    "d",
                    (bytes, now) -> n[0]++ % 2 == 0
                            ? new Transit.Passage(false, 1.2, mayBeOvertaken)
                            : new Transit.Passage(false, 0, false));
            int before = side.broker.published.size();
            for (int i = 0; i < 6; i++) {
                side.set("Flow", 100 + i);
                side.run(1_000);
            }
            side.run(4_000);
            List<Integer> order = side.broker.published.subList(before, side.broker.published.size()).stream()
                    .map(m -> Integer.valueOf(
                            new String(m.payload(), java.nio.charset.StandardCharsets.UTF_8).replaceAll("\\..*", "")))
                    .toList();
            List<Integer> sorted = order.stream().sorted().toList();
            assertThat(order.equals(sorted)).as(order.toString()).isEqualTo(!mayBeOvertaken);
        }
    }

    /** All are lost: the server says after the hold time that it hears nothing, as of a device that is silent. */
    @Test
    void anOutageIsSilence() {
        VirtualSide side = flow(0);
        side.devices.transit("d", (bytes, now) -> new Transit.Passage(true, 0, false));
        side.run(2_500);
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        side.run(10_000);
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        side.devices.transit("d", Transit.CLEAR);
        side.run(2_000);
        assertThat(side.link.status("Flow")).isEqualTo(StatusCode.GOOD);
    }

    @Test
    void outOfOrderMessagesComeInPairs() {
        VirtualSide side = flow();
        misbehave(side, MessageFault.Kind.OUT_OF_ORDER, 0);
        int before = side.broker.published.size();
        for (int i = 0; i < 4; i++) {
            side.set("Flow", 100 + i);
            side.run(1_000);
        }
        List<VirtualOutput.Message> sent = side.broker.published.subList(before, side.broker.published.size());
        assertThat(sent)
                .extracting(m -> new String(m.payload(), java.nio.charset.StandardCharsets.UTF_8)
                        .replaceAll(".*\"flow\":(\\d+).*", "$1"))
                .containsExactly("101", "100", "103", "102");
    }

    @Test
    void aClockFarAheadIsNotBelieved() {
        VirtualSide side = flow();
        side.stopClock();
        side.value("Flow").time(side.ticks() + 3600 * UaTime.TICKS_PER_SECOND);
        side.run(1_000);
        Sample sample = side.link.read("Flow");
        assertThat(sample.sourceTime()).isEqualTo(sample.receiveTime());
        side.link.run(1_100);
        assertThat(side.link.counter("ImplausibleTimes")).isPositive();
    }

    @Test
    void commandsAreObeyedAndConfirmed() {
        VirtualSide side = new VirtualSide(
                "devices: {d: {prefix: p/}}",
                "A: {unit: bar, euRange: [0, 9], writable: true}, B: {type: Boolean, writable: true}",
                """
                A: {address: 'doc#/a', command: set, payload: '{{"a": $value, "at": $epoch}', confirm: 'done#/a', scale: 2},
                B: {address: 'doc#/b', command: set, payload: '{{"b": $value}', confirm: 'doc#/b'}
                """);
        side.set("A", 1);
        side.value("B").set(0, null);
        side.run(200);
        CompletableFuture<WriteResult> a = side.link.write("A", 5);
        CompletableFuture<WriteResult> b = side.link.write("B", 1, null, 30_000);
        side.run(400);
        assertThat(a.join().status()).isEqualTo(StatusCode.GOOD);
        assertThat(b.join().status()).isEqualTo(StatusCode.GOOD);
        assertThat(side.commanded).containsExactly("A", "B");
        assertThat(side.broker.last("p/done")).isEqualTo("{\"a\":2.5}");
        side.run(1_200);
        assertThat(side.link.number("A")).isEqualTo(5);
    }

    /** A silent device has done what it was told, and nobody hears of it. */
    @Test
    void aSilentDeviceConfirmsNothing() {
        VirtualSide side = new VirtualSide(
                "devices: {d: {prefix: p/}}",
                "A: {unit: bar, euRange: [0, 9], writable: true}",
                "A: {address: a, command: a/set, confirm: a, confirmTimeout: 1 s}");
        side.set("A", 1);
        side.run(200);
        misbehave(side, MessageFault.Kind.SILENT, 0);
        CompletableFuture<WriteResult> a = side.link.write("A", 5);
        side.run(1_500);
        assertThat(a.join().status()).isEqualTo(StatusCode.BAD_TIMEOUT);
        assertThat(side.commanded).containsExactly("A");
    }
}
