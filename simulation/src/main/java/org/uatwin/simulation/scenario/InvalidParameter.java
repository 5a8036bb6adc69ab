package org.uatwin.simulation.scenario;

/**
 * One argument of a call that cannot be used.
 *
 * @param argumentIndex zero-based position in the method's input arguments.
 * @param kind what is wrong: the server turns it into a StatusCode.
 * @param text for the caller, with the allowed range or the nearest name.
 */
public record InvalidParameter(int argumentIndex, Kind kind, String text) {
    /** What can be wrong with an argument. */
    public enum Kind {
        /** No such name: Bad_NoMatch. */
        NO_MATCH,
        /** Outside the allowed range: Bad_OutOfRange. */
        OUT_OF_RANGE,
        /** Not a usable value at all: Bad_InvalidArgument. */
        INVALID
    }
}
