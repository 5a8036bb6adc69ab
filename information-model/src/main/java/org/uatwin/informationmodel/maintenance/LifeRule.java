package org.uatwin.informationmodel.maintenance;

/**
 * The life of a part of which nothing is measured, as a Weibull distribution.
 *
 * @param shape beta: above 1 it wears out, 1 and below it fails by chance or early.
 * @param scaleHours eta: 63.2 % have failed by then.
 */
public record LifeRule(double shape, double scaleHours) {
    public LifeRule {
        if (!(shape > 0) || !(scaleHours > 0)) {
            throw new IllegalArgumentException("shape %s, scale %s h".formatted(shape, scaleHours));
        }
    }
}
