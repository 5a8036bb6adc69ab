package org.uatwin.demobroker;

/** Topic names and filters (MQTT 5, section 4.7). */
final class TopicFilter {
    private TopicFilter() {}

    static boolean isName(String text) {
        return !text.isEmpty() && text.indexOf('+') < 0 && text.indexOf('#') < 0 && text.indexOf('\0') < 0;
    }

    static boolean isFilter(String text) {
        if (text.isEmpty() || text.indexOf('\0') >= 0 || text.startsWith("$share/")) {
            return false;
        }
        String[] levels = text.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean isHash = levels[i].indexOf('#') >= 0;
            boolean isPlus = levels[i].indexOf('+') >= 0;
            if (((isHash || isPlus) && levels[i].length() > 1) || (isHash && i < levels.length - 1)) {
                return false;
            }
        }
        return true;
    }

    static boolean hasWildcard(String filter) {
        return filter.indexOf('+') >= 0 || filter.indexOf('#') >= 0;
    }

    /** Whether a message of that topic goes to that filter. */
    static boolean matches(String filter, String topic) {
        if (topic.startsWith("$") && (filter.startsWith("#") || filter.startsWith("+"))) {
            return false;
        }
        int f = 0;
        int t = 0;
        while (true) {
            if (filter.startsWith("#", f)) {
                return true;
            }
            int fEnd = end(filter, f);
            int tEnd = end(topic, t);
            boolean isAny = fEnd == f + 1 && filter.charAt(f) == '+';
            if (!isAny && (fEnd - f != tEnd - t || !filter.regionMatches(f, topic, t, fEnd - f))) {
                return false;
            }
            if (tEnd == topic.length()) {
                return fEnd == filter.length() || filter.substring(fEnd).equals("/#");
            }
            if (fEnd == filter.length()) {
                return false;
            }
            f = fEnd + 1;
            t = tEnd + 1;
        }
    }

    private static int end(String text, int from) {
        int slash = text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }
}
