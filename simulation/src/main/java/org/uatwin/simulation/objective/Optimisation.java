package org.uatwin.simulation.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.uatwin.informationmodel.plant.Document;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.scenario.InvalidParameter;
import org.uatwin.simulation.scenario.RunFacts;
import org.uatwin.simulation.scenario.RunTask;
import org.uatwin.simulation.scenario.StartResult;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.twin.BoundSystem;

/** From the arguments of Optimize to a task a run can carry out. Stateless. */
public final class Optimisation {
    /** Most evaluations one run may ask for. */
    public static final long MOST_EVALUATIONS = 1_000_000;
    /** Longest time a search may take, in seconds. */
    public static final double MOST_SECONDS = 300;

    /** Reading that a model with a clock starts at, in hours. */
    private static final String TIME_OF_DAY = BoundSystem.TIME_OF_DAY;

    private Optimisation() {}

    /**
     * Arguments of the method Optimize, in its order.
     *
     * @param objectiveName name of an objective, empty for the default one; or a text with its settings.
     * @param horizonSeconds 0 = the objective's own.
     * @param maxIterations evaluations of the model; 0 = the objective's own.
     */
    public record Request(String objectiveName, double horizonSeconds, long maxIterations) {
        /** What was asked, argument by argument. */
        List<RunFacts.Input> inputs() {
            return List.of(
                    new RunFacts.Input("ObjectiveName", objectiveName),
                    new RunFacts.Input("HorizonSeconds", String.valueOf(horizonSeconds)),
                    new RunFacts.Input("MaxIterations", String.valueOf(maxIterations)));
        }
    }

    /**
     * The twin that is asked.
     *
     * @param live readings, of parts as {@code <part>/<Point>}.
     * @param objectives those of its model, the default first.
     * @param configured settings of an objective as the plant file gives them.
     * @param startHour the present time of day, hours 0..24.
     */
    public record Asked(
            Subject subject,
            LiveState live,
            List<Objective> objectives,
            Function<Objective, Settings> configured,
            double startHour) {}

    /** What came of checking: a task, or why there is none; one of the two is empty. */
    public record Checked(Optional<RunTask> task, Optional<StartResult> refusal) {
        private static Checked refused(StartResult why) {
            return new Checked(Optional.empty(), Optional.of(why));
        }
    }

    /**
     * Checks a request and starts the model.
     *
     * @param ticker nanoseconds that only move forward: what the time limit is measured with.
     */
    public static Checked check(Asked asked, Request request, LongSupplier ticker) {
        QuestionText.Asked what;
        if (QuestionText.isText(request.objectiveName())) {
            QuestionText.Reading reading =
                    QuestionText.read(request.objectiveName(), asked.objectives(), asked.configured());
            if (reading.asked().isEmpty()) {
                return Checked.refused(new StartResult.Refused(
                        "The objective cannot be asked for. " + String.join(" ", reading.problems())));
            }
            what = reading.asked().get();
        } else {
            Optional<Objective> found = asked.objectives().stream()
                    .filter(o ->
                            request.objectiveName().isEmpty() || o.spec().name().equals(request.objectiveName()))
                    .findFirst();
            if (found.isEmpty()) {
                List<InvalidParameter> problems = new ArrayList<>();
                problems.add(new InvalidParameter(0, InvalidParameter.Kind.NO_MATCH, unknown(asked, request)));
                horizon(request.horizonSeconds(), Double.MAX_VALUE, 0).ifPresent(problems::add);
                iterations(request.maxIterations(), 0).ifPresent(problems::add);
                return Checked.refused(new StartResult.Invalid(problems));
            }
            what = new QuestionText.Asked(
                    found.get(), asked.configured().apply(found.get()), 0, 0, Double.NaN, 1, Map.of());
        }
        return check(asked, request, what, ticker);
    }

    /**
     * The same from a document that holds more than the objective; what is wrong stands in the document.
     *
     * @param others keys of it that somebody else reads.
     */
    public static Optional<RunTask> ofDocument(
            Asked asked, Document.Node root, List<String> others, LongSupplier ticker) {
        Optional<QuestionText.Asked> what = QuestionText.read(root, asked.objectives(), asked.configured(), others);
        if (what.isEmpty() || root.document().hasErrors()) {
            return Optional.empty();
        }
        Checked checked = check(asked, new Request("", 0, 0), what.get(), ticker);
        checked.refusal().ifPresent(why -> root.error(text(why), fix(why)));
        return checked.task();
    }

