package org.uatwin.plcadapters.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Topic names and filters of MQTT (version 5, section 4.7). */
final class Topics {
    private static final int MAX_BYTES = 65_535;

    private Topics() {}

    /** What is wrong with a topic name; empty if messages can have it. */
    static Optional<String> problemOfName(String name) {
        if (name.indexOf('+') >= 0 || name.indexOf('#') >= 0) {
            return Optional.of("\"%s\" has a wildcard; it names many topics, not one".formatted(name));
        }
        return problem(name);
    }

    /** What is wrong with a topic filter; empty if it can be subscribed to. */
    static Optional<String> problemOfFilter(String filter) {
        String[] levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            String level = levels[i];
            if (level.indexOf('#') >= 0 && (level.length() > 1 || i < levels.length - 1)) {
                return Optional.of("\"%s\": # stands alone and last".formatted(filter));
            }
            if (level.indexOf('+') >= 0 && level.length() > 1) {
                return Optional.of("\"%s\": + stands alone between two slashes".formatted(filter));
            }
        }
        return problem(filter);
    }

    private static Optional<String> problem(String text) {
        if (text.isEmpty()) {
            return Optional.of("the topic is empty");
        }
        if (text.indexOf('\0') >= 0 || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of("the topic is longer than %d bytes or has a NUL".formatted(MAX_BYTES));
        }
        return Optional.empty();
    }

    /** Whether every topic {@code inner} matches is matched by {@code outer}; both may be names or filters. */
    static boolean covers(String outer, String inner) {
        String[] o = outer.split("/", -1);
        String[] n = inner.split("/", -1);
        if (inner.startsWith("$") && (o[0].equals("#") || o[0].equals("+"))) {
            return false; // wildcards at the beginning leave the broker's own topics out
        }
        for (int i = 0; i < o.length; i++) {
            if (o[i].equals("#")) {
                return true; // also of the parent level itself
            }
            if (i >= n.length || n[i].equals("#") || (!o[i].equals("+") && !o[i].equals(n[i]))) {
                return false;
            }
        }
        return o.length == n.length;
    }
}
