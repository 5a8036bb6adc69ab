package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.WriteResult;

/** A Sparkplug B edge node behind a link. */
class MqttSparkplugTest {
    private final MqttFixture f = MqttFixture.connected(
            "hold: 5 s, primaryHost: scada, devices: {pump: {sparkplug: {group: g, node: n, device: d}}}",
            "Speed: {unit: 1/min, euRange: [0, 3000], writable: true}",
            "Speed: {address: Outputs/Speed, scale: 60}");

    private void send(String topic, Payload.Builder payload) {
        f.broker.send(
                "spBv1.0/" + topic,
                payload.setTimestamp(UaTime.toEpochMillis(
                                UaTime.ofInstant(f.time.clock().instant())))
                        .build()
                        .toByteArray(),
                false);
        f.run(1);
    }

    private static Payload.Builder speed(int seq, float perSecond) {
        return Payload.newBuilder()
                .setSeq(seq)
                .addMetrics(Payload.Metric.newBuilder()
                        .setName("Outputs/Speed")
                        .setDatatype(DataType.Float_VALUE)
                        .setFloatValue(perSecond));
    }

    private void birth() {
        send("g/NBIRTH/n", Payload.newBuilder().setSeq(0));
        send("g/DBIRTH/n/d", speed(1, 10));
    }

    @Test
    void birthsAndDataAreValuesAndADeathTakesTheirQuality() {
        birth();
        assertThat(f.number("Speed")).isEqualTo(600);
        send("g/DDATA/n/d", speed(2, 20));
        assertThat(f.number("Speed")).isEqualTo(1200);
        assertThat(f.status("Speed")).isEqualTo(StatusCode.GOOD);
        f.run(1_100);
        assertThat(f.deviceState("pump")).isEqualTo(1);
        send("g/NDEATH/n", Payload.newBuilder());
        assertThat(f.status("Speed")).isEqualTo(StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        f.run(5_100);
        assertThat(f.status("Speed")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        assertThat(f.deviceState("pump")).isEqualTo(2);
    }

    @Test
    void dataWithoutABirthAsksForOneButNotForEveryMessage() {
        for (int i = 0; i < 5; i++) {
            send("g/DDATA/n/d", speed(i, 1));
        }
        assertThat(f.broker.publications)
                .extracting(ScriptedPort.Publication::topic)
                .containsExactly("spBv1.0/STATE/scada", "spBv1.0/g/NCMD/n");
        f.run(11_000);
        send("g/DDATA/n/d", speed(9, 1));
        assertThat(f.broker.publications).hasSize(3);
        f.run(1_000);
        assertThat(f.counter("RebirthRequests")).isEqualTo(2);
    }

    /** Sparkplug 3.0, section 6.4.28: the host's state is its last will and its birth. */
    @Test
    void thePrimaryHostSaysThatItIsThere() {
        PahoPort.Will will = Objects.requireNonNull(f.broker.will);
        assertThat(will.topic()).isEqualTo("spBv1.0/STATE/scada");
        assertThat(new String(will.payload(), StandardCharsets.UTF_8)).startsWith("{\"online\":false,\"timestamp\":");
        assertThat(f.broker.publications.get(0).text()).startsWith("{\"online\":true,\"timestamp\":");
        assertThat(f.broker.publications.get(0).isRetained()).isTrue();
    }

    /** A command is good when the device publishes the new value, in its own unit and type. */
    @Test
    void aCommandIsConfirmedByData() throws Exception {
        birth();
        CompletableFuture<WriteResult> answer = f.write("Speed", 1500);
        f.run(100);
        Payload sent = Payload.parseFrom(f.broker.payloads.get(1));
        assertThat(f.broker.publications.get(1).topic()).isEqualTo("spBv1.0/g/DCMD/n/d");
        assertThat(sent.getMetrics(0).getName()).isEqualTo("Outputs/Speed");
        assertThat(sent.getMetrics(0).getDatatype()).isEqualTo(DataType.Float_VALUE);
        assertThat(sent.getMetrics(0).getFloatValue()).isEqualTo(25f);
        assertThat(answer).isNotDone();
        send("g/DDATA/n/d", speed(2, 25));
        assertThat(answer.join()).isEqualTo(WriteResult.CONFIRMED);
    }
}
