package org.uatwin.plcadapters.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the plant file may say: each mistake is reported where it stands, with its fix. */
class OpcUaProtocolTest {
    private static List<String> messages(String url, String settings, String points) {
        return Mirror.messages(Mirror.plant(url, settings, points));
    }

    private static final String URL = "opc.tcp://plc:4840/path";
    private static final String POINT = "Temperature: " + Mirror.node("T");

    @Test
    void completeConnectionHasNoFindings() {
        assertThat(messages(
                        URL,
                        "securityPolicy: Aes256_Sha256_RsaPss\nuser: a\npassword: ${env:PATH}\nqueueSize: 5\ntrigger: StatusValueTimestamp",
                        "Temperature: {address: %s, deadband: 0.5, samplingInterval: 0 ms, queueSize: 100}"
                                .formatted(Mirror.node("T"))))
                .isEmpty();
    }

    @Test
    void mistakesInTheConnectionAreReported() {
        assertThat(messages("http://plc", "", POINT))
                .anyMatch(m -> m.contains("plant.yaml:6:") && m.contains("opc.tcp"));
        assertThat(messages("opc.tcp://a:b@plc", "", POINT)).anyMatch(m -> m.contains("Users do not belong"));
        assertThat(messages(URL, "user: a", POINT)).anyMatch(m -> m.contains("a user without a password"));
        assertThat(messages(URL, "user: a\npassword: plain", POINT)).anyMatch(m -> m.contains("password"));
        assertThat(messages(URL, "securityPolicy: Basic128Rsa15", POINT))
                .anyMatch(m -> m.contains("Basic128Rsa15") && m.contains("Basic256Sha256"));
        assertThat(messages(URL, "pollGroups: {a: 1 s}", POINT)).anyMatch(m -> m.contains("pollGroups"));
    }

    @Test
    void mistakesInAddressesAreReported() {
        assertThat(messages(URL, "", "Temperature: T")).anyMatch(m -> m.contains("\"T\" is no NodeId"));
        assertThat(messages(URL, "", "Temperature: {address: ns=4;s=T}"))
                .anyMatch(m -> m.contains("namespace index 4") && m.contains("nsu="));
        assertThat(messages(URL, "", "Name: {address: %s, deadband: 1}".formatted(Mirror.node("T"))))
                .anyMatch(m -> m.contains("deadband has no meaning"));
        assertThat(messages(URL, "", "Level: {address: %s, element: \"3:1\"}".formatted(Mirror.node("T"))))
                .anyMatch(m -> m.contains("no range of elements"));
    }
}
