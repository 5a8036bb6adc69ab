package org.uatwin.simulation.vibration;

import java.util.Locale;

/**
 * What an envelope says about one fault.
 *
 * @param fault which.
 * @param score how much clearer its order is than orders at which nothing happens, over all bands: about 0.5 for noise, 2 and more is a
 *     sign, 16 the most.
 * @param orderExpected from the geometry, in shaft turns.
 * @param orderFound with the slip at which the lines are highest, in the band where it shows best.
 * @param harmonics multiples of it that stand out by 6 dB or more, in that band.
 * @param harmonicsLooked for in that band.
 * @param prominenceDb mean height of its lines over the background, in that band.
 * @param bandLowHz and bandHighHz: the band.
 * @param bandKurtosis of the envelope in that band: 2 for noise.
 */
public record FaultSign(
        BearingFault fault,
        double score,
        double orderExpected,
        double orderFound,
        int harmonics,
        int harmonicsLooked,
        double prominenceDb,
        double bandLowHz,
        double bandHighHz,
        double bandKurtosis) {
    /** From here on a score is a sign and not chance. */
    public static final double SIGNIFICANT = 2;

    /** The highest score there is. */
    public static final double HIGHEST = 16;

    public boolean isSignificant() {
        return score >= SIGNIFICANT;
    }

    /** One line for people. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%s: order %.3f (expected %.3f), %d of %d harmonics, %.1f dB, band %.0f..%.0f Hz, score %.1f",
                fault.words(),
                orderFound,
                orderExpected,
                harmonics,
                harmonicsLooked,
                prominenceDb,
                bandLowHz,
                bandHighHz,
                score);
    }
}
