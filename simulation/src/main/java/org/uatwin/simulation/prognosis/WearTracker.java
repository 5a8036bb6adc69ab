package org.uatwin.simulation.prognosis;

/**
 * Learns how fast one damage state grows against what the model says, from estimates of it over weeks. A Kalman filter on four numbers:
 * level, factor on the rate, a part of the estimate's error that stays and one that comes and goes. An estimate's error is not scatter:
 * a sensor that is off is so for hours or for ever, and the more often one asks, the less an answer tells. A level that leaves what the
 * factor can explain makes the factor unsure, at most in minutes; one that jumps begins anew. Owned by one thread.
 */
final class WearTracker {
    private static final int N = 4;
    private static final double STAYING = 0.6; // share of the variance of an estimate's error that stays
    private static final double SCATTER = 0.02; // of it that is new each time
    private static final double WALK = 0.05; // of the factor in a thousand hours
    private static final double JUMP = 6; // standard deviations
    private static final int JUMPED = 10; // times in a row
    private static final double SURPRISE = 4; // mean of squared standard deviations
    private static final double MEMORY = 10; // updates over which it is meant
    static final int SAVED = 4 + N + N * N;

    private double spread;
    private final double correlationHours;
    private final double[] z = new double[N];
    private final double[] p = new double[N * N];
    private final double[] f = new double[N * N];
    private final double[] work = new double[N * N];
    private boolean hasBegun;
    private double surprise = 1;
    private int outside;

    /**
     * @param spread relative standard deviation of the factor before anything was seen.
     * @param correlationHours time after which an estimate's error is another one.
     */
    WearTracker(double spread, double correlationHours) {
        this.spread = spread;
        this.correlationHours = correlationHours;
    }

    /** Begins at an estimate. */
    private void begin(double level, double errorSigma) {
        java.util.Arrays.fill(p, 0);
        z[0] = level;
        z[1] = hasBegun ? z[1] : 1;
        z[2] = 0;
        z[3] = 0;
        double v = errorSigma * errorSigma;
        p[0] = 100 * v; // what is off and what is worn cannot be told apart
        p[5] = Math.max(p[5], z[1] * z[1] * spread * spread);
        p[10] = STAYING * v;
        p[15] = (1 - STAYING) * v;
        hasBegun = true;
        surprise = 1;
        outside = 0;
    }

    /**
     * A part was replaced or repaired: its level is known, as well as parts are.
     *
     * @param isOther whether it is another part, whose rate has to be learned.
     */
    void renew(double level, double levelSigma, boolean isOther) {
        double error2 = p[10];
        double error = z[2];
        double errorNow2 = p[15];
        double errorNow = z[3];
        boolean hadBegun = hasBegun;
        java.util.Arrays.fill(p, 0);
        z[0] = level;
        z[1] = isOther || !hadBegun ? 1 : z[1];
        p[0] = levelSigma * levelSigma;
        p[5] = z[1] * z[1] * spread * spread;
        z[2] = hadBegun ? error : 0;
        p[10] = error2;
        z[3] = hadBegun ? errorNow : 0;
        p[15] = errorNow2;
        hasBegun = hadBegun;
        surprise = 1;
        outside = 0;
    }

    /**
     * An estimate of the level.
     *
     * @param hours since the last one.
     * @param grown growth of the damage by the model's equations in that time, with configured wear parameters.
     * @param errorSigma standard deviation of the estimate's error.
     */
    void observe(double hours, double grown, double level, double errorSigma) {
        if (!hasBegun) {
            if (p[0] > 0 || z[0] != 0) { // renewed before the first estimate
                hasBegun = true;
                p[10] = STAYING * errorSigma * errorSigma;
                p[15] = (1 - STAYING) * errorSigma * errorSigma;
            } else {
                begin(level, errorSigma);
            }
        }
        predict(hours, grown, errorSigma);
        double innovation = level - z[0] - z[2] - z[3];
        double r = SCATTER * errorSigma * errorSigma;
        double s = r + variance();
        double squared = innovation * innovation / s;
        surprise += (Math.min(squared, 100) - surprise) / MEMORY;
        outside = squared > JUMP * JUMP ? outside + 1 : 0;
        if (outside >= JUMPED) {
            begin(level, errorSigma);
            return;
        }
        if (surprise > SURPRISE) {
            p[5] *= 10; // the factor is less sure than it was thought
            surprise *= 0.7;
            s = r + variance();
        }
        update(innovation, s);
        if (z[1] < 1e-3) {
            z[1] = 1e-3;
        }
    }

