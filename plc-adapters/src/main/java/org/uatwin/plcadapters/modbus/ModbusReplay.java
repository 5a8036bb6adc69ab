package org.uatwin.plcadapters.modbus;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.PointDiagnostics;
import org.uatwin.plcadapters.adapter.ReplayLink;
import org.uatwin.plcadapters.adapter.ReplayTime;
import org.uatwin.plcadapters.adapter.TrafficRecord;
import org.uatwin.plcadapters.adapter.TrafficSource;

/**
 * Recorded Modbus traffic through the loop that made it: the recording decides what is asked when, the loop what its
 * answers mean for values, qualities and the state of devices. A request the present plan does not make (the plant file
 * has changed, or it read back a write) still feeds every point it holds whole.
 */
final class ModbusReplay implements ReplayLink {
    private final ModbusLink link;
    private final LinkLoop loop;
    private final ReplayWire wire;
    private final TrafficSource traffic;
    private final ReplayTime time;

    private ModbusReplay(ModbusLink link, ReplayWire wire, TrafficSource traffic, ReplayTime time) {
        this.link = link;
        this.loop = link.loop();
        this.wire = wire;
        this.traffic = traffic;
        this.time = time;
        wire.wake(loop::nextTick);
    }

    static ReplayLink open(ModbusConnection connection, LinkOpening opening, TrafficSource traffic, ReplayTime time) {
        boolean isSocket = !(connection.transport() instanceof Transport.Serial);
        ReplayWire wire = new ReplayWire(traffic, time, isSocket);
        return new ModbusReplay(LinkBuilder.build(connection, opening, wire), wire, traffic, time);
    }

    @Override
    public String name() {
        return link.name();
    }

    @Override
    public void start() {
        link.begin();
    }

    @Override
    public long nextNs() {
        TrafficRecord record = traffic.peek();
        if (record == null && traffic.knownUntil() == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        return Math.min(record == null ? traffic.knownUntil() : record.ns(), loop.nextTick());
    }

    @Override
    public void step() {
        long next = nextNs();
        TrafficRecord record = traffic.peek();
        if (record == null || record.ns() > next) {
            time.moveTo(next);
            loop.tick();
            return;
        }
        time.moveTo(record);
        loop.tick();
        switch (record.kind()) {
            case STATE -> loop.replayConnect();
            case SENT -> exchange(record);
            case RECEIVED, FAILED, GAP -> traffic.next(); // its request is not in the recording
        }
    }

    private void exchange(TrafficRecord sent) {
        wire.assumeConnected();
        Pdu request = ReplayWire.request(sent);
        List<PollJob> jobs =
                request == null || !request.isRead() ? List.of() : within(loop.plan().devices, sent.channel(), request);
        PollJob poll = request == null ? null : poll(jobs, request);
        if (poll != null) {
            loop.replayPoll(poll);
        }
        if (sent.equals(traffic.peek())) {
            Reply reply = wire.take(loop::tick);
            if (request != null && request.isRead() && reply.isAnswered()) {
                loop.replayRead(jobs, request, reply.data());
            }
        }
    }

    /** The job that would begin with this request now. */
    private static @Nullable PollJob poll(List<PollJob> jobs, Pdu request) {
        for (PollJob job : jobs) {
            int first = job.block.offset();
            int quantity = Math.min(job.block.perRequest(), job.block.quantity());
            Pieces pieces = job.pieces;
            boolean isWhole = request.offset() == first && request.quantity() == quantity;
            boolean isPiece = pieces != null
                    && request.offset() == first + pieces.offset(0)
                    && request.quantity() == pieces.quantity(0);
            if (isWhole || isPiece) {
                return job;
            }
        }
        return null;
    }

    @Override
    public LinkStatistics statistics() {
        return link.statistics();
    }

    @Override
    public PointDiagnostics diagnostics(int row) {
        return link.diagnostics(row);
    }

    @Override
    public void close() {
        link.close();
    }

    /** Jobs of a unit whose block overlaps a read. */
    private static List<PollJob> within(List<DeviceState> devices, int unitId, Pdu read) {
        List<PollJob> found = new ArrayList<>();
        for (DeviceState device : devices) {
            for (PollJob job : device.jobs) {
                if (device.device.unitId() == unitId
                        && job.block.table().readFunction() == read.functionCode()
                        && job.block.offset() < read.offset() + read.quantity()
                        && read.offset() < job.block.offset() + job.block.quantity()) {
                    found.add(job);
                }
            }
        }
        return found;
    }
}
