package org.uatwin.plcadapters.modbus;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.DeviceLimits;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.PollGroup;
import org.uatwin.informationmodel.plant.RegisterFormat;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.informationmodel.plant.WriteMode;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.adapter.BoundPoint;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatisticsRows;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/** One connection under construction with its PointTable; shared by the tests of this package. */
final class Fixture {
    static final PollGroup FAST = group("fast", 100);

    final List<ModbusDevice> devices = new ArrayList<>();
    final List<BoundPoint> points = new ArrayList<>();
    final List<Throwable> failures = new ArrayList<>();
    final PointTable table = new PointTable(Runnable::run, failures::add);
    final int shard = table.addShard();
    Transport transport;
    Duration timeout = Duration.ofMillis(200);
    int tries = 2;
    Duration firstBackOff = Duration.ofMillis(100);
    Duration largestBackOff = Duration.ofMillis(800);
    Duration demotionPeriod = Duration.ofSeconds(2);
    WriteMode writeMode = WriteMode.ALL;
    String name = "line";
    LinkStatisticsRows rows = LinkStatisticsRows.NONE;

    Fixture(Transport transport) {
        this.transport = transport;
    }

    static PollGroup group(String name, long periodMs) {
        return new PollGroup(name, Duration.ofMillis(periodMs), Duration.ofMillis(3 * periodMs));
    }

    ModbusDevice device(String deviceName, int unitId) {
        return device(deviceName, unitId, DeviceLimits.DEFAULT);
    }

    ModbusDevice device(String deviceName, int unitId, DeviceLimits limits) {
        ModbusDevice device = new ModbusDevice(name, deviceName, unitId, limits, 3);
        devices.add(device);
        return device;
    }

    /** Adds a point and returns its row. */
    int point(
            ModbusDevice device,
            PollGroup group,
            ModbusTable where,
            int offset,
            RegisterFormat format,
            ValueType type,
            int arrayLength) {
        int row = table.allocate(1, StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        table.assign(row, shard, StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        points.add(BoundPoint.of(row, new Binding.Modbus(device, group, format, where, offset), type, arrayLength));
        return row;
    }

    int holding(ModbusDevice device, PollGroup group, int offset) {
        return point(
                device,
                group,
                ModbusTable.HOLDING_REGISTER,
                offset,
                RegisterFormat.of(RegisterType.UINT16),
                ValueType.UINT16,
                0);
    }

    /** Gives the point of a row another holding register. */
    void rebind(int row, ModbusDevice device, PollGroup group, int offset) {
        points.replaceAll(point -> point.row() != row
                ? point
                : BoundPoint.of(
                        row,
                        new Binding.Modbus(
                                device,
                                group,
                                RegisterFormat.of(RegisterType.UINT16),
                                ModbusTable.HOLDING_REGISTER,
                                offset),
                        point.type(),
                        point.arrayLength()));
    }

    ModbusConnection connection() {
        return new ModbusConnection(
                name,
                transport,
                timeout,
                tries,
                firstBackOff,
                largestBackOff,
                demotionPeriod,
                writeMode,
                devices,
                devices.isEmpty() ? List.of() : List.of(FAST));
    }

    static LinkEnvironment realTime(Executor answers) {
        return new LinkEnvironment(
                InstantSource.system(), System::nanoTime, 42, Executors.defaultThreadFactory(), answers);
    }

    LinkOpening opening(LinkEnvironment environment) {
        return new LinkOpening(
                connection(),
                points,
                batch -> table.submit(shard, batch),
                batch -> table.submit(shard, batch),
                rows,
                environment);
    }

    Link open() {
        return ModbusLinks.open(connection(), opening(realTime(Runnable::run)));
    }

    Sample read(int row) {
        return table.read(row);
    }

    StatusCode status(int row) {
        return table.read(row).status();
    }

    boolean isGood(int row) {
        return status(row).isGood();
    }

    static WriteResult write(Link link, int row, long bits, @Nullable Object object, int first) throws Exception {
        return link.write(new WriteCommand(row, bits, object, first, System.nanoTime() + 3_000_000_000L))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    static WriteResult write(Link link, int row, long bits) throws Exception {
        return write(link, row, bits, null, -1);
    }
}
