package org.uatwin.plcadapters.conditioning;

/** What a step of the chain found wrong with a value, in words for whoever looks at the point. */
final class ProblemText {
    private ProblemText() {}

    /**
     * @param value what was found.
     * @param limit what it broke, of the steps that have one.
     * @return empty for steps that find nothing wrong.
     */
    static String of(Step step, double value, double limit, Rule rule) {
        return switch (step) {
            case MISSING -> "the device has no value: it sent %s".formatted(number(value));
            case OUTSIDE_SCALE -> "signal %s lies outside the scale".formatted(number(value));
            case INVALID ->
                "%s lies outside the validity range %s..%s"
                        .formatted(
                                number(value),
                                rule.validity == null ? "" : number(rule.validity.low()),
                                rule.validity == null ? "" : number(rule.validity.high()));
            case SPIKES -> "spike: %s, where the median is %s".formatted(number(value), number(limit));
            case RATE -> "changes by %s a second, more than %s".formatted(number(value), number(limit));
            case STUCK -> "stuck for %s s".formatted(number(value));
            case CLAMPED -> "%s was clamped to %s".formatted(number(value), number(limit));
            case TOO_LARGE ->
                "%s does not fit the point's type %s. Fix: a wider type in the twin type"
                        .formatted(number(value), rule.type.uaName());
            default -> "";
        };
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : "%.6g".formatted(value);
    }
}
