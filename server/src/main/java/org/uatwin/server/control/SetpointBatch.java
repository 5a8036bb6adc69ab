package org.uatwin.server.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.server.address.SetpointWriter;
import org.uatwin.server.address.WriteOutcome;
import org.uatwin.server.engine.TwinInstance;

/**
 * Sends several setpoints together: all are checked first, and if one may not be sent, none is. Then one after the other, each
 * read back before the next; the first that fails ends it. Any thread.
 */
public final class SetpointBatch {
    private final SetpointGate gate;
    private final PointTable table;
    private final Audit audit;
    private final Set<Integer> underWay = new HashSet<>(); // rows; guarded by this

    /** Gets what became of each value, refused ones included. */
    @FunctionalInterface
    public interface Audit {
        /**
         * @param before value before; empty if none was known.
         * @param text why, in words.
         */
        void sent(String who, int row, OptionalDouble before, double value, StatusCode status, String text);
    }

    /** A value for a setpoint. */
    public record Wanted(TwinInstance instance, int ordinal, double value) {
        public String name() {
            return instance.id() + "/" + point().name();
        }

        public Member.Point point() {
            return instance.type().points().get(ordinal);
        }

        public int row() {
            return instance.firstRow() + ordinal;
        }

        int order() {
            return instance.twin().control().of(point().name()).order();
        }
    }

    /**
     * Who wants it, and why.
     *
     * @param who as the audit trail names people and parts of the server.
     * @param why for the audit trail: the run, the reason given; may be empty.
     * @param isRolledBack whether values already sent are taken back when a later one fails.
     * @param isCheckOnly whether nothing is to be sent.
     */
    public record Order(String who, String why, boolean isRolledBack, boolean isCheckOnly, long deadlineNanos) {}

    /** What became of one value; numbers are there if they were known. */
    public record Line(
            String name,
            StatusCode status,
            String text,
            OptionalDouble before,
            double asked,
            OptionalDouble readBack) {}

    /**
     * What became of all.
     *
     * @param isDone whether every value was sent and confirmed, or may be sent if that was the question.
     */
    public record Result(boolean isDone, String message, List<Line> lines) {
        public Result {
            lines = List.copyOf(lines);
        }
    }

    public SetpointBatch(SetpointGate gate, PointTable table, Audit audit) {
        this.gate = gate;
        this.table = table;
        this.audit = audit;
    }

