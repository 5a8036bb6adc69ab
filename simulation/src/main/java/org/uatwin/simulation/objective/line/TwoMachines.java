package org.uatwin.simulation.objective.line;

/**
 * Steady state of a synchronous line of two machines with a storage between them (J. A. Buzacott 1967; S. B. Gershwin, Manufacturing Systems
 * Engineering, 1994, chapter 3), exact: the Markov chain of storage and machines is solved by state reduction (W. Grassmann, M. Taksar, D.
 * Heyman, Operations Research 33, 1985), which subtracts nothing and so keeps every digit. Rules of a cycle as in {@code
 * discrete.TransferLine}.
 */
final class TwoMachines {
    private static final int BAND = 7; // a cycle moves the storage by one: states at most this far apart
    private static final double LEAST_FAILURE = 1e-12; // keeps the chain in one piece
    // Machine states of a storage level, upstream then downstream; the first is never transient.
    private static final int[][] MACHINES = {{0, 1}, {1, 1}, {0, 0}, {1, 0}};

    /** Parts per cycle. */
    final double throughput;
    /** Probability that the downstream machine is up and starved. */
    final double starved;
    /** Probability that the upstream machine is up and blocked. */
    final double blocked;
    /** Mean of the storage. */
    final double stock;

    /**
     * A machine.
     *
     * @param p probability to fail in a cycle in which it can work.
     * @param r probability to be repaired in a cycle.
     */
    record Machine(double p, double r) {
        Machine {
            if (!(p >= 0 && p <= 1) || !(r > 0 && r <= 1)) {
                throw new IllegalArgumentException("p in 0..1 and r in ]0, 1]: %s, %s".formatted(p, r));
            }
        }

        /** Parts per cycle alone. */
        double efficiency() {
            return r / (r + p);
        }
    }

    /** @param places of the storage, at least 1, the one in the downstream machine included. */
    TwoMachines(Machine up, Machine down, int places) {
        if (places < 1) {
            throw new IllegalArgumentException("a storage needs a place: " + places);
        }
        int states = 4 * (places + 1);
        double[][] to = new double[states][2 * BAND + 1]; // [from][BAND + to - from]
        double[] output = new double[states];
        for (int s = 0; s < states; s++) {
            output[s] = transitions(up, down, places, s, to[s]);
        }
        double[] pi = stationary(to);
        double e = 0;
        double ps = 0;
        double pb = 0;
        double mean = 0;
        for (int s = 0; s < states; s++) {
            int level = s / 4;
            e += pi[s] * output[s];
            ps += level == 0 && MACHINES[s % 4][1] == 1 ? pi[s] : 0;
            pb += level == places && MACHINES[s % 4][0] == 1 ? pi[s] : 0;
            mean += pi[s] * level;
        }
        throughput = e;
        starved = ps;
        blocked = pb;
        stock = mean;
    }

    /** Writes the probabilities of the next states; returns that of a finished part. */
    private static double transitions(Machine up, Machine down, int places, int state, double[] row) {
        int level = state / 4;
        boolean isBlocked = level == places;
        boolean isStarved = level == 0;
        double upWorks = works(up, MACHINES[state % 4][0] == 1, isBlocked);
        double downWorks = works(down, MACHINES[state % 4][1] == 1, isStarved);
        for (int next = 0; next < 4; next++) {
            boolean isUp = MACHINES[next][0] == 1;
            boolean isDownUp = MACHINES[next][1] == 1;
            double probability = (isUp ? upWorks : 1 - upWorks) * (isDownUp ? downWorks : 1 - downWorks);
            int moved = (isUp && !isBlocked ? 1 : 0) - (isDownUp && !isStarved ? 1 : 0);
            row[BAND + 4 * moved + next - state % 4] += probability;
        }
        return isStarved ? 0 : downWorks;
    }

    private static double works(Machine m, boolean isUp, boolean isIdle) {
        if (!isUp) {
            return m.r();
        }
        return isIdle ? 1 : 1 - Math.max(LEAST_FAILURE, m.p());
    }

    /** Stationary probabilities; the matrix is used up. */
    private static double[] stationary(double[][] to) {
        int n = to.length;
        double[] out = new double[n]; // rate from a state to those before it
        for (int k = n - 1; k > 0; k--) {
            int first = Math.max(0, k - BAND);
            for (int j = first; j < k; j++) {
                out[k] += to[k][BAND + j - k];
            }
            if (out[k] == 0) {
                continue; // never entered
            }
            for (int i = first; i < k; i++) {
                double share = to[i][BAND + k - i] / out[k];
                for (int j = first; j < k && share > 0; j++) {
                    to[i][BAND + j - i] += share * to[k][BAND + j - k];
                }
            }
        }
        double[] pi = new double[n];
        pi[0] = 1;
        double sum = 1;
        for (int k = 1; k < n; k++) {
            for (int i = Math.max(0, k - BAND); i < k; i++) {
                pi[k] += pi[i] * to[i][BAND + k - i];
            }
            pi[k] = out[k] > 0 ? pi[k] / out[k] : 0;
            sum += pi[k];
        }
        for (int k = 0; k < n; k++) {
            pi[k] /= sum;
        }
        return pi;
    }
}
