package org.uatwin.server.method;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.scenario.RunManager;
import org.uatwin.simulation.scenario.RunStatus;
import org.uatwin.simulation.scenario.SeriesResult;
import org.uatwin.simulation.scenario.Viewer;

/** Answers about runs: how they stand, what came of them; from what the run itself knows, whatever became of its model. */
final class RunAnswers {
    private final RunManager runs;

    RunAnswers(RunManager runs) {
        this.runs = runs;
    }

    CallMethodResult answer(TwinInstance instance, MethodSignature signature, CallArguments arguments, Viewer viewer) {
        return switch (signature.name()) {
            case "GetRunStatus" -> status(instance, arguments, viewer);
            case "GetRunSeries" -> series(instance, signature, arguments, viewer);
            case "GetRunResult" -> result(instance, arguments, viewer);
            case "CancelRun" -> cancel(instance, arguments, viewer);
            default -> throw new IllegalArgumentException(signature.name());
        };
    }

    private Optional<RunStatus> find(TwinInstance instance, CallArguments arguments, Viewer viewer) {
        return runs.status(arguments.string(0), viewer).filter(run -> instance.answersTo(run.twinId()));
    }

    private CallMethodResult status(TwinInstance instance, CallArguments arguments, Viewer viewer) {
        return find(instance, arguments, viewer)
                .map(s -> Answer.of(
                        true,
                        s.message(),
                        Answer.plain(s.progressPercent(), "%", s.facts().modelVersion(), s.message()),
                        s.state().number(),
                        s.progressPercent(),
                        s.resultId()))
                .orElseGet(() -> unknownRun(1));
    }

    private CallMethodResult series(
            TwinInstance instance, MethodSignature signature, CallArguments arguments, Viewer viewer) {
        Optional<RunStatus> status = find(instance, arguments, viewer);
        if (status.isEmpty()) {
            return unknownRun(signature.inputs().size());
        }
        SeriesResult result = runs.series(arguments.string(0), arguments.string(1), arguments.unsigned(2), viewer);
        String version = status.get().facts().modelVersion();
        if (result instanceof SeriesResult.UnknownRun) {
            return unknownRun(signature.inputs().size());
        }
        if (result instanceof SeriesResult.Invalid invalid) {
            return CallArguments.invalid(signature, List.of(invalid.problem()));
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

    private CallMethodResult result(TwinInstance instance, CallArguments arguments, Viewer viewer) {
        String id = arguments.string(0);
        return find(instance, arguments, viewer)
                .map(s -> ModelAnswer.of(s, runs.kpis(id, viewer), runs.optimum(id, viewer)))
                .orElseGet(() -> unknownRun(1));
    }

    private CallMethodResult cancel(TwinInstance instance, CallArguments arguments, Viewer viewer) {
        Optional<RunStatus> status = find(instance, arguments, viewer);
        if (status.isEmpty()) {
            return unknownRun(1);
        }
        RunManager.CancelResult result = runs.cancel(arguments.string(0), viewer);
        String version = status.get().facts().modelVersion();
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
}
