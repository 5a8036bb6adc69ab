package org.uatwin.simulation.maintenance;

import org.uatwin.simulation.prognosis.FirstPassage;
import org.uatwin.simulation.system.Algebraic;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;

/**
 * Life of a part whose condition drifts: x = mu t + sigma B(t) fails when it first reaches D. The first passage time from x has the
 * inverse Gaussian distribution of mean (D - x)/mu and variance (D - x) sigma^2 / mu^3 (Chhikara and Folks 1989).
 */
public final class DegradationLife implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final ModelCard CARD = ModelCard.named(
                    "DegradationLife",
                    ModelCard.Kind.ALGEBRAIC,
                    "Remaining life of a condition that drifts to a limit (Wiener process).")
            .valid("constant drift and noise, no jumps; noise small against the way to the limit")
            .parameter("Drift", "1/h", 0.05, 1e-12, 1e6, "mu", "fitted")
            .parameter("Diffusion", "1/h^0.5", 0.2, 1e-12, 1e6, "sigma", "fitted")
            .parameter("Limit", "", 10, 1e-12, 1e12, "D", "definition of failure")
            .input("Level", "", 0, -1e12, 1e12, "x now")
            .input("Horizon", "h", 100, 0, 1e9, "for the probability")
            .output("MeanLife", "h", 0, ANY, "")
            .output("DeviationLife", "h", 0, ANY, "standard deviation")
            .output("Life05", "h", 0, ANY, "5 % fail before")
            .output("Life50", "h", 0, ANY, "half fail before")
            .output("Life95", "h", 0, ANY, "95 % fail before")
            .output("FailureProbability", "", 0, 1, "within the horizon")
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup s) {
        double mu = s.parameter("Drift");
        double sigma = s.parameter("Diffusion");
        double limit = s.parameter("Limit");
        return new Algebraic(CARD.inputs(), CARD.outputs()) {
            @Override
            protected void compute(double t, double[] u, double[] y) {
                double way = limit - u[0];
                if (way <= 0) {
                    java.util.Arrays.fill(y, 0);
                    y[5] = 1;
                    return;
                }
                double mean = way / mu;
                y[0] = mean;
                y[1] = Math.sqrt(way * sigma * sigma / (mu * mu * mu));
                y[2] = quantile(0.05, way, mean);
                y[3] = quantile(0.5, way, mean);
                y[4] = quantile(0.95, way, mean);
                y[5] = probability(u[1], way);
            }

            private double quantile(double p, double way, double mean) {
                double low = 0;
                double high = mean;
                while (probability(high, way) < p) {
                    high *= 2;
                }
                for (int i = 0; i < 200 && high - low > 1e-13 * high; i++) {
                    double middle = 0.5 * (low + high);
                    if (probability(middle, way) < p) {
                        low = middle;
                    } else {
                        high = middle;
                    }
                }
                return 0.5 * (low + high);
            }

            private double probability(double time, double way) {
                return FirstPassage.within(time, way, mu, sigma);
            }
        };
    }
}
