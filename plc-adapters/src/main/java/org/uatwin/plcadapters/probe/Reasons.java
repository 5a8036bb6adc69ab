package org.uatwin.plcadapters.probe;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.WordOrder;

/** Why a reading is plausible, for the person who has to believe it. */
public final class Reasons {
    private static final double MUCH_DEARER = 5; // bits

    private Reasons() {}

    /** Sentences without full stop, the weightiest first. */
    public static List<String> of(RegisterSeries series, Piece piece) {
        List<String> reasons = new ArrayList<>();
        RegisterType type = piece.type();
        if (type == RegisterType.STRING) {
            reasons.add("can be read as text");
            return reasons;
        }
        if (series.isConstant(piece.at(), piece.registers())) {
            reasons.add(series.polls() > 1 ? "did not change in %d polls".formatted(series.polls()) : "usual size");
        } else {
            reasons.add(change(series, piece));
        }
        long raw = raw(series, 0, piece);
        if (PieceCosts.isClock(series, type, piece.order(), piece.at())) {
            reasons.add("as seconds since 1970: " + Instant.ofEpochSecond(raw));
        }
        if (type.registers() > 1) {
            alternative(series, piece, reasons);
        }
        return reasons;
    }

    private static String change(RegisterSeries series, Piece piece) {
        double largest = 0;
        double least = Double.POSITIVE_INFINITY;
        double size = 0;
        boolean isRising = true;
        for (int poll = 1; poll < series.polls(); poll++) {
            double before = RegisterValues.number(piece.type(), raw(series, poll - 1, piece));
            double now = RegisterValues.number(piece.type(), raw(series, poll, piece));
            largest = Math.max(largest, Math.abs(now - before));
            least = Math.min(least, Math.abs(now - before));
            size = Math.max(size, Math.abs(now));
            isRising &= now >= before;
        }
        boolean isFloat = piece.type() == RegisterType.FLOAT32 || piece.type() == RegisterType.FLOAT64;
        if (isRising && !isFloat && series.polls() > 2) {
            return least == largest
                    ? "rises by %s a poll, as a counter".formatted(number(largest))
                    : "only rises, by up to %s a poll, as a counter".formatted(number(largest));
        }
        return isFloat && size > 0
                ? "changes by at most %s %% a poll".formatted(number(100 * largest / size))
                : "changes by at most %s a poll".formatted(number(largest));
    }

    /** What the next best order would make of it, if that is much less plausible. */
    private static void alternative(RegisterSeries series, Piece piece, List<String> reasons) {
        double own = PieceCosts.ofNumber(series, piece.type(), piece.order(), piece.at());
        double next = Double.POSITIVE_INFINITY;
        WordOrder nextOrder = piece.order();
        for (WordOrder order : Explainer.ORDERS) {
            double bits = PieceCosts.ofNumber(series, piece.type(), order, piece.at());
            if (!order.equals(piece.order()) && bits < next) {
                next = bits;
                nextOrder = order;
            }
        }
        if (next < own + MUCH_DEARER) {
            reasons.add("nearly as plausible in the order " + nextOrder.letters(2 * piece.registers()));
        } else {
            reasons.add("in the order %s it would be %s"
                    .formatted(
                            nextOrder.letters(2 * piece.registers()),
                            values(series, piece.type(), nextOrder, piece.at(), piece.registers())));
        }
    }

    /** First and last value, or the one that stayed. */
    public static String values(RegisterSeries series, RegisterType type, WordOrder order, int at, int registers) {
        String first = RegisterValues.text(series, 0, type, order, at, registers);
        String last = RegisterValues.text(series, series.polls() - 1, type, order, at, registers);
        return first.equals(last) ? first : first + " .. " + last;
    }

    private static long raw(RegisterSeries series, int poll, Piece piece) {
        return RegisterValues.raw(series, poll, piece.at(), piece.registers(), piece.order());
    }

    private static String number(double value) {
        if (!Double.isFinite(value) || Math.abs(value) >= 1e6) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        return new BigDecimal(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
