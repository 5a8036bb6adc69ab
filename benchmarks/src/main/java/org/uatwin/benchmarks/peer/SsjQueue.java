package org.uatwin.benchmarks.peer;

import umontreal.ssj.randvar.ExponentialGen;
import umontreal.ssj.randvar.RandomVariateGen;
import umontreal.ssj.rng.MRG32k3a;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;

/** An M/M/1 queue in SSJ 3.3.2 with its own event list and generators, as its guide shows it: one object an event. */
public final class SsjQueue {
    private final Simulator simulator = new Simulator();
    private final RandomVariateGen arrivals = new ExponentialGen(new MRG32k3a(), 1);
    private final RandomVariateGen services;
    private final long wanted;
    private long events;
    private long waiting;
    private long served;

    private SsjQueue(double load, long wanted) {
        services = new ExponentialGen(new MRG32k3a(), 1 / load);
        this.wanted = wanted;
    }

    private final class Arrival extends Event {
        private Arrival(Simulator in) {
            super(in);
        }

        @Override
        public void actions() {
            events++;
            new Arrival(simulator).schedule(arrivals.nextDouble());
            if (waiting++ == 0) {
                new Departure(simulator).schedule(services.nextDouble());
            }
        }
    }

    private final class Departure extends Event {
        private Departure(Simulator in) {
            super(in);
        }

        @Override
        public void actions() {
            events++;
            if (--waiting > 0) {
                new Departure(simulator).schedule(services.nextDouble());
            }
            if (++served == wanted) {
                simulator.stop();
            }
        }
    }

    /** Serves that many customers; answers the number of events. */
    public static long run(double load, long customers) {
        SsjQueue queue = new SsjQueue(load, customers);
        queue.simulator.init();
        queue.new Arrival(queue.simulator).schedule(queue.arrivals.nextDouble());
        queue.simulator.start();
        return queue.events;
    }
}
