package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uatwin.plcadapters.adapter.LinkStatistics;

/** A broker that only speaks 3.1.1: it refuses version 5 as such brokers do, and gets the older one. */
class MqttVersionIT {
    private static final int LEVEL = 6; // of the version, in the variable header of CONNECT
    private static final byte[] ACCEPTED = {0x20, 2, 0, 0};
    private static final byte[] UNACCEPTABLE_VERSION = {0x20, 2, 0, 1};

    private final List<Integer> levels = new CopyOnWriteArrayList<>();

    private void serve(ServerSocket server, boolean isHangingUp) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                DataInputStream in = new DataInputStream(socket.getInputStream());
                in.readByte();
                int length = in.readUnsignedByte(); // short enough for one byte
                int level = in.readNBytes(length)[LEVEL];
                levels.add(level);
                if (level == 4) {
                    socket.getOutputStream().write(ACCEPTED); // left open
                } else {
                    if (!isHangingUp) {
                        socket.getOutputStream().write(UNACCEPTABLE_VERSION);
                    }
                    socket.close();
                }
            } catch (IOException e) {
                return; // closed by the test
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theOlderVersionIsTriedNext(boolean isHangingUp, @TempDir Path folder) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread broker = new Thread(() -> serve(server, isHangingUp), "old-broker");
            broker.setDaemon(true);
            broker.start();
            MqttFixture fixture = new MqttFixture(MqttFixture.read(Files.writeString(
                    folder.resolve("plant.yaml"),
                    """
                    uatwin: 1
                    siteId: test
                    connections:
                      broker: {protocol: mqtt, url: "mqtt://127.0.0.1:%d", backOff: {first: 20 ms, largest: 50 ms}}
                    """
                            .formatted(server.getLocalPort()))));
            try (MqttLink link = fixture.start(Runnable::run)) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> link.statistics().state() == LinkStatistics.State.CONNECTED);
                assertThat(levels.get(0)).isEqualTo(5);
                assertThat(levels.get(levels.size() - 1)).isEqualTo(4);
            }
        }
    }
}
