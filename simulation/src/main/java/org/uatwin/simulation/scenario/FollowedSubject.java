package org.uatwin.simulation.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.estimation.Estimate;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.DataTable;

/** A twin that starts from its estimate: state, parameters and their uncertainty; what is wrong with readings is told as ever. */
record FollowedSubject(Subject subject, Estimate estimate) implements Subject {
    @Override
    public String twinId() {
        return subject.twinId();
    }

    @Override
    public ModelDescription description() {
        return subject.description();
    }

    @Override
    public double[] parameters() {
        return subject.parameters();
    }

    @Override
    public double largestInput(int input) {
        return subject.largestInput(input);
    }

    @Override
    public ModelStart start(LiveState live) {
        ModelStart readings = subject.start(live);
        return subject.resumed(readings, estimate.start(readings.quality()));
    }

    @Override
    public ModelStart draw(LiveState live, NoiseStream noise) {
        ModelStart readings = subject.start(live);
        return subject.resumed(readings, estimate.draw(readings.quality(), noise));
    }

    @Override
    public Course course(ModelStart start, List<ScenarioAction> actions, double stepSeconds, long seed) {
        return subject.course(start, actions, stepSeconds, seed);
    }

    @Override
    public Subject own() {
        return subject.own() == subject ? this : subject.own();
    }

    @Override
    public Map<String, DataTable> tables() {
        return subject.tables();
    }

    @Override
    public boolean isRandom() {
        return subject.isRandom();
    }

    @Override
    public double stepCost() {
        return subject.stepCost();
    }

    @Override
    public int fewestSteps() {
        return subject.fewestSteps();
    }

    @Override
    public Optional<String> whyFixed(String parameter) {
        return subject.whyFixed(parameter);
    }

    @Override
    public Map<String, Double> replaceable() {
        return subject.replaceable();
    }

    @Override
    public Optional<String> whyKept(String state) {
        return subject.whyKept(state);
    }

    @Override
    public boolean isCalibratedFor(String inputName, double value) {
        return estimate.isCalibratedFor(inputName, value);
    }
}
