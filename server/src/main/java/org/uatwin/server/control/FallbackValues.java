package org.uatwin.server.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.uatwin.informationmodel.value.UaTime;

/**
 * Values an automatic mode sends when it gives up: each by itself, one that fails again a few seconds later, as often as the plant
 * file says. Owned by its mode.
 */
final class FallbackValues {
    private static final long PAUSE = 3 * UaTime.TICKS_PER_SECOND;
    private static final long SEND_NANOS = 10_000_000_000L;

    private final AutomaticMode.Parts parts;
    private final String who;
    private final Queue<SetpointBatch.Wanted> failed = new ConcurrentLinkedQueue<>();
    private List<SetpointBatch.Wanted> due;
    private int triesLeft;
    private long nextAt;
    private volatile String problem = "";

    /** @param tries in all, of each value. */
    FallbackValues(AutomaticMode.Parts parts, String who, Collection<SetpointBatch.Wanted> values, int tries) {
        this.parts = parts;
        this.who = who;
        due = List.copyOf(values);
        triesLeft = tries;
    }

    /** What could not be sent, for people; empty if nothing is wrong. */
    String problem() {
        return problem;
    }

    void step(long ticks) {
        if (due.isEmpty() && !failed.isEmpty()) {
            List<SetpointBatch.Wanted> again = new ArrayList<>();
            for (SetpointBatch.Wanted one = failed.poll(); one != null; one = failed.poll()) {
                again.add(one);
            }
            due = again;
            nextAt = ticks + PAUSE;
        }
        if (due.isEmpty() || triesLeft == 0 || ticks < nextAt) {
            return;
        }
        triesLeft--;
        List<SetpointBatch.Wanted> now = due;
        due = List.of();
        now.forEach(this::send);
    }

    private void send(SetpointBatch.Wanted value) {
        SetpointBatch.Order order = new SetpointBatch.Order(
                who, "fallback", false, false, parts.time().nanoTime() + SEND_NANOS);
        parts.batch().apply(List.of(value), order).whenComplete((result, failure) -> {
            boolean isDone = failure == null && result.isDone();
            if (!isDone) {
                failed.add(value);
            }
            problem = isDone
                    ? ""
                    : "fallback value of %s: %s"
                            .formatted(value.name(), failure == null ? result.message() : failure.getMessage());
        });
    }
}
