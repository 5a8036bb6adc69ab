package org.uatwin.server.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same over Debian's Mosquitto, a broker we did not write. */
@Tag("acceptance")
class VirtualMosquittoIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void serverSeesEachFaultOfMqttAsItsQuality() throws Exception {
        int port = freePort();
        // Without a configuration Mosquitto listens on loopback only and lets everybody in.
        Process mosquitto = new ProcessBuilder(List.of("mosquitto", "-p", Integer.toString(port)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.out").toFile())
                .start();
        try {
            Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> listens(port));
            URI broker = URI.create("mqtt://127.0.0.1:" + port);
            try (VirtualMqttPlant plant = VirtualMqttPlant.start(folder.resolve("data"), Map.of("broker", broker))) {
                assertThat(plant.devices().notes()).singleElement().asString().contains("publish to " + broker);
                plant.everyFaultIsItsQuality();
            }
        } finally {
            mosquitto.destroy();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
