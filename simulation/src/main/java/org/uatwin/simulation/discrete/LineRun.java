package org.uatwin.simulation.discrete;

import java.util.Arrays;
import java.util.List;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.SetupException;
import org.uatwin.simulation.system.Simulation;

/** One line over time. A machine is a number; its part, state and next failure stand in arrays. */
final class LineRun implements Simulation {
    private static final int ARRIVAL = 0;
    private static final int DONE = 1;
    private static final int REPAIRED = 2;
    private static final int FAILURE = 3;
    private static final int REPAIR_FIRST = 0;
    private static final int NORMAL = 1;

    private static final int IDLE = 0;
    private static final int WORKING = 1;
    private static final int BLOCKED = 2;
    private static final int DOWN = 3;

    private final List<Port> inputs;
    private final List<Port> outputs;
    private final List<Station> stations;
    private EventQueue events = new EventQueue();
    // Each station draws from streams of its own, in the order of its parts: a change at one station leaves the others'
    // chance alone.
    private NoiseStream arrivalStream;
    private final NoiseStream[] timeStream;
    private final NoiseStream[] failureStream;
    private final NoiseStream[] scrapStream;
    private final Distribution between;
    private final boolean isSaturated;
    private final double warmUp;
    private final int[] stationOf;
    private final int[] firstMachine;
    private final int[] state;
    private final double[] born; // of the part in the machine
    private final double[] left; // work left of an interrupted part
    private final double[] untilFailure; // working time, operation-dependent
    private final double[] doneAt;
    private final int[] validity; // of the DONE event that counts
    private final double[] stationSpeed;
    private final double[] repair;
    private final int[] waiting; // before each station at time 0
    private double arrivals = 1;
    private LineTally tally = new LineTally();

