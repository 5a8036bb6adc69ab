package org.uatwin.simulation.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.contract.ScenarioSpec;

/**
 * A checked simulation: what happens when, how finely and how long.
 *
 * @param scenario name of the scenario.
 * @param actions values set at the start, then the scenario's.
 * @param stepSeconds step of the solver.
 * @param steps number of steps.
 * @param replicates runs with drawn parameters and readings beside the nominal one; 0 = none.
 * @param seed of all that is drawn.
 * @param settleSteps steps before time 0 that are not recorded; actions count from time 0.
 * @param sensitivity analysis of the key figures, if one is wanted.
 * @param inputs what was asked, argument by argument.
 */
public record RunPlan(
        String scenario,
        List<ScenarioAction> actions,
        double stepSeconds,
        long steps,
        int replicates,
        long seed,
        long settleSteps,
        Optional<SensitivityPlan> sensitivity,
        List<RunFacts.Input> inputs) {
    /** Replicates of a model with chance when nothing is said. */
    static final int REPLICATES_OF_CHANCE = 20;

    private static final long DEFAULT_SEED = 1;

    /** Steps of all passes, those of the baseline included. */
    long work() {
        long passes = (1L + replicates) * (actions.isEmpty() ? 1 : 2)
                + sensitivity.map(SensitivityPlan::runs).orElse(0L);
        return (steps + settleSteps) * passes;
    }

    /** A plan, or what is wrong with the request (then {@code plan} is null). */
    record Checked(@Nullable RunPlan plan, List<InvalidParameter> problems) {}

    static Checked check(Subject subject, SimulateRequest request, long maxSteps) {
        return check(subject, request, maxSteps, null);
    }

    /** The same with what a scenario's text adds; its horizon and step stand in for those that are 0. */
    static Checked check(
            Subject subject, SimulateRequest given, long maxSteps, ScenarioReader.@Nullable Scenario text) {
        SimulateRequest request = text == null
                ? given
                : new SimulateRequest(
                        "",
                        given.horizonSeconds() == 0 ? text.horizonSeconds() : given.horizonSeconds(),
                        given.stepSeconds() == 0 ? text.stepSeconds() : given.stepSeconds(),
                        given.parameterNames(),
                        given.parameterValues(),
                        given.replicates(),
                        given.seed());
        ModelDescription description = subject.description();
        List<InvalidParameter> problems = new ArrayList<>();
        ScenarioSpec scenario = description.scenario(request.scenarioName()).orElse(null);
        if (scenario == null) {
            List<String> names = new ArrayList<>(List.of(ScenarioSpec.BASELINE));
            description.scenarios().forEach(s -> names.add(s.name()));
            problems.add(new InvalidParameter(
                    0,
                    InvalidParameter.Kind.NO_MATCH,
                    "\"%s\" is not a scenario of %s%s"
                            .formatted(
                                    request.scenarioName(),
                                    description.name(),
                                    NearestName.hint(request.scenarioName(), names))));
        }
        double step = time(request.stepSeconds(), description.maxStepSeconds(), 2, "StepSeconds", problems);
        double horizon =
                time(request.horizonSeconds(), description.defaultHorizonSeconds(), 1, "HorizonSeconds", problems);
        if (step > description.maxStepSeconds()) {
            problems.add(new InvalidParameter(
                    2,
                    InvalidParameter.Kind.OUT_OF_RANGE,
                    "StepSeconds %s exceeds %s s, beyond which %s is not solved reliably"
                            .formatted(
                                    Figures.text(step),
                                    Figures.text(description.maxStepSeconds()),
                                    description.name())));
        }
        if (problems.isEmpty() && horizon / step > maxSteps) {
            problems.add(new InvalidParameter(
                    1,
                    InvalidParameter.Kind.OUT_OF_RANGE,
                    "HorizonSeconds %s needs more than %d steps of %s s; at most %s s at this step"
                            .formatted(
                                    Figures.text(horizon),
                                    maxSteps,
                                    Figures.text(step),
                                    Figures.text(maxSteps * step))));
        }
        if (request.replicates() < -1) {
            problems.add(new InvalidParameter(
                    5,
                    InvalidParameter.Kind.OUT_OF_RANGE,
                    "Replicates must be -1 (none), 0 (the default) or positive, not " + request.replicates()));
        }
        List<ScenarioAction> actions = settings(subject, request, problems);
        if (!problems.isEmpty() || scenario == null) {
            return new Checked(null, problems);
        }
        actions.addAll(scenario.actions());
        if (text != null) {
            actions.addAll(text.actions());
        }
        int replicates = replicates(subject, request, text);
        long steps = (long) Math.max(1, Math.ceil(horizon / step - 1e-9));
        double length = horizon / steps;
        long settle = text == null ? 0 : (long) Math.ceil(text.settleSeconds() / length - 1e-9);
        Optional<SensitivityPlan> sensitivity = text == null ? Optional.empty() : text.sensitivity();
        long analysed = sensitivity.map(SensitivityPlan::runs).orElse(0L);
        if ((steps + settle) * (1.0 + replicates + analysed) > maxSteps) {
            problems.add(new InvalidParameter(
                    1,
                    InvalidParameter.Kind.OUT_OF_RANGE,
                    "%d steps with %d replicates%s are more than %d steps in all"
                            .formatted(
                                    steps,
                                    replicates,
                                    analysed > 0 ? " and %d runs of the analysis".formatted(analysed) : "",
                                    maxSteps)));
            return new Checked(null, problems);
        }
        return new Checked(
                new RunPlan(
                        text == null ? scenario.name() : "of its own",
                        later(actions, settle * length),
                        length,
                        steps,
                        replicates,
                        request.seed() != 0 ? request.seed() : text == null ? DEFAULT_SEED : text.seed(),
                        settle,
                        sensitivity,
                        given.inputs()),
                List.of());
    }

    /** The request's, else the text's, else as many as a model with chance needs. */
    private static int replicates(Subject subject, SimulateRequest request, ScenarioReader.@Nullable Scenario text) {
        if (request.replicates() != 0) {
            return Math.max(0, request.replicates());
        }
        return text == null || text.replicates() < 0
                ? subject.isRandom() ? REPLICATES_OF_CHANCE : 0
                : text.replicates();
    }

    private static List<ScenarioAction> later(List<ScenarioAction> actions, double seconds) {
        return actions.stream()
                .map(a -> new ScenarioAction(a.target(), a.kind(), a.value(), a.atSeconds() + seconds, a.rampSeconds()))
                .toList();
    }

    private static List<ScenarioAction> settings(
            Subject subject, SimulateRequest request, List<InvalidParameter> problems) {
        List<ScenarioAction> actions = new ArrayList<>();
        int names = request.parameterNames().size();
        int values = request.parameterValues().size();
        if (names != values) {
            problems.add(new InvalidParameter(
                    4,
                    InvalidParameter.Kind.INVALID,
                    "ParameterValues has %d values for %d names".formatted(values, names)));
            return actions;
        }
        for (int i = 0; i < names; i++) {
            String name = request.parameterNames().get(i);
            double value = request.parameterValues().get(i);
            int before = problems.size();
            Targets.check(subject, name, value, 3, 4, problems);
            if (problems.size() == before) {
                actions.add(ScenarioAction.set(name, value, 0));
            }
        }
        return actions;
    }

    private static double time(
            double value, double whenZero, int argument, String name, List<InvalidParameter> problems) {
        if (!Double.isFinite(value) || value < 0) {
            problems.add(new InvalidParameter(
                    argument,
                    Double.isFinite(value) ? InvalidParameter.Kind.OUT_OF_RANGE : InvalidParameter.Kind.INVALID,
                    "%s must be 0 (= %s s) or positive, not %s".formatted(name, Figures.text(whenZero), value)));
            return whenZero;
        }
        return value == 0 ? whenZero : value;
    }
}
