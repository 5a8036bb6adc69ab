package org.uatwin.informationmodel.expression;

/**
 * A point a formula reads.
 *
 * @param twin id of the twin; empty: the twin the formula belongs to.
 * @param point name of the point.
 */
public record PointRef(String twin, String point) {
    /** A name, or {@code twin/Point}. */
    public static PointRef of(String text) {
        int slash = text.lastIndexOf('/');
        return slash < 0
                ? new PointRef("", text)
                : new PointRef(
                        text.substring(0, slash).strip(),
                        text.substring(slash + 1).strip());
    }

    public boolean isOwn() {
        return twin.isEmpty();
    }

    @Override
    public String toString() {
        return isOwn() ? point : twin + "/" + point;
    }
}
