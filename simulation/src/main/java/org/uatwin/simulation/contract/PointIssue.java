package org.uatwin.simulation.contract;

/**
 * Why a reading was not taken at face value.
 *
 * @param point name of the point.
 * @param kind what is wrong with it.
 * @param usedValue the value the model went on with.
 */
public record PointIssue(String point, Kind kind, double usedValue) {
    /** What can be wrong with a reading. */
    public enum Kind {
        MISSING("not bound"),
        BAD("bad"),
        STALE("stale"),
        IMPLAUSIBLE("implausible");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** English word for messages. */
        public String text() {
            return text;
        }
    }

    @Override
    public String toString() {
        return point + " " + kind.text();
    }
}