    LineRun(Setup setup, List<Port> inputs, List<Port> outputs, List<Station> stations) {
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.stations = List.copyOf(stations);
        NoiseStream stream = setup.stream();
        arrivalStream = stream.split();
        timeStream = new NoiseStream[stations.size()];
        failureStream = new NoiseStream[stations.size()];
        scrapStream = new NoiseStream[stations.size()];
        for (int i = 0; i < stations.size(); i++) {
            timeStream[i] = stream.split();
            failureStream[i] = stream.split();
            scrapStream[i] = stream.split();
        }
        double rate = setup.parameter("ArrivalRate");
        isSaturated = rate == 0;
        double cv = setup.parameter("ArrivalVariation");
        Distribution.Family family = cv == 0
                ? Distribution.Family.DETERMINISTIC
                : cv == 1 ? Distribution.Family.EXPONENTIAL : Distribution.Family.LOGNORMAL;
        between = new Distribution(family, isSaturated ? 1 : 3600 / rate, cv);
        warmUp = setup.parameter("WarmUp");
        int machines = stations.stream().mapToInt(s -> s.machines).sum();
        stationOf = new int[machines];
        firstMachine = new int[stations.size()];
        int next = 0;
        for (int i = 0; i < stations.size(); i++) {
            firstMachine[i] = next;
            Arrays.fill(stationOf, next, next + stations.get(i).machines, i);
            next += stations.get(i).machines;
        }
        stationSpeed = new double[stations.size()];
        repair = new double[stations.size()];
        waiting = new int[stations.size()];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = (int) Math.max(0, Math.round(setup.start("Queue." + stations.get(i).name, 0)));
        }
        state = new int[machines];
        born = new double[machines];
        left = new double[machines];
        untilFailure = new double[machines];
        doneAt = new double[machines];
        validity = new int[machines];
    }

    @Override
    public List<Port> inputs() {
        return inputs;
    }

    @Override
    public List<Port> outputs() {
        return outputs;
    }

    @Override
    public void begin(double[] in) {
        follow(in);
        for (int m = 0; m < state.length; m++) {
            Station s = stations.get(stationOf[m]);
            untilFailure[m] = s.mtbf > 0
                    ? s.mtbf * -StrictMath.log(1 - failureStream[stationOf[m]].uniform())
                    : Double.POSITIVE_INFINITY;
            if (s.mtbf > 0 && s.failsAlways) {
                events.schedule(untilFailure[m], NORMAL, FAILURE, m);
            }
        }
        if (warmUp == 0) {
            tally.warm(stations, 0);
        }
        for (int i = stations.size() - 1; i >= 0; i--) {
            Station s = stations.get(i);
            for (int k = 0; k < waiting[i] && s.hasPlace(); k++) {
                tally.enter();
                s.queue.add(0, 0);
            }
            fill(i, 0);
        }
        if (isSaturated) {
            fill(0, 0);
        } else {
            events.schedule(between.sample(arrivalStream) / Math.max(1e-9, arrivals), NORMAL, ARRIVAL, 0);
        }
    }

    @Override
    public void advance(double[] in, double fromSeconds, double toSeconds) {
        follow(in);
        while (events.nextTime() <= toSeconds) {
            events.next();
            double now = events.now();
            account(now);
            int subject = events.subject();
            switch (events.kind()) {
                case ARRIVAL -> arrive(now);
                case DONE -> {
                    // The number of the event's validity rides above the machine's.
                    int machine = subject % state.length;
                    if (subject / state.length == validity[machine] && state[machine] == WORKING) {
                        done(machine, now);
                    }
                }
                case REPAIRED -> repaired(subject, now);
                default -> fail(subject, now);
            }
        }
        account(toSeconds);
    }

    private void account(double now) {
        if (!tally.isWarm() && now >= warmUp) {
            tally.account(stations, warmUp);
            tally.warm(stations, warmUp);
        }
        tally.account(stations, now);
    }

    /** What is on its way arrives as it was drawn; a new rate holds from the next arrival on. */
    @Override
    public void continueFrom(Simulation before) {
        LineRun other = (LineRun) before;
        if (isSaturated != other.isSaturated) {
            throw SetupException.of(
                    "ArrivalRate",
                    "ArrivalRate cannot become or leave 0 while the line runs: 0 means that a part is always ready",
                    "change it from one rate to another, or set ArrivalFactor.");
        }
        events = other.events;
        arrivalStream = other.arrivalStream;
        for (int i = 0; i < stations.size(); i++) {
            stations.get(i).stand(other.stations.get(i));
            timeStream[i] = other.timeStream[i];
            failureStream[i] = other.failureStream[i];
            scrapStream[i] = other.scrapStream[i];
            stationSpeed[i] = other.stationSpeed[i];
            repair[i] = other.repair[i];
        }
        for (int m = 0; m < state.length; m++) {
            state[m] = other.state[m];
            born[m] = other.born[m];
            left[m] = other.left[m];
            untilFailure[m] = other.untilFailure[m];
            doneAt[m] = other.doneAt[m];
            validity[m] = other.validity[m];
        }
        arrivals = other.arrivals;
        tally = other.tally;
    }

    private void follow(double[] in) {
        arrivals = in[0];
        int n = stations.size();
        for (int i = 0; i < n; i++) {
            stationSpeed[i] = in[1] * in[2 + i];
            repair[i] = in[2 + n + i];
        }
    }

    private void arrive(double now) {
        events.schedule(now + between.sample(arrivalStream) / Math.max(1e-9, arrivals), NORMAL, ARRIVAL, 0);
        Station first = stations.get(0);
        boolean isLost = first.free() == 0 && !first.hasPlace();
        tally.arrive(isLost);
        if (!isLost) {
            tally.enter();
            enter(0, now, now);
        }
    }

    /** A part comes to a station that has a place for it or a free machine. */
    private void enter(int station, double partBorn, double now) {
        Station s = stations.get(station);
        if (s.queue.size() > 0 || s.free() == 0) {
            s.queue.add(partBorn, now);
            return;
        }
        s.began++;
        start(freeMachine(station), partBorn, now);
    }

    private int freeMachine(int station) {
        int m = firstMachine[station];
        while (state[m] != IDLE) {
            m++;
        }
        return m;
    }

    private void start(int machine, double partBorn, double now) {
        born[machine] = partBorn;
        left[machine] = stations.get(stationOf[machine]).time.sample(timeStream[stationOf[machine]])
                / stationSpeed[stationOf[machine]];
        work(machine, now);
    }

    private void work(int machine, double now) {
        Station s = stations.get(stationOf[machine]);
        state[machine] = WORKING;
        s.working++;
        s.follow(now);
        if (!s.failsAlways && untilFailure[machine] < left[machine]) {
            left[machine] -= untilFailure[machine];
            events.schedule(now + untilFailure[machine], NORMAL, FAILURE, machine);
            return;
        }
        untilFailure[machine] -= s.failsAlways ? 0 : left[machine];
        doneAt[machine] = now + left[machine];
        events.schedule(doneAt[machine], NORMAL, DONE, validity[machine] * state.length + machine);
    }

    private void fail(int machine, double now) {
        Station s = stations.get(stationOf[machine]);
        if (state[machine] == WORKING) {
            if (s.failsAlways) {
                left[machine] = doneAt[machine] - now;
                validity[machine] = (validity[machine] + 1) & 0xFFF;
            }
            s.working--;
        } else {
            left[machine] = state[machine] == BLOCKED ? -1 : -2;
            s.blocked -= state[machine] == BLOCKED ? 1 : 0;
        }
        state[machine] = DOWN;
        s.down++;
        s.follow(now);
        double repairTime = s.mttr * repair[stationOf[machine]];
        events.schedule(
                now + repairTime * -StrictMath.log(1 - failureStream[stationOf[machine]].uniform()),
                REPAIR_FIRST,
                REPAIRED,
                machine);
    }

    private void repaired(int machine, double now) {
        int station = stationOf[machine];
        Station s = stations.get(station);
        s.down--;
        untilFailure[machine] = s.mtbf * -StrictMath.log(1 - failureStream[station].uniform());
        if (s.failsAlways) {
            events.schedule(now + untilFailure[machine], NORMAL, FAILURE, machine);
        }
        if (left[machine] >= 0) {
            work(machine, now);
            return;
        }
        state[machine] = IDLE;
        if (left[machine] == -1) {
            state[machine] = BLOCKED;
            s.blocked++;
            unblock(station + 1, now);
        } else {
            s.follow(now);
            fill(station, now);
        }
    }

    private void done(int machine, double now) {
        int station = stationOf[machine];
        Station s = stations.get(station);
        s.working--;
        if (s.scrap > 0 && scrapStream[station].uniform() < s.scrap) {
            s.scrapped++;
            state[machine] = IDLE;
            s.follow(now);
            if (s.reworkTo >= 0) {
                // Rework waits beside the buffer: a full buffer must not lock the line.
                stations.get(s.reworkTo).queue.add(born[machine], now);
                fill(s.reworkTo, now);
            } else {
                tally.scrap();
            }
            fill(station, now);
            return;
        }
        state[machine] = BLOCKED;
        s.blocked++;
        s.follow(now);
        if (station + 1 == stations.size()) {
            leave(machine, now);
        } else {
            unblock(station + 1, now);
        }
    }

    /** The part of a machine of the last station is finished. */
    private void leave(int machine, double now) {
        int station = stationOf[machine];
        stations.get(station).blocked--;
        state[machine] = IDLE;
        tally.finish(now - born[machine]);
        fill(station, now);
    }

    /** Moves finished parts into a station as long as it has room, then what that made room for. */
    private void unblock(int station, double now) {
        if (station == stations.size()) {
            for (int m = firstMachine[station - 1]; m < state.length; m++) {
                if (state[m] == BLOCKED) {
                    leave(m, now);
                }
            }
            return;
        }
        Station s = stations.get(station);
        while ((s.queue.size() == 0 && s.free() > 0) || s.hasPlace()) {
            int from = blockedMachine(station - 1);
            if (from < 0) {
                return;
            }
            stations.get(station - 1).blocked--;
            state[from] = IDLE;
            enter(station, born[from], now);
            fill(station - 1, now);
        }
    }

    /** The machine of a station whose part has waited longest in the line, or -1. */
    private int blockedMachine(int station) {
        Station s = stations.get(station);
        if (s.blocked == 0) {
            return -1;
        }
        int best = -1;
        for (int m = firstMachine[station]; m < firstMachine[station] + s.machines; m++) {
            if (state[m] == BLOCKED && (best < 0 || born[m] < born[best])) {
                best = m;
            }
        }
        return best;
    }

    /** Free machines of a station take what waits before it. */
    private void fill(int station, double now) {
        Station s = stations.get(station);
        boolean hasTaken = false;
        while (s.free() > 0 && s.queue.size() > 0) {
            double partBorn = s.queue.firstBorn();
            s.waited += now - s.queue.firstCame();
            s.hadToWait++;
            s.began++;
            s.queue.removeFirst();
            start(freeMachine(station), partBorn, now);
            hasTaken = true;
        }
        if (station == 0 && isSaturated) {
            while (s.free() > 0) {
                tally.enter();
                s.began++;
                start(freeMachine(0), now, now);
            }
        }
        if (station > 0 && (hasTaken || s.free() > 0)) {
            unblock(station, now);
        }
    }

    @Override
    public void read(double[] y) {
        int n = stations.size();
        y[0] = tally.finished();
        y[1] = tally.inProcess();
        y[2] = tally.perHour();
        for (int i = 0; i < n; i++) {
            Station s = stations.get(i);
            y[3 + i] = s.queue.size();
            y[3 + n + i] = s.working;
            y[3 + 2 * n + i] = s.down;
            y[3 + 3 * n + i] = s.blocked;
        }
    }

    @Override
    public List<Figure> figures() {
        return tally.figures(stations);
    }
}
