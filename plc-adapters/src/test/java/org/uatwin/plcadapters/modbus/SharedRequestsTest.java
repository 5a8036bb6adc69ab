package org.uatwin.plcadapters.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.RegisterFormat;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.informationmodel.plant.WordOrder;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;

/** What shares a request, and what stays a point's own in it. */
class SharedRequestsTest {
    private static final Transport TCP = new Transport.Tcp("plc", 502);

    /** C8: a concentrator holds the values of many machines; rows of all of them come with one answer. */
    @Test
    void oneRequestFeedsThePointsOfThirteenTwins() {
        Fixture f = new Fixture(TCP);
        ModbusDevice concentrator = f.device("concentrator", 1);
        List<Integer> rows = new ArrayList<>();
        for (int twin = 0; twin < 13; twin++) {
            rows.add(f.holding(concentrator, Fixture.group("g", 1_000), 4 * twin));
            f.table.allocate(7, StatusCode.BAD_NOT_CONNECTED); // the other points of the twin
        }
        VirtualLink v = new VirtualLink(f, false);
        for (int twin = 0; twin < 13; twin++) {
            v.wire.unit(1).holding[4 * twin] = 100 + twin;
        }
        v.run(10_050);
        assertThat(v.wire.unit(1).requests).isBetween(10, 11);
        for (int twin = 0; twin < 13; twin++) {
            assertThat(f.read(rows.get(twin)).bits()).isEqualTo(100 + twin);
            assertThat(f.isGood(rows.get(twin))).isTrue();
        }
    }

    /** C14, C12: beside others in one request, with an order of its own, both ways. */
    @Test
    void singleRegistersWithSwappedBytesAreReadAndWritten() {
        Fixture f = new Fixture(TCP);
        ModbusDevice plc = f.device("plc", 1);
        int plain = f.holding(plc, Fixture.FAST, 0);
        RegisterFormat swapped = new RegisterFormat(RegisterType.UINT16, WordOrder.of(false, true), 1, 0, -1, 0, 1, 0);
        int other = f.point(plc, Fixture.FAST, ModbusTable.HOLDING_REGISTER, 1, swapped, ValueType.UINT16, 0);
        VirtualLink v = new VirtualLink(f, false);
        v.wire.unit(1).holding[0] = 0x1234;
        v.wire.unit(1).holding[1] = 0x1234;
        v.runUntil(() -> f.isGood(other), 1_000);
        assertThat(f.read(plain).bits()).isEqualTo(0x1234);
        assertThat(f.read(other).bits()).isEqualTo(0x3412);
        assertThat(v.written(other, 0x0102).status()).isEqualTo(StatusCode.GOOD);
        assertThat(v.wire.unit(1).holding[1]).isEqualTo(0x0201);
        assertThat(f.read(other).bits()).isEqualTo(0x0102);
    }
}
