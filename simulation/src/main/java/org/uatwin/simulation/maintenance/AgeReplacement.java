package org.uatwin.simulation.maintenance;

import java.util.List;
import org.uatwin.simulation.system.Algebraic;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;

/**
 * The age at which a part of Weibull life is replaced at the least cost per hour (Barlow and Hunter 1960):
 * C(t) = (cp R(t) + cf (1 - R(t))) / integral of R from 0 to t. Without wear-out (shape up to 1) or with a planned stop no cheaper than
 * a failure there is no optimum: run to failure.
 */
public final class AgeReplacement implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final ModelCard CARD = ModelCard.named(
                    "AgeReplacement",
                    ModelCard.Kind.ALGEBRAIC,
                    "The age at which to replace a part: optimum, cost, downtime.")
            .valid("as good as new after each replacement, Weibull life, constant costs")
            .input("Shape", "", 2.5, 0.1, 20, "beta of the Weibull life")
            .input("Scale", "h", 1000, 1e-3, 1e9, "eta of the Weibull life")
            .input("PlannedCost", "", 1, 1e-9, 1e12, "cp: of a planned replacement, or its hours of downtime")
            .input("FailureCost", "", 5, 1e-9, 1e12, "cf: of a failure, or its hours of downtime")
            .output("OptimalAge", "h", 0, ANY, "0 = no optimum, run to failure")
            .output("CostRate", "1/h", 0, ANY, "at the optimum")
            .output("CostRateRunToFailure", "1/h", 0, ANY, "without planned replacement")
            .output("Saving", "%", 0, 100, "of the cost rate")
            .output("FailureShare", "", 0, 1, "of cycles that still end with a failure")
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        return new Algebraic(CARD.inputs(), CARD.outputs()) {
            @Override
            protected void compute(double t, double[] u, double[] y) {
                Policy policy = new Policy(u[0], u[1], u[2], u[3]);
                double age = policy.optimalAge();
                y[2] = policy.runToFailure();
                y[0] = age;
                y[1] = age > 0 ? policy.rate(age) : y[2];
                y[3] = 100 * Math.max(0, 1 - y[1] / y[2]);
                y[4] = age > 0 ? 1 - policy.survival(age) : 1;
            }

            @Override
            public List<Figure> figures() {
                return List.of();
            }
        };
    }

    private record Policy(double shape, double scale, double planned, double failure) {
        private static final int PANELS = 2000;
        private static final double FAR = 20; // mean lives: later replacements are run to failure

        double survival(double t) {
            return StrictMath.exp(-StrictMath.pow(t / scale, shape));
        }

        /** Integral of survival from 0 by Simpson's rule in s = t^(1/2), which is smooth also for small shapes. */
        double uptime(double t) {
            double end = Math.sqrt(t);
            double h = end / PANELS;
            double sum = 0;
            for (int i = 0; i <= PANELS; i++) {
                double s = i * h;
                double weight = i == 0 || i == PANELS ? 1 : i % 2 == 1 ? 4 : 2;
                sum += weight * survival(s * s) * 2 * s;
            }
            return sum * h / 3;
        }

        double runToFailure() {
            double mean = scale * StrictMath.exp(org.apache.commons.math3.special.Gamma.logGamma(1 + 1 / shape));
            return failure / mean;
        }

        double rate(double t) {
            double r = survival(t);
            return (planned * r + failure * (1 - r)) / uptime(t);
        }

        /** Zero of h(t) uptime(t) - (1 - R(t)) - cp / (cf - cp), which rises for shape above 1; 0 without optimum. */
        double optimalAge() {
            if (shape <= 1 || failure <= planned) {
                return 0;
            }
            double level = planned / (failure - planned);
            double low = 0;
            double high = FAR * scale;
            if (excess(high, level) < 0) {
                return 0;
            }
            for (int i = 0; i < 200 && high - low > 1e-12 * high; i++) {
                double middle = 0.5 * (low + high);
                if (excess(middle, level) < 0) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return 0.5 * (low + high);
        }

        private double excess(double t, double level) {
            double hazard = shape / scale * StrictMath.pow(t / scale, shape - 1);
            return hazard * uptime(t) - (1 - survival(t)) - level;
        }
    }
}
