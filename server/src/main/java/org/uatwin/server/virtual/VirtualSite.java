package org.uatwin.server.virtual;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.unit.SpeedUnits;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.device.Transit;
import org.uatwin.server.virtual.fault.FaultException;
import org.uatwin.server.virtual.fault.FaultKind;
import org.uatwin.server.virtual.fault.FaultOrder;
import org.uatwin.server.virtual.fault.FaultSchedule;
import org.uatwin.server.virtual.fault.NetworkEffects;
import org.uatwin.server.virtual.fault.ScheduledFault;
import org.uatwin.simulation.virtual.VirtualFault;

/**
 * The machines, devices and faults of a plant over simulated time: stepped from outside, without clock or thread of its
 * own. Same plant, seed, schedule and steps give the same values; only what masters write comes from outside. Owned by
 * one thread.
 */
final class VirtualSite {
    /** A twin with what moves it. */
    private record SourceOfTwin(Twin twin, TwinSource source) {}

    /** A fault of the schedule; of those of the same time the one that was planned first goes first. */
    private record Due(ScheduledFault fault, long number) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = fault.at().compareTo(other.fault.at());
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final List<VirtualPoint> points = new ArrayList<>();
    private final List<TwinSource> sources = new ArrayList<>();
    private final Map<String, MachineSource> machines = new HashMap<>();
    private final List<VirtualField> fields;
    private final FaultTargets targets;
    private final Physics physics;
    private final Map<String, SourceOfTwin> byTwin = new HashMap<>();
    private final long seed;
    private final long startTicks;
    private final Queue<Due> schedule = new PriorityQueue<>();
    private long scheduled; // how many so far
    private final List<ActiveFault> active = new ArrayList<>();
    private final Optional<GroundTruth> truth;
    private long elapsedNs;
    private double now; // seconds of elapsedNs

    /**
     * @param startTicks UaTime of simulated second 0.
     * @throws FaultException if the schedule names a target that is not there.
     */
    VirtualSite(
            Plant plant,
            List<VirtualField> fields,
            Physics physics,
            long seed,
            FaultSchedule faults,
            long startTicks,
            Optional<GroundTruth> truth) {
        this.fields = List.copyOf(fields);
        this.physics = physics;
        this.seed = seed;
        this.startTicks = startTicks;
        this.truth = truth;
        plant.twins().forEach(this::add);
        fields.forEach(field -> field.attach(points));
        targets = new FaultTargets(points, this.fields);
        faults.faults().forEach(this::schedule);
        checkSchedule(faults);
        publish(0);
    }

    private void add(Twin twin) {
        Outlet[] outlets = new Outlet[twin.pointCount()];
        @Nullable Range[] representable = new Range[twin.pointCount()];
        boolean isHere = false;
        for (int i = 0; i < outlets.length; i++) {
            Binding binding = twin.binding(i);
            if (binding != null) {
                Optional<Outlet> outlet = outlet(twin, i, binding);
                if (outlet.isPresent()) {
                    outlets[i] = outlet.get();
                    representable[i] = outlet.get().representable();
                    isHere = true;
                }
            }
        }
        if (!isHere) {
            return;
        }
        long own = seed ^ twin.id().hashCode() * 0x9E37_79B9_7F4A_7C15L;
        GeneratedSource generated = new GeneratedSource(twin, representable, own, startTicks);
        Optional<MachineSource> machine = MachineSource.of(twin, generated, own);
        machine.ifPresent(m -> machines.put(twin.id(), m));
        TwinSource base = machine.<TwinSource>map(m -> m).orElse(generated);
        List<Physics.Equation> equations = physics.twins().getOrDefault(twin.id(), List.of());
        TwinSource moved = equations.isEmpty()
                ? base
                : new EquationSource(twin, equations, base, this::number, own + 1, startTicks);
        TwinSource source = AccelerometerSource.around(moved, twin, ref -> rpm(twin, moved, ref), own + 2);
        byTwin.put(twin.id(), new SourceOfTwin(twin, source));
        sources.add(source);
        for (int i = 0; i < outlets.length; i++) {
            if (outlets[i] != null) {
                points.add(new VirtualPoint(twin, i, source, outlets[i]));
            }
        }
    }

