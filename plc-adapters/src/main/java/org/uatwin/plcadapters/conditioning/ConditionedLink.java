package org.uatwin.plcadapters.conditioning;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.uatwin.informationmodel.conditioning.Conditioning;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.PointDiagnostics;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/**
 * A link whose points have chains: a written quantity is turned back into the device's signal, and what the chain found
 * stands beside what the link says of a point.
 */
public final class ConditionedLink implements Link {
    private final Link link;
    private final ConditioningStage stage;
    private final InstantSource clock;

    public ConditionedLink(Link link, ConditioningStage stage, InstantSource clock) {
        this.link = link;
        this.stage = stage;
        this.clock = clock;
    }

    @Override
    public String name() {
        return link.name();
    }

    @Override
    public void start() {
        link.start();
    }

    @Override
    public CompletionStage<WriteResult> write(WriteCommand command) {
        Rule rule = stage.rule(command.row());
        if (rule == null || !rule.isNumeric) {
            return link.write(command);
        }
        long now = UaTime.ofInstant(clock.instant());
        Object object = command.object();
        if (object == null) {
            double signal = signal(rule, rule.type.toDouble(command.bits()), now);
            return Double.isNaN(signal)
                    ? refused(rule.type.toDouble(command.bits()))
                    : link.write(new WriteCommand(
                            command.row(),
                            Double.doubleToRawLongBits(signal),
                            null,
                            command.firstElement(),
                            command.deadline()));
        }
        double[] signals = numbers(rule.type, object);
        for (int i = 0; i < signals.length; i++) {
            double quantity = signals[i];
            signals[i] = signal(rule, quantity, now);
            if (Double.isNaN(signals[i])) {
                return refused(quantity);
            }
        }
        return link.write(new WriteCommand(command.row(), 0, signals, command.firstElement(), command.deadline()));
    }

    /** NaN if the chain could not have made the quantity from any signal, or would read the signal as no value. */
    private static double signal(Rule rule, double quantity, long now) {
        Conditioning.Clamp clamp = rule.chain.clamp().orElse(null);
        if (clamp != null && !(quantity >= clamp.low() && quantity <= clamp.high())) {
            return Double.NaN;
        }
        if (rule.validity != null && !rule.validity.contains(quantity)) {
            return Double.NaN;
        }
        double signal = rule.signal(quantity, now);
        boolean isSentinel = rule.chain
                .missing()
                .map(missing -> missing.values().contains(signal))
                .orElse(false);
        return isSentinel ? Double.NaN : signal;
    }

    private static double[] numbers(ValueType type, Object object) {
        if (object instanceof double[] numbers) {
            return numbers.clone();
        }
        long[] integers = (long[]) object;
        double[] numbers = new double[integers.length];
        for (int i = 0; i < integers.length; i++) {
            numbers[i] = type.toDouble(integers[i]);
        }
        return numbers;
    }

    private static CompletionStage<WriteResult> refused(double quantity) {
        return CompletableFuture.completedStage(new WriteResult(
                StatusCode.BAD_OUT_OF_RANGE,
                "%s has no signal within the point's scale and bounds".formatted(quantity)));
    }

    @Override
    public LinkStatistics statistics() {
        return link.statistics();
    }

    @Override
    public PointDiagnostics diagnostics(int row) {
        int channel = stage.channelOf(row);
        PointDiagnostics own = link.diagnostics(channel);
        String problem = own.lastError().isEmpty() ? stage.problem(channel) : "";
        return problem.isEmpty() ? own : new PointDiagnostics(own.sourceAddress(), problem, own.lastPollTime());
    }

    @Override
    public void close() {
        link.close();
    }
}
