package org.uatwin.server.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

/** Setpoints of a twin and its parts by the names that people and runs use for them. */
public final class SetpointNames {
    private static final String PERCENT = "P1";

    private SetpointNames() {}

    /** A setpoint: a writable number or truth value. */
    public record Setpoint(TwinInstance instance, int ordinal) {
        Member.Point point() {
            return instance.type().points().get(ordinal);
        }
    }

    /** The setpoint of that name, {@code Point}, {@code twin/Point} or {@code part.Point}; empty if there is none. */
    public static Optional<Setpoint> find(LivePlant live, TwinInstance twin, String name) {
        int cut = name.lastIndexOf('/') >= 0 ? name.lastIndexOf('/') : name.lastIndexOf('.');
        if (cut < 0) {
            return of(twin, name);
        }
        TwinInstance owner = live.instance(name.substring(0, cut));
        return owner == null || !isPartOf(live, owner, twin) ? Optional.empty() : of(owner, name.substring(cut + 1));
    }

    private static Optional<Setpoint> of(TwinInstance instance, String point) {
        int ordinal = instance.type().pointOrdinal(point);
        if (ordinal < 0) {
            return Optional.empty();
        }
        Member.Point found = instance.type().points().get(ordinal);
        boolean isNumber = !found.isArray() && (found.dataType().isNumeric() || found.dataType() == ValueType.BOOLEAN);
        return found.isWritable() && isNumber ? Optional.of(new Setpoint(instance, ordinal)) : Optional.empty();
    }

    private static boolean isPartOf(LivePlant live, TwinInstance part, TwinInstance whole) {
        for (TwinInstance at = part; at != null; at = live.parent(at)) {
            if (at.equals(whole)) {
                return true;
            }
        }
        return false;
    }

    /** Names of all setpoints, for messages. */
    public static List<String> all(LivePlant live, TwinInstance twin) {
        List<String> names = new ArrayList<>();
        twin.type().points().stream()
                .filter(point -> of(twin, point.name()).isPresent())
                .forEach(point -> names.add(point.name()));
        for (TwinInstance part : live.children(twin)) {
            all(live, part).forEach(name -> names.add(name.indexOf('/') < 0 ? part.id() + "/" + name : name));
        }
        return names;
    }

    /** A number in the unit of a model as the point counts; models count shares where points count per cent. */
    public static double inUnitOf(Member.Point point, String unit, double value) {
        String code = point.unit().map(found -> found.code()).orElse("");
        Optional<Unit> from = Units.find(unit);
        Optional<Unit> to = Units.find(code);
        if (unit.isEmpty() || from.isEmpty() || to.isEmpty()) {
            return unit.isEmpty() && code.equals(PERCENT) ? value * 100 : value;
        }
        return from.get().dimension().equals(to.get().dimension()) ? from.get().convert(value, to.get()) : value;
    }
}