    /** Checks and sends; completes when the last one is confirmed, or when one has failed. */
    public CompletionStage<Result> apply(List<Wanted> wanted, Order order) {
        List<Wanted> sorted = new ArrayList<>(wanted);
        sorted.sort(Comparator.comparingInt(Wanted::order)); // of equals the order given
        List<Line> checked = sorted.stream().map(this::check).toList();
        List<Line> refused =
                checked.stream().filter(line -> !line.status().isGood()).toList();
        if (!refused.isEmpty()) {
            for (int i = 0; i < checked.size(); i++) {
                if (!checked.get(i).status().isGood() && !order.isCheckOnly()) {
                    audit(order, sorted.get(i), checked.get(i), "");
                }
            }
            return done(
                    false,
                    "Nothing was sent: %d of %d setpoints may not be. %s: %s"
                            .formatted(
                                    refused.size(),
                                    checked.size(),
                                    refused.get(0).name(),
                                    refused.get(0).text()),
                    checked);
        }
        if (order.isCheckOnly()) {
            return done(true, "All %d setpoints may be sent. Nothing was.".formatted(checked.size()), checked);
        }
        List<Integer> rows = sorted.stream().map(Wanted::row).toList();
        synchronized (this) {
            if (rows.stream().anyMatch(underWay::contains)) {
                return done(false, "Nothing was sent: one of the setpoints is being sent by another call.", checked);
            }
            underWay.addAll(rows);
        }
        CompletableFuture<Result> answer = new CompletableFuture<>();
        new Work(sorted, checked, order).run(0).whenComplete((result, failure) -> {
            synchronized (this) {
                rows.forEach(underWay::remove);
            }
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(result);
            }
        });
        return answer;
    }

    private static CompletionStage<Result> done(boolean isDone, String message, List<Line> lines) {
        return CompletableFuture.completedFuture(new Result(isDone, message, lines));
    }

    private Line check(Wanted wanted) {
        OptionalDouble before = known(wanted);
        Binding binding = wanted.instance().binding(wanted.ordinal());
        if (binding == null || binding.connection().isEmpty()) {
            return new Line(
                    wanted.name(),
                    StatusCode.BAD_NOT_CONNECTED,
                    "it is bound to no device",
                    before,
                    wanted.value(),
                    OptionalDouble.empty());
        }
        Verdict verdict = gate.check(wanted.row(), wanted.value());
        String text = !verdict.isAllowed()
                ? verdict.text()
                : verdict.seconds() > 0 ? "may be sent, takes %.0f s".formatted(verdict.seconds()) : "may be sent";
        return new Line(wanted.name(), verdict.status(), text, before, wanted.value(), OptionalDouble.empty());
    }

    /** The value the device is known to have. */
    private OptionalDouble known(Wanted wanted) {
        Sample sample = table.read(wanted.row());
        return sample.receiveTime() != 0 && sample.status().isGood()
                ? OptionalDouble.of(wanted.point().dataType().toDouble(sample.bits()))
                : OptionalDouble.empty();
    }

    private void audit(Order order, Wanted wanted, Line line, String more) {
        List<String> texts = new ArrayList<>();
        for (String text : List.of(line.status().isGood() ? "" : line.text(), more, order.why())) {
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        audit.sent(order.who(), wanted.row(), line.before(), line.asked(), line.status(), String.join("; ", texts));
    }

    private static long bits(Wanted wanted, double value) {
        return wanted.point().dataType().fromDouble(value);
    }

    /** One call at work, one setpoint after the other. */
    private final class Work {
        private final List<Wanted> wanted;
        private final List<Line> lines;
        private final Order order;

        Work(List<Wanted> wanted, List<Line> checked, Order order) {
            this.wanted = wanted;
            this.lines = new ArrayList<>(checked);
            this.order = order;
        }

        CompletionStage<Result> run(int i) {
            if (i == wanted.size()) {
                boolean isAllThere = lines.stream()
                        .noneMatch(line -> line.status().sameCode(StatusCode.GOOD_COMPLETES_ASYNCHRONOUSLY));
                return done(
                        true,
                        isAllThere
                                ? "All %d setpoints were sent and read back.".formatted(lines.size())
                                : "All %d setpoints were sent; some go to their value in steps."
                                        .formatted(lines.size()),
                        lines);
            }
            return send(wanted.get(i), wanted.get(i).value()).thenCompose(outcome -> {
                lines.set(i, line(i, outcome));
                audit(order, wanted.get(i), lines.get(i), outcome.status().isGood() ? outcome.reason() : "");
                return outcome.status().isGood() ? run(i + 1) : failed(i);
            });
        }

        private CompletionStage<WriteOutcome> send(Wanted one, double value) {
            return gate.send(
                    order.who(), one.row(), bits(one, value), null, SetpointWriter.WHOLE, order.deadlineNanos());
        }

        private Line line(int i, WriteOutcome outcome) {
            Line before = lines.get(i);
            boolean isSure = outcome.status().isGood();
            String text = isSure && outcome.reason().isEmpty() ? "sent and read back" : outcome.reason();
            return new Line(
                    before.name(),
                    outcome.status(),
                    text,
                    before.before(),
                    before.asked(),
                    isSure ? known(wanted.get(i)) : OptionalDouble.empty());
        }

        private CompletionStage<Result> failed(int at) {
            for (int i = at + 1; i < lines.size(); i++) {
                Line line = lines.get(i);
                lines.set(
                        i,
                        new Line(
                                line.name(),
                                StatusCode.BAD_INVALID_STATE,
                                "not sent: %s failed before it"
                                        .formatted(lines.get(at).name()),
                                line.before(),
                                line.asked(),
                                OptionalDouble.empty()));
            }
            String what = "%s failed: %s. "
                    .formatted(lines.get(at).name(), lines.get(at).text());
            if (at == 0) {
                return done(false, what + "Nothing else was sent.", lines);
            }
            if (!order.isRolledBack()) {
                return done(false, what + "%d setpoints were sent before it and stay.".formatted(at), lines);
            }
            return rollBack(at - 1)
                    .thenApply(areBack -> new Result(
                            false,
                            what
                                    + (areBack
                                            ? "The %d sent before it were taken back.".formatted(at)
                                            : "Not all that were sent before it could be taken back; see Results."),
                            lines));
        }

        /** Takes setpoints back, the last one first; answers whether all are. */
        private CompletionStage<Boolean> rollBack(int i) {
            if (i < 0) {
                return CompletableFuture.completedFuture(true);
            }
            Line line = lines.get(i);
            if (line.before().isEmpty()) {
                lines.set(
                        i, rolledBack(line, StatusCode.BAD_INVALID_STATE, "stays: the value before was not known", i));
                return rollBack(i - 1).thenApply(rest -> false);
            }
            double before = line.before().getAsDouble();
            return send(wanted.get(i), before).thenCompose(outcome -> {
                boolean isBack = outcome.status().isGood();
                lines.set(
                        i,
                        rolledBack(
                                line,
                                isBack ? StatusCode.BAD_INVALID_STATE : outcome.status(),
                                isBack ? "taken back" : "could not be taken back: " + outcome.reason(),
                                i));
                audit.sent(
                        order.who(),
                        wanted.get(i).row(),
                        OptionalDouble.of(line.asked()),
                        before,
                        outcome.status(),
                        "taken back; " + outcome.reason());
                return rollBack(i - 1).thenApply(rest -> rest && isBack);
            });
        }

        private Line rolledBack(Line line, StatusCode status, String text, int i) {
            return new Line(line.name(), status, text, line.before(), line.asked(), known(wanted.get(i)));
        }
    }
}
