package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.informationmodel.plant.Finding.Severity;

/**
 * Collects findings while a file is read. Of one place, as a range entry makes many of, the first {@value #PER_PLACE}
 * are kept and the rest counted; beyond {@value #TOTAL} in all, only counted.
 */
final class Findings {
    private static final int PER_PLACE = 3;
    private static final int TOTAL = 1000;
    /** Shorter texts (ports, unit ids) are no secrets, and hiding them would garble messages. */
    private static final int SHORTEST_SECRET = 6;

    private final List<Finding> kept = new ArrayList<>();
    private final Map<String, Integer> byPlace = new HashMap<>();
    private final Map<String, String> hidden = new HashMap<>();
    private int errors;
    private int dropped;

    /** A finding being described; {@link #fix} ends and records it. */
    final class Draft {
        private final Severity severity;
        private final String file;
        private final int line;
        private final int column;
        private final String subject;
        private final String cause;
        private String detail = "";

        private Draft(Severity severity, Spot spot, String subject, String cause) {
            this.severity = severity;
            this.file = spot.file();
            this.line = spot.line();
            this.column = spot.column();
            this.subject = subject;
            this.cause = cause;
        }

        Draft detail(String text) {
            detail = detail.isEmpty() ? text : detail + " " + text;
            return this;
        }

        void fix(String text) {
            add(new Finding(severity, file, line, column, subject, cause, detail, text));
        }
    }

    /** Where a finding points to. */
    record Spot(String file, int line, int column) {
        static Spot of(Yaml node) {
            return new Spot(node.file(), node.line(), node.column());
        }
    }

    Draft error(Yaml at, String subject, String cause) {
        return new Draft(Severity.ERROR, Spot.of(at), subject, cause);
    }

    Draft error(Spot at, String subject, String cause) {
        return new Draft(Severity.ERROR, at, subject, cause);
    }

    Draft warning(Yaml at, String subject, String cause) {
        return new Draft(Severity.WARNING, Spot.of(at), subject, cause);
    }

    Draft warning(Spot at, String subject, String cause) {
        return new Draft(Severity.WARNING, at, subject, cause);
    }

    /** From now on {@code value}, which stood behind {@code reference}, is shown as the reference only. */
    void hide(String value, String reference) {
        if (value.length() >= SHORTEST_SECRET) {
            hidden.put(value, reference);
        }
    }

    private String shown(String text) {
        String result = text;
        for (Map.Entry<String, String> entry : hidden.entrySet()) {
            result = result.replace(entry.getKey(), entry.getValue());
        }
        return result;
    }

    void add(Finding found) {
        Finding finding = hidden.isEmpty()
                ? found
                : new Finding(
                        found.severity(),
                        found.file(),
                        found.line(),
                        found.column(),
                        shown(found.subject()),
                        shown(found.cause()),
                        shown(found.detail()),
                        shown(found.fix()));
        if (finding.severity() == Severity.ERROR) {
            errors++;
        }
        String place = finding.file() + ':' + finding.line() + ':' + finding.column() + ':' + finding.severity();
        int count = byPlace.merge(place, 1, Integer::sum);
        if (count > PER_PLACE || kept.size() >= TOTAL) {
            dropped++;
            return;
        }
        if (!kept.contains(finding)) {
            kept.add(finding);
        }
    }

    boolean hasErrors() {
        return errors > 0;
    }

    int errorCount() {
        return errors;
    }

    /** All findings by file, line and column; the last one of a crowded place says how many more there are. */
    List<Finding> sorted() {
        List<Finding> result = new ArrayList<>(kept);
        result.sort(Comparator.comparing(Finding::file)
                .thenComparingInt(Finding::line)
                .thenComparingInt(Finding::column)
                .thenComparing(Finding::severity)
                .thenComparing(Finding::subject));
        if (dropped > 0) {
            Map<String, Integer> last = new HashMap<>();
            for (int i = 0; i < result.size(); i++) {
                Finding f = result.get(i);
                last.put(f.file() + ':' + f.line() + ':' + f.column() + ':' + f.severity(), i);
            }
            last.forEach((place, index) -> {
                int more = byPlace.getOrDefault(place, 0) - PER_PLACE;
                if (more > 0) {
                    Finding f = result.get(index);
                    result.set(
                            index,
                            new Finding(
                                    f.severity(),
                                    f.file(),
                                    f.line(),
                                    f.column(),
                                    f.subject(),
                                    f.cause(),
                                    (f.detail() + " (and " + more + " more like this from the same place)").strip(),
                                    f.fix()));
                }
            });
        }
        return List.copyOf(result);
    }
}
