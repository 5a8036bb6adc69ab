package org.uatwin.simulation.system;

import java.util.List;

/**
 * A table a model reads.
 *
 * @param name unique within the model.
 * @param isRequired whether the model cannot run without it.
 * @param columns its columns; further columns of a file are ignored.
 * @param meaning one phrase.
 */
public record TableSpec(String name, boolean isRequired, List<Column> columns, String meaning) {
    public TableSpec {
        columns = List.copyOf(columns);
    }

    /**
     * One column.
     *
     * @param name as in the head line of a file.
     * @param unit symbol; {@code text} for texts.
     * @param isText whether cells are texts.
     * @param isRequired whether every row needs a value.
     * @param defaultValue of an empty or missing cell of a number, NaN when the model decides.
     * @param lower smallest possible value.
     * @param upper largest possible value.
     * @param meaning one phrase.
     */
    public record Column(
            String name,
            String unit,
            boolean isText,
            boolean isRequired,
            double defaultValue,
            double lower,
            double upper,
            String meaning) {
        /** A number every row must have. */
        public static Column number(String name, String unit, double lower, double upper, String meaning) {
            return new Column(name, unit, false, true, Double.NaN, lower, upper, meaning);
        }

        /** A number with a default; NaN leaves it to the model. */
        public static Column optional(
                String name, String unit, double defaultValue, double lower, double upper, String meaning) {
            return new Column(name, unit, false, false, defaultValue, lower, upper, meaning);
        }

        /** A text every row must have. */
        public static Column text(String name, String meaning) {
            return new Column(name, "text", true, true, Double.NaN, 0, 0, meaning);
        }

        /** A text that may be empty. */
        public static Column optionalText(String name, String meaning) {
            return new Column(name, "text", true, false, Double.NaN, 0, 0, meaning);
        }
    }
}
