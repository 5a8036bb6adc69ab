package org.uatwin.informationmodel.plant;

import java.util.Locale;

/**
 * One thing to mend in a plant file.
 *
 * @param severity an ERROR prevents the file from being used, a WARNING does not.
 * @param file name of the file as the user gave it.
 * @param line 1-based; 0 when the finding concerns the file as a whole.
 * @param column 1-based; 0 likewise.
 * @param subject what it is about in the plant's names, for example {@code pump-07/DischargePressure}; may be empty.
 * @param cause what is wrong, with the offending text.
 * @param detail the allowed range or why it matters; may be empty.
 * @param fix what to do; never empty.
 */
public record Finding(
        Severity severity, String file, int line, int column, String subject, String cause, String detail, String fix) {
    public enum Severity {
        ERROR,
        WARNING
    }

    public Finding {
        if (cause.isBlank() || fix.isBlank()) {
            throw new IllegalArgumentException("a finding needs a cause and a fix: " + cause + " / " + fix);
        }
    }

    /** The form of a compiler message: {@code file:line:col: subject: cause}, then detail and fix, indented. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line).append(':').append(column);
        }
        text.append(": ");
        if (severity == Severity.WARNING) {
            text.append(severity.name().toLowerCase(Locale.ROOT)).append(": ");
        }
        if (!subject.isEmpty()) {
            text.append(subject).append(": ");
        }
        text.append(cause);
        if (!detail.isEmpty()) {
            text.append("\n  ").append(detail);
        }
        return text.append("\n  Fix: ").append(fix).toString();
    }
}
