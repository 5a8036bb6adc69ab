package org.uatwin.server.virtual;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.virtual.fault.FaultException;
import org.uatwin.server.virtual.fault.FaultKind;
import org.uatwin.server.virtual.fault.FaultOrder;

/** Finds what an order is about among the devices of a site, and says so when there is nothing. */
final class FaultTargets {
    private final List<VirtualPoint> points;
    private final List<VirtualField> fields;

    FaultTargets(List<VirtualPoint> points, List<VirtualField> fields) {
        this.points = points;
        this.fields = fields;
    }

    /** Whether an order for a device or connection concerns that device. */
    static boolean isOf(FaultOrder order, String connection, String device) {
        return order.target().equals(connection) || order.target().equals(connection + "/" + device);
    }

    /** {@code connection/device} of what a twin is bound to; none if there is no such twin. */
    List<String> devicesOf(String twin) {
        return points.stream()
                .filter(p -> p.twin().id().equals(twin))
                .map(p -> device(p.binding()))
                .filter(device -> !device.isEmpty())
                .distinct()
                .toList();
    }

    private static String device(Binding binding) {
        if (binding instanceof Binding.Modbus modbus) {
            return modbus.device().label();
        }
        return binding instanceof Binding.Field field && !field.device().isEmpty()
                ? field.onConnection() + "/" + field.device()
                : "";
    }

    /** The order itself; one for a device that names a twin instead is for the twin's device, if it has one only. */
    FaultOrder atDevice(FaultOrder order) {
        List<String> behind = order.kind().target() == FaultKind.Target.DEVICE ? devicesOf(order.target()) : List.of();
        return behind.size() == 1 ? new FaultOrder(behind.get(0), order.kind(), order.parameters()) : order;
    }

    /**
     * The points an order changes; empty for faults of wire and machine.
     *
     * @throws FaultException if there is no such target, or the kind does not fit it.
     */
    List<VirtualPoint> resolve(FaultOrder given) {
        FaultOrder order = atDevice(given);
        return switch (order.kind().target()) {
            case NUMBER -> measured(order, VirtualPoint::isNumber, "is no number");
            case REGISTERS ->
                measured(order, p -> p.outlet().isTwistable(), "has no registers whose order could be wrong");
            case POINT -> measured(order, p -> true, "");
            case ACCELEROMETER ->
                measured(order, p -> p.source().isAccelerometer(p.ordinal()), "is no waveform with a bearing");
            case IMAGE -> image(order);
            case MACHINE -> {
                if (points.stream()
                        .noneMatch(p -> p.twin().id().equals(order.target())
                                && p.source().isMachine())) {
                    throw unknown(order, machines());
                }
                yield List.of();
            }
            case DEVICE -> {
                List<String> behind = devicesOf(order.target());
                if (behind.size() > 1) {
                    throw new FaultException("%s is bound to several devices. Fix: name one of %s"
                            .formatted(order.target(), String.join(", ", behind)));
                }
                if (devices().stream().noneMatch(order.target()::equals)
                        && connections().stream().noneMatch(order.target()::equals)) {
                    throw unknown(order, devices());
                }
                refuseWhatCannotBe(order);
                yield List.of();
            }
            case CONNECTION -> {
                if (!connections().contains(order.target())) {
                    throw unknown(order, connections());
                }
                refuseWhatCannotBe(order);
                yield List.of();
            }
        };
    }

    private void refuseWhatCannotBe(FaultOrder order) {
        for (VirtualField field : fields) {
            if (order.target().equals(field.connection()) || order.target().startsWith(field.connection() + "/")) {
                field.objection(order).ifPresent(why -> {
                    throw new FaultException("%s: %s".formatted(order.target(), why));
                });
            }
        }
    }

    private List<VirtualPoint> measured(
            FaultOrder order, java.util.function.Predicate<VirtualPoint> fits, String otherwise) {
        String target = order.target();
        Pattern pattern = Pattern.compile(
                Pattern.quote(target.contains("/") ? target : target + "/*").replace("*", "\\E.*\\Q"));
        List<VirtualPoint> named =
                points.stream().filter(p -> pattern.matcher(p.name()).matches()).toList();
        if (named.isEmpty()) {
            throw unknown(order, points.stream().map(VirtualPoint::name).toList());
        }
        List<VirtualPoint> found =
                named.stream().filter(p -> !p.point().isWritable()).filter(fits).toList();
        if (found.isEmpty()) {
            VirtualPoint first = named.get(0);
            throw new FaultException("%s: %s is for measured values; %s %s"
                    .formatted(
                            target,
                            order.kind().text(),
                            first.name(),
                            first.point().isWritable() ? "is a setpoint" : otherwise));
        }
        return found;
    }

    private List<VirtualPoint> image(FaultOrder order) {
        List<VirtualPoint> all = points.stream()
                .filter(p -> p.twin().id().equals(order.target())
                        || (p.binding() instanceof Binding.Modbus modbus
                                && isOf(
                                        order,
                                        modbus.device().connection(),
                                        modbus.device().name()))
                        || (p.binding() instanceof Binding.Field field
                                && isOf(order, field.onConnection(), field.device())))
                .toList();
        if (all.isEmpty()) {
            throw unknown(order, devices());
        }
        return switch (order.kind()) {
            case LATE ->
                all.stream()
                        .filter(p -> p.isNumber()
                                && !p.point().isWritable()
                                && !p.outlet().isMessage())
                        .toList();
            case FROZEN_TIMESTAMP, CLOCK_OFFSET -> {
                if (all.stream().noneMatch(FaultTargets::tellsTime)) {
                    throw new FaultException(
                            "%s: no value there has a time of the device. Fix: frozen-clock stops values and clock"
                                    .formatted(order.target()));
                }
                yield all;
            }
            default -> all;
        };
    }

    private static boolean tellsTime(VirtualPoint point) {
        return point.outlet().hasTime() || point.point().dataType() == ValueType.DATE_TIME;
    }

    private List<String> machines() {
        return points.stream()
                .filter(p -> p.source().isMachine())
                .map(p -> p.twin().id())
                .distinct()
                .toList();
    }

    private List<String> connections() {
        return fields.stream().map(VirtualField::connection).toList();
    }

    private List<String> devices() {
        return fields.stream()
                .flatMap(f -> f.devices().stream().map(device -> f.connection() + "/" + device))
                .toList();
    }

    private static FaultException unknown(FaultOrder order, List<String> there) {
        FaultKind.Target target = order.kind().target();
        String some = there.stream().limit(8).collect(Collectors.joining(", "));
        return new FaultException("nothing here is called \"%s\"; %s takes %s. Fix: %s"
                .formatted(
                        order.target(),
                        order.kind().text(),
                        target.form(),
                        there.isEmpty()
                                ? "this plant has no such target; use another fault"
                                : "for example " + some + (there.size() > 8 ? ", ..." : "")));
    }
}
