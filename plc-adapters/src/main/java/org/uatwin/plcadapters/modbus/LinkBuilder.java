package org.uatwin.plcadapters.modbus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.plant.PollGroup;
import org.uatwin.plcadapters.adapter.BackOff;
import org.uatwin.plcadapters.adapter.BoundPoint;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.codec.ValueCodec;
import org.uatwin.plcadapters.poll.PollItems;
import org.uatwin.plcadapters.poll.PollPlan;
import org.uatwin.plcadapters.poll.PollPlanner;
import org.uatwin.plcadapters.poll.ReadBlock;
import org.uatwin.plcadapters.poll.Stagger;

/** Lays out a link: plans per device and poll group, points in the order of the plans, phases. */
final class LinkBuilder {
    private record Key(ModbusDevice device, PollGroup group) {}

    /** Points of one device and poll group while they are collected; indices into the caller's list. */
    private static final class Gathered {
        final PollItems items = new PollItems();
        int[] index = new int[16];

        void add(int i, Binding.Modbus binding) {
            if (items.size() == index.length) {
                index = java.util.Arrays.copyOf(index, index.length * 2);
            }
            index[items.size()] = i;
            items.add(binding);
        }
    }

    private final List<BoundPoint> points;
    private final PointColumns columns;
    private final Map<PointRule, PointRule> rules = new HashMap<>();
    private final List<PollJob> jobs = new ArrayList<>();
    private final List<Integer> requestsOfPlan = new ArrayList<>();
    private final List<Long> periodOfPlan = new ArrayList<>();
    private final List<Integer> planOfJob = new ArrayList<>();

    private LinkBuilder(List<BoundPoint> points) {
        this.points = points;
        columns = new PointColumns(points.size());
    }

    static ModbusLink build(ModbusConnection connection, LinkOpening opening, Wire wire) {
        LinkEnvironment environment = opening.environment();
        LinkPlan plan = plan(connection, opening);
        SplittableRandom jitter = new SplittableRandom(
                environment.jitterSeed() ^ connection.name().hashCode() * 0x9E37_79B9_7F4A_7C15L);
        BackOff backOff = new BackOff(
                connection.firstBackOff().toNanos(), connection.largestBackOff().toNanos(), jitter);
        LinkLoop loop = new LinkLoop(plan, wire, new Emitter(plan, environment.clock()), environment.ticker(), backOff);
        return new ModbusLink(loop, environment);
    }

    /** Plans what a link of {@code connection} has to do; nothing runs. */
    static LinkPlan plan(ModbusConnection connection, LinkOpening opening) {
        LinkBuilder builder = new LinkBuilder(opening.points());
        UnreadablePoints unreadable = new UnreadablePoints();
        List<DeviceState> devices = builder.plan(connection, unreadable);
        builder.columns.seal();
        return new LinkPlan(connection, opening, devices, builder.columns, builder.jobs, unreadable, builder.phases());
    }

    private List<DeviceState> plan(ModbusConnection connection, UnreadablePoints unreadable) {
        Map<ModbusDevice, DeviceState> devices = new LinkedHashMap<>();
        for (ModbusDevice device : connection.devices()) {
            devices.put(device, new DeviceState(device));
        }
        Map<Key, Gathered> gathered = new LinkedHashMap<>();
        int i = 0;
        for (BoundPoint point : points) {
            Binding.Modbus binding = binding(point);
            if (!devices.containsKey(binding.device())) {
                throw new IllegalArgumentException("%s is no device of connection %s"
                        .formatted(binding.device().label(), connection.name()));
            }
            gathered.computeIfAbsent(new Key(binding.device(), binding.pollGroup()), k -> new Gathered())
                    .add(i++, binding);
        }
        // By device, so that the jobs of each device lie side by side, in the order of the phases.
        for (DeviceState device : devices.values()) {
            gathered.forEach((key, g) -> {
                if (key.device().equals(device.device)) {
                    addPlan(connection, device, key.group(), g, unreadable);
                }
            });
        }
        return List.copyOf(devices.values());
    }

    private void addPlan(
            ModbusConnection connection,
            DeviceState device,
            PollGroup group,
            Gathered gathered,
            UnreadablePoints unreadable) {
        PollPlan plan = PollPlanner.plan(gathered.items, device.device.limits());
        long period = group.period().toNanos();
        long stale = Math.max(2 * period, connection.timeout().toNanos() * connection.tries() + period);
        for (int b = 0; b < plan.blocks().size(); b++) {
            ReadBlock block = plan.blocks().get(b);
            int first = columns.size();
            for (int k = 0; k < plan.itemCount(b); k++) {
                int item = plan.item(b, k);
                BoundPoint point = points.get(gathered.index[item]);
                columns.add(point.row(), gathered.items.offset(item) - block.offset(), rule(point));
            }
            PollJob job = new PollJob(device, block, group, first, plan.itemCount(b), stale);
            device.jobs.add(job);
            jobs.add(job);
            planOfJob.add(requestsOfPlan.size());
        }
        for (PollPlan.Unreadable u : plan.unreadable()) {
            BoundPoint point = points.get(gathered.index[u.item()]);
            unreadable.add(point.row(), binding(point), u.cause());
        }
        requestsOfPlan.add(plan.requests());
        periodOfPlan.add(period);
    }

    private static Binding.Modbus binding(BoundPoint point) {
        if (point.binding() instanceof Binding.Modbus binding) {
            return binding;
        }
        throw new IllegalArgumentException("row %d has no Modbus address: %s"
                .formatted(point.row(), point.binding().label()));
    }

    private PointRule rule(BoundPoint point) {
        Binding.Modbus binding = binding(point);
        ValueCodec codec = new ValueCodec(binding.format(), binding.table(), point.type(), point.arrayLength() > 0);
        PointRule rule = new PointRule(
                codec, point.validity().orElse(null), point.engineeringRange().orElse(null));
        return rules.computeIfAbsent(rule, r -> r);
    }

    /** Phase of each job: plans of the same period share it out among themselves. */
    private long[] phases() {
        long[] phases = new long[jobs.size()];
        for (long period : periodOfPlan.stream().distinct().toList()) {
            int[] requests = new int[requestsOfPlan.size()];
            for (int p = 0; p < requests.length; p++) {
                requests[p] = periodOfPlan.get(p) == period ? requestsOfPlan.get(p) : 0;
            }
            long[] ofPlan = Stagger.phases(period, requests);
            for (int j = 0; j < phases.length; j++) {
                if (periodOfPlan.get(planOfJob.get(j)) == period) {
                    phases[j] = ofPlan[planOfJob.get(j)];
                }
            }
        }
        return phases;
    }
}
