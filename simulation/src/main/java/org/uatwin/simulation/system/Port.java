package org.uatwin.simulation.system;

/**
 * An input or output of a system model.
 *
 * @param name unique among inputs or among outputs; members of a table are appended with a dot: {@code Voltage.18}.
 * @param unit symbol, {@code ""} for a pure number.
 * @param defaultValue what an input has when nothing is said; 0 for outputs.
 * @param lower smallest possible value.
 * @param upper largest possible value.
 * @param meaning one phrase.
 */
public record Port(String name, String unit, double defaultValue, double lower, double upper, String meaning) {
    public Port {
        if (!(lower <= defaultValue && defaultValue <= upper) || name.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: default %s outside %s..%s".formatted(name, defaultValue, lower, upper));
        }
    }

    /** An input. */
    public static Port input(
            String name, String unit, double defaultValue, double lower, double upper, String meaning) {
        return new Port(name, unit, defaultValue, lower, upper, meaning);
    }

    /** An output within a range. */
    public static Port output(String name, String unit, double lower, double upper, String meaning) {
        return new Port(name, unit, Math.max(lower, Math.min(upper, 0)), lower, upper, meaning);
    }

    /** The same port for one member of a table: {@code Voltage.<bus>} becomes {@code Voltage.18}. */
    public Port of(String member) {
        int dot = name.indexOf(".<");
        String base = dot < 0 ? name : name.substring(0, dot);
        return new Port(base + "." + member, unit, defaultValue, lower, upper, meaning);
    }

    /** Whether it stands for one port per member of a table. */
    public boolean isPerMember() {
        return name.contains(".<");
    }

    /** The range as it is shown: {@code 0..100}, {@code >= 0}, {@code any}. */
    public String range() {
        return range(lower, upper);
    }

    /** A range as it is shown. */
    public static String range(double lower, double upper) {
        boolean below = Double.isInfinite(lower);
        boolean above = Double.isInfinite(upper);
        if (below && above) {
            return "any";
        }
        return above ? ">= " + number(lower) : below ? "<= " + number(upper) : number(lower) + ".." + number(upper);
    }

    /** The shortest text of a number: 5, 0.25, 1E7. */
    public static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return Long.toString((long) value);
        }
        String text = Double.toString(value);
        return text.replace(".0E", "E");
    }
}
