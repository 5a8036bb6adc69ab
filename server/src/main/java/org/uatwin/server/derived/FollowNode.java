package org.uatwin.server.derived;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Follow;
import org.uatwin.informationmodel.expression.Evaluation;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;

/**
 * A setpoint that is written when what it follows changes: Good values within the setpoint's range only, one write at a
 * time, none sooner than {@code every} after the one before. A write that failed is tried again after that time.
 */
final class FollowNode implements Node {
    /** Sends a value; answers with what became of it. */
    @FunctionalInterface
    interface Writer {
        /** @param done called once, on any thread. */
        void write(int row, long bits, Consumer<StatusCode> done);
    }

    private static final long SHORTEST_RETRY = 10_000_000; // 1 s

    private final String name;
    private final int row;
    private final ValueType type;
    private final @Nullable Range range;
    private final Follow follow;
    private final Inputs inputs;
    private final Writer writer;
    private final long every;
    private Evaluation evaluation;
    private double wanted = Double.NaN;
    private double written = Double.NaN;
    private long lastWrite = Long.MIN_VALUE;
    private long due = Long.MAX_VALUE;
    private volatile boolean isWriting;
    private volatile boolean hasFailed;
    private volatile String problem = "";

    FollowNode(
            String name, int row, ValueType type, @Nullable Range range, Follow follow, Inputs inputs, Writer writer) {
        this.name = name;
        this.row = row;
        this.type = type;
        this.range = range;
        this.follow = follow;
        this.inputs = inputs;
        this.writer = writer;
        every = follow.every().toNanos() / 100;
        evaluation = follow.source().begin();
    }

    /** Row of the setpoint. */
    int row() {
        return row;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Inputs inputs() {
        return inputs;
    }

    @Override
    public int output() {
        return -1;
    }

    @Override
    public long due() {
        return due;
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public void evaluate(long now, boolean isTimed, SampleBatch out) {
        due = Long.MAX_VALUE;
        if (inputs.worst() != 0) {
            evaluation.interrupt(now);
            say("not written: what it follows is %s".formatted(StatusCode.of(inputs.worst())));
            return;
        }
        for (int i = 0; i < inputs.size(); i++) {
            evaluation.set(i, inputs.value(i));
        }
        double value = evaluation.evaluate(now);
        long step = evaluation.formula().stepTicks();
        due = step == 0 ? Long.MAX_VALUE : now + step;
        if (evaluation.isFilling()) {
            return;
        }
        if (!isWritable(value)) {
            say("not written: %s lies outside the setpoint's range".formatted(value));
            return;
        }
        wanted = value;
        write(now);
    }

    private boolean isWritable(double value) {
        double rounded = type.isFloating() ? value : Math.floor(value + 0.5);
        return Double.isFinite(value)
                && rounded >= type.minimum()
                && rounded <= type.maximum()
                && (range == null || range.contains(value));
    }

    private void write(long now) {
        boolean isNews = Double.isNaN(written) || Math.abs(wanted - written) > follow.deadband();
        if (!isNews && !hasFailed) {
            return;
        }
        long pause = hasFailed ? Math.max(every, SHORTEST_RETRY) : every;
        boolean isTooSoon = lastWrite != Long.MIN_VALUE && now < lastWrite + pause;
        if (isWriting || isTooSoon) {
            due = Math.min(due, Math.max(now + 1, isTooSoon ? lastWrite + pause : now + pause));
            return;
        }
        isWriting = true;
        hasFailed = false;
        lastWrite = now;
        written = wanted;
        due = Math.min(due, now + Math.max(every, SHORTEST_RETRY)); // to see whether it has failed
        writer.write(row, type.fromDouble(wanted), this::done);
    }

    private void done(StatusCode status) {
        hasFailed = !status.isGood();
        say(status.isGood() ? "" : "follow: the last write was answered %s".formatted(status));
        isWriting = false;
    }

    private void say(String text) {
        if (!problem.equals(text)) {
            problem = text;
        }
    }

    @Override
    public void adopt(Node other) {
        if (other instanceof FollowNode node
                && node.follow.source().text().equals(follow.source().text())) {
            evaluation = node.evaluation;
            written = node.written;
            lastWrite = node.lastWrite;
            hasFailed = node.hasFailed;
        }
    }
}
