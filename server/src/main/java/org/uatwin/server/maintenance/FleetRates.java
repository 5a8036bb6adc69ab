package org.uatwin.server.maintenance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.simulation.prognosis.RatePrior;

/**
 * How fast points wear in all twins of a type: what a twin may expect of its own before it knows (gamma prior by moments). A twin is told
 * only of the others, and only if there are three. Owned by the thread that looks.
 */
final class FleetRates {
    private static final int FEWEST = 3;
    private static final double LEAST_SPREAD = 0.1; // of the mean: no fleet is more alike than that

    private final Map<String, Map<String, Map<String, Double>>> byType = new HashMap<>(); // type, point, twin

    /** Takes the rates of a twin, by point. */
    void learn(String type, String twin, Map<String, Double> rates) {
        Map<String, Map<String, Double>> ofType = byType.computeIfAbsent(type, name -> new HashMap<>());
        ofType.values().forEach(twins -> twins.remove(twin));
        rates.forEach((point, rate) ->
                ofType.computeIfAbsent(point, name -> new HashMap<>()).put(twin, rate));
    }

    /** What the others of its type say, by point. */
    Map<String, RatePrior> of(String type, String twin) {
        Map<String, RatePrior> priors = new HashMap<>();
        byType.getOrDefault(type, Map.of()).forEach((point, twins) -> {
            List<Double> others = new ArrayList<>();
            twins.forEach((other, rate) -> {
                if (!other.equals(twin)) {
                    others.add(rate);
                }
            });
            if (others.size() >= FEWEST) {
                priors.put(point, prior(others));
            }
        });
        return priors;
    }

    /** By mean and spread; the fewer they are the less their spread is known. */
    private static RatePrior prior(List<Double> rates) {
        int n = rates.size();
        double mean = rates.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double squares = 0;
        for (double rate : rates) {
            squares += (rate - mean) * (rate - mean);
        }
        double sigma = Math.sqrt(squares / (n - 1) * (1 + 1.0 / n));
        return RatePrior.of(mean, Math.max(LEAST_SPREAD * mean, sigma));
    }
}
