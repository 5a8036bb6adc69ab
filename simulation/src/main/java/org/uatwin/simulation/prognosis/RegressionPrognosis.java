package org.uatwin.simulation.prognosis;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.special.Erf;
import org.uatwin.informationmodel.type.Text;

/** What a {@link RulModel} says, as a forecast among others. Immutable, any thread. */
public final class RegressionPrognosis {
    private static final int KNOTS = 40;

    private final RulModel model;
    private final double hoursPerCycle;

    /** @param hoursPerCycle length of a cycle. */
    public RegressionPrognosis(RulModel model, double hoursPerCycle) {
        this.model = model;
        this.hoursPerCycle = hoursPerCycle;
    }

    /** Of a unit at its last cycle: a normal distribution on each side of the expected life, as wide as the model's interval. */
    public MethodForecast forecast(UnitHistory unit) {
        RulForecast said = model.predict(unit);
        double z = Math.sqrt(2) * Erf.erfInv(RulModel.LEVEL);
        double below = Math.max(1e-6, (said.expected() - said.lower()) / z);
        double above = Math.max(1e-6, (said.upper() - said.expected()) / z);
        double end = said.expected() + 4 * above;
        double[] t = new double[KNOTS];
        double[] p = new double[KNOTS];
        for (int k = 0; k < KNOTS; k++) {
            double cycles = end * (k + 1) / KNOTS;
            double away = cycles - said.expected();
            t[k] = cycles * hoursPerCycle;
            p[k] = FirstPassage.normal(away / (away < 0 ? below : above));
        }
        String error = String.format(Locale.ROOT, "%.1f", model.error());
        return new MethodForecast(
                PrognosisMethod.REGRESSION,
                LifeDistribution.of(t, p),
                List.of(),
                -1,
                false,
                new Text(Map.of(
                        "en",
                        "boosted trees; units left out were off by " + error + " cycles (r.m.s.)",
                        "de",
                        "Entscheidungsbäume; ausgelassene Einheiten lagen " + error + " Zyklen daneben (RMS)")));
    }
}
