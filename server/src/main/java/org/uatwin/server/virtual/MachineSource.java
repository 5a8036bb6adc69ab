package org.uatwin.server.virtual;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.simulation.virtual.VirtualConveyor;
import org.uatwin.simulation.virtual.VirtualMachine;
import org.uatwin.simulation.virtual.VirtualPump;

/** A twin with the physics of {@code simulation.virtual} behind it; points the machine does not know are generated. */
final class MachineSource implements TwinSource {
    private static final double LONGEST_STEP_S = 60; // of VirtualMachine.step

    private final VirtualMachine machine;
    private final GeneratedSource others;
    private final @Nullable Member.Point[] known; // null: generated

    private MachineSource(Twin twin, VirtualMachine machine, GeneratedSource others) {
        this.machine = machine;
        this.others = others;
        known = twin.type().points().stream()
                .map(point -> knows(machine, point) ? point : null)
                .toArray(Member.Point[]::new);
    }

    /** The machine of a twin's model, if there is one. */
    static Optional<MachineSource> of(Twin twin, GeneratedSource others, long seed) {
        return switch (twin.type().modelName().orElse("")) {
            case "CentrifugalPump" ->
                Optional.of(new MachineSource(
                        twin,
                        new VirtualPump(
                                rating(twin, "RatedFlow", 100),
                                rating(twin, "RatedHead", 50),
                                rating(twin, "RatedSpeed", 2950),
                                rating(twin, "RatedPower", 22),
                                seed),
                        others));
            case "Conveyor" -> Optional.of(new MachineSource(twin, new VirtualConveyor(seed), others));
            default -> Optional.empty();
        };
    }

    private static double rating(Twin twin, String name, double otherwise) {
        Double given = twin.ratings().get(name);
        if (given != null) {
            return given;
        }
        return twin.type().ratings().stream()
                .filter(rating -> rating.name().equals(name) && rating.value().isPresent())
                .mapToDouble(rating -> rating.value().getAsDouble())
                .findFirst()
                .orElse(otherwise);
    }

    private static boolean knows(VirtualMachine machine, Member.Point point) {
        try {
            if (point.isArray()) {
                return machine.values(point.name()).length == point.arrayLength();
            }
            if (point.dataType() == ValueType.STRING) {
                return !machine.text(point.name()).isEmpty();
            }
            return machine.points().contains(point.name()) && Double.isFinite(machine.value(point.name()));
        } catch (IllegalArgumentException e) {
            return false; // it says so of a point it has not
        }
    }

    VirtualMachine machine() {
        return machine;
    }

    @Override
    public boolean isMachine() {
        return true;
    }

    @Override
    public void step(double dt) {
        for (double left = dt; left > 0; left -= LONGEST_STEP_S) {
            machine.step(Math.min(left, LONGEST_STEP_S));
        }
        others.step(dt);
    }

    @Override
    public double number(int ordinal) {
        Member.Point point = known[ordinal];
        return point == null ? others.number(ordinal) : machine.value(point.name());
    }

    @Override
    public @Nullable Object object(int ordinal) {
        Member.Point point = known[ordinal];
        if (point == null) {
            return others.object(ordinal);
        }
        return point.isArray()
                ? machine.values(point.name())
                : point.dataType() == ValueType.STRING ? machine.text(point.name()) : null;
    }

    @Override
    public void write(int ordinal, double value) {
        Member.Point point = known[ordinal];
        if (point == null || !isTaken(() -> machine.write(point.name(), value))) {
            known[ordinal] = null; // a setpoint the machine has not: it holds from now on
            others.write(ordinal, value);
        }
    }

    @Override
    public void writeObject(int ordinal, Object value) {
        Member.Point point = known[ordinal];
        if (point == null
                || !(value instanceof double[] numbers)
                || !isTaken(() -> machine.write(point.name(), numbers))) {
            known[ordinal] = null;
            others.writeObject(ordinal, value);
        }
    }

    private static boolean isTaken(Runnable write) {
        try {
            write.run();
            return true;
        } catch (IllegalArgumentException e) {
            return false; // it says so of a point it does not take
        }
    }
}
