package org.uatwin.demobroker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The broker with the clients of Mosquitto. Needs mosquitto-clients of Debian. */
@Tag("acceptance")
class MosquittoClientsIT {
    private static Process start(int port, String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program, "-h", "127.0.0.1", "-p", Integer.toString(port)));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @ParameterizedTest
    @CsvSource({"311, 0", "311, 1", "311, 2", "5, 0", "5, 1", "5, 2"})
    void subscribersGetWhatIsRetainedAndWhatFollows(String version, String qos) throws Exception {
        try (DemoBroker broker = DemoBroker.start(InetAddress.getLoopbackAddress(), 0)) {
            String protocol = version.equals("5") ? "mqttv5" : "mqttv" + version;
            for (String[] message : new String[][] {{"-r", "kept"}, {"--quiet", "not kept"}}) {
                Process published = start(
                        broker.port(),
                        "mosquitto_pub",
                        "-V",
                        protocol,
                        "-q",
                        qos,
                        "-t",
                        "a/b",
                        message[0],
                        "-m",
                        message[1]);
                assertThat(published.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(published.exitValue()).isZero();
            }
            Process subscribed = start(
                    broker.port(),
                    "mosquitto_sub",
                    "-V",
                    protocol,
                    "-q",
                    qos,
                    "-t",
                    "a/#",
                    "-C",
                    "3",
                    "-W",
                    "20",
                    "-F",
                    "%t %p %q %r");
            java.io.BufferedReader lines = subscribed.inputReader();
            assertThat(lines.readLine()).isEqualTo("a/b kept %s 1".formatted(qos));
            Process published =
                    start(broker.port(), "mosquitto_pub", "-V", protocol, "-q", qos, "-t", "a/c", "-m", "live");
            assertThat(published.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(lines.readLine()).isEqualTo("a/c live %s 0".formatted(qos));
            assertThat(start(broker.port(), "mosquitto_pub", "-V", protocol, "-q", qos, "-t", "a", "-n")
                            .waitFor(20, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(lines.readLine()).isEqualTo("a  %s 0".formatted(qos));
            assertThat(subscribed.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(subscribed.exitValue()).isZero();
        }
    }
}
