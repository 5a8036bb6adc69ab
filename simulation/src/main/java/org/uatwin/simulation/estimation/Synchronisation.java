package org.uatwin.simulation.estimation;

import java.util.List;

/**
 * How well a twin follows its asset at one moment.
 *
 * @param level how far it can be trusted.
 * @param score 0..100 over the window of the last minutes; -1 while nothing is followed.
 * @param modelError root mean square of the residuals in standard deviations of the sensors; -1 while nothing is followed.
 * @param coverage share of the measurements inside their 90 % band; -1 while nothing is followed.
 * @param stateTime {@link org.uatwin.informationmodel.value.UaTime} ticks of the estimate; 0 while there is none.
 * @param stepSeconds length of a step: so much may the estimate be behind the present.
 * @param isDrifting whether a parameter or a damage state has moved from what it was calibrated at.
 * @param isOutsideEnvelope whether the model, or the calibration, does not cover what the asset does now.
 * @param diagnosis what has changed.
 * @param outputs one per measured output of the model.
 * @param quantities estimated parameters and damage states.
 * @param lateDropped samples that came too late.
 * @param restarts times it began anew from readings.
 */
public record Synchronisation(
        FidelityLevel level,
        double score,
        double modelError,
        double coverage,
        long stateTime,
        double stepSeconds,
        boolean isDrifting,
        boolean isOutsideEnvelope,
        Diagnosis diagnosis,
        List<Output> outputs,
        List<Quantity> quantities,
        long lateDropped,
        long restarts) {
    public Synchronisation {
        outputs = List.copyOf(outputs);
        quantities = List.copyOf(quantities);
    }

    /** The same with the outputs in other units. */
    public Synchronisation with(List<Output> others) {
        return new Synchronisation(
                level,
                score,
                modelError,
                coverage,
                stateTime,
                stepSeconds,
                isDrifting,
                isOutsideEnvelope,
                diagnosis,
                others,
                quantities,
                lateDropped,
                restarts);
    }

    /**
     * A measured output.
     *
     * @param point that measures it.
     * @param expected prediction for the present step, before its measurement was known, with the sensor's offset as it was
     *     calibrated; NaN while there is none.
     * @param residual last measurement minus its prediction; NaN if there was none.
     * @param sigma standard deviation of the residual.
     * @param time ticks of the step.
     * @param isMeasured whether a usable measurement came in the last step that expected one.
     * @param efficiency Nash and Sutcliffe's; 1 while nothing varies.
     * @param correlation of measured and expected; 1 while nothing varies.
     * @param bias mean of the residual.
     * @param rmse root mean square of the residual.
     * @param coverage share inside the 90 % band.
     * @param nis mean square of the innovation in its own standard deviations; 1 if the uncertainty is right.
     * @param whiteness probability that white noise looks like the innovations; small if something lasting is missed.
     */
    public record Output(
            String point,
            double expected,
            double residual,
            double sigma,
            long time,
            boolean isMeasured,
            double efficiency,
            double correlation,
            double bias,
            double rmse,
            double coverage,
            double nis,
            double whiteness) {
        /** The same under another name of its point. */
        public Output named(String other) {
            return new Output(
                    other,
                    expected,
                    residual,
                    sigma,
                    time,
                    isMeasured,
                    efficiency,
                    correlation,
                    bias,
                    rmse,
                    coverage,
                    nis,
                    whiteness);
        }

        /** The same in another unit, of which differences are {@code factor} times as large. */
        public Output scaled(double expectedThere, double factor) {
            return new Output(
                    point,
                    expectedThere,
                    factor * residual,
                    Math.abs(factor) * sigma,
                    time,
                    isMeasured,
                    efficiency,
                    correlation,
                    factor * bias,
                    Math.abs(factor) * rmse,
                    coverage,
                    nis,
                    whiteness);
        }
    }

    /**
     * A parameter or a damage state.
     *
     * @param name in the model.
     * @param unit in the model.
     * @param value estimate.
     * @param sigma its standard deviation.
     * @param isEstimated whether the data determine it; else value and sigma are the prior's.
     * @param calibrated value when the twin was calibrated; NaN before.
     */
    public record Quantity(
            String name, String unit, double value, double sigma, boolean isEstimated, double calibrated) {}
}
