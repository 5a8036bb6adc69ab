package org.uatwin.simulation.casefile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.uatwin.simulation.contract.FitScore;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.contract.ScenarioSpec;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.scenario.Course;
import org.uatwin.simulation.scenario.Replicates;
import org.uatwin.simulation.scenario.SimulationCourse;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;

/**
 * The model of a case as something questions are put to, so that scenarios and analyses are the same offline and in a server. Inputs
 * follow their profiles. Everything may be varied; how well parameters are known is the case's to say.
 */
final class CaseSubject implements Subject, SimulationCourse.Source {
    private static final double ANY = Double.POSITIVE_INFINITY;

    private final SystemModel model;
    private final Setup setup;
    private final List<Profile> profiles;
    private final Case.Times times;
    private final boolean isRandom;
    private final ModelDescription description;
    private final Map<String, Double> replaceable = new LinkedHashMap<>();

    /**
     * @param sigma how well parameters are known, relative, by name.
     * @param scenarios named scenarios and failure modes.
     */
    CaseSubject(
            SystemModel model,
            Setup setup,
            Simulation probe,
            List<Profile> profiles,
            Case.Times times,
            Map<String, Double> sigma,
            boolean isRandom,
            List<ScenarioSpec> scenarios) {
        this.isRandom = isRandom;
        this.model = model;
        this.setup = setup;
        this.profiles = List.copyOf(profiles);
        this.times = times;
        this.description = describe(model, setup, probe, sigma, scenarios);
        replaceable.putAll(model.replaceable(setup));
    }

    private static ModelDescription describe(
            SystemModel model, Setup setup, Simulation probe, Map<String, Double> sigma, List<ScenarioSpec> scenarios) {
        ModelCard card = model.card();
        List<ParameterSpec> parameters = new ArrayList<>();
        for (ParameterSpec p : model.parameters(setup)) {
            parameters.add(ParameterSpec.tunable(
                    p.name(),
                    p.unit(),
                    p.defaultValue(),
                    p.lower(),
                    p.upper(),
                    sigma.getOrDefault(p.name(), 0.0),
                    p.meaning(),
                    p.source()));
        }
        Set<String> names = new HashSet<>();
        parameters.forEach(p -> names.add(p.name()));
        probe.inputs().forEach(p -> names.add(p.name()));
        List<StateSpec> states = model.replaceable(setup).keySet().stream()
                .map(name -> StateSpec.damage(name, "", -ANY, ANY))
                .toList();
        List<InputSpec> inputs = probe.inputs().stream()
                .map(p -> InputSpec.unlinked(p.name(), p.unit(), p.defaultValue(), p.lower(), p.upper()))
                .toList();
        List<OutputSpec> outputs = probe.outputs().stream()
                .map(p -> OutputSpec.figure(p.name(), p.unit(), p.meaning()))
                .toList();
        return new ModelDescription(
                card.name(),
                card.version(),
                parameters,
                states,
                inputs,
                outputs,
                List.of(),
                scenarios.stream()
                        .filter(s -> s.actions().stream().allMatch(a -> names.contains(a.target())))
                        .toList(),
                Math.max(1, card.horizonSeconds()),
                Math.max(1e-9, card.stepSeconds()));
    }

    @Override
    public String twinId() {
        return description.name();
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public double[] parameters() {
        return description.parameters().stream()
                .mapToDouble(p -> setup.given(p.name(), p.defaultValue()))
                .toArray();
    }

    @Override
    public double largestInput(int input) {
        return description.inputs().get(input).upper();
    }

    @Override
    public boolean isRandom() {
        return isRandom;
    }

    @Override
    public Optional<String> whyFixed(String parameter) {
        return model.card().whyFixed(parameter);
    }

    @Override
    public Map<String, Double> replaceable() {
        return replaceable;
    }

    @Override
    public Optional<String> whyKept(String state) {
        return model.prepare(setup).replace(state, 0)
                ? Optional.empty()
                : Optional.of("it is where a run begins and no part that could be exchanged");
    }

    @Override
    public ModelStart start(LiveState live) {
        return at(parameters());
    }

    @Override
    public ModelStart draw(LiveState live, NoiseStream noise) {
        return at(Replicates.parameters(description, parameters(), noise));
    }

    private ModelStart at(double[] parameters) {
        double[] states = description.states().stream()
                .mapToDouble(s -> setup.starts().getOrDefault(model.startOf(s.name()), Double.NaN))
                .toArray();
        return new ModelStart(
                parameters,
                states,
                description.defaultInputs(),
                OperatingMode.RUNNING,
                new ModelStart.Quality("", List.of(), List.of(), 0, FitScore.NOT_TRACKED, false));
    }

    @Override
    public Course course(ModelStart start, List<ScenarioAction> actions, double stepSeconds, long seed) {
        return new SimulationCourse(this, start, actions, times::at, 0, seed);
    }

    @Override
    public void inputs(double timeSeconds, double[] u) {
        for (int i = 0; i < u.length; i++) {
            u[i] = profiles.get(i).at(timeSeconds);
        }
    }

    @Override
    public Simulation prepare(double[] parameters, double[] states, long seed) {
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < parameters.length; i++) {
            values.put(description.parameters().get(i).name(), parameters[i]);
        }
        Map<String, Double> starts = new HashMap<>(setup.starts());
        for (int i = 0; i < states.length; i++) {
            if (!Double.isNaN(states[i])) {
                starts.put(model.startOf(description.states().get(i).name()), states[i]);
            }
        }
        return model.prepare(setup.with(values, starts, seed));
    }

    /** A case has no range of validity beside that of the ports. */
    @Override
    public boolean isInside(double[] u, double[] y) {
        return true;
    }

    @Override
    public String toString() {
        return "case of " + description.versionText();
    }
}