    private void predict(double hours, double grown, double errorSigma) {
        double keep = StrictMath.exp(-hours / correlationHours);
        java.util.Arrays.fill(f, 0);
        f[0] = 1;
        f[1] = grown;
        f[5] = 1;
        f[10] = 1;
        f[15] = keep;
        z[0] += z[1] * grown;
        z[3] *= keep;
        for (int i = 0; i < N; i++) {
            for (int k = 0; k < N; k++) {
                double sum = 0;
                for (int j = 0; j < N; j++) {
                    sum += f[i * N + j] * p[j * N + k];
                }
                work[i * N + k] = sum;
            }
        }
        for (int i = 0; i < N; i++) {
            for (int k = 0; k < N; k++) {
                double sum = 0;
                for (int j = 0; j < N; j++) {
                    sum += work[i * N + j] * f[k * N + j];
                }
                p[i * N + k] = sum;
            }
        }
        p[5] += z[1] * z[1] * WALK * WALK * hours / 1000;
        p[15] += (1 - keep * keep) * (1 - STAYING) * errorSigma * errorSigma;
    }

    /** Variance of what is expected to be estimated. */
    private double variance() {
        double sum = 0;
        for (int i = 0; i < N; i++) {
            for (int k = 0; k < N; k++) {
                sum += i == 1 || k == 1 ? 0 : p[i * N + k];
            }
        }
        return sum;
    }

    private void update(double innovation, double s) {
        double[] gain = new double[N];
        for (int i = 0; i < N; i++) {
            gain[i] = (p[i * N] + p[i * N + 2] + p[i * N + 3]) / s;
        }
        for (int i = 0; i < N; i++) {
            z[i] += gain[i] * innovation;
        }
        System.arraycopy(p, 0, work, 0, p.length);
        for (int i = 0; i < N; i++) {
            for (int k = 0; k < N; k++) {
                p[i * N + k] = work[i * N + k] - gain[i] * gain[k] * s;
            }
        }
        for (int i = 0; i < N; i++) {
            p[i * N + i] = Math.max(0, p[i * N + i]);
        }
    }

    boolean hasBegun() {
        return hasBegun;
    }

    /** Relative standard deviation of the factor before anything was seen. */
    double spread() {
        return spread;
    }

    /** What is known now. */
    WearState state(String name) {
        double levelSigma = Math.sqrt(p[0]);
        double factorSigma = Math.sqrt(p[5]);
        double correlation = levelSigma > 0 && factorSigma > 0 ? p[1] / (levelSigma * factorSigma) : 0;
        return new WearState(
                name,
                z[0],
                levelSigma,
                Math.max(1e-3, z[1]),
                factorSigma,
                Math.max(-1, Math.min(1, correlation)),
                true);
    }

    /** Writes everything from an index on; answers the next index. */
    int save(double[] out, int at) {
        int i = at;
        out[i++] = hasBegun ? 1 : 0;
        out[i++] = surprise;
        System.arraycopy(z, 0, out, i, N);
        i += N;
        System.arraycopy(p, 0, out, i, N * N);
        i += N * N;
        out[i++] = outside;
        out[i++] = spread;
        return i;
    }

    int restore(double[] in, int at) {
        int i = at;
        hasBegun = in[i++] != 0;
        surprise = in[i++];
        System.arraycopy(in, i, z, 0, N);
        i += N;
        System.arraycopy(in, i, p, 0, N * N);
        i += N * N;
        outside = (int) in[i++];
        spread = in[i++];
        return i;
    }
}
