package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;

/** Mistakes in the MQTT part of a plant file are named with place, cause and fix (complaints C23, C26). */
class MqttSyntaxTest {
    private static final String POINT =
            "A: {unit: bar, euRange: [0, 9]}, S: {unit: bar, euRange: [0, 9], writable: true}, L: {type: Double, array: 2, kind: plain}";

    private static List<String> messages(String connection, String bindings) {
        return MqttFixture.read(connection, POINT, bindings).findings().stream()
                .map(Finding::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clientid: x | A: a | unknown key \"clientid\" in mqtt connection | did you mean \"clientId\"",
                "password: secret123 | A: a | stands in the plant file itself | ${file:...}",
                "cleanSession: false | A: a | a session that lasts needs a clientId | add clientId",
                "qos: 3 | A: a | \"3\" is not one of 0, 1, 2 | use one of",
                "subscribe: a/#/b | A: a | # stands alone and last | plant/#",
                "ca: none.pem | A: a | \"none.pem\" cannot be read | check the name",
                "verifyHost: false | A: a | verifyHost concerns TLS | mqtts://",
                "statusTopic: s, primaryHost: h | A: a | one last will only | remove one",
                "time: ts | A: a | \"ts\" is no JSON Pointer and no column | /ts",
                "queue: 5 | A: a | queue must be 100..1000000: 5 | write a number",
                "period: 10 s, hold: 1 s | A: a | hold time is shorter than the period | two periods",
                "x: 1 | A: a/+/b | has a wildcard; it names many topics | {id}",
                "x: 1 | A: a/# | is a filter; it names many topics | {id}",
                "x: 1 | A: a#b | \"b\" is no JSON Pointer | topic#/values/flow",
                "x: 1 | S: s | S is writable, but nothing says where new values go | command: TOPIC",
                "x: 1 | A: {address: a, command: c} | A cannot be written | remove command",
                "x: 1 | A: {address: a, confirm: c} | confirm without command | add command",
                "x: 1 | S: {address: a, command: c, payload: on} | does not hold the value | $value",
                "x: 1 | L: l | is an array, a plain value or column is not | topic#/pointer",
                "x: 1 | A: {address: a, scale: 0} | a scale of 0 | 0.1",
                "x: 1 | A: {address: a, poll: fast} | unknown key \"poll\" in mqtt point | hold",
                "devices: {d: {sparkplug: {group: g}}} | A: a | mqtt sparkplug has no \"node\" | add node",
                "devices: {d: {sparkplug: {group: g, node: n/1}}} | A: a | \"n/1\" is no Sparkplug id | no /",
                "devices: {d: {prefix: x, sparkplug: {group: g, node: n}}} | A: a | does not go with sparkplug | remove it"
            })
    void aMistakeIsNamedWithItsFix(String connection, String bindings, String cause, String fix) {
        String keys =
                connection.strip().equals("x: 1") ? "" : connection.strip().replace("'", "\"");
        String fixed = bindings.strip().replace("a#b", "\"a#b\"").replace("a/#", "\"a/#\"");
        assertThat(messages(keys, fixed)).anySatisfy(message -> assertThat(message)
                .contains("plant.yaml:")
                .contains(cause.strip())
                .contains(fix.strip()));
    }

    @Test
    void anUrlSaysWhatABrokerIs() {
        for (String url : List.of("broker:1883", "http://broker", "mqtt://user:secret99@broker", "mqtt:broker")) {
            PlantReading reading = PlantFile.read(
                    """
                    uatwin: 1
                    siteId: test
                    connections: {b: {protocol: mqtt, url: "%s"}}
                    """
                            .formatted(url),
                    "plant.yaml",
                    MqttFixture.PROTOCOLS);
            assertThat(reading.findings().get(0).toString())
                    .contains("is no broker", "write for example mqtt://broker.local:1883");
        }
    }

    @Test
    void portsAreThoseOfTheScheme() {
        Plant plant = MqttFixture.plant("merge: 0", POINT, "A: a");
        assertThat(plant.connections().get(0).endpoint()).isEqualTo("mqtt://localhost:1883");
    }

    /** Equal settings and addresses are what a reload goes by. */
    @Test
    void whatIsReadTwiceIsEqual() {
        String connection = "devices: {d: {prefix: p/, period: 2 s, availability: {topic: x}}}";
        String bindings =
                "A: {address: \"a#/x/y\", good: [fine], scale: 2}, S: {address: s, command: c, confirm: \"s#1\"}";
        Plant one = MqttFixture.plant(connection, POINT, bindings);
        Plant two = MqttFixture.plant(connection, POINT, bindings);
        assertThat(one.connections()).isEqualTo(two.connections());
        assertThat(one.twins().get(0).binding(0)).isEqualTo(two.twins().get(0).binding(0));
        assertThat(one.twins().get(0).binding(1)).isEqualTo(two.twins().get(0).binding(1));
        assertThat(one.twins().get(0).binding(0)).extracting(Binding::label).isEqualTo("p/a#/x/y");
    }

    @Test
    void aSecretNeverShows() {
        Plant plant = MqttFixture.plant("user: u, password: \"${env:PATH}\"", POINT, "A: a");
        assertThat(plant.connections().get(0).toString()).contains("***").doesNotContain(System.getenv("PATH"));
    }
}
