package org.uatwin.plcadapters.conditioning;

/** Lets a new value pass once it has stayed for a time. Owned by the lane. */
final class Debounce {
    private boolean hasStable;
    private long stable;
    private boolean hasCandidate;
    private long candidate;
    private long candidateSource;
    private long candidateReceive;

    /** The value that counts now. */
    long take(long bits, long source, long receive, long ticks) {
        if (!hasStable || bits == stable) {
            hasStable = true;
            stable = bits;
            hasCandidate = false;
        } else if (!hasCandidate || candidate != bits) {
            hasCandidate = true;
            candidate = bits;
            candidateSource = source;
            candidateReceive = receive;
        } else if (source - candidateSource >= ticks) {
            settle();
        }
        return stable;
    }

    /** Whether a value has stayed long enough although no sample came since. */
    boolean isDue(long now, long ticks) {
        return hasCandidate && now - candidateReceive >= ticks;
    }

    long candidateSource() {
        return candidateSource;
    }

    /** The waiting value counts from now on. */
    long settle() {
        stable = candidate;
        hasCandidate = false;
        return stable;
    }

    /** The waiting value no longer counts as waiting. */
    void forget() {
        hasCandidate = false;
    }
}
