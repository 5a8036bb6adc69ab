package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.WriteResult;

/** Setpoints: what is sent, and what an answer means. */
class MqttWritesTest {
    private static final String POINT = "S: {unit: bar, euRange: [0, 9], writable: true}";

    /** Part 4, 5.11.4: the broker has it, whether the device has it is not known. */
    @Test
    void withoutConfirmationTheBrokersWordIsGoodCompletesAsynchronously() {
        MqttFixture f = MqttFixture.connected("", POINT, "S: {address: s, command: s/set, scale: 0.1}");
        CompletableFuture<WriteResult> answer = f.write("S", 2.5);
        f.run(1);
        assertThat(f.broker.publications.get(0)).isEqualTo(new ScriptedPort.Publication(1, "s/set", "25", 1, false));
        assertThat(answer.join().status()).isEqualTo(StatusCode.GOOD_COMPLETES_ASYNCHRONOUSLY);
    }

    @Test
    void aPayloadIsFilledInAndTextsCannotBreakOut() {
        MqttFixture f = MqttFixture.connected(
                "",
                POINT + ", N: {type: String, writable: true}",
                "S: {address: s, command: s/set, payload: '{{\"sp\": $value, \"at\": \"$time\", \"ms\": $epoch}}', commandQos: 2, commandRetained: true},"
                        + " N: {address: n, command: n/set, payload: '{{\"name\": \"$value\"}}'}");
        CompletableFuture<WriteResult> number = f.write("S", 3);
        CompletableFuture<WriteResult> text = f.write("N", 0, "a\", \"admin\": true, \"x\": \"", 1_000);
        f.run(1);
        assertThat(number).isDone();
        assertThat(text).isDone();
        assertThat(f.broker.publications.get(0).text())
                .startsWith("{\"sp\": 3, \"at\": \"2026-01-01T00:00:0")
                .contains("\"ms\": 17672");
        assertThat(f.broker.publications.get(0).qos()).isEqualTo(2);
        assertThat(f.broker.publications.get(0).isRetained()).isTrue();
        assertThat(f.broker.publications.get(1).text())
                .isEqualTo("{\"name\": \"a\\\", \\\"admin\\\": true, \\\"x\\\": \\\"\"}");
    }

    /** Good means that the device said so, and its value is in the table before the answer. */
    @Test
    void aConfirmedWriteIsGood() {
        MqttFixture f = MqttFixture.connected("", POINT, "S: {address: \"s#/v\", command: s/set, confirm: \"s#/v\"}");
        List<Double> shown = new ArrayList<>();
        CompletableFuture<WriteResult> answer = f.write("S", 4);
        CompletableFuture<Void> seen = answer.thenAccept(r -> shown.add(f.number("S")));
        f.run(100);
        assertThat(answer).isNotDone();
        f.send("s", "{\"v\": 3.9}");
        assertThat(answer).isNotDone();
        f.send("s", "{\"v\": 4.0000001}");
        assertThat(answer.join()).isEqualTo(WriteResult.CONFIRMED);
        assertThat(seen).isDone();
        assertThat(shown.get(0)).isBetween(3.99, 4.01);
    }

    @Test
    void whatIsNotConfirmedInTimeSaysWhatTheDeviceSays() {
        MqttFixture f =
                MqttFixture.connected("", POINT, "S: {address: s, command: s/set, confirm: s, confirmTimeout: 2 s}");
        CompletableFuture<WriteResult> answer = f.write("S", 4);
        f.run(1_000);
        f.send("s", "3.5");
        f.run(1_100);
        assertThat(answer.join().status()).isEqualTo(StatusCode.BAD_TIMEOUT);
        assertThat(answer.join().text()).contains("device says 3.5");
    }

    /** A retained message from before the command is no confirmation of it. */
    @Test
    void aRetainedMessageConfirmsNothing() {
        MqttFixture f =
                MqttFixture.connected("", POINT, "S: {address: s, command: s/set, confirm: s, confirmTimeout: 2 s}");
        CompletableFuture<WriteResult> answer = f.write("S", 4);
        f.run(1);
        f.broker.sendRetained("s", "4");
        f.run(2_100);
        assertThat(answer.join().status()).isEqualTo(StatusCode.BAD_TIMEOUT);
    }

    @Test
    void aNewerWriteSupersedesOneThatIsNotConfirmedYet() {
        MqttFixture f = MqttFixture.connected("", POINT, "S: {address: s, command: s/set, confirm: s}");
        CompletableFuture<WriteResult> first = f.write("S", 4);
        f.run(1);
        CompletableFuture<WriteResult> second = f.write("S", 5);
        f.run(1);
        assertThat(first.join().status()).isEqualTo(StatusCode.BAD_INVALID_STATE);
        f.send("s", "5");
        assertThat(second.join().status()).isEqualTo(StatusCode.GOOD);
    }

    /** A write whose fate is unknown is answered as such when the broker goes; one that comes later at once. */
    @Test
    void writesFailWhenTheBrokerIsLost() {
        MqttFixture f = MqttFixture.connected("", POINT, "S: {address: s, command: s/set, confirm: s}");
        CompletableFuture<WriteResult> before = f.write("S", 4);
        f.run(1);
        f.broker.die();
        f.run(1);
        assertThat(before.join().status()).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        CompletableFuture<WriteResult> after = f.write("S", 4);
        assertThat(after.join().status()).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        assertThat(f.broker.publications).hasSize(1);
    }

    /** More than the broker acknowledges are not sent (Paho throws beyond its own window). */
    @Test
    void unacknowledgedWritesAreBounded() {
        MqttFixture f = MqttFixture.connected("", POINT, "S: {address: s, command: s/set}");
        f.broker.isAcknowledging = false;
        List<CompletableFuture<WriteResult>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(f.write("S", Double.doubleToRawLongBits(i % 9), null, 2_000));
        }
        f.run(10);
        assertThat(f.broker.publications).hasSize(MqttWriter.IN_FLIGHT);
        for (int i = 0; i < MqttWriter.IN_FLIGHT; i++) {
            f.broker.acknowledge(f.broker.publications.get(i).token(), i == 0 ? "quota exceeded" : "");
        }
        f.run(10);
        assertThat(f.broker.publications).hasSize(2 * MqttWriter.IN_FLIGHT);
        assertThat(answers.get(0).join().status()).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        assertThat(answers.get(0).join().text()).contains("quota exceeded");
        assertThat(answers.get(1).join().status()).isEqualTo(StatusCode.GOOD_COMPLETES_ASYNCHRONOUSLY);
    }

    @Test
    void closingAnswersWhatWaits() {
        MqttFixture f = MqttFixture.connected("", POINT, "S: {address: s, command: s/set, confirm: s}");
        CompletableFuture<WriteResult> answer = f.write("S", 4);
        f.run(1);
        f.link().close();
        assertThat(answer.join().status()).isEqualTo(StatusCode.BAD_SHUTDOWN);
        assertThat(f.write("S", 4).join().status()).isEqualTo(StatusCode.BAD_SHUTDOWN);
    }
}
