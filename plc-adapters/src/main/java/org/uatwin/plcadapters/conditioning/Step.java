package org.uatwin.plcadapters.conditioning;

/** What can happen to a sample; each is counted. */
enum Step {
    SAMPLES("samples"),
    LATE("late"),
    DUPLICATES("duplicates"),
    MISSING("missing"),
    ROLLOVERS("rollovers"),
    RESETS("counter resets"),
    OUTSIDE_SCALE("outside scale"),
    INVALID("outside validity"),
    SPIKES("spikes"),
    RATE("too fast"),
    STUCK("stuck"),
    CLAMPED("clamped"),
    TOO_LARGE("too large"),
    BOUNCES("bounces"),
    ALIGNED("aligned away"),
    DEADBAND("within deadband"),
    INTERVALS("intervals");

    private final String text;

    Step(String text) {
        this.text = text;
    }

    /** For the report beside a point. */
    String text() {
        return text;
    }
}
