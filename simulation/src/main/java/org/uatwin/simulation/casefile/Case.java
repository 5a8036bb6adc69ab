package org.uatwin.simulation.casefile;

import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.scenario.SensitivityPlan;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;

/** A case that was read without errors, ready to run. Its first simulation is used by the first run. */
public final class Case {
    private final SystemModel model;
    private final Setup setup;
    private final Simulation first;
    private final List<Profile> inputs;
    private final int[] outputs;
    private final Times times;
    private final int replicates;
    private final Question question;

    /**
     * What is asked of a case beside its course.
     *
     * @param subject what it is put to.
     * @param isAsked whether the case has changes, an uncertainty or an analysis.
     */
    record Question(
            CaseSubject subject, List<ScenarioAction> actions, boolean isAsked, Optional<SensitivityPlan> sensitivity) {
        Question {
            actions = List.copyOf(actions);
        }
    }

    /**
     * The instants of a run.
     *
     * @param horizonSeconds its end; 0 = one instant.
     * @param stepSeconds between instants.
     * @param every number of steps between rows of the answer.
     */
    record Times(double horizonSeconds, double stepSeconds, int every) {
        long steps() {
            return horizonSeconds == 0 ? 0 : Math.max(1, (long) Math.ceil(horizonSeconds / stepSeconds - 1e-9));
        }

        double at(long step) {
            return step == steps() ? horizonSeconds : step * stepSeconds;
        }
    }

    Case(
            SystemModel model,
            Setup setup,
            Simulation first,
            List<Profile> inputs,
            int[] outputs,
            Times times,
            int replicates,
            Question question) {
        this.model = model;
        this.setup = setup;
        this.first = first;
        this.inputs = List.copyOf(inputs);
        this.outputs = outputs.clone();
        this.times = times;
        this.replicates = replicates;
        this.question = question;
    }

    public SystemModel model() {
        return model;
    }

    Question question() {
        return question;
    }

    /** Whether its answer has more than a course: key figures against the unchanged run, percentiles, an analysis. */
    public boolean hasQuestion() {
        return question.isAsked();
    }

    /** How often the model is run for the analysis; 0 without one. */
    public long analysedRuns() {
        return question.sensitivity().map(SensitivityPlan::runs).orElse(0L);
    }

    Setup setup() {
        return setup;
    }

    Simulation first() {
        return first;
    }

    List<Profile> inputs() {
        return inputs;
    }

    Times times() {
        return times;
    }

    int output(int column) {
        return outputs[column];
    }

    public int replicates() {
        return replicates;
    }

    public long seed() {
        return setup.seed();
    }

    /** The end of the run in seconds; 0 = one instant. */
    public double horizonSeconds() {
        return times.horizonSeconds();
    }

    public double stepSeconds() {
        return times.stepSeconds();
    }

    /** The outputs wanted, in order. */
    public List<Port> columns() {
        return java.util.Arrays.stream(outputs)
                .mapToObj(i -> first.outputs().get(i))
                .toList();
    }
}
