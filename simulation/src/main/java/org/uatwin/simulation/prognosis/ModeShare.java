package org.uatwin.simulation.prognosis;

/**
 * What one failure mode has to do with the end.
 *
 * @param mode its name.
 * @param share probability that it is the first, of all failures before the horizon; 0..1.
 * @param medianHours until its limit alone; infinite beyond the horizon.
 */
public record ModeShare(String mode, double share, double medianHours) {
    public ModeShare {
        if (!(share >= 0 && share <= 1) || !(medianHours >= 0)) {
            throw new IllegalArgumentException("%s: share %s, median %s h".formatted(mode, share, medianHours));
        }
    }
}
