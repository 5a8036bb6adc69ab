package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.plcadapters.VirtualTime;

/** What is heard becomes a draft that {@code uatwin check} accepts. */
class MqttProbeTest {
    private final VirtualTime time = new VirtualTime();
    private final MqttProbe probe = new MqttProbe(time.clock(), time::now);

    private void hear(String topic, String payload) {
        probe.take(new Inbox.Message(topic, payload.getBytes(StandardCharsets.UTF_8), false));
    }

    private TopicSurvey survey(String topic) {
        return probe.answer().topics().stream()
                .filter(t -> t.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    private Plant draft() {
        String text = DraftPlant.write(probe.answer(), "mqtt://broker:1883").orElseThrow();
        PlantReading reading = PlantFile.read(text, "draft.yaml", MqttFixture.PROTOCOLS);
        assertThat(reading.findings().stream().map(Finding::toString).toList())
                .as(text)
                .isEmpty();
        return reading.plant().orElseThrow();
    }

    private static List<String> labels(Twin twin) {
        return java.util.stream.IntStream.range(0, twin.pointCount())
                .mapToObj(twin::binding)
                .filter(b -> b != null)
                .map(Binding::label)
                .toList();
    }

    @Test
    void shapesAreFoundOut() {
        hear("p", "12.5");
        hear("b", "ON");
        hear("t", "running");
        hear("j", "{\"ts\": 1767225600000, \"v\": {\"flow\": 3, \"list\": [1, true]}, \"name\": \"x\"}");
        hear("c", "7;8.5;on");
        assertThat(survey("p").fields()).containsExactly(java.util.Map.entry("", TopicSurvey.FieldKind.NUMBER));
        assertThat(survey("b").fields()).containsValue(TopicSurvey.FieldKind.BOOLEAN);
        assertThat(survey("t").fields()).containsValue(TopicSurvey.FieldKind.TEXT);
        assertThat(survey("j").shape()).isEqualTo(TopicSurvey.Shape.JSON);
        assertThat(survey("j").fields())
                .containsEntry("#/ts", TopicSurvey.FieldKind.TIME)
                .containsEntry("#/v/flow", TopicSurvey.FieldKind.NUMBER)
                .containsEntry("#/v/list/1", TopicSurvey.FieldKind.BOOLEAN)
                .containsEntry("#/name", TopicSurvey.FieldKind.TEXT);
        assertThat(survey("c").shape()).isEqualTo(TopicSurvey.Shape.CSV);
        assertThat(survey("c").separator()).isEqualTo(';');
        assertThat(survey("c").fields()).containsOnlyKeys("#1", "#2", "#3");
    }

    /** Forty pumps are one entry, with a prefix, a period and the time that stands in the payload. */
    @Test
    void topicsThatDifferInOneLevelBecomeARange() {
        for (int second = 0; second < 5; second++) {
            for (int pump = 1; pump <= 40; pump++) {
                String base = "plant/area1/pump-%02d/".formatted(pump);
                hear(
                        base + "flow",
                        "{\"ts\": \"%s\", \"v\": 1.5}".formatted(time.clock().instant()));
                hear(
                        base + "pressure/outlet",
                        "{\"ts\": \"%s\", \"v\": 2}".formatted(time.clock().instant()));
            }
            time.advance(1_000_000_000L);
        }
        Plant plant = draft();
        assertThat(plant.twins()).hasSize(40);
        assertThat(plant.twins().get(6).id()).isEqualTo("pump-07");
        assertThat(labels(plant.twins().get(6)))
                .containsExactlyInAnyOrder("plant/area1/pump-07/flow#/v", "plant/area1/pump-07/pressure/outlet#/v");
        assertThat(plant.ownTypes()).hasSize(1);
        assertThat(plant.ownTypes().get(0).name()).isEqualTo("Pump");
        String text = DraftPlant.write(probe.answer(), "mqtt://b").orElseThrow();
        assertThat(text).contains("pump-{01..40}", "period: 2 s", "time: \"/ts\"");
        assertThat(survey("plant/area1/pump-01/flow").meanSeconds()).isEqualTo(1.0);
    }

    /** Names that are no ids, twins of two areas, single topics, rubbish: it is a plant file all the same. */
    @Test
    void whateverIsHeardTheDraftIsAccepted() {
        for (String area : List.of("north", "south", "a b/ü")) {
            for (int i = 1; i <= 4; i++) {
                hear("site/%s/m%d/x".formatted(area, i), "1");
                hear("site/%s/m%d/y{z}".formatted(area, i), "{\"a\\\"b\": 1, \"c~d/e\": {\"\": 2}}");
            }
        }
        hear("single", "1");
        hear("types/value", "on");
        hear("_x/1", "1");
        hear("/leading", "1");
        hear("deep/1/2/3/4/5", "text");
        hear("empty", "");
        probe.take(new Inbox.Message("binary", new byte[] {(byte) 0xff, 0, 1}, true));
        hear("broken", "{\"a\": ");
        hear("$SYS/broker/version", "mosquitto");
        Plant plant = draft();
        List<String> all =
                plant.twins().stream().flatMap(t -> labels(t).stream()).toList();
        assertThat(all)
                .contains("single", "types/value", "_x/1", "/leading", "deep/1/2/3/4/5", "site/a b/ü/m3/x")
                .contains("site/north/m1/y{z}#/c~0d~1e/", "site/north/m1/y{z}#/a\"b")
                .doesNotContain("binary", "$SYS/broker/version")
                .doesNotHaveDuplicates();
    }

    @Test
    void sparkplugDevicesAreDraftedFromTheirBirths() {
        Payload.Builder birth = Payload.newBuilder()
                .setSeq(0)
                .setTimestamp(1)
                .addMetrics(Payload.Metric.newBuilder()
                        .setName("Inputs/Flow")
                        .setDatatype(DataType.Double_VALUE)
                        .setDoubleValue(1))
                .addMetrics(Payload.Metric.newBuilder()
                        .setName("Node Control/Rebirth")
                        .setDatatype(DataType.Boolean_VALUE)
                        .setBooleanValue(false));
        probe.take(new Inbox.Message("spBv1.0/g/NBIRTH/edge.1", birth.build().toByteArray(), false));
        probe.take(new Inbox.Message(
                "spBv1.0/g/DBIRTH/edge.1/pump", birth.setSeq(1).build().toByteArray(), false));
        probe.take(new Inbox.Message("spBv1.0/g/NDATA/other", birth.build().toByteArray(), false));
        assertThat(probe.answer().nodesWithoutBirth()).containsExactly("g/other");
        Plant plant = draft();
        assertThat(plant.twins()).extracting(Twin::id).containsExactly("edge-1", "pump");
        assertThat(labels(plant.twins().get(1))).containsExactly("g/edge.1/pump metric Inputs/Flow");
    }

    @Test
    void nothingHeardIsNoPlant() {
        assertThat(DraftPlant.write(probe.answer(), "mqtt://b")).isEmpty();
    }
}
