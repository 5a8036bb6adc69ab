package org.uatwin.server.method;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.control.ApplyRule;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.control.Recommendation;
import org.uatwin.server.control.SetpointBatch;
import org.uatwin.server.control.SetpointNames;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.scenario.AnswerBlock;
import org.uatwin.simulation.scenario.Viewer;

/** Answers {@code ApplySetpoints}: which values are meant, then the batch checks and sends them. Any thread. */
public final class ApplyCalls {
    private static final int RUN = 0;
    private static final int NAMES = 1;
    private static final int VALUES = 2;
    private static final int REASON = 3;
    private static final int CHECK_ONLY = 4;
    private static final int MOST_SETPOINTS = 1000;

    private final SetpointBatch batch;
    private final RunRecommendations runs;
    private final Supplier<LivePlant> live;
    private final LongSupplier now;
    private final Executor pool;

    /**
     * @param now {@link UaTime} ticks.
     * @param pool that of the methods of twins.
     */
    public ApplyCalls(
            SetpointBatch batch, RunRecommendations runs, Supplier<LivePlant> live, LongSupplier now, Executor pool) {
        this.batch = batch;
        this.runs = runs;
        this.live = live;
        this.now = now;
        this.pool = pool;
    }

    /** Calls the method for a caller who may. */
    public CompletionStage<CallMethodResult> call(
            TwinInstance twin,
            MethodSignature signature,
            Variant @Nullable [] inputs,
            Viewer viewer,
            long deadlineNanos) {
        CallArguments.Checked checked = CallArguments.check(signature, inputs);
        CallArguments arguments = checked.arguments();
        if (arguments == null) {
            return checked.refused();
        }
        try {
            return CompletableFuture.supplyAsync(() -> answer(twin, arguments, viewer, deadlineNanos), pool)
                    .thenCompose(Function.identity());
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(CallArguments.refusal(StatusCodes.Bad_TooManyOperations));
        }
    }

    private CompletionStage<CallMethodResult> answer(
            TwinInstance twin, CallArguments arguments, Viewer viewer, long deadlineNanos) {
        String runId = arguments.string(RUN);
        List<String> names = arguments.strings(NAMES);
        List<Double> values = arguments.numbers(VALUES);
        List<StatusCode> refusals = refusals(twin, runId, names, values, viewer);
        if (refusals.stream().anyMatch(StatusCode::isBad)) {
            return CompletableFuture.completedFuture(CallArguments.invalid(refusals));
        }
        ApplyRule rule = twin.twin().control().apply();
        Optional<Recommendation> recommended = Optional.empty();
        if (!runId.isEmpty()) {
            RunRecommendations.Found found = runs.of(twin, runId, viewer, rule.maxAge());
            recommended = found.recommendation();
            if (recommended.isEmpty()) {
                String text = "Nothing was sent: %s.".formatted(found.problem());
                return CompletableFuture.completedFuture(
                        answered(new SetpointBatch.Result(false, text, List.of()), recommended));
            }
        }
        List<SetpointBatch.Wanted> wanted = new ArrayList<>();
        String missing = wanted(twin, recommended.orElse(null), names, values, wanted);
        if (!missing.isEmpty() || wanted.isEmpty()) {
            String text = missing.isEmpty() ? "Nothing is to be changed." : "Nothing was sent: " + missing;
            return CompletableFuture.completedFuture(
                    answered(new SetpointBatch.Result(missing.isEmpty(), text, List.of()), recommended));
        }
        Optional<Recommendation> of = recommended;
        return batch.apply(
                        wanted,
                        new SetpointBatch.Order(
                                viewer.user(),
                                why(runId, arguments.string(REASON)),
                                rule.isRolledBack(),
                                arguments.isTrue(CHECK_ONLY),
                                deadlineNanos))
                .thenApply(result -> answered(result, of));
    }

    private static String why(String runId, String reason) {
        String run = runId.isEmpty() ? "" : "run " + runId;
        String why = reason.isEmpty() ? "" : "reason: " + reason;
        return run.isEmpty() || why.isEmpty() ? run + why : run + ", " + why;
    }

