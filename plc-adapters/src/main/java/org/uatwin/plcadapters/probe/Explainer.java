package org.uatwin.plcadapters.probe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.WordOrder;

/**
 * Finds types and byte order by minimum description length: under each of the four usual orders the series is cut into
 * values in the way that takes the fewest bits ({@link PieceCosts}), by dynamic programming, and the orders are ranked by
 * their totals. All values of a device share one order, so each that changes smoothly, or has a usual size in one order
 * only, speaks for it. What the same bits say in every order, such as zeros, decides nothing. A pure function.
 */
public final class Explainer {
    /** The orders that occur: words as is or reversed, bytes as is or swapped. */
    public static final List<WordOrder> ORDERS = List.of(
            WordOrder.of(false, false), WordOrder.of(true, false), WordOrder.of(false, true), WordOrder.of(true, true));

    private static final WordOrder SWAPPED = WordOrder.of(false, true);
    private static final List<RegisterType> SINGLES =
            List.of(RegisterType.UINT16, RegisterType.INT16, RegisterType.BCD16);
    private static final List<RegisterType> LONGER = List.of(
            RegisterType.FLOAT32,
            RegisterType.UINT32,
            RegisterType.INT32,
            RegisterType.BCD32,
            RegisterType.FLOAT64,
            RegisterType.INT64);
    private static final int LONGEST_TEXT = 32; // registers
    private static final double ODD_ONE_OUT = 1.5; // longer values of a device begin alike, all even or all odd
    private static final double SWAPPED_SINGLES = 4; // rare: the standard says which byte of a register comes first

    private Explainer() {}

    /** What explains all the series of one device best, the most plausible order first. One explanation an order. */
    public static List<List<Explanation>> rank(List<RegisterSeries> ofDevice) {
        List<List<Explanation>> ranked = new ArrayList<>();
        for (WordOrder order : ORDERS) {
            List<Explanation> best = List.of();
            double least = Double.POSITIVE_INFINITY;
            for (int hypothesis = 0; hypothesis < 4; hypothesis++) {
                boolean areSwapped = (hypothesis & 1) != 0;
                int parity = hypothesis >> 1;
                List<Explanation> all = ofDevice.stream()
                        .map(series -> explain(series, order, areSwapped, parity))
                        .toList();
                double bits = total(all) + (areSwapped ? SWAPPED_SINGLES : 0);
                if (bits < least) {
                    least = bits;
                    best = all;
                }
            }
            ranked.add(best);
        }
        ranked.sort(Comparator.comparingDouble(Explainer::total));
        return ranked;
    }

    /** Bits of all series of a device. */
    public static double total(List<Explanation> ofDevice) {
        return ofDevice.stream().mapToDouble(Explanation::bits).sum();
    }

    private static Explanation explain(RegisterSeries series, WordOrder order, boolean areSwapped, int parity) {
        int n = series.size();
        double[] least = new double[n + 1]; // bits of the first i registers
        Arrays.fill(least, 1, n + 1, Double.POSITIVE_INFINITY);
        @Nullable Piece[] last = new Piece[n + 1]; // the piece that ends there
        WordOrder ofSingles = areSwapped ? SWAPPED : WordOrder.BIG_ENDIAN;
        for (int at = 0; at < n; at++) {
            if (!series.has(at, 1)) {
                offer(least, last, at, 1, 0, null);
                continue;
            }
            for (RegisterType type : SINGLES) {
                double bits = PieceCosts.ofNumber(series, type, ofSingles, at);
                offer(least, last, at, 1, bits, new Piece(type, ofSingles, at, 1, bits));
            }
            double oddness = ((series.offset() + at) & 1) == parity ? 0 : ODD_ONE_OUT;
            for (RegisterType type : LONGER) {
                int registers = type.registers();
                if (series.has(at, registers)) {
                    double bits = PieceCosts.ofNumber(series, type, order, at) + oddness;
                    offer(least, last, at, registers, bits, new Piece(type, order, at, registers, bits));
                }
            }
            int characters = PieceCosts.textRegisters(series, at, ofSingles, LONGEST_TEXT);
            if (characters > 0) {
                double bits = PieceCosts.ofText(series, at, characters, ofSingles);
                offer(
                        least,
                        last,
                        at,
                        characters,
                        bits,
                        new Piece(RegisterType.STRING, ofSingles, at, characters, bits));
            }
        }
        ArrayDeque<Piece> pieces = new ArrayDeque<>();
        for (int end = n; end > 0; ) {
            Piece piece = last[end];
            if (piece == null) {
                end--;
            } else {
                pieces.addFirst(piece);
                end -= piece.registers();
            }
        }
        return new Explanation(order, areSwapped, least[n], List.copyOf(pieces));
    }

    private static void offer(
            double[] least, @Nullable Piece[] last, int at, int registers, double bits, @Nullable Piece piece) {
        if (least[at] + bits < least[at + registers]) {
            least[at + registers] = least[at] + bits;
            last[at + registers] = piece;
        }
    }
}
