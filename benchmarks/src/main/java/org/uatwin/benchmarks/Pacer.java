package org.uatwin.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** The feeding side of a server under test, the same for product and peer, and its answers to the harness. */
public final class Pacer {
    /** Sets points {@code from <= i < to} to a value. */
    @FunctionalInterface
    public interface Changer {
        void change(int from, int to, double value);
    }

    private static final int SLICES = 20;

    private Pacer() {}

    /**
     * Obeys lines of the standard input until it ends: {@code cpu} answers the CPU time used so far in ns, {@code gc} the
     * live heap in bytes, {@code feed ROUNDS} changes every point ROUNDS times to 1, 2, 3 ... and answers the seconds it
     * took.
     *
     * @param changesPerSecond pace of a feed.
     */
    public static void serve(Changer changer, int points, int changesPerSecond) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = in.readLine()) != null) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "cpu" -> System.out.println("cpu " + cpu());
                case "gc" -> System.out.println("gc " + liveHeap());
                case "feed" ->
                    System.out.println("fed " + feed(changer, points, changesPerSecond, Integer.parseInt(words[1])));
                default -> System.out.println("unknown " + line);
            }
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Live heap in bytes. */
    static long liveHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static double feed(Changer changer, int points, int changesPerSecond, int rounds) {
        long start = System.nanoTime();
        long perSlice = 1_000_000_000L * points / SLICES / changesPerSecond;
        long due = start;
        for (int round = 1; round <= rounds; round++) {
            for (int slice = 0; slice < SLICES; slice++) {
                int from = (int) ((long) points * slice / SLICES);
                int to = (int) ((long) points * (slice + 1) / SLICES);
                changer.change(from, to, round);
                due += perSlice;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
