package org.uatwin.server.derived;

import java.util.Arrays;
import org.uatwin.informationmodel.conditioning.Vote;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;

/**
 * One value from redundant sensors. A sensor further from the middle of all usable ones than the tolerance, for longer
 * than the delay, deviates and no longer counts.
 */
final class VoteNode extends RowNode {
    private static final long NOT_OFF = Long.MAX_VALUE;

    private final Vote vote;
    private final boolean isBoolean;
    private final double tolerance;
    private final long delay;
    private final double[] sorted;
    private final long[] offSince;
    private int deviating; // a bit for each sensor, the first the lowest
    private double last;
    private long due = Long.MAX_VALUE;

    VoteNode(String name, Vote vote, Inputs inputs, Result result, ValueType type) {
        super(name, inputs, result);
        this.vote = vote;
        isBoolean = type == ValueType.BOOLEAN;
        tolerance = isBoolean ? 0 : vote.tolerance().orElse(Double.POSITIVE_INFINITY);
        delay = vote.delay().toNanos() / 100;
        sorted = new double[inputs.size()];
        offSince = new long[inputs.size()];
        Arrays.fill(offSince, NOT_OFF);
    }

    @Override
    public long due() {
        return due;
    }

    /** Sensors that deviate or are Bad, a bit each. */
    int deviating() {
        return deviating;
    }

    @Override
    public void evaluate(long now, boolean isTimed, SampleBatch out) {
        long source = isTimed ? now : inputs.source();
        long receive = Math.max(now, inputs.receive());
        judge(receive);
        int agreeing = collect(true);
        int missing = inputs.size() - agreeing;
        if (agreeing < vote.required()) {
            boolean isAllBad = collect(false) == 0;
            result.status(
                    isAllBad ? inputs.worst() : StatusCode.BAD_SENSOR_FAILURE.bits(),
                    "%d of %d sensors agree, %d are needed%s"
                            .formatted(agreeing, inputs.size(), vote.required(), names()),
                    source,
                    receive,
                    out);
            return;
        }
        int status = missing > 0 ? StatusCode.UNCERTAIN_SUB_NORMAL.bits() : 0;
        for (int i = 0; i < inputs.size(); i++) {
            if ((deviating >> i & 1) == 0) {
                status = StatusCode.worse(inputs.status(i), status);
            }
        }
        last = value(agreeing);
        result.value(last, status, source, receive, out);
    }

    /** Finds who deviates. */
    private void judge(long now) {
        int usable = collect(false);
        double middle = middle(usable);
        deviating = 0;
        due = Long.MAX_VALUE;
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.isBad(i)) {
                offSince[i] = NOT_OFF;
                deviating |= 1 << i;
            } else if (Math.abs(inputs.value(i) - middle) > tolerance) {
                offSince[i] = Math.min(offSince[i], now);
                if (now - offSince[i] >= delay) {
                    deviating |= 1 << i;
                } else {
                    due = Math.min(due, offSince[i] + delay);
                }
            } else {
                offSince[i] = NOT_OFF;
            }
        }
    }

    /** Puts the values that are not Bad, or those that agree, in order; answers how many they are. */
    private int collect(boolean areAgreeingOnly) {
        int size = 0;
        for (int i = 0; i < inputs.size(); i++) {
            if (areAgreeingOnly ? (deviating >> i & 1) == 0 : !inputs.isBad(i)) {
                sorted[size++] = inputs.value(i);
            }
        }
        Arrays.sort(sorted, 0, size);
        return size;
    }

    private double middle(int size) {
        if (size == 0) {
            return Double.NaN;
        }
        return size % 2 == 1 ? sorted[size / 2] : (sorted[size / 2 - 1] + sorted[size / 2]) / 2;
    }

    private double value(int size) {
        double voted =
                switch (vote.method()) {
                    case MEDIAN -> middle(size);
                    case MEAN -> Arrays.stream(sorted, 0, size).average().orElse(Double.NaN);
                    case LOWEST -> sorted[0];
                    case HIGHEST -> sorted[size - 1];
                };
        if (!isBoolean) {
            return voted;
        }
        return voted == 0.5 ? last : voted > 0.5 ? 1 : 0; // of a tie within the delay the last value
    }

    private String names() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < inputs.size(); i++) {
            if ((deviating >> i & 1) != 0) {
                text.append(text.isEmpty() ? "; not " : ", ")
                        .append(vote.inputs().get(i));
            }
        }
        return text.toString();
    }

    @Override
    public void adopt(Node other) {
        if (other instanceof VoteNode node && node.vote.equals(vote)) {
            System.arraycopy(node.offSince, 0, offSince, 0, offSince.length);
            last = node.last;
        }
    }
}
