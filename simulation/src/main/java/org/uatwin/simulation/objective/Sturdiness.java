package org.uatwin.simulation.objective;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.scenario.Optimum;

/**
 * What a decision is worth if parameters are not what they are taken for: its gain with each uncertain parameter one standard deviation
 * off, of the three that matter most. The decision stays the same; baseline and optimum are both computed anew.
 */
public final class Sturdiness {
    private static final int REPORTED = 3;
    private static final int MOST_PROBED = 60;

    private Sturdiness() {}

    /**
     * A value that is not known exactly.
     *
     * @param name parameter of the model, or a setting.
     * @param sigma standard deviation, unit of the value.
     * @param lower smallest possible value.
     * @param upper largest possible value.
     */
    public record Uncertain(String name, String unit, double value, double sigma, double lower, double upper) {
        /** An action that moves it by so many standard deviations from the start. */
        public ScenarioAction moved(double sigmas) {
            return ScenarioAction.set(name, Math.max(lower, Math.min(upper, value + sigmas * sigma)), 0);
        }
    }

    /** Parameters of the model that may be varied and are not known exactly, with what the start took them for. */
    public static List<Uncertain> parameters(Question question) {
        List<Uncertain> all = new ArrayList<>();
        ModelDescription d = question.subject().description();
        double[] values = question.start().parameters();
        for (int i = 0; i < values.length; i++) {
            ParameterSpec p = d.parameters().get(i);
            double sigma = p.priorSigma() * Math.abs(values[i]);
            if (p.tunable() && sigma > 0) {
                all.add(new Uncertain(p.name(), p.unit(), values[i], sigma, p.lower(), p.upper()));
            }
        }
        return all.size() > MOST_PROBED ? all.subList(0, MOST_PROBED) : all;
    }

    /**
     * The gains; those that are no number are left out. Ends early, with what it has, when the run is cancelled.
     *
     * @param gain of the decision when these actions happen at the start, the baseline included.
     */
    public static List<Optimum.Robustness> of(
            List<Uncertain> uncertain, ToDoubleFunction<List<ScenarioAction>> gain, Effort effort) {
        if (effort.isCancelled()) {
            return List.of();
        }
        double nominal = gain.applyAsDouble(List.of());
        record Probed(Uncertain parameter, double above, double effect) {}
        List<Probed> probed = new ArrayList<>();
        for (Uncertain u : uncertain) {
            if (effort.isCancelled()) {
                break;
            }
            double above = gain.applyAsDouble(List.of(u.moved(1)));
            if (Double.isFinite(above)) {
                probed.add(new Probed(u, above, Math.abs(above - nominal)));
            }
        }
        probed.sort(Comparator.comparingDouble(Probed::effect).reversed());
        List<Optimum.Robustness> result = new ArrayList<>();
        for (Probed p : probed.subList(0, Math.min(REPORTED, probed.size()))) {
            double below = gain.applyAsDouble(List.of(p.parameter().moved(-1)));
            if (Double.isFinite(below) && p.effect() > 0) {
                result.add(new Optimum.Robustness(
                        p.parameter().name(),
                        p.parameter().unit(),
                        p.parameter().sigma(),
                        below,
                        p.above()));
            }
        }
        return result;
    }
}
