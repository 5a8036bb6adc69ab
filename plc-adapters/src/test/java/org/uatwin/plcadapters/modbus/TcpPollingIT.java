package org.uatwin.plcadapters.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.RegisterFormat;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.informationmodel.plant.WordOrder;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.device.VirtualModbusServer;

/** The way of a value over a real socket, both directions. */
class TcpPollingIT {
    private VirtualModbusServer server;
    private Fixture fixture;

    @BeforeEach
    void start() throws Exception {
        server = VirtualModbusServer.start(InetAddress.getLoopbackAddress(), 0);
        fixture = new Fixture(new Transport.Tcp("127.0.0.1", server.port()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void polledValuesAppearInTheTableAndFollowTheDevice() {
        ModbusDevice device = fixture.device("plc", 1);
        RegisterFormat format = new RegisterFormat(RegisterType.FLOAT32, WordOrder.of(true, false), 1, 0, -1, 0, 1, 0);
        int pressure =
                fixture.point(device, Fixture.FAST, ModbusTable.HOLDING_REGISTER, 10, format, ValueType.DOUBLE, 0);
        int running = fixture.point(
                device, Fixture.FAST, ModbusTable.COIL, 3, RegisterFormat.of(RegisterType.BOOL), ValueType.BOOLEAN, 0);
        server.unit(1).set(ModbusTable.HOLDING_REGISTER, 10, format, ValueType.DOUBLE, 4.25);
        server.unit(1).setCoils(3, true);
        try (Link link = fixture.open()) {
            link.start();
            await().atMost(Duration.ofSeconds(5)).until(() -> fixture.isGood(pressure) && fixture.isGood(running));
            assertThat(Double.longBitsToDouble(fixture.read(pressure).bits())).isEqualTo(4.25);
            assertThat(fixture.read(running).bits()).isEqualTo(1);
            server.unit(1).set(ModbusTable.HOLDING_REGISTER, 10, format, ValueType.DOUBLE, -1.5);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> Double.longBitsToDouble(fixture.read(pressure).bits()) == -1.5);
            assertThat(link.diagnostics(pressure).sourceAddress()).contains("unit 1", "holding register 10", "CDAB");
            assertThat(link.diagnostics(pressure).lastError()).isEmpty();
            assertThat(link.statistics().state()).isEqualTo(LinkStatistics.State.CONNECTED);
            assertThat(link.statistics().devices().get(0).plannedRequests()).isEqualTo(2);
        }
        assertThat(fixture.failures).isEmpty();
    }

    @Test
    void writesReachTheDeviceAndAreReadBack() throws Exception {
        ModbusDevice device = fixture.device("plc", 247);
        int setpoint = fixture.holding(device, Fixture.FAST, 100);
        int coil = fixture.point(
                device, Fixture.FAST, ModbusTable.COIL, 0, RegisterFormat.of(RegisterType.BOOL), ValueType.BOOLEAN, 0);
        RegisterFormat bit = new RegisterFormat(RegisterType.BOOL, WordOrder.BIG_ENDIAN, 1, 0, 5, 1, 1, 0);
        int bitPoint =
                fixture.point(device, Fixture.FAST, ModbusTable.HOLDING_REGISTER, 101, bit, ValueType.BOOLEAN, 0);
        RegisterFormat array = new RegisterFormat(RegisterType.INT32, WordOrder.BIG_ENDIAN, 4, 0, -1, 0, 1, 0);
        int arrayPoint =
                fixture.point(device, Fixture.FAST, ModbusTable.HOLDING_REGISTER, 110, array, ValueType.INT32, 4);
        server.unit(247).setHolding(101, 0x8001);
        try (Link link = fixture.open()) {
            link.start();
            await().atMost(Duration.ofSeconds(5)).until(() -> fixture.isGood(setpoint));
            assertThat(Fixture.write(link, setpoint, 4711).status()).isEqualTo(StatusCode.GOOD);
            assertThat(server.unit(247).holding(100)).isEqualTo(4711);
            assertThat(fixture.read(setpoint).bits()).isEqualTo(4711);
            assertThat(Fixture.write(link, coil, 1).status()).isEqualTo(StatusCode.GOOD);
            assertThat(server.unit(247).coil(0)).isTrue();
            assertThat(Fixture.write(link, bitPoint, 1).status()).isEqualTo(StatusCode.GOOD);
            assertThat(server.unit(247).holding(101)).isEqualTo(0x8021);
            server.unit(247).knowsMaskWrite(false);
            assertThat(Fixture.write(link, bitPoint, 0).status()).isEqualTo(StatusCode.GOOD);
            assertThat(server.unit(247).holding(101)).isEqualTo(0x8001);
            assertThat(Fixture.write(link, arrayPoint, 0, new long[] {1, -2, 3, -4}, -1)
                            .status())
                    .isEqualTo(StatusCode.GOOD);
            assertThat(Fixture.write(link, arrayPoint, 0, new long[] {70_000, 5}, 2)
                            .status())
                    .isEqualTo(StatusCode.GOOD);
            assertThat((long[]) fixture.read(arrayPoint).object()).containsExactly(1, -2, 70_000, 5);
            assertThat(Fixture.write(link, setpoint, 70_000).status()).isEqualTo(StatusCode.BAD_OUT_OF_RANGE);
            assertThat(server.unit(247).holding(100)).isEqualTo(4711);
        }
    }

    @Test
    void deviceThatStopsTurnsNonGoodAndComesBack() throws Exception {
        ModbusDevice device = fixture.device("plc", 1);
        int row = fixture.holding(device, Fixture.FAST, 0);
        server.unit(1).setHolding(0, 7);
        try (Link link = fixture.open()) {
            link.start();
            await().atMost(Duration.ofSeconds(5)).until(() -> fixture.isGood(row));
            server.stop();
            await().atMost(Duration.ofMillis(1500)).until(() -> !fixture.isGood(row));
            assertThat(Fixture.write(link, row, 5).status().isBad()).isTrue();
            await().atMost(Duration.ofSeconds(3))
                    .until(() -> fixture.status(row).equals(StatusCode.BAD_NO_COMMUNICATION));
            assertThat(link.diagnostics(row).lastError()).isNotEmpty();
            server.restart();
            await().atMost(Duration.ofSeconds(5)).until(() -> fixture.isGood(row));
            assertThat(fixture.read(row).bits()).isEqualTo(7);
        }
    }
}
