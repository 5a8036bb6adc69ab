package org.uatwin.plcadapters.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.device.Fault;
import org.uatwin.plcadapters.device.VirtualModbusServer;

/**
 * Answers that come after the timeout. RTU has no transaction id: the late answer to one read looks exactly like the
 * answer to another read of the same length, and its value would appear, with Good, at the wrong point.
 */
class LateAnswersIT {
    private static final int TIMEOUT_MS = 200;
    private static final int ROUNDS = 8;

    @Test
    void lateAnswerOnATcpConnectionIsNeverTakenForAnother() throws IOException {
        try (VirtualModbusServer device = VirtualModbusServer.start(InetAddress.getLoopbackAddress(), 0)) {
            neverTakesALateAnswerForAnother(device, new Transport.Tcp("127.0.0.1", device.port()));
        }
    }

    /** A serial device server keeps its serial line when we close the socket, and sends what comes late to the next. */
    @Test
    void lateAnswerThroughASerialDeviceServerIsNeverTakenForAnother() throws IOException {
        try (VirtualModbusServer device = VirtualModbusServer.startRtu(InetAddress.getLoopbackAddress(), 0);
                SerialDeviceServer gateway = new SerialDeviceServer(device.port())) {
            neverTakesALateAnswerForAnother(device, new Transport.RtuOverTcp("127.0.0.1", gateway.port()));
            assertThat(gateway.lateAnswers())
                    .as("answers to a connection closed by then")
                    .isPositive();
        }
    }

    static void neverTakesALateAnswerForAnother(VirtualModbusServer device, Transport transport) {
        device.unit(1).setHolding(0, 11);
        device.unit(1).setHolding(50, 22);
        Fixture f = new Fixture(transport);
        f.timeout = Duration.ofMillis(TIMEOUT_MS);
        ModbusDevice plc = f.device("plc", 1);
        int first = f.holding(plc, Fixture.FAST, 0);
        int second = f.holding(plc, Fixture.FAST, 50);
        List<String> wrong = new CopyOnWriteArrayList<>();
        AtomicInteger good = new AtomicInteger();
        f.table.addListener((shard, batch) -> {
            for (int i = 0; i < batch.size(); i++) {
                if (batch.status(i).isGood()) {
                    good.incrementAndGet();
                    if (batch.bits(i) != (batch.row(i) == first ? 11 : 22)) {
                        wrong.add("row %d showed %d".formatted(batch.row(i), batch.bits(i)));
                    }
                }
            }
        });
        try (Link link = f.open()) {
            link.start();
            await().atMost(Duration.ofSeconds(10)).until(() -> f.isGood(first) && f.isGood(second));
            long before = link.statistics().timeouts();
            device.fault(Fault.slow(TIMEOUT_MS * 7 / 4));
            await().atMost(Duration.ofSeconds(20)).until(() -> link.statistics().timeouts() >= before + ROUNDS);
            device.fault(Fault.NONE);
            await().atMost(Duration.ofSeconds(7)).until(() -> f.isGood(first) && f.isGood(second));
        }
        assertThat(wrong).isEmpty();
        assertThat(good.get()).isPositive();
    }
}
