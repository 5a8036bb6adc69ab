package org.uatwin.simulation.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.sensitivity.Factor;
import org.uatwin.simulation.sensitivity.SensitivityAnalysis;
import org.uatwin.simulation.system.Simulation;

/**
 * A wish for a sensitivity analysis, checked against the model.
 *
 * @param factors inputs and parameters of the model.
 * @param figures key figures to look at; an output alone means its mean; none: those of the model itself, or all means.
 * @param size samples, or trajectories.
 * @param levels of the grid of Morris.
 * @param chances runs of a model with chance at each point; their mean counts.
 * @param threads that evaluate.
 */
public record SensitivityPlan(
        SensitivityAnalysis.Method method,
        List<Factor> factors,
        List<String> figures,
        int size,
        int levels,
        int chances,
        int threads) {
    private static final int MOST_FIGURES = 40;

    public SensitivityPlan {
        factors = List.copyOf(factors);
        figures = List.copyOf(figures);
    }

    /** Runs of the model. */
    public long runs() {
        return chances * SensitivityAnalysis.runs(method, factors.size(), size);
    }

    /** The same with other threads. */
    public SensitivityPlan with(int otherThreads) {
        return new SensitivityPlan(method, factors, figures, size, levels, chances, otherThreads);
    }

    /**
     * What is computed, once the names of the key figures are known.
     *
     * @throws Experiment.Ended when a figure is not among them.
     */
    SensitivityAnalysis analysis(List<Simulation.Figure> names) {
        List<SensitivityAnalysis.Figure> wanted = new ArrayList<>();
        for (String figure : figures) {
            int index = indexOf(names, figure);
            index = index < 0 ? indexOf(names, figure + ".Mean") : index;
            if (index < 0) {
                throw Experiment.Ended.of("There is no key figure \"%s\"; there is %s."
                        .formatted(
                                figure,
                                String.join(
                                        ", ",
                                        names.stream()
                                                .map(Simulation.Figure::name)
                                                .limit(MOST_FIGURES)
                                                .toList())));
            }
            wanted.add(figure(names, index));
        }
        if (wanted.isEmpty()) {
            boolean hasOwn = names.size() > 0 && !isOfOutput(names.get(0).name());
            IntStream.range(0, names.size())
                    .filter(i -> hasOwn
                            ? !isOfOutput(names.get(i).name())
                            : names.get(i).name().endsWith(".Mean"))
                    .limit(MOST_FIGURES)
                    .forEach(i -> wanted.add(figure(names, i)));
        }
        return new SensitivityAnalysis(method, factors, wanted, size, levels, threads);
    }

    private static boolean isOfOutput(String figure) {
        return Tally.KINDS.stream().anyMatch(kind -> figure.endsWith("." + kind));
    }

    private static SensitivityAnalysis.Figure figure(List<Simulation.Figure> names, int index) {
        return new SensitivityAnalysis.Figure(
                names.get(index).name(), names.get(index).unit(), index);
    }

    private static int indexOf(List<Simulation.Figure> names, String wanted) {
        return IntStream.range(0, names.size())
                .filter(i -> names.get(i).name().equals(wanted))
                .findFirst()
                .orElse(-1);
    }

    /** The factors set at the start, then what the scenario does. */
    List<ScenarioAction> actions(double[] values, List<ScenarioAction> scenario) {
        List<ScenarioAction> all = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            all.add(ScenarioAction.set(factors.get(i).name(), values[i], 0));
        }
        all.addAll(scenario);
        return all;
    }
}
