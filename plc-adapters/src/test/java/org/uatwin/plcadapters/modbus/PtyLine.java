package org.uatwin.plcadapters.modbus;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.plcadapters.device.VirtualModbusServer;

/**
 * A serial port that can be pulled out and plugged in: a pty behind a symbolic link, as udev names adapters, with the
 * devices of a {@link VirtualModbusServer} at its far end. socat carries the bytes.
 */
final class PtyLine implements AutoCloseable {
    private static final int BAUD = 115_200;

    private final Path port;
    private final int devices;
    private @Nullable Process socat;

    /** @param devices port of the RTU server that plays the devices on the line. */
    PtyLine(Path port, int devices) {
        this.port = port;
        this.devices = devices;
    }

    Transport.Serial transport() {
        return new Transport.Serial(port.toString(), BAUD, 8, Transport.Serial.Parity.NONE, 1);
    }

    void plug() throws IOException {
        socat = new ProcessBuilder("socat", "pty,raw,echo=0,link=" + port, "TCP:127.0.0.1:" + devices + ",nodelay")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        await().atMost(Duration.ofSeconds(5)).until(() -> Files.exists(port));
    }

    /** The port is gone, its name too. */
    void pull() throws IOException, InterruptedException {
        Process process = socat;
        if (process != null) {
            process.destroy();
            process.waitFor(5, TimeUnit.SECONDS);
            socat = null;
        }
        Files.deleteIfExists(port);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        pull();
    }
}
