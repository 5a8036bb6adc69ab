package org.uatwin.server.derived;

import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Inference;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;

/**
 * The answer of a user's model, asked every so often. A prediction whose inputs are not Good is never Good (contracts section 2): with
 * an Uncertain input it is Uncertain_LastUsableValue, with a Bad one the last answer is, and before the first it is
 * Bad_WaitingForInitialData.
 */
final class InferenceNode extends RowNode {
    private static final long LOOK_AGAIN = 1_000_000; // ticks: 0.1 s, while an answer is awaited
    private static final int UNCERTAIN = StatusCode.UNCERTAIN_LAST_USABLE_VALUE.bits();
    private static final int WAITING = StatusCode.BAD_WAITING_FOR_INITIAL_DATA.bits();

    private final Inference inference;
    private final InferenceModels models;
    private final long every;
    private final double[] rows; // the window, oldest row first
    private final boolean[] isSure; // by row: all inputs were Good
    private int filled;
    private long next = Long.MIN_VALUE;
    private long due;
    private boolean isAsking;
    private double last = Double.NaN;
    private volatile @Nullable Answer answer; // from the executor to the owner

    /** What came back. */
    private record Answer(double value, @Nullable String problem, int status, long source) {}

    InferenceNode(String name, Inference inference, Inputs inputs, Result result, InferenceModels models) {
        super(name, inputs, result);
        this.inference = inference;
        this.models = models;
        every = inference.every().toNanos() / 100;
        rows = new double[inference.shape().inputs() * inference.shape().window()];
        isSure = new boolean[inference.shape().window()];
    }

    @Override
    public long due() {
        return due;
    }

    @Override
    public void evaluate(long now, boolean isTimed, SampleBatch out) {
        deliver(now, out);
        if (next == Long.MIN_VALUE || now >= next) {
            next = now + every - Math.floorMod(now, every); // on the clock, so that points of one period agree
            sample(now, out);
            deliver(now, out);
        }
        due = isAsking ? Math.min(next, now + LOOK_AGAIN) : next;
    }

    private void sample(long now, SampleBatch out) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.isBad(i)) {
                filled = 0; // a window holds rows of equal distance
                unsure("%s is %s".formatted(inference.inputs().get(i), StatusCode.of(inputs.status(i))), now, out);
                return;
            }
        }
        int width = inputs.size();
        int window = isSure.length;
        System.arraycopy(rows, width, rows, 0, rows.length - width);
        System.arraycopy(isSure, 1, isSure, 0, window - 1);
        for (int i = 0; i < width; i++) {
            rows[rows.length - width + i] = inputs.value(i);
        }
        isSure[window - 1] = inputs.worst() == 0;
        filled = Math.min(window, filled + 1);
        if (filled < window) {
            unsure("%d of %d rows of its window".formatted(filled, window), now, out);
        } else if (!isAsking) { // a model that takes longer than its period is asked when it has answered
            isAsking = true;
            int status = isAllSure() ? 0 : UNCERTAIN;
            models.ask(inference, rows.clone(), (value, problem) -> answer = new Answer(value, problem, status, now));
        }
    }

    private boolean isAllSure() {
        for (boolean sure : isSure) {
            if (!sure) {
                return false;
            }
        }
        return true;
    }

    private void deliver(long now, SampleBatch out) {
        Answer came = answer;
        if (came == null) {
            return;
        }
        answer = null;
        isAsking = false;
        if (came.problem() != null) {
            result.status(StatusCode.BAD_CONFIGURATION_ERROR.bits(), came.problem(), came.source(), now, out);
        } else if (!Double.isFinite(came.value())) {
            unsure("the model answers " + came.value(), now, out);
        } else {
            last = came.value();
            result.value(last, came.status(), came.source(), now, out);
        }
    }

    /** The last answer, if there is one. */
    private void unsure(String cause, long now, SampleBatch out) {
        if (Double.isNaN(last)) {
            result.status(WAITING, cause, now, now, out);
        } else {
            result.value(last, UNCERTAIN, now, now, out);
            result.note(cause);
        }
    }

    @Override
    public void adopt(Node other) {
        if (other instanceof InferenceNode node && node.inference.equals(inference)) {
            System.arraycopy(node.rows, 0, rows, 0, rows.length);
            System.arraycopy(node.isSure, 0, isSure, 0, isSure.length);
            filled = node.filled;
            last = node.last;
            next = node.next;
        }
    }
}
