package org.uatwin.server.maintenance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.PointKind;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.detection.BaselineLearner;
import org.uatwin.simulation.detection.HistoryTable;
import org.uatwin.simulation.detection.LearningResult;
import org.uatwin.simulation.detection.TwinBaseline;
import org.uatwin.simulation.scenario.Kpi;
import org.uatwin.simulation.scenario.RunControl;
import org.uatwin.simulation.scenario.RunFacts;
import org.uatwin.simulation.scenario.RunTask;

/** The work of {@code LearnBaseline}: reads the history of a twin's points, learns, keeps the model and uses it. */
public final class BaselineLearning implements RunTask {
    private static final int ROWS = 20_000; // aimed at
    private static final long[] PERIODS_S = {1, 2, 5, 10, 20, 30, 60, 120, 300, 600};
    private static final double READING = 0.5; // of the work

    private final TwinInstance twin;
    private final long from;
    private final long until;
    private final long now;
    private final PastValues past;
    private final MaintenanceStore store;
    private final Consumer<TwinBaseline> user;

    /**
     * @param from ticks.
     * @param until ticks, later.
     * @param now ticks.
     * @param user uses the model from then on.
     */
    public BaselineLearning(
            TwinInstance twin,
            long from,
            long until,
            long now,
            PastValues past,
            MaintenanceStore store,
            Consumer<TwinBaseline> user) {
        this.twin = twin;
        this.from = from;
        this.until = until;
        this.now = now;
        this.past = past;
        this.store = store;
        this.user = user;
    }

    @Override
    public String title() {
        return "baseline";
    }

    @Override
    public String method() {
        return "LearnBaseline";
    }

    @Override
    public List<RunFacts.Input> inputs() {
        return List.of(
                new RunFacts.Input("From", UaTime.toInstant(from).toString()),
                new RunFacts.Input("Until", UaTime.toInstant(until).toString()));
    }

    @Override
    public Result perform(RunControl control) {
        List<String> names = new ArrayList<>();
        List<Integer> ordinals = new ArrayList<>();
        List<Member.Point> points = twin.type().declaredPoints();
        for (int i = 0; i < points.size(); i++) {
            Member.Point point = points.get(i);
            Binding binding = twin.binding(i);
            boolean isNumber = point.dataType().isNumeric() || point.dataType() == ValueType.BOOLEAN;
            boolean isUsed = isNumber
                    && !point.isArray()
                    && point.isHistorized()
                    && point.kind() != PointKind.COUNTER // it only grows
                    && binding != null
                    && !(binding instanceof Binding.Constant);
            if (isUsed) {
                names.add(point.name());
                ordinals.add(i);
            }
        }
        if (names.isEmpty()) {
            throw new RunTask.Refusal("%s has no bound number whose history is kept.".formatted(twin.id()));
        }
        long oldest = ordinals.stream()
                .mapToLong(ordinal -> past.oldest(twin.firstRow() + ordinal))
                .min()
                .orElse(Long.MAX_VALUE);
        long begin = Math.max(from, oldest);
        if (begin >= until) {
            throw new RunTask.Refusal("There is no history of %s in this time.".formatted(twin.id()));
        }
        long span = until - begin;
        HistoryTable.Builder table = HistoryTable.between(names, begin, until, period(span), span);
        for (int p = 0; p < ordinals.size() && !control.isCancelled(); p++) {
            int column = p;
            past.read(
                    twin.firstRow() + ordinals.get(p),
                    begin,
                    until,
                    (time, value, isGood) -> table.add(column, Math.max(time, begin), value, isGood));
            control.progress(READING * (p + 1) / ordinals.size());
        }
        LearningResult result = BaselineLearner.learn(table.build(), List.of(), "baseline", now, share -> {
            control.progress(READING + (1 - READING) * share);
            return !control.isCancelled();
        });
        if (result instanceof LearningResult.Learned learned && !control.isCancelled()) {
            return kept(learned);
        }
        if (result instanceof LearningResult.NotEnough missing) {
            throw new RunTask.Refusal(Texts.english(missing.text()));
        }
        return new Result(Texts.english(result.text()), List.of(), List.of(), List.of(), Optional.empty());
    }

    private Result kept(LearningResult.Learned learned) {
        TwinBaseline made = learned.baseline();
        String text = Texts.english(learned.text());
        StoredModel model = store.add(twin, version -> {
            TwinBaseline named = made.named("baseline/" + version);
            return new StoredModel(
                    version, named.learnedAt(), named.from(), named.until(), named.rows(), text, named.bytes());
        });
        user.accept(made.named(model.versionText()));
        List<Kpi> figures = List.of(
                figure("Rows", made.rows()),
                figure("RejectedRows", made.rejected()),
                figure("OperatingPoints", made.regimes().count()),
                figure("HeldOutScore", made.heldOutScore()));
        return new Result(
                "%s is in use. %s".formatted(model.versionText(), text),
                List.of(),
                figures,
                List.of(),
                Optional.empty());
    }

    private static Kpi figure(String name, double value) {
        return new Kpi(name, "", value, value, value, value);
    }

    /** Ticks from row to row: fine enough for the span, and a round number. */
    static long period(long span) {
        for (long seconds : PERIODS_S) {
            if (span / (seconds * UaTime.TICKS_PER_SECOND) <= ROWS) {
                return seconds * UaTime.TICKS_PER_SECOND;
            }
        }
        return Math.max(600, span / UaTime.TICKS_PER_SECOND / ROWS) * UaTime.TICKS_PER_SECOND;
    }
}
