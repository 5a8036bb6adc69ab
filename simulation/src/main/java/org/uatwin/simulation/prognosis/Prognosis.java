package org.uatwin.simulation.prognosis;

import java.util.List;
import org.uatwin.informationmodel.type.Text;

/**
 * The remaining useful life of an asset (ISO 13381-1), with all an answer needs. Numbers are finite: what lies beyond the horizon is
 * given as the horizon.
 *
 * @param life when it may fail.
 * @param confidenceLevel of the interval, 0..1.
 * @param modes failure modes, the likeliest first.
 * @param dataAgeSeconds age of the data it stands on.
 * @param modelVersion what computed it.
 * @param fit 0..1; -1 = not tracked.
 * @param extrapolated whether it leaves what it was validated or calibrated for.
 * @param methods what contributed, the heaviest first.
 * @param reason what it stands on, in words.
 */
public record Prognosis(
        LifeDistribution life,
        double confidenceLevel,
        List<ModeShare> modes,
        double dataAgeSeconds,
        String modelVersion,
        double fit,
        boolean extrapolated,
        List<MethodWeight> methods,
        Text reason) {
    public Prognosis {
        modes = List.copyOf(modes);
        methods = List.copyOf(methods);
        if (!(confidenceLevel > 0 && confidenceLevel < 1)
                || !(dataAgeSeconds >= 0)
                || !Double.isFinite(dataAgeSeconds)
                || !(fit == -1 || (fit >= 0 && fit <= 1))) {
            throw new IllegalArgumentException(
                    "level %s, data age %s s, fit %s".formatted(confidenceLevel, dataAgeSeconds, fit));
        }
    }

    /** Half of such assets fail before. */
    public double medianHours() {
        return Math.min(horizonHours(), life.quantile(0.5));
    }

    /** Lower end of the interval. */
    public double lowerHours() {
        return Math.min(horizonHours(), life.quantile(0.5 - 0.5 * confidenceLevel));
    }

    /** Upper end of the interval. */
    public double upperHours() {
        return Math.min(horizonHours(), life.quantile(0.5 + 0.5 * confidenceLevel));
    }

    /** Time up to which it was looked. */
    public double horizonHours() {
        return life.horizonHours();
    }

    /** The median lies beyond the horizon: "more than that". */
    public boolean isBeyondHorizon() {
        return life.quantile(0.5) >= horizonHours();
    }

    /** Probability that it fails within this time. */
    public double failureWithin(double hours) {
        return life.within(hours);
    }

    /** Share of past intervals that held what came, over all methods that have a past; -1 if none has. */
    public double coverage() {
        double inside = 0;
        int outcomes = 0;
        for (MethodWeight method : methods) {
            if (method.outcomes() > 0) {
                inside += method.outcomes() * method.coverage();
                outcomes += method.outcomes();
            }
        }
        return outcomes == 0 ? -1 : inside / outcomes;
    }

    /** Name of the mode that most likely ends its life; empty if none is told apart. */
    public String dominantMode() {
        return modes.isEmpty() ? "" : modes.get(0).mode();
    }
}
