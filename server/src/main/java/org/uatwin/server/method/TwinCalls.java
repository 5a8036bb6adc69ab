package org.uatwin.server.method;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.estimation.Estimate;
import org.uatwin.simulation.objective.Optimisation;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.scenario.InvalidParameter;
import org.uatwin.simulation.scenario.RunManager;
import org.uatwin.simulation.scenario.RunStatus;
import org.uatwin.simulation.scenario.SeriesResult;
import org.uatwin.simulation.scenario.SimulateRequest;
import org.uatwin.simulation.scenario.StartResult;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.scenario.Viewer;
import org.uatwin.simulation.scenario.WhatIfAnswer;
import org.uatwin.simulation.scenario.WhatIfEngine;
import org.uatwin.simulation.scenario.WhatIfRequest;
import org.uatwin.simulation.scenario.WhatIfResult;
import org.uatwin.simulation.system.SetupException;

/**
 * Answers the methods of twins. Arguments are checked on the caller's thread; the work runs on a bounded pool of its
 * own, and what finds no place there is answered Bad_TooManyOperations.
 */
public final class TwinCalls {
    /** Seed of every what-if: the same question about the same state gets the same answer, bit by bit. */
    private static final long WHAT_IF_SEED = 0x7561_7477_696EL;

    private final TwinModels models;
    private final Function<TwinInstance, Optional<Estimate>> estimates;
    private final RunManager runs;
    private final ExecutorService pool;
    private final InstantSource clock;
    private final LongAdder refused = new LongAdder();

