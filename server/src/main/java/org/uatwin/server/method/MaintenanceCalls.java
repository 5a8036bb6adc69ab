package org.uatwin.server.method;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.maintenance.Assessment;
import org.uatwin.server.maintenance.BaselineLearning;
import org.uatwin.server.maintenance.LiveMaintenance;
import org.uatwin.server.maintenance.MaintenanceProposal;
import org.uatwin.server.maintenance.MaintenanceRecord;
import org.uatwin.server.maintenance.MaintenanceStore;
import org.uatwin.server.maintenance.PastValues;
import org.uatwin.server.maintenance.PlanQuestion;
import org.uatwin.server.maintenance.PlannedJob;
import org.uatwin.server.maintenance.StoredModel;
import org.uatwin.server.maintenance.Texts;
import org.uatwin.server.state.StateException;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.detection.TwinBaseline;
import org.uatwin.simulation.maintenance.MaintenanceAction;
import org.uatwin.simulation.scenario.RunManager;
import org.uatwin.simulation.scenario.RunTask;
import org.uatwin.simulation.scenario.StartResult;
import org.uatwin.simulation.scenario.Viewer;

/** Answers the methods about health and maintenance. Any thread; on the pool of calls. */
public final class MaintenanceCalls {
    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceCalls.class);
    private static final String NONE = "none";
    private static final String BASELINE = "baseline/";
    private static final long DEFAULT_SPAN = 30L * 24 * 3600 * UaTime.TICKS_PER_SECOND;
    private static final double MOST_LOAD = 10;
    private static final long WEEK = 7L * 24 * 3600 * UaTime.TICKS_PER_SECOND;
    private static final long MOST_AHEAD = 100 * 52 * WEEK; // ticks; calendars are read day by day
    private static final ModelDescription LEARNING = new ModelDescription(
            "Baseline", "1.0", List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), 1, 1);

    private final Supplier<LiveMaintenance> live;
    private final MaintenanceStore store;
    private final PastValues past;
    private final RunManager runs;
    private final LongSupplier now;

    /**
     * @param live what watches the twins at present.
     * @param past what models are learned from.
     * @param now {@link UaTime} ticks.
     */
    public MaintenanceCalls(
            Supplier<LiveMaintenance> live,
            MaintenanceStore store,
            PastValues past,
            RunManager runs,
            LongSupplier now) {
        this.live = live;
        this.store = store;
        this.past = past;
        this.runs = runs;
        this.now = now;
    }

    /**
     * The answer of a method.
     *
     * @param more gets the fields that only the structured variant has.
     */
    CallMethodResult answer(
            TwinInstance twin,
            MethodSignature signature,
            CallArguments arguments,
            Viewer viewer,
            Map<String, @Nullable Object> more) {
        if (!twin.twin().isWatched()) {
            return CallArguments.refusal(StatusCodes.Bad_NotSupported);
        }
        try {
            return answered(twin, signature, arguments, viewer, more);
        } catch (StateException e) {
            LOG.error("{} {} could not be kept: {}", twin.id(), signature.name(), e.getMessage());
            return CallArguments.refusal(StatusCodes.Bad_ResourceUnavailable);
        }
    }

    private CallMethodResult answered(
            TwinInstance twin,
            MethodSignature signature,
            CallArguments arguments,
            Viewer viewer,
            Map<String, @Nullable Object> more) {
        return switch (signature.name()) {
            case "AssessHealth" -> assessed(twin, found -> HealthAnswer.assess(found, more));
            case "Diagnose" -> assessed(twin, found -> HealthAnswer.diagnose(found, more));
            case "PredictRemainingUsefulLife" -> predict(twin, signature, arguments, more);
            case "PlanMaintenance" -> plan(twin, signature, arguments, more);
            case "ScheduleMaintenance" -> schedule(twin, signature, arguments, more);
            case "DeferMaintenance" -> defer(twin, signature, arguments);
            case "RecordMaintenance" -> record(twin, signature, arguments, viewer);
            case "RecordFailure" -> recordFailure(twin, signature, arguments, viewer);
            case "ListMaintenance" -> RecordAnswers.list(live.get().plant(), store, twin);
            case "LearnBaseline" -> learn(twin, signature, arguments, viewer);
            case "ListModels" -> list(twin);
            case "RollbackModel" -> rollback(twin, signature, arguments);
            case "ExportModel" -> export(twin, signature, arguments);
            default -> CallArguments.refusal(StatusCodes.Bad_NotImplemented);
        };
    }

    private CallMethodResult assessed(TwinInstance twin, Function<Assessment, CallMethodResult> answer) {
        return live.get().assess(twin).map(answer).orElseGet(() -> CallArguments.refusal(StatusCodes.Bad_NotSupported));
    }

    private CallMethodResult predict(
            TwinInstance twin, MethodSignature signature, CallArguments arguments, Map<String, @Nullable Object> more) {
        double factor = arguments.number(0) == 0 ? 1 : arguments.number(0);
        if (!(factor > 0 && factor <= MOST_LOAD)) {
            return refused(signature, 0, StatusCodes.Bad_OutOfRange);
        }
        return assessed(
                twin,
                found -> LifeAnswer.of(found, live.get().predict(twin, factor).orElse(found.life()), more));
    }

    private CallMethodResult plan(
            TwinInstance twin, MethodSignature signature, CallArguments arguments, Map<String, @Nullable Object> more) {
        return planned(twin, signature, arguments, proposal -> PlanAnswer.of(proposal, more));
    }

    private CallMethodResult schedule(
            TwinInstance twin, MethodSignature signature, CallArguments arguments, Map<String, @Nullable Object> more) {
        return planned(twin, signature, arguments, proposal -> ScheduleAnswer.of(proposal, more));
    }

    /** The answer of a method that takes the time that is offered. */
    private CallMethodResult planned(
            TwinInstance twin,
            MethodSignature signature,
            CallArguments arguments,
            Function<MaintenanceProposal, CallMethodResult> answer) {
        long at = now.getAsLong();
        long earliest = Math.max(at, time(arguments, 0, at));
        long latest = time(arguments, 1, 0);
        double longest = arguments.number(2);
        if (latest != 0 && (latest <= earliest || latest - at > MOST_AHEAD)) {
            return refused(signature, 1, StatusCodes.Bad_OutOfRange);
        }
        if (earliest - at > MOST_AHEAD) {
            return refused(signature, 0, StatusCodes.Bad_OutOfRange);
        }
        if (!(longest >= 0 && longest <= 10_000)) {
            return refused(signature, 2, StatusCodes.Bad_OutOfRange);
        }
        return proposal(twin, new PlanQuestion(at, earliest, latest, longest))
                .map(answer)
                .orElseGet(() -> CallArguments.refusal(StatusCodes.Bad_NotSupported));
    }

    private Optional<MaintenanceProposal> proposal(TwinInstance twin, PlanQuestion asked) {
        return MaintenanceProposal.of(live.get(), store, twin, asked);
    }

    private CallMethodResult defer(TwinInstance twin, MethodSignature signature, CallArguments arguments) {
        long at = now.getAsLong();
        long later = time(arguments, 1, at + WEEK);
        if (later < at || later - at > MOST_AHEAD) {
            return refused(signature, 1, StatusCodes.Bad_OutOfRange);
        }
        Optional<MaintenanceProposal> found = proposal(twin, new PlanQuestion(at, at, 0, 0));
        if (found.isEmpty()) {
            return CallArguments.refusal(StatusCodes.Bad_NotSupported);
        }
        MaintenanceProposal proposal = found.get();
        String task = arguments.string(0);
        for (int row : proposal.byUrgency()) {
            PlannedJob job = proposal.jobs().get(row);
            if (task.isEmpty()
                    || task.equals(PlanTexts.task(proposal, job))
                    || task.equals(job.asset().id() + "/" + job.task().name())) {
                return ScheduleAnswer.deferred(proposal, row, proposal.asked().hoursTo(later));
            }
        }
        if (!task.isEmpty() && !proposal.jobs().isEmpty()) {
            return refused(signature, 0, StatusCodes.Bad_NoMatch);
        }
        String why = "There is nothing to put off: " + PlanAnswer.reason(proposal);
        return Answer.of(
                false,
                why,
                PlanAnswer.block(proposal.found(), 0, "", why),
                "",
                DateTime.MIN_VALUE,
                DateTime.MIN_VALUE,
                0.0,
                0.0,
                0.0,
                proposal.currency());
    }

    private CallMethodResult record(
            TwinInstance twin, MethodSignature signature, CallArguments arguments, Viewer viewer) {
        String task = arguments.string(0);
        long at = now.getAsLong();
        long performed = time(arguments, 1, at);
        double restored = arguments.number(2) == 0 ? restoration(twin, task) : arguments.number(2);
        Problems problems = new Problems(signature);
        problems.check(0, live.get().tasks(twin).contains(task), StatusCodes.Bad_NoMatch);
        problems.check(1, performed <= at, StatusCodes.Bad_OutOfRange);
        problems.check(2, restored > 0 && restored <= 1, StatusCodes.Bad_OutOfRange);
        if (problems.isAny()) {
            return problems.refusal();
        }
        MaintenanceRecord record = live.get()
                .record(
                        twin,
                        task,
                        performed,
                        restored,
                        arguments.string(3),
                        viewer.user(),
                        MaintenanceRecord.NO_FAILURE);
        return RecordAnswers.recorded(record, task + " is recorded");
    }

    private CallMethodResult recordFailure(
            TwinInstance twin, MethodSignature signature, CallArguments arguments, Viewer viewer) {
        String mode = arguments.string(0);
        long at = now.getAsLong();
        long repaired = time(arguments, 2, at);
        long failed = time(arguments, 1, repaired);
        double restored = arguments.number(3) == 0 ? restoration(twin, mode) : arguments.number(3);
        Problems problems = new Problems(signature);
        boolean isMode = live.get().tasks(twin).contains(mode)
                && !mode.equals(MaintenanceAction.OVERHAUL)
                && !mode.equals(MaintenanceRecord.INSPECTION);
        problems.check(0, isMode, StatusCodes.Bad_NoMatch);
        problems.check(1, failed <= repaired, StatusCodes.Bad_OutOfRange);
        problems.check(2, repaired <= at, StatusCodes.Bad_OutOfRange);
        problems.check(3, restored > 0 && restored <= 1, StatusCodes.Bad_OutOfRange);
        if (problems.isAny()) {
            return problems.refusal();
        }
        MaintenanceRecord record =
                live.get().record(twin, mode, repaired, restored, arguments.string(4), viewer.user(), failed);
        String text = "Failure by %s at %s is recorded".formatted(mode, Texts.time(failed));
        return RecordAnswers.recorded(record, text);
    }

    /** What the plant file says of the share of the damage that a repair takes away. */
    private double restoration(TwinInstance twin, String task) {
        return live.get()
                .plant()
                .plant()
                .maintenance()
                .task(twin.twin().maintenance(), task)
                .restoration();
    }

    /** What is wrong with single arguments. */
    private static final class Problems {
        private final List<StatusCode> results;

        Problems(MethodSignature signature) {
            results = new ArrayList<>(Collections.nCopies(signature.inputs().size(), StatusCode.GOOD));
        }

        void check(int argument, boolean isFine, long code) {
            if (!isFine) {
                results.set(argument, new StatusCode(code));
            }
        }

        boolean isAny() {
            return results.stream().anyMatch(StatusCode::isBad);
        }

        CallMethodResult refusal() {
            return CallArguments.invalid(results);
        }
    }

    private CallMethodResult learn(
            TwinInstance twin, MethodSignature signature, CallArguments arguments, Viewer viewer) {
        long at = now.getAsLong();
        long until = Math.min(at, time(arguments, 1, at));
        long from = time(arguments, 0, until - DEFAULT_SPAN);
        if (from >= until) {
            return refused(signature, 0, StatusCodes.Bad_OutOfRange);
        }
        RunTask task = new BaselineLearning(
                twin, from, until, at, past, store, learned -> live.get().use(twin, learned));
        StartResult result = runs.start(twin.id(), LEARNING, task, viewer.user());
        if (result instanceof StartResult.TooMany) {
            return CallArguments.refusal(StatusCodes.Bad_TooManyOperations);
        }
        String id = ((StartResult.Started) result).runId();
        return Answer.of(
                true,
                "Learning has started.",
                Answer.plain(0, "", LEARNING.versionText(), "Poll GetRunStatus with the RunId."),
                id);
    }

    private CallMethodResult list(TwinInstance twin) {
        List<StoredModel> models = store.modelsOf(twin);
        int used = store.used(twin).map(StoredModel::version).orElse(0);
        String text = models.isEmpty()
                ? "No model has been learned; call LearnBaseline."
                : "%d kept; %s in use.".formatted(models.size(), used == 0 ? NONE : BASELINE + used);
        return Answer.of(
                true,
                text,
                Answer.plain(models.size(), "", used == 0 ? "" : BASELINE + used, text),
                models.stream().map(StoredModel::versionText).toArray(String[]::new),
                models.stream().map(m -> new DateTime(m.learnedAt())).toArray(DateTime[]::new),
                models.stream().map(m -> uint(m.rows())).toArray(UInteger[]::new),
                models.stream().map(m -> m.version() == used).toArray(Boolean[]::new),
                models.stream().map(StoredModel::description).toArray(String[]::new));
    }

    /** The version an argument names: 0 for none; empty if there is no such model. */
    private OptionalInt version(TwinInstance twin, String given, boolean isBefore) {
        List<StoredModel> models = store.modelsOf(twin);
        int used = store.used(twin).map(StoredModel::version).orElse(0);
        if (given.isEmpty() && !isBefore) {
            return used == 0 ? OptionalInt.empty() : OptionalInt.of(used);
        }
        if (given.isEmpty()) {
            return models.stream()
                    .mapToInt(StoredModel::version)
                    .filter(version -> version < used)
                    .max();
        }
        if (given.toLowerCase(Locale.ROOT).equals(NONE) && isBefore) {
            return OptionalInt.of(0);
        }
        return models.stream()
                .filter(model -> model.versionText().equals(given)
                        || Integer.toString(model.version()).equals(given))
                .mapToInt(StoredModel::version)
                .findFirst();
    }

    private CallMethodResult rollback(TwinInstance twin, MethodSignature signature, CallArguments arguments) {
        OptionalInt version = version(twin, arguments.string(0), true);
        if (version.isEmpty()) {
            return refused(signature, 0, StatusCodes.Bad_NoMatch);
        }
        Optional<StoredModel> model = store.modelsOf(twin).stream()
                .filter(m -> m.version() == version.getAsInt())
                .findFirst();
        TwinBaseline learned = model.map(m -> TwinBaseline.read(m.learned())).orElse(null);
        if (model.isPresent() && learned == null) {
            String text = "%s was written by another version of this program and cannot be used."
                    .formatted(model.get().versionText());
            return Answer.of(false, text, Answer.plain(0, "", "", text), "");
        }
        store.use(twin, version.getAsInt());
        live.get().use(twin, learned);
        String used = model.map(StoredModel::versionText).orElse("");
        String text = used.isEmpty() ? "No learned model is in use now." : used + " is in use now.";
        return Answer.of(true, text, Answer.plain(0, "", used, text), used);
    }

    private CallMethodResult export(TwinInstance twin, MethodSignature signature, CallArguments arguments) {
        OptionalInt version = version(twin, arguments.string(0), false);
        Optional<StoredModel> model = version.isEmpty()
                ? Optional.empty()
                : store.modelsOf(twin).stream()
                        .filter(m -> m.version() == version.getAsInt())
                        .findFirst();
        if (model.isEmpty()) {
            return refused(signature, 0, StatusCodes.Bad_NoMatch);
        }
        return Answer.of(
                true,
                model.get().versionText(),
                Answer.plain(0, "", model.get().versionText(), model.get().description()),
                document(twin, model.get()));
    }

    /** A model as text: what it is for people, and itself for a program. */
    private static String document(TwinInstance twin, StoredModel model) {
        return """
                {
                  "twin": "%s",
                  "type": "%s",
                  "version": "%s",
                  "learnedAt": "%s",
                  "from": "%s",
                  "until": "%s",
                  "rows": %d,
                  "description": "%s",
                  "model": "%s"
                }
                """
                .formatted(
                        twin.id(),
                        twin.type().name(),
                        model.versionText(),
                        UaTime.toInstant(model.learnedAt()),
                        UaTime.toInstant(model.from()),
                        UaTime.toInstant(model.until()),
                        model.rows(),
                        model.description()
                                .replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n"),
                        Base64.getEncoder().encodeToString(model.learned()));
    }

    /** A time argument; a null one is {@code standard}. */
    private static long time(CallArguments arguments, int i, long standard) {
        return arguments.value(i) instanceof DateTime time && time.getUtcTime() > 0 ? time.getUtcTime() : standard;
    }

    private static CallMethodResult refused(MethodSignature signature, int argument, long code) {
        List<StatusCode> results =
                new ArrayList<>(Collections.nCopies(signature.inputs().size(), StatusCode.GOOD));
        results.set(argument, new StatusCode(code));
        return CallArguments.invalid(results);
    }

    /** What is known, as the answer block says it. */
    static String why(Assessment found) {
        return found.inputs() == Assessment.Inputs.NOT_GOOD
                ? "Some of the measurements are not good, or have stopped. "
                : "";
    }

    static DateTime time(long ticks) {
        return ticks == 0 ? DateTime.MIN_VALUE : new DateTime(ticks);
    }

    static String hours(double hours) {
        return Texts.hours(hours);
    }
}
