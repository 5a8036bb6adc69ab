package org.uatwin.simulation.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.PointIssue;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.solver.Trajectory;

/**
 * Answers "what would this output be in a while if that were changed now". A pure function: same binding, live state, request,
 * seed and model version give the same bits. Runs on the caller's thread; the work is bounded in steps, not in time, so that the
 * answer does not depend on the machine: at most {@value #MAX_STEPS} model steps, well under a second.
 */
public final class WhatIfEngine {
    /** Confidence level of the interval. */
    public static final double CONFIDENCE = 0.9;
    /** Model steps one call may take in all. */
    static final long MAX_STEPS = 300_000;
    /** Steps beyond which fewer replicates are run. */
    private static final long COMFORTABLE_STEPS = 40_000;

    private static final int MOST_REPLICATES = 40;
    private static final int FEWEST_REPLICATES = 14;

    private WhatIfEngine() {}

    /** Answers a what-if to a twin model. */
    public static WhatIfResult whatIf(ModelBinding binding, LiveState live, WhatIfRequest request, long seed) {
        return whatIf(Subject.of(binding), live, request, seed);
    }

    /** Answers a what-if; see the class for what is guaranteed. */
    public static WhatIfResult whatIf(Subject subject, LiveState live, WhatIfRequest request, long seed) {
        ModelDescription description = subject.description();
        List<InvalidParameter> problems = check(subject, request);
        if (!problems.isEmpty()) {
            return new WhatIfResult.Invalid(problems);
        }
        OutputSpec output = description.outputs().get(description.outputIndex(request.outputName()));
        ModelStart start = subject.start(live);
        if (!start.isUsable()) {
            String text = "Not enough data for %s: %s."
                    .formatted(subject.twinId(), start.quality().missing());
            return new WhatIfResult.Answered(refusal(description, output, start, text));
        }
        return new WhatIfResult.Answered(answer(subject, live, request, output, start, seed));
    }

    /** Longest horizon a what-if of this model may ask for, in seconds. */
    public static double longestHorizonSeconds(Subject subject) {
        double steps = MAX_STEPS / (2.0 * (FEWEST_REPLICATES + 1)) / subject.stepCost();
        return Math.floor(
                Math.max(subject.fewestSteps(), steps) * subject.description().maxStepSeconds());
    }

    private static List<InvalidParameter> check(Subject subject, WhatIfRequest request) {
        ModelDescription description = subject.description();
        List<InvalidParameter> problems = new ArrayList<>();
        Targets.check(subject, request.parameterName(), request.newValue(), 0, 1, problems);
        if (description.outputIndex(request.outputName()) < 0) {
            List<String> names =
                    description.outputs().stream().map(OutputSpec::name).toList();
            String text = request.outputName().isEmpty()
                    ? "OutputName is empty; there is " + String.join(", ", names)
                    : "\"%s\" is not an output of %s%s"
                            .formatted(
                                    request.outputName(),
                                    description.name(),
                                    NearestName.hint(request.outputName(), names));
            problems.add(new InvalidParameter(2, InvalidParameter.Kind.NO_MATCH, text));
        }
        double horizon = request.horizonSeconds();
        double longest = longestHorizonSeconds(subject);
        if (!Double.isFinite(horizon)) {
            problems.add(new InvalidParameter(
                    3, InvalidParameter.Kind.INVALID, "HorizonSeconds must be a number, not " + horizon));
        } else if (horizon < 0 || horizon > longest) {
            problems.add(new InvalidParameter(
                    3,
                    InvalidParameter.Kind.OUT_OF_RANGE,
                    "HorizonSeconds %s is outside 0..%s s (0 = %s s); longer ones are a run: call Simulate"
                            .formatted(
                                    Figures.text(horizon),
                                    Figures.text(longest),
                                    Figures.text(description.defaultHorizonSeconds()))));
        }
        return problems;
    }

    private static WhatIfAnswer answer(
            Subject subject, LiveState live, WhatIfRequest request, OutputSpec output, ModelStart start, long seed) {
        ModelDescription description = subject.description();
        double horizon = request.horizonSeconds() == 0 ? description.defaultHorizonSeconds() : request.horizonSeconds();
        int steps = (int) Math.max(subject.fewestSteps(), Math.ceil(horizon / description.maxStepSeconds() - 1e-9));
        double work = 2 * subject.stepCost() * horizon / description.maxStepSeconds();
        int replicates = (int)
                Math.max(FEWEST_REPLICATES, Math.min(MOST_REPLICATES, COMFORTABLE_STEPS / Math.max(2.0 * steps, work)));
        Question question = new Question(
                subject,
                List.of(ScenarioAction.set(request.parameterName(), request.newValue(), 0)),
                description.outputIndex(request.outputName()),
                horizon / steps,
                steps);

        Outcome baseline = question.run(start, false, seed);
        Outcome predicted = question.run(start, true, seed);
        if (!Double.isFinite(baseline.value()) || !Double.isFinite(predicted.value())) {
            return refusal(
                    description, output, start, "The model left its domain; the change is too large for an answer.");
        }
        double[] values = new double[replicates];
        double[] deltas = new double[replicates];
        int kept = 0;
        NoiseStream root = NoiseStream.ofSeed(seed);
        for (int i = 0; i < replicates; i++) {
            NoiseStream own = root.split();
            ModelStart sample = subject.draw(live, own);
            long chance = own.nextSeed();
            double with = question.run(sample, true, chance).value();
            double without = question.run(sample, false, chance).value();
            if (sample.isUsable() && Double.isFinite(with) && Double.isFinite(without)) {
                values[kept] = with;
                deltas[kept] = with - without;
                kept++;
            }
        }
        boolean isMean = subject.isRandom() && kept > 0;
        double value = isMean ? mean(values, kept) : predicted.value();
        double unchanged = isMean ? value - mean(deltas, kept) : baseline.value();
        double tail = (1 - CONFIDENCE) / 2;
        boolean hasInterval = kept >= FEWEST_REPLICATES / 2;
        double lower = hasInterval ? Math.min(value, Figures.quantile(values, kept, tail)) : value;
        double upper = hasInterval ? Math.max(value, Figures.quantile(values, kept, 1 - tail)) : value;
        double delta = value - unchanged;
        double deltaLower = hasInterval ? Math.min(delta, Figures.quantile(deltas, kept, tail)) : delta;
        double deltaUpper = hasInterval ? Math.max(delta, Figures.quantile(deltas, kept, 1 - tail)) : delta;
        boolean extrapolated = start.quality().extrapolated()
                || !predicted.inside()
                || !subject.isCalibratedFor(request.parameterName(), request.newValue());

        String message = message(description, request, output, horizon, unchanged, value);
        String reason = reason(start, predicted, delta, deltaLower, deltaUpper, output.unit(), kept)
                + (isMean ? " Values are means over the runs; the interval holds nine of ten single runs." : "");
        return new WhatIfAnswer(
                true,
                message,
                unchanged,
                value,
                delta,
                new AnswerBlock(
                        lower,
                        upper,
                        hasInterval ? CONFIDENCE : 0,
                        output.unit(),
                        start.quality().dataAgeSeconds(),
                        start.quality().fitScore(),
                        extrapolated,
                        description.versionText(),
                        reason));
    }

