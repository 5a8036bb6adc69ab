package org.uatwin.simulation.discrete;

import java.util.Locale;
import java.util.Map;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.Setup;

/** One station of a line: its constants, its queue and its accounts. Owned by its line. */
final class Station {
    final String name;
    final Distribution time;
    final int machines;
    final int buffer; // places before it; MAX_VALUE without limit
    final double mtbf; // 0 = never fails
    final double mttr;
    final boolean failsAlways;
    final double scrap;
    final int reworkTo; // -1 = scrapped
    final double busyPower;
    final double idlePower;

    /** Parts waiting, oldest first. */
    PartQueue queue = new PartQueue();

    int working;
    int blocked;
    int down;

    // Integrals over time since the warm-up, machine seconds and part seconds.
    double workingTime;
    double blockedTime;
    double downTime;
    double starvedTime;
    double queueTime;
    double waited;
    long began;
    long hadToWait;
    long scrapped;
    private double activeStart = -1;
    private double activeEnd;
    private boolean wasActive;
    private double activeTime;
    private long activePeriods;

    private Station(Setup setup, DataTable t, int row, Map<String, Integer> index) {
        name = t.text(row, "station");
        String family = t.text(row, "distribution").toUpperCase(Locale.ROOT);
        Distribution.Family kind;
        try {
            kind = family.isEmpty() ? Distribution.Family.EXPONENTIAL : Distribution.Family.valueOf(family);
        } catch (IllegalArgumentException e) {
            throw t.problem(
                    row,
                    "distribution",
                    "there is no distribution \"%s\"".formatted(t.text(row, "distribution")),
                    "use one of " + String.join(", ", Distribution.Family.names()) + ".");
        }
        time = new Distribution(kind, t.number(row, "time_s"), t.number(row, "variation"));
        machines = (int) t.number(row, "machines");
        double places = t.number(row, "buffer");
        buffer = Double.isNaN(places) ? Integer.MAX_VALUE : (int) places;
        double between = t.number(row, "mtbf_s");
        double repair = t.number(row, "mttr_s");
        if (Double.isNaN(between) != Double.isNaN(repair)) {
            throw t.problem(
                    row,
                    Double.isNaN(between) ? "mtbf_s" : "mttr_s",
                    "only one of mtbf_s and mttr_s is given",
                    "give both, or none for a station that never fails.");
        }
        mtbf = Double.isNaN(between) ? 0 : between;
        mttr = Double.isNaN(repair) ? 0 : repair;
        String failures = t.text(row, "failures");
        if (!failures.isEmpty() && !failures.equals("operation") && !failures.equals("time")) {
            throw t.problem(
                    row, "failures", "there are no failures by \"%s\"".formatted(failures), "write operation or time.");
        }
        failsAlways = failures.equals("time");
        scrap = t.number(row, "scrap");
        reworkTo = t.text(row, "rework_to").isEmpty() ? -1 : t.reference(row, "rework_to", index);
        if (reworkTo > row) {
            throw t.problem(row, "rework_to", "rework goes forward", "name this station or one before it.");
        }
        double busy = t.number(row, "busy_kW");
        double idle = t.number(row, "idle_kW");
        idlePower = Double.isNaN(idle) ? setup.parameter("IdlePower") : idle;
        busyPower = Double.isNaN(busy) ? idlePower : busy;
    }

    static Station of(Setup setup, DataTable table, int row, Map<String, Integer> index) {
        return new Station(setup, table, row, index);
    }

    /** Stands where the same station of another run stands. */
    void stand(Station other) {
        queue = other.queue;
        working = other.working;
        blocked = other.blocked;
        down = other.down;
        workingTime = other.workingTime;
        blockedTime = other.blockedTime;
        downTime = other.downTime;
        starvedTime = other.starvedTime;
        queueTime = other.queueTime;
        waited = other.waited;
        began = other.began;
        hadToWait = other.hadToWait;
        scrapped = other.scrapped;
        activeStart = other.activeStart;
        activeEnd = other.activeEnd;
        wasActive = other.wasActive;
        activeTime = other.activeTime;
        activePeriods = other.activePeriods;
    }

    /** Machines that could begin a part. */
    int free() {
        return machines - working - blocked - down;
    }

    /** Whether another part may wait before it. */
    boolean hasPlace() {
        return queue.size() < buffer;
    }

    /** Adds the time since the last change to the accounts. */
    void account(double seconds) {
        workingTime += working * seconds;
        blockedTime += blocked * seconds;
        downTime += down * seconds;
        starvedTime += free() * seconds;
        queueTime += queue.size() * seconds;
    }

    /**
     * Follows the active periods of Roser, Nakano and Tanaka 2001: working or down, not blocked or starved. A part that begins at the
     * instant another ends does not interrupt a period.
     */
    void follow(double now) {
        boolean isActive = working + down > 0;
        if (isActive && !wasActive) {
            if (activeStart >= 0 && now > activeEnd) {
                activeTime += activeEnd - activeStart;
                activePeriods++;
                activeStart = now;
            } else if (activeStart < 0) {
                activeStart = now;
            }
        } else if (!isActive && wasActive) {
            activeEnd = now;
        }
        wasActive = isActive;
    }

    /** Mean active period so far, the running one included. */
    double meanActive(double now) {
        if (activeStart < 0) {
            return 0;
        }
        double running = (wasActive ? now : activeEnd) - activeStart;
        return (activeTime + running) / (activePeriods + 1);
    }

    /** Forgets what was counted before the warm-up ended. */
    void forget(double now) {
        workingTime = 0;
        blockedTime = 0;
        downTime = 0;
        starvedTime = 0;
        queueTime = 0;
        waited = 0;
        began = 0;
        hadToWait = 0;
        scrapped = 0;
        activeTime = 0;
        activePeriods = 0;
        activeStart = wasActive ? now : -1;
    }
}
