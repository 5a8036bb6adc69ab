package org.uatwin.plcadapters.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.informationmodel.type.Limits;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.PointKind;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.type.TwinLevel;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.adapter.LinkStatisticsRows;
import org.uatwin.plcadapters.adapter.WriteResult;
import org.uatwin.plcadapters.modbus.FaultyLink.Mode;

/** Counters as ordinary points, found by name, in the data type the twin type declares. */
class LinkStatisticsTest {
    private static TwinType type(String name, Object... namesAndTypes) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            members.add(new Member.Point(
                    (String) namesAndTypes[i],
                    Text.EMPTY,
                    Text.EMPTY,
                    PointKind.PLAIN,
                    (ValueType) namesAndTypes[i + 1],
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Limits.NONE,
                    false,
                    Text.EMPTY,
                    Text.EMPTY,
                    List.of(),
                    "Status",
                    false));
        }
        return new TwinType(name, "1.0.0", TwinLevel.COMPONENT, Text.EMPTY, Text.EMPTY, Optional.empty(), members);
    }

    @Test
    void countersAndStatesAreWrittenOnceASecond() {
        Fixture f = new Fixture(new Transport.Tcp("plc", 502));
        ModbusDevice device = f.device("pump", 7);
        f.holding(device, Fixture.FAST, 0);
        TwinType linkType = type(
                "ModbusLink",
                "Endpoint",
                ValueType.STRING,
                "State",
                ValueType.INT32,
                "Requests",
                ValueType.UINT64,
                "BusyFraction",
                ValueType.DOUBLE,
                "LastErrorTime",
                ValueType.DATE_TIME);
        TwinType deviceType = type(
                "ModbusDevice", "State", ValueType.INT32, "UnitId", ValueType.BYTE, "AchievedPeriod", ValueType.DOUBLE);
        int linkRows = f.table.allocate(5, StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        int deviceRows = f.table.allocate(3, StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        f.rows = new LinkStatisticsRows(
                Optional.of(new LinkStatisticsRows.Rows(linkType, linkRows)),
                Map.of("pump", new LinkStatisticsRows.Rows(deviceType, deviceRows)));
        VirtualLink v = new VirtualLink(f, false);
        v.run(10_050);
        assertThat(f.read(linkRows).object()).isEqualTo("plc:502");
        assertThat(f.read(linkRows + 1).bits()).isEqualTo(2);
        assertThat(f.read(linkRows + 2).bits()).isBetween(99L, 101L);
        assertThat(Double.longBitsToDouble(f.read(linkRows + 3).bits())).isBetween(0.9, 1.2); // 10 x 1 ms a second
        assertThat(f.read(linkRows + 4).bits()).isEqualTo(UaTime.NONE);
        assertThat(f.read(deviceRows).bits()).isEqualTo(1);
        assertThat(f.read(deviceRows + 1).bits()).isEqualTo(7);
        assertThat(Double.longBitsToDouble(f.read(deviceRows + 2).bits())).isBetween(99.0, 101.0);
        v.wire.unit(7).mode = Mode.SILENT;
        v.run(3_000);
        assertThat(f.read(deviceRows).bits()).isEqualTo(2);
        assertThat(f.read(linkRows + 4).bits()).isNotEqualTo(UaTime.NONE);
    }

    /** The plan as it is polled and what it reaches, for whoever looks at a device from a SCADA client. */
    @Test
    void planAchievedPeriodsAndRefusedWritesAreShown() {
        Fixture f = new Fixture(new Transport.Tcp("plc", 502));
        ModbusDevice device = f.device("pump", 7);
        f.holding(device, Fixture.FAST, 0);
        f.holding(device, Fixture.FAST, 3);
        f.holding(device, Fixture.group("slow", 2_000), 100);
        TwinType linkType = type("ModbusLink", "RefusedWrites", ValueType.UINT64, "WriteCapacity", ValueType.UINT32);
        TwinType deviceType = type("ModbusDevice", "PollPlan", ValueType.STRING, "AchievedPeriods", ValueType.STRING);
        int linkRows = f.table.allocate(2, StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        int deviceRows = f.table.allocate(2, StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        f.rows = new LinkStatisticsRows(
                Optional.of(new LinkStatisticsRows.Rows(linkType, linkRows)),
                Map.of("pump", new LinkStatisticsRows.Rows(deviceType, deviceRows)));
        VirtualLink v = new VirtualLink(f, false);
        v.run(1_050);
        assertThat(f.read(deviceRows).object())
                .isEqualTo(
                        "[{\"pollGroup\":\"fast\",\"periodMs\":100,\"requests\":1,\"blocks\":["
                                + "{\"table\":\"HOLDING_REGISTER\",\"offset\":0,\"quantity\":4,\"requests\":1,\"points\":2}]},"
                                + "{\"pollGroup\":\"slow\",\"periodMs\":2000,\"requests\":1,\"blocks\":["
                                + "{\"table\":\"HOLDING_REGISTER\",\"offset\":100,\"quantity\":1,\"requests\":1,\"points\":1}]}]");
        assertThat(f.read(deviceRows + 1).object()).isEqualTo("{\"fast\":100,\"slow\":null}");
        v.run(5_000);
        assertThat(f.read(deviceRows + 1).object()).isEqualTo("{\"fast\":100,\"slow\":2000}");
        assertThat(f.read(linkRows + 1).bits()).isEqualTo(4096);
        List<CompletableFuture<WriteResult>> answers = new ArrayList<>();
        for (int i = 0; i < 4_100; i++) {
            answers.add(v.write(f.points.get(0).row(), i));
        }
        assertThat(answers.subList(4_096, 4_100))
                .allMatch(a -> a.join().status().equals(StatusCode.BAD_TOO_MANY_OPERATIONS));
        v.run(1_000);
        assertThat(f.read(linkRows).bits()).isEqualTo(4);
    }
}
