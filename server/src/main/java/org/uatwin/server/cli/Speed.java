package org.uatwin.server.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The option {@code --speed}: how fast simulated or recorded time runs. */
final class Speed {
    private Speed() {}

    /** A factor above 0; infinite for {@code max}. */
    static double parse(CommandSpec spec, String text) {
        if (text.equals("max")) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && !Double.isInfinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ParameterException(spec.commandLine(), "--speed must be a number above 0, or max: \"" + text + "\"");
    }
}
