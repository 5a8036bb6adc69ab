package org.uatwin.simulation.estimation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What each possible cause would have made of the innovations of the reference observer, along the way the asset really went: what inputs
 * drive all day never settles, so that the signature a cause has at rest says nothing of it. Per cause and step e = F e + b, s = H e + d, e =
 * e - L s, and the mean of s over the same steps as that of the innovations (generalised likelihood ratio; Willsky and Jones 1976).
 * Causes in order: sensors of outputs, sensors of inputs, parameters, states. Owned with its estimator.
 */
final class RunningSignatures {
    private double[][] error = new double[0][]; // by cause, of the process states
    private double[][] mean = new double[0][]; // by cause, of the outputs, in their units
    private double[] amounts = new double[0]; // of the element of the vector, in a unit of the cause
    private int[] elements = new int[0]; // of the vector; -1 - j for the sensor of output j
    private double[] next = new double[0];

    /** Forgets what was. */
    void clear() {
        error = new double[0][];
    }

    private void begin(Follower follower) {
        AugmentedModel m = follower.model;
        int causes = m.m + m.drivers.length + m.nt + m.nx;
        error = new double[causes][m.nx];
        mean = new double[causes][m.m];
        elements = new int[causes];
        amounts = new double[causes];
        next = new double[m.nx];
        Arrays.fill(amounts, 1);
        int at = 0;
        for (int j = 0; j < m.m; j++) {
            elements[at++] = -1 - j;
        }
        for (int d = 0; d < m.drivers.length; d++) {
            elements[at++] = m.inputOffset(d);
        }
        for (int k = 0; k < m.nt; k++) {
            elements[at++] = m.place(k);
        }
        for (int i = 0; i < m.nx; i++) {
            amounts[at] = ChangeWatch.damageAmount(follower, i);
            elements[at++] = i;
        }
    }

    /** One step; {@code shares} is by output what it adds to the mean, 0 if it does not count. */
    void add(Follower follower, double[] gain, double[] shares) {
        AugmentedModel m = follower.model;
        if (error.length != m.m + m.drivers.length + m.nt + m.nx) {
            begin(follower);
        }
        double[] f = follower.filter.transitionJacobian();
        double[] h = follower.filter.outputJacobian();
        for (int c = 0; c < error.length; c++) {
            double[] e = error[c];
            int of = elements[c];
            for (int i = 0; i < m.nx; i++) {
                double sum = of >= 0 ? amounts[c] * f[i * m.n + of] : 0;
                for (int k = 0; k < m.nx; k++) {
                    sum += follower.direction[k] == 0 ? f[i * m.n + k] * e[k] : 0;
                }
                next[i] = follower.direction[i] == 0 ? sum : 0;
            }
            System.arraycopy(next, 0, e, 0, m.nx);
            for (int j = 0; j < m.m; j++) {
                double s = of >= 0 ? amounts[c] * h[j * m.n + of] : of == -1 - j ? m.sigma[j] : 0;
                for (int k = 0; k < m.nx; k++) {
                    s += h[j * m.n + k] * next[k];
                }
                mean[c][j] += shares[j] * (s - mean[c][j]);
                for (int i = 0; i < m.nx; i++) {
                    e[i] -= gain[i * m.m + j] * s;
                }
            }
        }
    }

    /** Mean effect on the outputs of the cause that moves this element, -1 - j for the sensor of output j; null before the first step. */
    double @Nullable [] of(int element) {
        for (int c = 0; c < error.length; c++) {
            if (elements[c] == element) {
                return mean[c].clone();
            }
        }
        return null;
    }
}
