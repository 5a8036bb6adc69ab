package org.uatwin.plcadapters.modbus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.plcadapters.adapter.LinkOpening;

/**
 * What a link has to do: its devices with their read blocks, its points, and where the samples go. A reload gives the link
 * another one; {@link #takeOver} lets it go on where the old one is. The layout is fixed; the states in it belong to the
 * loop thread.
 */
final class LinkPlan {
    final ModbusConnection connection;
    final LinkOpening opening;
    final List<DeviceState> devices;
    final PointColumns points;
    final JobIndex jobs;
    final UnreadablePoints unreadable;
    private final List<PollJob> inOrder;
    private final long[] phases; // of the jobs, in order

    LinkPlan(
            ModbusConnection connection,
            LinkOpening opening,
            List<DeviceState> devices,
            PointColumns points,
            List<PollJob> inOrder,
            UnreadablePoints unreadable,
            long[] phases) {
        this.connection = connection;
        this.opening = opening;
        this.devices = devices;
        this.points = points;
        this.jobs = new JobIndex(inOrder);
        this.inOrder = List.copyOf(inOrder);
        this.unreadable = unreadable;
        this.phases = phases;
    }

    /** Begins the timetable of every job. */
    void begin(long now) {
        for (int i = 0; i < phases.length; i++) {
            inOrder.get(i).begin(now, phases[i]);
        }
    }

    /**
     * Goes on where {@code old} is: devices keep their state and counters, blocks their timetable, points what is known of
     * their last value. Blocks that share nothing with an old one begin.
     *
     * @return points of the old plan that are read from another place now: what their rows hold is not theirs.
     */
    List<Integer> takeOver(LinkPlan old, long now) {
        Map<String, DeviceState> known = new HashMap<>();
        old.devices.forEach(device -> known.put(device.device.name(), device));
        for (DeviceState device : devices) {
            DeviceState before = known.get(device.device.name());
            if (before != null && before.device.unitId() == device.device.unitId()) {
                device.takeOver(before);
            }
        }
        for (int i = 0; i < phases.length; i++) {
            PollJob job = inOrder.get(i);
            PollJob before = old.jobLike(job);
            if (before == null) {
                job.begin(now, phases[i]);
            } else {
                job.takeOver(before);
            }
        }
        List<Integer> others = new ArrayList<>();
        for (int point = 0; point < points.size(); point++) {
            int before = old.points.ofRow(points.row(point));
            if (before >= 0 && isSame(point, old, before)) {
                points.takeOver(point, old.points, before);
            } else if (before >= 0) {
                others.add(point);
            }
        }
        return others;
    }

    private @Nullable PollJob jobLike(PollJob wanted) {
        for (PollJob job : inOrder) {
            if (job.reads(wanted)) {
                return job;
            }
        }
        return null;
    }

    private boolean isSame(int point, LinkPlan old, int before) {
        PollJob job = jobs.of(point);
        PollJob oldJob = old.jobs.of(before);
        return job.device.device.name().equals(oldJob.device.device.name())
                && job.device.device.unitId() == oldJob.device.device.unitId()
                && job.block.table() == oldJob.block.table()
                && job.block.offset() + points.at(point) == oldJob.block.offset() + old.points.at(before)
                && points.rule(point).equals(old.points.rule(before));
    }
}
