package org.uatwin.server.method;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.estimation.Estimate;
import org.uatwin.simulation.objective.Optimisation;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.scenario.RunManager;
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

    private static final Set<String> OF_RUNS = Set.of("GetRunStatus", "GetRunSeries", "GetRunResult", "CancelRun");

    private final TwinModels models;
    private final Function<TwinInstance, Optional<Estimate>> estimates;
    private final RunManager runs;
    private final ExecutorService pool;
    private final InstantSource clock;
    private final RunAnswers runAnswers;
    private final MaintenanceCalls maintenance;
    private final DetailedCalls detailed;
    private final LongAdder refused = new LongAdder();

    /**
     * @param estimates what a followed twin knows beyond its readings.
     * @param maintenance answers what is about health and maintenance.
     * @param pool bounded, with a bounded queue; shut down by its creator.
     */
    public TwinCalls(
            TwinModels models,
            Function<TwinInstance, Optional<Estimate>> estimates,
            RunManager runs,
            MaintenanceCalls maintenance,
            ExecutorService pool,
            InstantSource clock) {
        this.models = models;
        this.estimates = estimates;
        this.runs = runs;
        this.maintenance = maintenance;
        this.runAnswers = new RunAnswers(runs);
        this.detailed = new DetailedCalls(runs);
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
        Optional<DetailedMethod> structured = DetailedMethod.named(signature.name());
        return structured.isPresent()
                ? detailed.answer(
                        structured.get(),
                        arguments,
                        viewer,
                        (flat, asked, more) -> flat(instance, flat, asked, viewer, more))
                : flat(instance, signature, arguments, viewer, new HashMap<>());
    }

    /** @param more gets fields that only a structure has room for. */
    private CallMethodResult flat(
            TwinInstance instance,
            MethodSignature signature,
            CallArguments arguments,
            Viewer viewer,
            Map<String, @Nullable Object> more) {
        String name = signature.name();
        if (MethodSignature.isOfMaintenance(name)) {
            return maintenance.answer(instance, signature, arguments, viewer, more);
        }
        if (OF_RUNS.contains(name)) {
            return runAnswers.answer(instance, signature, arguments, viewer);
        }
        Optional<Subject> subject;
        try {
            subject = models.subject(instance);
        } catch (SetupException e) {
            return CallArguments.refusal(StatusCodes.Bad_ConfigurationError);
        }
        if (subject.isEmpty()) {
            return CallArguments.refusal(StatusCodes.Bad_NotSupported);
        }
        return switch (name) {
            case "WhatIf" -> whatIf(instance, subject.get(), signature, arguments);
            case "Simulate" -> simulate(instance, subject.get(), signature, arguments, viewer);
            case "DescribeModel" -> ModelAnswer.of(subject.get());
            case "Optimize" -> optimize(instance, subject.get(), signature, arguments, viewer);
            case "DescribeObjectives" -> ObjectiveAnswer.of(subject.get(), models.objectives(instance));
            default -> CallArguments.refusal(StatusCodes.Bad_NotImplemented);
        };
    }

    private long now() {
        return UaTime.ofInstant(clock.instant());
    }

    /** The subject with what is known of the twin, and of those it is made of, beyond their readings. */
    Subject known(TwinInstance instance, Subject subject) {
        Map<String, TwinInstance> parts = new HashMap<>();
        parts.put("", instance);
        models.parts(instance).forEach(part -> parts.put(part.id(), part));
        return subject.knowing(name -> Optional.ofNullable(parts.get(name)).flatMap(estimates));
    }

    private CallMethodResult whatIf(
            TwinInstance instance, Subject subject, MethodSignature signature, CallArguments arguments) {
        WhatIfRequest request =
                new WhatIfRequest(arguments.string(0), arguments.number(1), arguments.string(2), arguments.number(3));
        WhatIfResult result = WhatIfEngine.whatIf(
                known(instance, subject), models.snapshot(instance, subject, now()), request, WHAT_IF_SEED);
        if (result instanceof WhatIfResult.Invalid invalid) {
            return CallArguments.invalid(signature, invalid.problems());
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
        boolean isDetailed = arguments.size() > signature.inputs().size();
        SimulateRequest request = new SimulateRequest(
                arguments.string(0),
                arguments.number(1),
                arguments.number(2),
                arguments.strings(3),
                values,
                isDetailed && arguments.value(5) instanceof Integer replicates ? replicates : 0,
                isDetailed && arguments.value(6) instanceof Long seed ? seed : 0);
        StartResult result =
                runs.start(known(instance, subject), models.snapshot(instance, subject, now()), request, viewer.user());
        return started(result, subject, signature);
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
                known(instance, subject),
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
            return CallArguments.invalid(signature, invalid.problems());
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
}