    private static String fix(StartResult why) {
        return why instanceof StartResult.NotEnoughData
                ? "write the readings of these points under start:."
                : "see uatwin optimise --list and --describe.";
    }

    private static String text(StartResult why) {
        if (why instanceof StartResult.Invalid invalid) {
            return invalid.problems().stream().map(InvalidParameter::text).collect(Collectors.joining("; "));
        }
        if (why instanceof StartResult.NotEnoughData missing) {
            return missing.text();
        }
        return why instanceof StartResult.Refused refused ? refused.text() : why.toString();
    }

    private static String unknown(Asked asked, Request request) {
        return asked.objectives().isEmpty()
                ? "nothing can be optimised about " + asked.subject().twinId()
                : QuestionText.unknown(request.objectiveName(), asked.objectives());
    }

    private static Checked check(Asked asked, Request request, QuestionText.Asked what, LongSupplier ticker) {
        ObjectiveSpec spec = what.objective().spec();
        List<InvalidParameter> problems = new ArrayList<>();
        what.objective()
                .unfit(asked.subject())
                .ifPresent(why -> problems.add(new InvalidParameter(
                        0,
                        InvalidParameter.Kind.NO_MATCH,
                        "%s cannot be asked of %s: %s"
                                .formatted(spec.name(), asked.subject().twinId(), why))));
        double horizon = request.horizonSeconds() == 0 ? what.horizonSeconds() : request.horizonSeconds();
        horizon = horizon == 0 ? spec.horizonSeconds() : horizon;
        horizon(horizon, spec.longestHorizonSeconds(), spec.horizonSeconds()).ifPresent(problems::add);
        long most = request.maxIterations() == 0 ? what.iterations() : request.maxIterations();
        most = most == 0 ? spec.evaluations() : most;
        iterations(most, spec.evaluations()).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            return Checked.refused(new StartResult.Invalid(problems));
        }
        LiveState live = asked.live();
        for (Map.Entry<String, Double> reading : what.readings().entrySet()) {
            if (!asked.subject().points().containsKey(reading.getKey())) {
                return Checked.refused(new StartResult.Refused("The objective cannot be asked for. start: \"%s\" is no"
                                .formatted(reading.getKey())
                        + " point the model reads"
                        + NearestName.hint(
                                reading.getKey(), asked.subject().points().keySet())));
            }
            live = live.with(reading.getKey(), LiveReading.good(reading.getValue()));
        }
        double hour = Double.isNaN(what.startHour()) ? asked.startHour() : what.startHour();
        live = live.with(TIME_OF_DAY, LiveReading.good(hour));
        ModelStart start = asked.subject().start(live);
        if (!start.isUsable()) {
            return Checked.refused(new StartResult.NotEnoughData("Not enough data for %s: %s."
                    .formatted(asked.subject().twinId(), start.quality().missing())));
        }
        Question question = new Question(asked.subject(), live, start, what.settings(), horizon, hour, what.seed());
        return new Checked(
                Optional.of(new OptimiseTask(what.objective(), question, request.inputs(), most, MOST_SECONDS, ticker)),
                Optional.empty());
    }

    private static Optional<InvalidParameter> horizon(double seconds, double longest, double whenZero) {
        if (Double.isFinite(seconds) && seconds >= 0 && seconds <= longest) {
            return Optional.empty();
        }
        return Optional.of(new InvalidParameter(
                1,
                Double.isFinite(seconds) ? InvalidParameter.Kind.OUT_OF_RANGE : InvalidParameter.Kind.INVALID,
                "HorizonSeconds %s is outside 0..%s s (0 = %s s)"
                        .formatted(Texts.of(seconds, ""), Texts.of(longest, ""), Texts.of(whenZero, ""))));
    }

    private static Optional<InvalidParameter> iterations(long most, long whenZero) {
        return most >= 0 && most <= MOST_EVALUATIONS
                ? Optional.empty()
                : Optional.of(new InvalidParameter(
                        2,
                        InvalidParameter.Kind.OUT_OF_RANGE,
                        "MaxIterations %d is outside 0..%d (0 = %d)".formatted(most, MOST_EVALUATIONS, whenZero)));
    }
}