    /**
     * @param estimates what a followed twin knows beyond its readings.
     * @param pool bounded, with a bounded queue; shut down by its creator.
     */
    public TwinCalls(
            TwinModels models,
            Function<TwinInstance, Optional<Estimate>> estimates,
            RunManager runs,
            ExecutorService pool,
            InstantSource clock) {
        this.models = models;
        this.estimates = estimates;
        this.runs = runs;
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * Calls a method the caller is allowed to call.
     *
     * @param viewer who calls; decides which runs it sees.
     */
    public CompletionStage<CallMethodResult> call(
            TwinInstance instance, MethodSignature signature, Variant @Nullable [] inputs, Viewer viewer) {
        CallArguments.Checked checked = CallArguments.check(signature, inputs);
        CallArguments arguments = checked.arguments();
        if (arguments == null) {
            return checked.refused();
        }
        try {
            return CompletableFuture.supplyAsync(() -> answer(instance, signature, arguments, viewer), pool);
        } catch (RejectedExecutionException e) {
            refused.increment();
            return CompletableFuture.completedFuture(CallArguments.refusal(StatusCodes.Bad_TooManyOperations));
        }
    }

    /** Calls refused because too many were waiting. */
    public long refused() {
        return refused.sum();
    }

    private CallMethodResult answer(
            TwinInstance instance, MethodSignature signature, CallArguments arguments, Viewer viewer) {
        Optional<Subject> subject;
        try {
            subject = models.subject(instance);
        } catch (SetupException e) {
            return CallArguments.refusal(StatusCodes.Bad_ConfigurationError);
        }
        if (subject.isEmpty()) {
            return CallArguments.refusal(StatusCodes.Bad_NotSupported);
        }
        return switch (signature.name()) {
            case "WhatIf" -> whatIf(instance, subject.get(), signature, arguments);
            case "Simulate" -> simulate(instance, subject.get(), signature, arguments, viewer);
            case "GetRunStatus" -> status(instance, subject.get(), arguments, viewer);
            case "GetRunSeries" -> series(instance, subject.get(), signature, arguments, viewer);
            case "GetRunResult" -> result(instance, subject.get(), arguments, viewer);
            case "DescribeModel" -> ModelAnswer.of(subject.get());
            case "Optimize" -> optimize(instance, subject.get(), signature, arguments, viewer);
            case "DescribeObjectives" -> ObjectiveAnswer.of(subject.get(), models.objectives(instance));
            case "CancelRun" -> cancel(instance, subject.get(), arguments, viewer);
            default -> CallArguments.refusal(StatusCodes.Bad_NotImplemented);
        };
    }

    private long now() {
        return UaTime.ofInstant(clock.instant());
    }

    private CallMethodResult whatIf(
            TwinInstance instance, Subject subject, MethodSignature signature, CallArguments arguments) {
        WhatIfRequest request =
                new WhatIfRequest(arguments.string(0), arguments.number(1), arguments.string(2), arguments.number(3));
        Subject asked = followed(instance, subject);
        WhatIfResult result =
                WhatIfEngine.whatIf(asked, models.snapshot(instance, subject, now()), request, WHAT_IF_SEED);
        if (result instanceof WhatIfResult.Invalid invalid) {
            return invalid(signature, invalid.problems());
        }
        WhatIfAnswer answer = ((WhatIfResult.Answered) result).answer();
        return Answer.of(
                answer.success(),
                answer.message(),
                answer.block(),
                answer.baseline(),
                answer.predicted(),
                answer.delta());
    }

    private CallMethodResult simulate(
            TwinInstance instance, Subject subject, MethodSignature signature, CallArguments arguments, Viewer viewer) {
        List<Double> values = arguments.numbers(4);
        SimulateRequest request = new SimulateRequest(
                arguments.string(0), arguments.number(1), arguments.number(2), arguments.strings(3), values);
        StartResult result = runs.start(subject, models.snapshot(instance, subject, now()), request, viewer.user());
        return started(result, subject, signature);
    }

    /** A followed twin as it is estimated to be, any other as its readings say. */
    Subject followed(TwinInstance instance, Subject subject) {
        return estimates
                .apply(instance)
                .map(estimate -> Subject.followed(subject, estimate))
                .orElse(subject);
    }

    private CallMethodResult optimize(
            TwinInstance instance, Subject subject, MethodSignature signature, CallArguments arguments, Viewer viewer) {
        Optimisation.Request request =
                new Optimisation.Request(arguments.string(0), arguments.number(1), arguments.unsigned(2));
        return started(optimise(instance, subject, request, viewer.user()), subject, signature);
    }

    /**
     * Starts an optimisation from the live state, as {@code Optimize} does.
     *
     * @param requester user, or part of the server, that the run belongs to.
     */
    StartResult optimise(TwinInstance instance, Subject subject, Optimisation.Request request, String requester) {
        long now = now();
        Optimisation.Asked asked = new Optimisation.Asked(
                followed(instance, subject),
                models.snapshot(instance, subject, now),
                models.objectives(instance),
                objective -> Settings.defaults(objective.spec()),
                TwinModels.hourOfDay(now));
        Optimisation.Checked checked = Optimisation.check(asked, request, System::nanoTime);
        return checked.task()
                .map(task -> runs.start(asked.subject(), task, requester))
                .or(checked::refusal)
                .orElseThrow();
    }

    private static CallMethodResult started(StartResult result, Subject subject, MethodSignature signature) {
        String version = subject.description().versionText();
        if (result instanceof StartResult.Invalid invalid) {
            return invalid(signature, invalid.problems());
        }
        if (result instanceof StartResult.TooMany) {
            return CallArguments.refusal(StatusCodes.Bad_TooManyOperations);
        }
        if (result instanceof StartResult.NotEnoughData missing) {
            return Answer.of(false, missing.text(), Answer.plain(0, "", version, missing.text()), "");
        }
        if (result instanceof StartResult.Refused refused) {
            return Answer.of(false, refused.text(), Answer.plain(0, "", version, refused.text()), "");
        }
        String id = ((StartResult.Started) result).runId();
        return Answer.of(
                true, "The run has started.", Answer.plain(0, "", version, "Poll GetRunStatus with the RunId."), id);
    }

    private CallMethodResult status(TwinInstance instance, Subject subject, CallArguments arguments, Viewer viewer) {
        String version = subject.description().versionText();
        Optional<RunStatus> status =
                runs.status(arguments.string(0), viewer).filter(s -> instance.answersTo(s.twinId()));
        return status.map(s -> Answer.of(
                        true,
                        s.message(),
                        Answer.plain(s.progressPercent(), "%", version, s.message()),
                        s.state().number(),
                        s.progressPercent(),
                        s.resultId()))
                .orElseGet(() -> unknownRun(1));
    }

    private CallMethodResult series(
            TwinInstance instance, Subject subject, MethodSignature signature, CallArguments arguments, Viewer viewer) {
        boolean isOfThisTwin = runs.status(arguments.string(0), viewer)
                .filter(s -> instance.answersTo(s.twinId()))
                .isPresent();
        if (!isOfThisTwin) {
            return unknownRun(signature.inputs().size());
        }
        SeriesResult result = runs.series(arguments.string(0), arguments.string(1), arguments.unsigned(2), viewer);
        String version = subject.description().versionText();
        if (result instanceof SeriesResult.UnknownRun) {
            return unknownRun(signature.inputs().size());
        }
        if (result instanceof SeriesResult.Invalid invalid) {
            return invalid(signature, List.of(invalid.problem()));
        }
        if (result instanceof SeriesResult.NotReady notReady) {
            return Answer.of(
                    false,
                    notReady.text(),
                    Answer.plain(0, "", version, notReady.text()),
                    new DateTime[0],
                    new Double[0]);
        }
        return found((SeriesResult.Found) result, version);
    }

    private static CallMethodResult found(SeriesResult.Found found, String version) {
        double[] seconds = found.series().timesSeconds();
        double[] values = found.series().values();
        DateTime[] times = new DateTime[seconds.length];
        Double[] boxed = new Double[seconds.length];
        for (int i = 0; i < seconds.length; i++) {
            Instant at = found.start().plusNanos(Math.round(seconds[i] * 1e9));
            times[i] = new DateTime(UaTime.ofInstant(at));
            boxed[i] = values[i];
        }
        double last = values.length == 0 ? 0 : values[values.length - 1];
        String text = "%d points".formatted(times.length);
        return Answer.of(true, text, Answer.plain(last, found.unit(), version, text), times, boxed);
    }

    private CallMethodResult result(TwinInstance instance, Subject subject, CallArguments arguments, Viewer viewer) {
        String id = arguments.string(0);
        Optional<RunStatus> status = runs.status(id, viewer).filter(s -> instance.answersTo(s.twinId()));
        return status.map(s -> ModelAnswer.of(subject, s, runs.kpis(id, viewer), runs.optimum(id, viewer)))
                .orElseGet(() -> unknownRun(1));
    }

    private CallMethodResult cancel(TwinInstance instance, Subject subject, CallArguments arguments, Viewer viewer) {
        String id = arguments.string(0);
        boolean isOfThisTwin = runs.status(id, viewer)
                .filter(s -> instance.answersTo(s.twinId()))
                .isPresent();
        if (!isOfThisTwin) {
            return unknownRun(1);
        }
        RunManager.CancelResult result = runs.cancel(id, viewer);
        String version = subject.description().versionText();
        return switch (result) {
            case CANCELLED ->
                Answer.of(true, "The run is cancelled.", Answer.plain(0, "", version, "Cancelled by its caller."));
            case ALREADY_FINISHED ->
                Answer.of(false, "The run had already ended.", Answer.plain(0, "", version, "Nothing to cancel."));
            case UNKNOWN_RUN -> unknownRun(1);
        };
    }

    /** The run does not exist or is not the caller's: the two cannot be told apart. */
    private static CallMethodResult unknownRun(int arguments) {
        List<StatusCode> results = new ArrayList<>(Collections.nCopies(arguments, StatusCode.GOOD));
        results.set(0, new StatusCode(StatusCodes.Bad_NoMatch));
        return CallArguments.invalid(results);
    }

    private static CallMethodResult invalid(MethodSignature signature, List<InvalidParameter> problems) {
        List<StatusCode> results =
                new ArrayList<>(Collections.nCopies(signature.inputs().size(), StatusCode.GOOD));
        for (InvalidParameter problem : problems) {
            long code =
                    switch (problem.kind()) {
                        case NO_MATCH -> StatusCodes.Bad_NoMatch;
                        case OUT_OF_RANGE -> StatusCodes.Bad_OutOfRange;
                        case INVALID -> StatusCodes.Bad_InvalidArgument;
                    };
            results.set(problem.argumentIndex(), new StatusCode(code));
        }
        return CallArguments.invalid(results);
    }
}