    /** One result per argument, Good if there is nothing against it. */
    private List<StatusCode> refusals(
            TwinInstance twin, String runId, List<String> names, List<Double> values, Viewer viewer) {
        List<StatusCode> results = new ArrayList<>(Collections.nCopies(CHECK_ONLY + 1, StatusCode.GOOD));
        if (!runId.isEmpty() && !runs.exists(twin, runId, viewer)) {
            results.set(RUN, new StatusCode(StatusCodes.Bad_NoMatch));
        }
        if ((runId.isEmpty() && names.isEmpty()) || names.size() > MOST_SETPOINTS) {
            results.set(NAMES, new StatusCode(StatusCodes.Bad_InvalidArgument));
        }
        List<SetpointNames.Setpoint> found = new ArrayList<>();
        for (String name : names) {
            Optional<SetpointNames.Setpoint> setpoint = SetpointNames.find(live.get(), twin, name);
            if (setpoint.isEmpty()) {
                results.set(NAMES, new StatusCode(StatusCodes.Bad_NoMatch));
            } else if (found.contains(setpoint.get())) {
                results.set(NAMES, new StatusCode(StatusCodes.Bad_InvalidArgument));
            }
            setpoint.ifPresent(found::add);
        }
        boolean areMissing = values.isEmpty() && runId.isEmpty();
        if ((!values.isEmpty() && values.size() != names.size()) || areMissing) {
            results.set(VALUES, new StatusCode(StatusCodes.Bad_InvalidArgument));
        } else if (values.stream().anyMatch(value -> !Double.isFinite(value))) {
            results.set(VALUES, new StatusCode(StatusCodes.Bad_OutOfRange));
        }
        return results;
    }

    /** Collects what is to be sent; answers what is missing, for people. */
    private String wanted(
            TwinInstance twin,
            @Nullable Recommendation recommended,
            List<String> names,
            List<Double> values,
            List<SetpointBatch.Wanted> wanted) {
        List<SetpointBatch.Wanted> known = recommended == null ? List.of() : recommended.values();
        if (names.isEmpty()) {
            wanted.addAll(known);
            return "";
        }
        Map<String, SetpointBatch.Wanted> byName = new HashMap<>();
        known.forEach(value -> byName.put(value.name(), value));
        for (int i = 0; i < names.size(); i++) {
            SetpointNames.Setpoint setpoint =
                    SetpointNames.find(live.get(), twin, names.get(i)).orElseThrow();
            double value = values.isEmpty() ? 0 : values.get(i);
            SetpointBatch.Wanted given = new SetpointBatch.Wanted(setpoint.instance(), setpoint.ordinal(), value);
            SetpointBatch.Wanted of = byName.get(given.name());
            if (values.isEmpty() && of == null) {
                return "the run recommends nothing for %s.".formatted(names.get(i));
            }
            wanted.add(values.isEmpty() && of != null ? of : given);
        }
        return "";
    }

    private CallMethodResult answered(SetpointBatch.Result result, Optional<Recommendation> of) {
        List<SetpointBatch.Line> lines = result.lines();
        double age = of.map(found -> Math.max(0, UaTime.secondsBetween(found.madeAt(), now.getAsLong())))
                .orElse(0.0);
        String reason = of.map(found -> "Recommended by run %s %.0f s ago.".formatted(found.runId(), age))
                .orElse("Values as given.");
        AnswerBlock block = new AnswerBlock(
                0,
                0,
                0,
                "",
                age,
                of.map(Recommendation::fit).orElse(-1.0),
                of.map(Recommendation::isExtrapolated).orElse(false),
                of.map(Recommendation::modelVersion).orElse(""),
                reason);
        return Answer.of(
                result.isDone(),
                result.message(),
                block,
                lines.stream().map(SetpointBatch.Line::name).toArray(String[]::new),
                lines.stream()
                        .map(line -> uint(Integer.toUnsignedLong(line.status().bits())))
                        .toArray(UInteger[]::new),
                lines.stream().map(ApplyCalls::text).toArray(String[]::new),
                lines.stream().map(line -> line.before().orElse(0)).toArray(Double[]::new),
                lines.stream().map(SetpointBatch.Line::asked).toArray(Double[]::new),
                lines.stream().map(line -> line.readBack().orElse(0)).toArray(Double[]::new));
    }

    /** A line in words; says as well which of its numbers are no values. */
    private static String text(SetpointBatch.Line line) {
        OptionalDouble before = line.before();
        return line.text() + (before.isEmpty() ? "; the value before was not known" : "");
    }
}
