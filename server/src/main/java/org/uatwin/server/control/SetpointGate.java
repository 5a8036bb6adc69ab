package org.uatwin.server.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.control.AutomaticSetpoint;
import org.uatwin.informationmodel.control.ControlRules;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.server.address.SetpointWriter;
import org.uatwin.server.address.WriteOutcome;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

/**
 * The one door to the devices: whatever is sent to a setpoint passes here, whoever sends it, and is kept back if the plant
 * file's rules say so. Setpoints without rules pass untouched. Any thread; never blocks.
 */
public final class SetpointGate implements SetpointWriter {
    private static final String SOMEBODY = "System";

    private final SetpointWriter links;
    private final ControlTime time;
    private final Guard.Listener listener;
    private volatile Map<Integer, Guard> guards; // by row; replaced as a whole by the reloading thread
    private volatile LivePlant live;

    /**
     * @param links what values that may be sent go to.
     * @param ends gets what became of changes that went in steps.
     */
    public SetpointGate(LivePlant live, SetpointWriter links, ControlTime time, RampEnds ends) {
        this.links = links;
        this.time = time;
        listener = (judge, who, before, value, target, why) ->
                ends.ended(new RampEnd(judge.row(), judge.name(), who, before, value, target, why));
        this.live = live;
        guards = guards(live);
    }

    /**
     * A change that went in steps has ended.
     *
     * @param name {@code twin/Point}.
     * @param before value it started from.
     * @param value last value that was sent.
     * @param why Good without a reason if it reached its target.
     */
    public record RampEnd(
            int row, String name, String who, double before, double value, double target, WriteOutcome why) {}

    /** Gets the ends of ramps; on any thread, must not block. */
    @FunctionalInterface
    public interface RampEnds {
        void ended(RampEnd end);
    }

    private Map<Integer, Guard> guards(LivePlant plant) {
        Map<Integer, Guard> made = new HashMap<>();
        for (TwinInstance instance : plant.instances()) {
            ControlRules rules = instance.twin().control();
            if (instance.isSystem() || rules.equals(ControlRules.NONE)) {
                continue;
            }
            List<Member.Point> points = instance.type().points();
            for (int i = 0; i < points.size(); i++) {
                if (points.get(i).isWritable() && rules.guards(points.get(i).name())) {
                    add(plant, instance, i, made);
                }
            }
            rules.automatic().ifPresent(automatic -> {
                for (AutomaticSetpoint setpoint : automatic.setpoints()) {
                    TwinInstance owner = setpoint.point().isOwn()
                            ? instance
                            : plant.instance(setpoint.point().twin());
                    if (owner != null) {
                        add(
                                plant,
                                owner,
                                owner.type().pointOrdinal(setpoint.point().point()),
                                made);
                    }
                }
            });
        }
        return made;
    }

    private void add(LivePlant plant, TwinInstance instance, int ordinal, Map<Integer, Guard> made) {
        made.computeIfAbsent(
                instance.firstRow() + ordinal,
                row -> new Guard(new Judge(plant, instance, ordinal), links, time, listener));
    }

    /**
     * Takes up the rules of the next plant, before anybody can write by it: rules that did not change go on, others begin anew. Rows
     * of the present plant keep theirs until {@link #settle}, so that no write finds a setpoint without its guard.
     */
    public void prepare(LivePlant after) {
        Map<Integer, Guard> next = guards(after);
        List<Guard> retired = new ArrayList<>();
        guards.forEach((row, old) -> {
            Guard now = next.get(row);
            if (now == null || now.judge().isSame(old.judge())) {
                next.put(row, old);
            } else {
                if (now.judge().name().equals(old.judge().name())) {
                    now.adopt(old);
                }
                retired.add(old);
            }
        });
        guards = next;
        retired.forEach(Guard::retire);
    }

    /** The plant prepared for is the present one: forgets what is left of the one before. */
    public void settle(LivePlant now) {
        Map<Integer, Guard> known = guards(now);
        Map<Integer, Guard> kept = new HashMap<>(guards);
        List<Guard> retired = new ArrayList<>();
        kept.entrySet().removeIf(entry -> {
            boolean isGone = !known.containsKey(entry.getKey());
            if (isGone) {
                retired.add(entry.getValue());
            }
            return isGone;
        });
        live = now;
        guards = kept;
        retired.forEach(Guard::retire);
    }

    @Override
    public CompletionStage<StatusCode> write(
            int row, long bits, @Nullable Object object, int firstElement, long deadlineNanos) {
        return send(SOMEBODY, row, bits, object, firstElement, deadlineNanos).thenApply(WriteOutcome::status);
    }

    @Override
    public CompletionStage<WriteOutcome> send(
            String who, int row, long bits, @Nullable Object object, int firstElement, long deadlineNanos) {
        Guard guard = guards.get(row);
        return guard == null
                ? links.send(who, row, bits, object, firstElement, deadlineNanos)
                : guard.send(who, bits, object, firstElement, deadlineNanos);
    }

    /** Says what would become of a number sent to a setpoint, without sending it. */
    public Verdict check(int row, double value) {
        return guard(row).check(value);
    }

    /** The guard of a row; of a setpoint without rules one that knows its range only. */
    private Guard guard(int row) {
        Guard known = guards.get(row);
        if (known != null) {
            return known;
        }
        LivePlant plant = live;
        TwinInstance owner = plant.ownerOf(row);
        return new Guard(new Judge(plant, owner, row - owner.firstRow()), links, time, listener);
    }

    /** Why the last value was not sent to a setpoint, or stopped on its way; empty if nothing is wrong. */
    public String problem(int row) {
        Guard guard = guards.get(row);
        return guard == null ? "" : guard.problem();
    }

    /** Who last sent a value to a setpoint with rules. */
    public LastWrite lastWrite(int row) {
        Guard guard = guards.get(row);
        return guard == null ? LastWrite.NONE : guard.lastWrite();
    }

    /** Where a setpoint is going in steps; empty if it stands. */
    public OptionalDouble target(int row) {
        Guard guard = guards.get(row);
        return guard == null ? OptionalDouble.empty() : guard.target();
    }

    /** Ends a change of a setpoint that goes in steps where it is. */
    public void stop(int row, String reason) {
        Guard guard = guards.get(row);
        if (guard != null) {
            guard.stop(reason);
        }
    }

    /** Rows that the interlocks of a setpoint read. */
    public int[] inputs(int row) {
        Guard guard = guards.get(row);
        return guard == null ? new int[0] : guard.judge().inputs().toArray();
    }
}
