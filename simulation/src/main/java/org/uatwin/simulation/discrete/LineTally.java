package org.uatwin.simulation.discrete;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.uatwin.simulation.system.Simulation.Figure;

/** What a line has done: counts from the beginning, and what its figures are made of since the warm-up ended. Owned by one thread. */
final class LineTally {
    private static final int MOST_TIMES = 200_000;

    private double lastChange;
    private boolean isWarm;
    private double warmSince;
    private long finished;
    private long finishedWarm;
    private long arrived;
    private long lost;
    private double inProcessTime;
    private int inProcess;
    private double cycleSum;
    private double[] cycles = new double[1024];
    private int cycleCount;
    private double energyKwh;

    boolean isWarm() {
        return isWarm;
    }

    /** Ends the warm-up: all but the parts that are in the line is forgotten. */
    void warm(List<Station> stations, double now) {
        isWarm = true;
        warmSince = now;
        stations.forEach(s -> s.forget(now));
        finishedWarm = 0;
        arrived = 0;
        lost = 0;
        inProcessTime = 0;
        cycleSum = 0;
        cycleCount = 0;
        energyKwh = 0;
    }

    /** Counts the time since the last change for what the stations do; called before anything changes. */
    void account(List<Station> stations, double now) {
        double seconds = now - lastChange;
        if (seconds <= 0) {
            return;
        }
        for (Station s : stations) {
            s.account(seconds);
            energyKwh += (s.working * s.busyPower + (s.machines - s.working) * s.idlePower) * seconds / 3600;
        }
        inProcessTime += inProcess * seconds;
        lastChange = now;
    }

    void arrive(boolean isLost) {
        arrived++;
        lost += isLost ? 1 : 0;
    }

    void enter() {
        inProcess++;
    }

    void scrap() {
        inProcess--;
    }

    /** @param cycle seconds from entering to leaving. */
    void finish(double cycle) {
        finished++;
        finishedWarm++;
        inProcess--;
        cycleSum += cycle;
        if (cycleCount < MOST_TIMES) {
            if (cycleCount == cycles.length) {
                cycles = Arrays.copyOf(cycles, 2 * cycles.length);
            }
            cycles[cycleCount++] = cycle;
        }
    }

    /** Parts since the beginning. */
    long finished() {
        return finished;
    }

    int inProcess() {
        return inProcess;
    }

    /** Parts an hour since the warm-up; 0 before. */
    double perHour() {
        return lastChange > warmSince && isWarm ? finishedWarm * 3600 / (lastChange - warmSince) : 0;
    }

    /** Empty before the warm-up is over. */
    List<Figure> figures(List<Station> stations) {
        double span = lastChange - warmSince;
        if (!isWarm || !(span > 0)) {
            return List.of();
        }
        List<Figure> figures = new ArrayList<>(List.of(
                new Figure("Throughput", "1/h", perHour()),
                new Figure("WorkInProcess", "", inProcessTime / span),
                new Figure("CycleTime", "s", finishedWarm > 0 ? cycleSum / finishedWarm : 0)));
        double[] sorted = Arrays.copyOf(cycles, cycleCount);
        Arrays.sort(sorted);
        for (int percent : new int[] {50, 90, 95}) {
            figures.add(new Figure(
                    "CycleTime P" + percent,
                    "s",
                    cycleCount == 0 ? 0 : sorted[Math.min(cycleCount - 1, cycleCount * percent / 100)]));
        }
        figures.add(new Figure("LostArrivals", "", arrived > 0 ? (double) lost / arrived : 0));
        figures.add(new Figure("EnergyPerPart", "kWh", finishedWarm > 0 ? energyKwh / finishedWarm : 0));
        double longest = 0;
        for (Station s : stations) {
            double whole = span * s.machines;
            figures.add(new Figure("Busy " + s.name, "", s.workingTime / whole));
            figures.add(new Figure("Blocked " + s.name, "", s.blockedTime / whole));
            figures.add(new Figure("Starved " + s.name, "", s.starvedTime / whole));
            figures.add(new Figure("Down " + s.name, "", s.downTime / whole));
            figures.add(new Figure("Queue " + s.name, "", s.queueTime / span));
            figures.add(new Figure("Wait " + s.name, "s", s.began > 0 ? s.waited / s.began : 0));
            figures.add(new Figure("HadToWait " + s.name, "", s.began > 0 ? (double) s.hadToWait / s.began : 0));
            figures.add(new Figure("ActivePeriod " + s.name, "s", s.meanActive(lastChange)));
            longest = Math.max(longest, s.meanActive(lastChange));
        }
        for (Station s : stations) {
            figures.add(
                    new Figure("Bottleneck " + s.name, "", longest > 0 && s.meanActive(lastChange) == longest ? 1 : 0));
        }
        return figures;
    }
}
