package org.uatwin.simulation.vibration;

import java.util.ArrayList;
import java.util.List;

/**
 * A knock's lines in an envelope spectrum: harmonics of an order with sidebands, at the slip where they are highest.
 *
 * @param order knocks a turn.
 * @param sideband distance of the sidebands in orders; 0 for none.
 * @param shaftHz turns a second.
 */
record OrderComb(double order, double sideband, double shaftHz) {
    static final double SLIP = 0.012; // balls slip by a per cent or two
    private static final int STEPS = 6; // of slip, to each side
    private static final int MOST = 5; // harmonics
    private static final int FEWEST = 2;
    private static final double SIDEBAND_WEIGHT = 0.5;
    private static final double STANDS_OUT = StrictMath.log(4); // 6 dB

    /** The lines at their best. */
    record Fit(double mean, double order, int harmonics, int looked, double meanOfHarmonics) {}

    /** Multiples that lie inside an envelope of such a width; 0 if they are too few to tell. */
    int harmonics(double widthHz) {
        int inside = (int) ((0.95 * widthHz / shaftHz - sideband) / (order * (1 + SLIP)));
        return inside < FEWEST ? 0 : Math.min(MOST, inside);
    }

    double highestHz() {
        return (MOST * order * (1 + SLIP) + sideband) * shaftHz;
    }

    /** Where its lines lie in spectra of that resolution: the same in all bands, so looked up once. */
    Placed placed(double stepHz) {
        int[][] lines = new int[2 * STEPS + 1][];
        for (int step = -STEPS; step <= STEPS; step++) {
            double slipped = slipped(step);
            int[] at = new int[3 * MOST];
            for (int h = 1; h <= MOST; h++) {
                at[3 * h - 3] = line(h * slipped, stepHz);
                at[3 * h - 2] = line(h * slipped - sideband, stepHz);
                at[3 * h - 1] = line(h * slipped + sideband, stepHz);
            }
            lines[step + STEPS] = at;
        }
        return new Placed(this, lines);
    }

    private int line(double atOrder, double stepHz) {
        return (int) Math.round(atOrder * shaftHz / stepHz);
    }

    private double slipped(int step) {
        return order * (1 + SLIP * step / STEPS);
    }

    /** A comb laid over spectra of one resolution. Immutable. */
    static final class Placed {
        private final OrderComb comb;
        private final int[][] lines; // by slip: three for each harmonic, itself and its sidebands

        private Placed(OrderComb comb, int[][] lines) {
            this.comb = comb;
            this.lines = lines;
        }

        OrderComb comb() {
            return comb;
        }

        /** How high it stands at its best. */
        double height(EnvelopeSpectrum spectrum, int harmonics) {
            double best = Double.NEGATIVE_INFINITY;
            for (int[] at : lines) {
                best = Math.max(best, mean(spectrum, at, harmonics));
            }
            return best;
        }

        Fit fit(EnvelopeSpectrum spectrum, int harmonics) {
            double best = Double.NEGATIVE_INFINITY;
            int bestStep = 0;
            for (int step = 0; step < lines.length; step++) {
                double mean = mean(spectrum, lines[step], harmonics);
                if (mean > best) {
                    best = mean;
                    bestStep = step;
                }
            }
            double sum = 0;
            int high = 0;
            for (int h = 0; h < harmonics; h++) {
                double line = spectrum.log(lines[bestStep][3 * h]);
                sum += line;
                high += line >= STANDS_OUT ? 1 : 0;
            }
            return new Fit(best, comb.slipped(bestStep - STEPS), high, harmonics, sum / harmonics);
        }

        private double mean(EnvelopeSpectrum spectrum, int[] at, int harmonics) {
            double sum = 0;
            if (comb.sideband() <= 0) {
                for (int h = 0; h < harmonics; h++) {
                    sum += spectrum.log(at[3 * h]);
                }
                return sum / harmonics;
            }
            for (int h = 0; h < harmonics; h++) {
                sum += spectrum.log(at[3 * h]);
                sum += SIDEBAND_WEIGHT * (spectrum.log(at[3 * h + 1]) + spectrum.log(at[3 * h + 2]));
            }
            return sum / (harmonics * (1 + 2 * SIDEBAND_WEIGHT));
        }
    }

    /**
     * Orders at which this bearing has nothing to say: away from its faults, their halves and first sidebands, and from the shaft's
     * harmonics. How high combs stand there by chance is what a fault's comb is measured against.
     */
    static List<Double> silent(BearingOrders orders) {
        List<Double> loud = new ArrayList<>();
        double lowest = Double.POSITIVE_INFINITY;
        double highest = 0;
        for (BearingFault fault : BearingFault.values()) {
            double order = fault.order(orders);
            loud.addAll(List.of(order, order / 2, order - 1, order + 1));
            lowest = Math.min(lowest, order);
            highest = Math.max(highest, order);
        }
        List<Double> silent = new ArrayList<>();
        int steps = (int) ((1.35 * highest - 0.7 * lowest) / 0.05);
        for (int i = 0; i <= steps; i++) {
            double order = 0.7 * lowest + 0.05 * i;
            boolean isLoud = Math.abs(order - Math.rint(order)) <= 0.1
                    || loud.stream().anyMatch(other -> Math.abs(other - order) <= 0.1);
            if (!isLoud) {
                silent.add(order);
            }
        }
        return silent;
    }
}