    /** The true value of a point of another twin; NaN while it has none. */
    private double number(PointRef ref) {
        SourceOfTwin of = byTwin.get(ref.twin());
        return of == null ? Double.NaN : of.source().number(of.twin().type().pointOrdinal(ref.point()));
    }

    /** Turns a minute that a point of a twin, or of another, truly shows; NaN while it has no value. */
    private double rpm(Twin twin, TwinSource own, PointRef ref) {
        SourceOfTwin of = ref.isOwn() ? new SourceOfTwin(twin, own) : byTwin.get(ref.twin());
        if (of == null) {
            return Double.NaN;
        }
        int ordinal = of.twin().type().pointOrdinal(ref.point());
        double perUnit = of.twin()
                .type()
                .points()
                .get(ordinal)
                .unit()
                .flatMap(unit -> Units.find(unit.code()))
                .flatMap(SpeedUnits::rpm)
                .orElse(1.0);
        return perUnit * of.source().number(ordinal);
    }

    private Optional<Outlet> outlet(Twin twin, int ordinal, Binding binding) {
        return fields.stream()
                .flatMap(
                        field -> field
                                .outlet(binding, twin.type().points().get(ordinal), twin.treatment(ordinal), startTicks)
                                .stream())
                .findFirst();
    }

    private void checkSchedule(FaultSchedule faults) {
        List<String> problems = new ArrayList<>();
        for (ScheduledFault fault : faults.faults()) {
            try {
                targets.resolve(fault.order());
            } catch (FaultException e) {
                problems.add("%s: %s".formatted(fault.order(), e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new FaultException(String.join("\n", problems));
        }
    }

    /** Advances everything by this much simulated time. */
    void step(long nanos) {
        elapsedNs += nanos;
        now = elapsedNs / 1e9;
        double dt = nanos / 1e9;
        runSchedule();
        fields.forEach(VirtualField::takeWrites);
        for (TwinSource source : sources) {
            source.step(dt);
        }
        publish(dt);
        truth.ifPresent(log -> {
            for (ActiveFault fault : active) {
                log.account(now, fault, false);
                fault.points().forEach(point -> {
                    if (!Double.isNaN(point.truth())) {
                        log.sample(now, fault, point);
                    }
                });
            }
        });
    }

    private void publish(double dt) {
        long clock = startTicks + Math.round(now * UaTime.TICKS_PER_SECOND);
        for (VirtualPoint point : points) {
            point.publish(now, dt, clock);
        }
        fields.forEach(field -> field.publish(now));
    }

    private void schedule(ScheduledFault fault) {
        schedule.add(new Due(fault, scheduled++));
    }

    private void runSchedule() {
        List<ActiveFault> over =
                active.stream().filter(fault -> fault.end() <= now).toList();
        over.forEach(this::end);
        while (!schedule.isEmpty() && seconds(schedule.peek().fault().at()) <= now) {
            ScheduledFault next = schedule.remove().fault();
            next.again().ifPresent(this::schedule);
            double begin = seconds(next.at());
            begin(
                    next.order(),
                    begin,
                    next.lasting().map(d -> begin + seconds(d)).orElse(Double.POSITIVE_INFINITY));
        }
    }

    private static double seconds(java.time.Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /**
     * Sets a fault now.
     *
     * @param lasting simulated seconds; infinite: until it is cleared.
     * @return how many points it changes; 0 for faults of wire and machine.
     * @throws FaultException if the target is not there.
     */
    int set(FaultOrder order, double lasting) {
        return begin(order, now, now + lasting).points().size();
    }

    private ActiveFault begin(FaultOrder given, double begin, double end) {
        FaultOrder order = targets.atDevice(given);
        Optional<NetworkEffects> effects = order.kind() == FaultKind.NETWORK
                ? Optional.of(new NetworkEffects(order, seed(order, begin, "")))
                : Optional.empty();
        ActiveFault fault = new ActiveFault(order, begin, end, effects, targets.resolve(order));
        active.add(fault);
        for (VirtualPoint point : fault.points()) {
            if (order.kind() == FaultKind.FROZEN_CLOCK) {
                point.freeze(true);
            } else if (order.kind().target() != FaultKind.Target.ACCELEROMETER) {
                point.add(fault, seed(order, begin, point.name()));
            }
        }
        applyElsewhere(fault);
        truth.ifPresent(log -> log.begin(begin, fault));
        return fault;
    }

    private long seed(FaultOrder order, double begin, String of) {
        long mixed = seed * 0x9E37_79B9_7F4A_7C15L + order.toString().hashCode();
        return (mixed ^ Double.doubleToLongBits(begin)) * 0xBF58_476D_1CE4_E5B9L + of.hashCode();
    }

    private void end(ActiveFault fault) {
        active.remove(fault);
        for (VirtualPoint point : fault.points()) {
            if (fault.order().kind() == FaultKind.FROZEN_CLOCK) {
                point.freeze(false);
            } else {
                point.remove(fault);
            }
        }
        applyElsewhere(fault);
        double end = Math.min(now, fault.end());
        truth.ifPresent(log -> {
            log.account(end, fault, true);
            log.end(end, fault);
        });
    }

    /** Gives every device of a field the way that the latest order says. */
    private void route(VirtualField field) {
        List<String> devices = new ArrayList<>(field.devices());
        devices.add("");
        for (String device : devices) {
            Transit transit = Transit.CLEAR;
            for (ActiveFault fault : active) {
                if (fault.effects().isPresent() && FaultTargets.isOf(fault.order(), field.connection(), device)) {
                    transit = fault.effects().get();
                }
            }
            field.transit(device, transit);
        }
    }

    /** What a change means for wires and machines. */
    private void applyElsewhere(ActiveFault changed) {
        FaultOrder order = changed.order();
        switch (order.kind().target()) {
            case DEVICE, CONNECTION, IMAGE -> {
                if (order.kind() == FaultKind.NETWORK) {
                    fields.forEach(this::route);
                    return;
                }
                List<FaultOrder> orders =
                        active.stream().map(ActiveFault::order).toList();
                fields.forEach(field -> field.misbehave(orders));
            }
            case MACHINE -> {
                VirtualFault kind = order.kind() == FaultKind.WEAR ? VirtualFault.WEAR : VirtualFault.JAM;
                double severity = active.stream()
                        .map(ActiveFault::order)
                        .filter(o -> o.kind() == order.kind() && o.target().equals(order.target()))
                        .mapToDouble(o -> o.get("severity"))
                        .max()
                        .orElse(0);
                MachineSource machine = machines.get(order.target());
                if (machine != null) {
                    machine.machine().setFault(kind, severity);
                    if (severity <= 0) {
                        machine.machine().repair();
                    }
                }
            }
            case ACCELEROMETER -> changed.points().forEach(this::damage);
            case NUMBER, POINT, REGISTERS -> {
                // the points know already
            }
        }
    }

    private void damage(VirtualPoint point) {
        Map<FaultKind, Double> severity = new EnumMap<>(FaultKind.class);
        for (ActiveFault fault : active) {
            boolean isHere = fault.order().kind().target() == FaultKind.Target.ACCELEROMETER
                    && fault.points().contains(point);
            if (isHere) {
                severity.merge(fault.order().kind(), fault.order().get("severity"), Math::max);
            }
        }
        point.source().damage(point.ordinal(), severity);
    }

    /**
     * Ends faults.
     *
     * @param target as it was given, or what it is part of: a twin ends those of its points and of its device too;
     *     {@code all} ends every one.
     * @return how many ended.
     */
    int clear(String target) {
        List<String> also = targets.devicesOf(target);
        List<ActiveFault> ending = active.stream()
                .filter(f -> target.equals("all")
                        || f.order().target().equals(target)
                        || f.order().target().startsWith(target + "/")
                        || also.contains(f.order().target()))
                .toList();
        ending.forEach(this::end);
        return ending.size();
    }

    List<ActiveFault> active() {
        return List.copyOf(active);
    }

    List<VirtualPoint> points() {
        return points;
    }

    /** Twins that are moved by physics. */
    List<String> machines() {
        return machines.keySet().stream().sorted().toList();
    }

    /** How many twins are moved by physics, machines or equations. */
    int moved() {
        Set<String> moved = new HashSet<>(machines.keySet());
        moved.addAll(physics.twins().keySet());
        return moved.size();
    }

    /** Simulated seconds since the start. */
    double now() {
        return now;
    }
}
