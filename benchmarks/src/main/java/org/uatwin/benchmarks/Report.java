package org.uatwin.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints a table with raw values; the spin loop before and after it says what the machine was busy with. */
final class Report {
    static final int RUNS = 5;
    private static final int SPINS = 5;
    private static final long SPIN = 200_000_000L;

    private Report() {}

    /** Prints the time of a fixed amount of arithmetic, in ms. */
    static void calibrate(String when) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < SPINS; i++) {
            times.add(spin());
        }
        row("spin loop " + when, "ms", times);
    }

    /** A fixed amount of arithmetic, in ms. */
    static double spin() {
        long start = System.nanoTime();
        long x = 88_172_645_463_325_252L;
        for (long k = 0; k < SPIN; k++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        if (x == 0) {
            throw new IllegalStateException("xorshift never reaches 0"); // so that the loop is not removed
        }
        return (System.nanoTime() - start) / 1e6;
    }

    static double row(String name, String unit, List<Double> raw) {
        double median = median(raw);
        StringBuilder text = new StringBuilder("%-46s %12s %-12s raw".formatted(name, number(median), unit));
        raw.forEach(v -> text.append(' ').append(number(v)));
        System.out.println(text);
        return median;
    }

    static void line(String text) {
        System.out.println(text);
    }

    static void verdict(String what, double seen, String bar, boolean isMet) {
        System.out.println(
                "%-46s %12s              bar %s: %s".formatted(what, number(seen), bar, isMet ? "met" : "MISSED"));
    }

    static double median(List<Double> raw) {
        List<Double> sorted = raw.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static String number(double v) {
        return Math.abs(v) >= 1000 ? String.format(Locale.ROOT, "%.0f", v) : String.format(Locale.ROOT, "%.4g", v);
    }
}
