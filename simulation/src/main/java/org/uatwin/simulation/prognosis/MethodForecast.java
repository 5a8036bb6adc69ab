package org.uatwin.simulation.prognosis;

import java.util.Comparator;
import java.util.List;
import org.uatwin.informationmodel.type.Text;

/**
 * What one method says.
 *
 * @param modes failure modes, the likeliest first; empty if it tells none apart.
 * @param fit 0..1, how well the method explains what was seen; -1 = not tracked.
 * @param extrapolated whether it leaves what it was calibrated or validated for.
 * @param reason what it stands on, in words.
 */
public record MethodForecast(
        PrognosisMethod method,
        LifeDistribution life,
        List<ModeShare> modes,
        double fit,
        boolean extrapolated,
        Text reason) {
    public MethodForecast {
        modes = modes.stream()
                .sorted(Comparator.comparingDouble(ModeShare::share)
                        .reversed()
                        .thenComparingDouble(ModeShare::medianHours))
                .toList();
        if (!(fit == -1 || (fit >= 0 && fit <= 1))) {
            throw new IllegalArgumentException("fit " + fit);
        }
    }

    /** The same with every time this many times as long. */
    MethodForecast stretched(double factor) {
        return factor == 1
                ? this
                : new MethodForecast(method, life.stretched(factor), modes, fit, extrapolated, reason);
    }

    /** The same for an asset that has lived on for so many hours. */
    MethodForecast survived(double hours) {
        return new MethodForecast(method, life.survived(hours), modes, fit, extrapolated, reason);
    }

    /** The same as one of a failure mode, up to a farther horizon. */
    MethodForecast of(String mode, double horizonHours) {
        ModeShare only = new ModeShare(mode, 1, life.quantile(0.5));
        return new MethodForecast(method, life.until(horizonHours), List.of(only), fit, extrapolated, reason);
    }

    /** The same with another reason. */
    MethodForecast because(Text why) {
        return new MethodForecast(method, life, modes, fit, extrapolated, why);
    }

    /** Name of the mode that most likely ends its life; empty if none is told apart. */
    public String dominantMode() {
        return modes.isEmpty() ? "" : modes.get(0).mode();
    }
}
