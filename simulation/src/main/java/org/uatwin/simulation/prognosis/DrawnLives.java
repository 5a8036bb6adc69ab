package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.simulation.estimation.Estimate;

/**
 * Lives that were drawn.
 *
 * @param passages by draw, hours to each limit.
 * @param first by draw, hours to the first of them.
 * @param isSettled whether processes came to rest.
 * @param isPrior whether rates of wear are still those of the model.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DrawnLives(DamageLimits limits, List<double[]> passages, double[] first, boolean isSettled, boolean isPrior) {
    MethodForecast forecast(Estimate estimate, double horizon) {
        LifeDistribution life = LifeDistribution.ofDraws(first, horizon);
        List<ModeShare> modes = modes();
        String what = isPrior ? "rates of wear are those of the model, not learned yet" : "rates of wear are learned";
        String was =
                isPrior ? "Verschleißraten sind die des Modells, noch nicht gelernt" : "Verschleißraten sind gelernt";
        String rest = isSettled ? "" : "; the process does not come to rest under this load";
        String ruhe = isSettled ? "" : "; der Prozess kommt unter dieser Last nicht zur Ruhe";
        return new MethodForecast(
                PrognosisMethod.PHYSICS,
                life,
                modes,
                Math.max(0, Math.min(1, estimate.fit())),
                estimate.isOutsideEnvelope() || !isSettled,
                new Text(Map.of("en", what + rest, "de", was + ruhe)));
    }

    private List<ModeShare> modes() {
        int[] firsts = new int[limits.limits.size()];
        int failed = 0;
        for (double[] passage : passages) {
            int best = -1;
            for (int l = 0; l < passage.length; l++) {
                if (passage[l] < Double.POSITIVE_INFINITY && (best < 0 || passage[l] < passage[best])) {
                    best = l;
                }
            }
            if (best >= 0) {
                firsts[best]++;
                failed++;
            }
        }
        List<ModeShare> modes = new ArrayList<>();
        for (int l = 0; l < firsts.length; l++) {
            modes.add(new ModeShare(
                    limits.limits.get(l).mode(), failed == 0 ? 0 : (double) firsts[l] / failed, median(l)));
        }
        return modes;
    }

    private double median(int limit) {
        double[] all = passages.stream().mapToDouble(p -> p[limit]).sorted().toArray();
        return all[all.length / 2];
    }
}
