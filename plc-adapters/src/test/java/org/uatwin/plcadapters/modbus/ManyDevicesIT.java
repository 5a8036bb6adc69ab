package org.uatwin.plcadapters.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.device.VirtualModbusServer;

/**
 * Many devices, each on a connection of its own, one in ten dead (must-show 6 of commissioning, in counts; the times are
 * {@code benchmarks/run devices}).
 */
@Tag("acceptance")
class ManyDevicesIT {
    private static final int DEVICES = 60;
    private static final int ROUNDS = 20;

    @Test
    void aDeadDeviceInTenChangesNothingForTheOthers() throws Exception {
        List<VirtualModbusServer> live = new ArrayList<>();
        List<Fixture> fixtures = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        AtomicInteger notGood = new AtomicInteger();
        try (ServerSocket dead = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < DEVICES; i++) {
                boolean isDead = i % 10 == 9;
                int port = dead.getLocalPort();
                if (!isDead) {
                    VirtualModbusServer device = VirtualModbusServer.start(InetAddress.getLoopbackAddress(), 0);
                    device.unit(1);
                    live.add(device);
                    port = device.port();
                }
                Fixture f = new Fixture(new Transport.Tcp("127.0.0.1", port));
                f.name = "line" + i;
                f.timeout = Duration.ofSeconds(2); // a busy machine must not look like a fault
                ModbusDevice plc = f.device("plc", 1);
                for (int p = 0; p < 50; p++) {
                    f.holding(plc, Fixture.group("g", 250), 2 * p);
                }
                if (!isDead) {
                    fixtures.add(f);
                }
                Link link = f.open();
                links.add(link);
                link.start();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> fixtures.stream()
                    .allMatch(f -> f.points.stream().allMatch(p -> f.isGood(p.row()))));
            fixtures.forEach(f -> f.table.addListener((shard, batch) -> {
                for (int i = 0; i < batch.size(); i++) {
                    notGood.addAndGet(batch.status(i).isGood() ? 0 : 1);
                }
            }));
            List<Long> before = live.stream().map(VirtualModbusServer::requests).toList();
            await().atMost(Duration.ofSeconds(20)).until(() -> live.get(0).requests() >= before.get(0) + ROUNDS);
            for (int i = 0; i < live.size(); i++) {
                assertThat(live.get(i).requests() - before.get(i))
                        .as("rounds of device %d while the first had %d", i, ROUNDS)
                        .isBetween(ROUNDS - 2L, ROUNDS + 2L);
            }
            assertThat(notGood).hasValue(0);
        } finally {
            links.forEach(Link::close);
            live.forEach(VirtualModbusServer::close);
        }
    }
}
