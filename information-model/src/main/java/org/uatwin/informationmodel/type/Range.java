package org.uatwin.informationmodel.type;

/** A closed interval in the unit of its owner; {@code low < high}, both finite (OPC UA Part 8, Range). */
public record Range(double low, double high) {
    public Range {
        if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException("low must be below high and both finite: %s..%s".formatted(low, high));
        }
    }

    public boolean contains(double value) {
        return value >= low && value <= high;
    }

    public double span() {
        return high - low;
    }
}
