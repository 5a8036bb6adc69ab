package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;

/** From a message to a sample: formats, types, times and what the device says of its quality. */
class MqttValuesTest {
    @Test
    void aPlainPayloadIsTheValue() {
        MqttFixture f = MqttFixture.connected(
                "",
                "Flow: {unit: m3/h, euRange: [0, 9]}, On: {type: Boolean}, Name: {type: String}, N: {type: Int64, kind: plain}",
                "Flow: a/flow, On: a/on, Name: a/name, N: a/n");
        f.send("a/flow", " 3.25\n");
        f.send("a/on", "ON");
        f.send("a/name", "Müller 7");
        f.send("a/n", "9007199254740993");
        assertThat(f.number("Flow")).isEqualTo(3.25);
        assertThat(f.read("On").bits()).isEqualTo(1);
        assertThat(f.read("Name").object()).isEqualTo("Müller 7");
        assertThat(f.read("N").bits()).isEqualTo(9007199254740993L); // 2^53 + 1: no double holds it
        assertThat(f.status("Flow")).isEqualTo(StatusCode.GOOD);
    }

    /** One message of a gateway feeds many points; the fields it lacks keep what they have. */
    @Test
    void jsonPointersTakeTheirFieldsFromOneMessage() {
        MqttFixture f = MqttFixture.connected(
                "",
                "A: {unit: bar, euRange: [0, 9]}, B: {type: Int32, kind: plain}, C: {type: Double, array: 3, kind: plain}, S: {states: {0: Idle, 1: Running}}",
                "A: \"plc#/v/0/a~1b\", B: \"plc#/n\", C: \"plc#/list\", S: \"plc#/state\"");
        f.send("plc", "{\"v\": [{\"a/b\": 1.5}], \"n\": 7, \"list\": [1, 2, 3.5], \"state\": \"running\"}");
        assertThat(f.number("A")).isEqualTo(1.5);
        assertThat(f.read("B").bits()).isEqualTo(7);
        assertThat(f.read("C").object()).isEqualTo(new double[] {1, 2, 3.5});
        assertThat(f.read("S").bits()).isEqualTo(1);
        f.send("plc", "{\"n\": 8}");
        assertThat(f.read("B").bits()).isEqualTo(8);
        assertThat(f.number("A")).isEqualTo(1.5);
        assertThat(f.status("A")).isEqualTo(StatusCode.GOOD);
    }

    @Test
    void columnsAreCountedFromOneAndMayBeQuoted() {
        MqttFixture f = MqttFixture.connected(
                "separator: \";\"", "A: {unit: bar, euRange: [0, 9]}, B: {type: String}", "A: \"log#3\", B: \"log#2\"");
        f.send("log", "2026;\"x;y\";4.5;");
        assertThat(f.number("A")).isEqualTo(4.5);
        assertThat(f.read("B").object()).isEqualTo("x;y");
    }

    @Test
    void scaleAndOffsetMakeTheUnitOfThePoint() {
        MqttFixture f = MqttFixture.connected(
                "", "T: {unit: Cel, euRange: [0, 9]}", "T: {address: t, scale: 0.1, offset: -40}");
        f.send("t", "653");
        assertThat(f.number("T")).isEqualTo(25.3, org.assertj.core.data.Offset.offset(1e-9));
    }

    /** A device that sends rubbish is not the same as one that sends nothing. */
    @Test
    void whatIsNoValueIsACommunicationErrorAndKeepsTheLastOneInside() {
        MqttFixture f = MqttFixture.connected(
                "",
                "A: {unit: bar, euRange: [0, 9]}, B: {unit: bar, euRange: [0, 9]}, I: {type: Byte, kind: plain}",
                "A: a, B: \"j#/b\", I: i");
        f.send("a", "1.5");
        f.send("a", "overrange");
        assertThat(f.status("A")).isEqualTo(StatusCode.BAD_COMMUNICATION_ERROR);
        assertThat(f.number("A")).isEqualTo(1.5);
        assertThat(f.error("A")).contains("overrange");
        f.send("j", "{\"b\": 1");
        assertThat(f.status("B")).isEqualTo(StatusCode.BAD_COMMUNICATION_ERROR);
        f.send("i", "300");
        assertThat(f.status("I")).isEqualTo(StatusCode.BAD_CONFIGURATION_ERROR);
        assertThat(f.error("I")).contains("300", "Byte");
        f.run(1_100);
        assertThat(f.counter("Garbled")).isEqualTo(3);
        f.send("a", "2");
        assertThat(f.status("A")).isEqualTo(StatusCode.GOOD);
        assertThat(f.error("A")).isEmpty();
    }

