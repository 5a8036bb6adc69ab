package org.uatwin.plcadapters.probe;

import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.WordOrder;

/** What it takes to describe a piece of a series as a value of a type: its type, its first value, its steps. */
final class PieceCosts {
    /** No such value: a digit above 9, a character that cannot be shown. */
    static final double NONE = Double.POSITIVE_INFINITY;

    private static final double UNUSED = 1;
    private static final double CHARACTER = 5.2; // of the 95 that can be shown, letters and digits are the usual ones
    private static final double UNUSUAL_CHARACTER = 2.5;
    private static final double TEXT = 8;
    private static final double MOMENT = 25; // seconds since 1970, within the next and the last decades
    /** 2010-01-01: the bits of earlier moments are those of the floats 0.00006 to 12 million. */
    private static final long FIRST_MOMENT = 1_262_304_000L;

    private static final long LAST_MOMENT = 2_208_988_800L; // 2040-01-01
    private static final long LONGEST_STEP_OF_A_CLOCK = 86_400; // between two polls, seconds
    private static final int LEAST_CHARACTERS = 4;

    private PieceCosts() {}

    /** A number of as many registers as its type has. */
    static double ofNumber(RegisterSeries series, RegisterType type, WordOrder order, int at) {
        int registers = type.registers();
        if (isZero(series, at, registers)) {
            return registers == 1 ? UNUSED : NONE; // nothing tells how many zeros belong together
        }
        double cost = ofType(type);
        long before = 0;
        for (int poll = 0; poll < series.polls(); poll++) {
            long raw = RegisterValues.raw(series, poll, at, registers, order);
            boolean isFirst = poll == 0;
            switch (type) {
                case FLOAT32 -> {
                    long now = Bits.ordered((int) raw);
                    double value = Bits.ofFloat32((int) raw);
                    cost += isFirst ? value : Math.min(Bits.ofStep(now - before, 32), value + 2);
                    before = now;
                }
                case FLOAT64 -> {
                    long now = Bits.ordered(raw);
                    double value = Bits.ofFloat64(raw);
                    cost += isFirst ? value : Math.min(Bits.ofStep(now - before, 64), value + 2);
                    before = now;
                }
                default -> {
                    long now = RegisterValues.whole(type, raw);
                    if (type.isBcd() && now < 0) {
                        return NONE;
                    }
                    cost += isFirst
                            ? isClock(series, type, order, at) ? MOMENT : Bits.ofWhole(now, 16 * registers)
                            : Bits.ofStep(now - before, 16 * registers);
                    before = now;
                }
            }
        }
        return cost;
    }

    private static boolean isZero(RegisterSeries series, int at, int registers) {
        for (int i = 0; i < registers; i++) {
            if (series.register(0, at + i) != 0) {
                return false;
            }
        }
        return series.isConstant(at, registers);
    }

    /** Whether a number can be the time in seconds since 1970: of our days, and never going back. */
    static boolean isClock(RegisterSeries series, RegisterType type, WordOrder order, int at) {
        if (type != RegisterType.UINT32) {
            return false;
        }
        long before = FIRST_MOMENT;
        for (int poll = 0; poll < series.polls(); poll++) {
            long now = RegisterValues.raw(series, poll, at, 2, order);
            boolean isStep = poll == 0 || now - before <= LONGEST_STEP_OF_A_CLOCK;
            if (now < before || now >= LAST_MOMENT || !isStep) {
                return false;
            }
            before = now;
        }
        return true;
    }

    /** How rare a type is. */
    private static double ofType(RegisterType type) {
        return switch (type) {
            case UINT16, FLOAT32 -> 2;
            case INT16 -> 2.5;
            case UINT32 -> 3;
            case INT32 -> 3.5;
            case FLOAT64 -> 4;
            case INT64, UINT64 -> 6;
            case BCD16, BCD32, BCD64 -> 9;
            case BOOL, STRING -> TEXT;
        };
    }

    /** Registers from {@code at} on that can be a text which does not change; 0 if they are none. */
    static int textRegisters(RegisterSeries series, int at, WordOrder order, int longest) {
        int registers = 0;
        int shown = 0;
        boolean hasEnded = false;
        while (registers < longest
                && !hasEnded
                && series.has(at + registers, 1)
                && series.isConstant(at + registers, 1)) {
            long raw = RegisterValues.raw(series, 0, at + registers, 1, order);
            int first = (int) (raw >> 8);
            int second = (int) (raw & 0xFF);
            if (!isShown(first) || (!isShown(second) && second != 0)) {
                break;
            }
            hasEnded = second == 0;
            shown += hasEnded ? 1 : 2;
            registers++;
        }
        return shown >= LEAST_CHARACTERS ? registers : 0;
    }

    private static boolean isShown(int c) {
        return c >= 0x20 && c < 0x7F;
    }

    static double ofText(RegisterSeries series, int at, int registers, WordOrder order) {
        String text = RegisterValues.characters(series, 0, at, registers, order);
        double cost = TEXT + Math.max(0, series.polls() - 1) * 0.5;
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isUsual = Character.isLetterOrDigit(c) || c == ' ' || c == '-' || c == '.' || c == '_' || c == '/';
            boolean isTurned = Character.isLowerCase(before) && Character.isUpperCase(c); // "uPpm" is "Pump" swapped
            boolean isMixed = Character.isLetter(before) != Character.isLetter(c) && c != ' ' && before != ' ';
            cost += CHARACTER + (isUsual ? 0 : UNUSUAL_CHARACTER) + (isTurned ? 2 : 0) + (isMixed ? 0.5 : 0);
            before = c;
        }
        return cost;
    }
}
