package org.uatwin.simulation.sensitivity;

/** Names of what an analysis answers. */
public final class SensitivityTable {
    private SensitivityTable() {}

    /**
     * One index of one factor for one key figure.
     *
     * @param figure key figure.
     * @param index {@code MuStar}, {@code Mu}, {@code Sigma} in the unit of the figure; {@code FirstOrder}, {@code TotalOrder} as
     *     shares of its variance.
     * @param unit of the value.
     * @param lower lower end of its 90 % interval.
     * @param upper its upper end.
     */
    public record Row(
            String figure, String factor, String index, String unit, double value, double lower, double upper) {
        /** As a key figure: {@code TotalOrder(Power.Mean, Soiling)}. */
        public String name() {
            return "%s(%s, %s)".formatted(index, figure, factor);
        }
    }
}