    @Test
    void nullAndTheDevicesOwnQualityCount() {
        MqttFixture f = MqttFixture.connected(
                "quality: /q", "A: {unit: bar, euRange: [0, 9], validity: [0, 50]}", "A: \"m#/v\"");
        f.send("m", "{\"v\": 1, \"q\": \"GOOD\"}");
        assertThat(f.status("A")).isEqualTo(StatusCode.GOOD);
        f.send("m", "{\"v\": 2, \"q\": 64}");
        assertThat(f.status("A")).isEqualTo(StatusCode.UNCERTAIN_SENSOR_NOT_ACCURATE);
        f.send("m", "{\"v\": 3, \"q\": \"Bad, not connected\"}");
        assertThat(f.status("A")).isEqualTo(StatusCode.BAD_DEVICE_FAILURE);
        f.send("m", "{\"v\": 99, \"q\": \"good\"}");
        assertThat(f.status("A")).isEqualTo(StatusCode.BAD_SENSOR_FAILURE);
        f.send("m", "{\"v\": null, \"q\": \"good\"}");
        assertThat(f.status("A")).isEqualTo(StatusCode.BAD_DEVICE_FAILURE);
        f.send("m", "{\"v\": 4}"); // says nothing of its quality this time
        assertThat(f.status("A")).isEqualTo(StatusCode.GOOD);
    }

    @Test
    void theDevicesTimeIsTheSourceTime() {
        MqttFixture f = MqttFixture.connected("time: /t", "A: {unit: bar, euRange: [0, 9]}", "A: \"m#/v\"");
        long before = UaTime.ofInstant(f.time.clock().instant().minusSeconds(100));
        long epochMs = UaTime.toEpochMillis(before);
        f.send("m", "{\"v\": 1, \"t\": %d}".formatted(epochMs));
        assertThat(f.read("A").sourceTime()).isEqualTo(UaTime.ofEpochMillis(epochMs));
        f.send("m", "{\"v\": 1, \"t\": \"%s\"}".formatted(UaTime.toInstant(before)));
        assertThat(f.read("A").sourceTime()).isEqualTo(before);
        f.send("m", "{\"v\": 1, \"t\": %d}".formatted(epochMs / 1000));
        assertThat(f.read("A").sourceTime()).isEqualTo(UaTime.ofEpochMillis(epochMs / 1000 * 1000));
    }

    /** A device whose clock was never set must not write history into 1970, and somebody must see it. */
    @Test
    void anImplausibleClockIsReplacedByTheReceiptAndFlagged() {
        MqttFixture f = MqttFixture.connected(
                "time: /t, clockBehind: 1 h, clockAhead: 5 s, devices: {d: {}}",
                "A: {unit: bar, euRange: [0, 9]}",
                "A: \"m#/v\"");
        f.send("m", "{\"v\": 1, \"t\": 12345}");
        Sample sample = f.read("A");
        assertThat(sample.sourceTime()).isEqualTo(sample.receiveTime());
        assertThat(sample.status()).isEqualTo(StatusCode.GOOD);
        assertThat(f.error("A")).contains("behind", "time of receipt");
        f.send(
                "m",
                "{\"v\": 1, \"t\": \"%s\"}".formatted(f.time.clock().instant().plusSeconds(7)));
        assertThat(f.read("A").sourceTime()).isEqualTo(f.read("A").receiveTime());
        assertThat(f.error("A")).contains("7 s ahead");
        f.send("m", "{\"v\": 1}");
        assertThat(f.error("A")).contains("no time");
        f.run(1_100);
        assertThat(f.counter("ImplausibleTimes")).isEqualTo(3);
    }
}
