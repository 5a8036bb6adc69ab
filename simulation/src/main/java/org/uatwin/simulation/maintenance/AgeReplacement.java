package org.uatwin.simulation.maintenance;

import java.util.List;
import org.uatwin.simulation.system.Algebraic;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;

/**
 * The age at which a part of Weibull life is replaced at the least cost per hour (Barlow and Hunter 1960):
 * C(t) = (cp R(t) + cf (1 - R(t))) / integral of R from 0 to t; {@link AgePolicy} has it.
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
                AgePolicy policy = new AgePolicy(u[0], u[1], u[2], u[3]);
                double age = policy.optimalAge().orElse(0);
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
}
