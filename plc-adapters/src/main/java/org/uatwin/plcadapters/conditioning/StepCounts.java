package org.uatwin.plcadapters.conditioning;

import java.util.concurrent.atomic.AtomicLongArray;

/** How often each step did something to one point: written by the lane, read by anyone. */
@SuppressWarnings("EnumOrdinal") // an index, never stored
final class StepCounts {
    private static final Step[] STEPS = Step.values();

    private final AtomicLongArray counts = new AtomicLongArray(STEPS.length);

    void add(Step step) {
        add(step, 1);
    }

    void add(Step step, int times) {
        if (times > 0) {
            counts.lazySet(step.ordinal(), counts.getPlain(step.ordinal()) + times);
        }
    }

    long of(Step step) {
        return counts.get(step.ordinal());
    }

    /** {@code 1200 samples, 3 spikes}: all that are not 0. */
    String report() {
        StringBuilder text = new StringBuilder();
        for (Step step : STEPS) {
            if (of(step) > 0) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(of(step))
                        .append(' ')
                        .append(step.text());
            }
        }
        return text.toString();
    }
}