    private static double mean(double[] values, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        return sum / count;
    }

    /** One pair of runs to make: what changes, what is read, and how finely. */
    private record Question(Subject subject, List<ScenarioAction> actions, int output, double stepSeconds, int steps) {
        Outcome run(ModelStart start, boolean changed, long seed) {
            Course run = subject.course(start, changed ? actions : List.of(), stepSeconds, seed);
            boolean inside = true;
            for (int i = 0; i < steps; i++) {
                run.step();
                if ((i & 15) == 15) {
                    inside &= run.insideEnvelope();
                }
            }
            double[] y = new double[subject.description().outputs().size()];
            run.outputs(y);
            return new Outcome(y[output], inside && run.insideEnvelope(), run.occurrences());
        }
    }

    private record Outcome(double value, boolean inside, List<Trajectory.Occurrence> occurrences) {}

    private static String message(
            ModelDescription description,
            WhatIfRequest request,
            OutputSpec output,
            double horizon,
            double baseline,
            double predicted) {
        int input = description.inputIndex(request.parameterName());
        String unit = input >= 0
                ? description.inputs().get(input).unit()
                : description
                        .parameters()
                        .get(description.parameterIndex(request.parameterName()))
                        .unit();
        return "With %s = %s, %s is %s instead of %s after %s s."
                .formatted(
                        request.parameterName(),
                        Figures.text(request.newValue(), unit),
                        output.name(),
                        Figures.text(predicted, output.unit()),
                        Figures.text(baseline, output.unit()),
                        Figures.text(horizon));
    }

    private static String reason(
            ModelStart start,
            Outcome predicted,
            double delta,
            double deltaLower,
            double deltaUpper,
            String unit,
            int replicates) {
        StringBuilder text = new StringBuilder();
        text.append("Change %s (%s .. %s) %s from %d pairs of runs."
                .formatted(Figures.text(delta), Figures.text(deltaLower), Figures.text(deltaUpper), unit, replicates));
        if (!start.mode().canDrive()) {
            text.append(" The machine is ")
                    .append(start.mode().text().toLowerCase(Locale.ROOT))
                    .append('.');
        }
        if (!predicted.inside()) {
            text.append(" The change leads outside the validated range of the model.");
        }
        predicted.occurrences().stream()
                .limit(4)
                .forEach(o -> text.append(" %s after %s s.".formatted(o.name(), Figures.text(o.atSeconds()))));
        appendData(text, start);
        return text.toString();
    }

    private static void appendData(StringBuilder text, ModelStart start) {
        List<PointIssue> issues = start.quality().issues();
        if (!issues.isEmpty()) {
            text.append(" Data: ");
            text.append(String.join(
                    ", ", issues.stream().map(PointIssue::toString).distinct().toList()));
            text.append('.');
        }
        if (!start.quality().assumptions().isEmpty()) {
            text.append(" Assumed: ")
                    .append(String.join("; ", start.quality().assumptions()))
                    .append('.');
        }
    }

    private static WhatIfAnswer refusal(
            ModelDescription description, OutputSpec output, ModelStart start, String text) {
        StringBuilder reason = new StringBuilder(text);
        appendData(reason, start);
        return new WhatIfAnswer(
                false,
                text,
                0,
                0,
                0,
                new AnswerBlock(
                        0,
                        0,
                        0,
                        output.unit(),
                        start.quality().dataAgeSeconds(),
                        start.quality().fitScore(),
                        start.quality().extrapolated(),
                        description.versionText(),
                        reason.toString()));
    }

    /** Names a what-if of this model accepts as ParameterName. */
    public static List<String> parameterNames(ModelDescription description) {
        List<String> names = new ArrayList<>();
        description.inputs().stream().map(InputSpec::name).forEach(names::add);
        description.parameters().stream()
                .filter(ParameterSpec::tunable)
                .map(ParameterSpec::name)
                .forEach(names::add);
        return names;
    }
}
