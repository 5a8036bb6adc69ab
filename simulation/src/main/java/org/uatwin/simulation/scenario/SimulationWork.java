package org.uatwin.simulation.scenario;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.solver.Trajectory;

/** An experiment whose course, percentiles and key figures a run keeps. Owned by the run's thread. */
final class SimulationWork implements RunWork {
    private final Subject subject;
    private final LiveState live;
    private final RunPlan plan;
    private final ModelStart start;

    SimulationWork(Subject subject, LiveState live, RunPlan plan, ModelStart start) {
        this.subject = subject;
        this.live = live;
        this.plan = plan;
        this.start = start;
    }

    @Override
    public String title() {
        return plan.scenario();
    }

    @Override
    public String method() {
        return "Simulate";
    }

    @Override
    public long seed() {
        return plan.seed();
    }

    @Override
    public List<RunFacts.Input> inputs() {
        return plan.inputs();
    }

    @Override
    public Ended work(RunControl control) {
        SeriesRecorder recorder =
                new SeriesRecorder(subject.description().outputs().size(), plan.steps());
        Experiment experiment = new Experiment(subject, plan, control::isCancelled, control::progress);
        try {
            return completed(recorder, experiment.run(start, live, recorder::take));
        } catch (Experiment.Ended e) {
            return new Ended(
                    e.isCancelled() ? RunState.CANCELLED : RunState.FAILED,
                    String.valueOf(e.getMessage()),
                    null,
                    e.occurrences());
        }
    }

    private Ended completed(SeriesRecorder recorder, Experiment.Outcome outcome) {
        Course nominal = outcome.nominal();
        String outside = nominal.insideEnvelope() ? "" : " It ended outside the validated range of the model.";
        String repeated = outcome.bands().replicates() == 0
                ? ""
                : " Repeated %d times for percentiles."
                        .formatted(outcome.bands().replicates());
        String analysed = plan.sensitivity()
                .map(s -> " Run %d times for the sensitivity to %d factors."
                        .formatted(s.runs(), s.factors().size()))
                .orElse("");
        List<Kpi> kpis = new ArrayList<>(outcome.kpis());
        outcome.sensitivity()
                .forEach(r -> kpis.add(new Kpi(r.name(), r.unit(), r.value(), r.value(), r.lower(), r.upper())));
        return new Ended(
                RunState.COMPLETED,
                "Simulated %s s of scenario %s in %d steps, ended %s.%s%s%s"
                        .formatted(
                                Figures.text(plan.steps() * plan.stepSeconds()),
                                plan.scenario(),
                                plan.steps(),
                                nominal.mode().text(),
                                outside,
                                repeated,
                                analysed),
                RunOutcome.of(subject.description().outputs(), recorder, outcome.bands(), kpis),
                sinceTheBeginning(nominal.occurrences()));
    }

    private List<Trajectory.Occurrence> sinceTheBeginning(List<Trajectory.Occurrence> all) {
        double begins = plan.settleSteps() * plan.stepSeconds();
        return all.stream()
                .filter(o -> o.atSeconds() >= begins)
                .map(o -> new Trajectory.Occurrence(o.atSeconds() - begins, o.name()))
                .toList();
    }
}
