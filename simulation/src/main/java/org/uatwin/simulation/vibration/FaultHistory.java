package org.uatwin.simulation.vibration;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is believed of the last snapshots: a fault or a zone that showed in so many of them. It begins when the hits are there and ends when the
 * fault has shown in none of the last ones, so that it does not flicker. Owned by one thread.
 */
public final class FaultHistory {
    private final int hits;
    private final int of;
    private final Deque<Look> looks = new ArrayDeque<>(); // the newest last
    private @Nullable BearingFault believed;

    private record Look(@Nullable BearingFault fault, boolean isTold, @Nullable VibrationZone zone) {}

    /**
     * @param hits snapshots that must agree, 1 and more.
     * @param of the last snapshots that are looked at, {@code hits} and more.
     */
    public FaultHistory(int hits, int of) {
        if (hits < 1 || of < hits) {
            throw new IllegalArgumentException("%d of %d snapshots".formatted(hits, of));
        }
        this.hits = hits;
        this.of = of;
    }

    /**
     * One snapshot.
     *
     * @param isTold whether faults could be looked for at all; if not, it does not count for or against any.
     * @param fault that shows; empty if none does.
     * @param zone of the velocity; empty if it is not judged.
     */
    public void next(boolean isTold, Optional<BearingFault> fault, Optional<VibrationZone> zone) {
        looks.addLast(new Look(fault.orElse(null), isTold, zone.orElse(null)));
        while (looks.size() > 4 * of) {
            looks.removeFirst();
        }
        BearingFault now = believed;
        if (now != null && count(now) == 0 && told() >= of) {
            believed = null;
        }
        for (BearingFault one : BearingFault.values()) {
            if (count(one) >= hits && (believed == null || count(one) > count(believed))) {
                believed = one;
            }
        }
    }

    private int told() {
        return (int) looks.stream().filter(Look::isTold).count();
    }

    /** Of the last snapshots that could tell, those in which a fault shows. */
    public int count(BearingFault fault) {
        int skip = Math.max(0, told() - of);
        return (int) looks.stream()
                .filter(Look::isTold)
                .skip(skip)
                .filter(look -> look.fault == fault)
                .count();
    }

    /** The fault that is believed. */
    public Optional<BearingFault> fault() {
        return Optional.ofNullable(believed);
    }

    /** The zone that so many of the last snapshots reach; empty while there are too few. */
    public Optional<VibrationZone> zone() {
        return looks.stream()
                .skip(Math.max(0, looks.size() - of))
                .map(Look::zone)
                .filter(zone -> zone != null)
                .sorted(java.util.Comparator.<VibrationZone>reverseOrder())
                .skip(hits - 1L)
                .findFirst();
    }

    /** Everything is as at the beginning, as after maintenance. */
    public void forget() {
        looks.clear();
        believed = null;
    }
}
