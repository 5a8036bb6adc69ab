package org.uatwin.plcadapters.mqtt;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;

/** The text of a command, with its value filled in. */
final class CommandPayload {
    private CommandPayload() {}

    /**
     * Fills {@code $value}, {@code $time} and {@code $epoch} in. In a payload that is a JSON object or list, a text is
     * escaped, so that no value can change what the command says.
     */
    static String text(String template, String value, boolean isText, Instant now) {
        String first = template.strip();
        boolean isJson = first.startsWith("{") || first.startsWith("[");
        String shown =
                isText && isJson ? new String(JsonStringEncoder.getInstance().quoteAsString(value)) : value;
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            if (template.startsWith("$value", at)) {
                out.append(shown);
                at += "$value".length();
            } else if (template.startsWith("$time", at)) {
                out.append(now);
                at += "$time".length();
            } else if (template.startsWith("$epoch", at)) {
                out.append(now.toEpochMilli());
                at += "$epoch".length();
            } else {
                out.append(template.charAt(at++));
            }
        }
        return out.toString();
    }
}
