package org.uatwin.server.cli.points;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Connection;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantEdit;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.plant.PointRow;
import org.uatwin.informationmodel.plant.Twin;

/**
 * Brings the rows of a table into a plant file. First all that differ are taken, to learn from the file itself what they
 * mean; then each is decided; then the result is read once more and must say what the table says. A pure function of
 * the texts.
 */
final class PointsImport {
    enum Conflict {
        FAIL,
        SKIP,
        OVERWRITE,
        RENAME
    }

    enum Outcome {
        UNCHANGED,
        ADDED,
        OVERWRITTEN,
        SKIPPED,
        RENAMED,
        CONFLICT,
        ERROR
    }

    /** What became of a row. */
    record Decision(long line, String twin, String point, Outcome outcome, String text) {}

    /**
     * @param text the changed file; empty if there are errors, then nothing is to be written.
     */
    record Result(List<Decision> decisions, Optional<String> text, List<String> findings) {}

    private final String original;
    private final Plant plant;
    private final Conflict conflict;
    private final Function<String, PlantReading> check;
    private final Map<List<String>, PointRow> before = new HashMap<>();
    private final Map<String, Twin> twins = new HashMap<>();
    private final PlantEdit edit;
    private final List<Decision> decisions = new ArrayList<>();

    /** @param check reads a text as the plant file. */
    PointsImport(String original, Plant plant, Conflict conflict, Function<String, PlantReading> check) {
        this.original = original;
        this.plant = plant;
        this.conflict = conflict;
        this.check = check;
        this.edit = new PlantEdit(original);
        PointRow.of(plant).forEach(row -> before.put(key(row), row));
        plant.twins().forEach(twin -> twins.put(twin.id(), twin));
    }

    private static List<String> key(PointRow row) {
        return List.of(row.twin(), row.point());
    }

    Result run(List<PointsCsv.Line> lines) {
        Map<String, List<PointsCsv.Line>> changed = new LinkedHashMap<>();
        Map<String, List<PointsCsv.Line>> conflicting = new LinkedHashMap<>();
        Map<String, List<PointsCsv.Line>> fresh = new LinkedHashMap<>();
        Set<List<String>> seen = new HashSet<>();
        for (PointsCsv.Line line : lines) {
            PointRow row = line.row();
            String problem = seen.add(key(row)) ? problem(row) : "the table has this point twice";
            PointRow old = before.get(key(row));
            if (!problem.isEmpty()) {
                decide(line, Outcome.ERROR, problem);
            } else if (!twins.containsKey(row.twin())) {
                fresh.computeIfAbsent(row.twin(), k -> new ArrayList<>()).add(line);
            } else if (old != null && isSame(row, old)) {
                decide(line, Outcome.UNCHANGED, "");
            } else if (old == null) {
                changed.computeIfAbsent(row.twin(), k -> new ArrayList<>()).add(line);
                decide(line, Outcome.ADDED, source(row));
            } else {
                conflicting.computeIfAbsent(row.twin(), k -> new ArrayList<>()).add(line);
                decideConflict(line, old);
            }
        }
        if (conflict == Conflict.OVERWRITE) {
            conflicting.forEach((twin, rows) ->
                    changed.computeIfAbsent(twin, k -> new ArrayList<>()).addAll(rows));
        }
        boolean hasFailed =
                decisions.stream().anyMatch(d -> d.outcome() == Outcome.ERROR || d.outcome() == Outcome.CONFLICT);
        if (hasFailed) {
            return new Result(decisions, Optional.empty(), List.of());
        }
        return apply(changed, conflict == Conflict.RENAME ? conflicting : Map.of(), fresh);
    }

    private void decideConflict(PointsCsv.Line line, PointRow old) {
        String text = "%s -> %s".formatted(source(old), source(line.row()));
        switch (conflict) {
            case FAIL -> decide(line, Outcome.CONFLICT, text);
            case SKIP -> decide(line, Outcome.SKIPPED, text);
            case OVERWRITE -> decide(line, Outcome.OVERWRITTEN, text);
            case RENAME ->
                decide(line, Outcome.RENAMED, "kept: %s; new twin: %s".formatted(source(old), source(line.row())));
        }
    }

    private void decide(PointsCsv.Line line, Outcome outcome, String text) {
        decisions.add(new Decision(line.number(), line.row().twin(), line.row().point(), outcome, text));
    }

    private Result apply(
            Map<String, List<PointsCsv.Line>> changed,
            Map<String, List<PointsCsv.Line>> renamed,
            Map<String, List<PointsCsv.Line>> fresh) {
        changed.forEach((twin, lines) -> {
            Map<String, String> values = new LinkedHashMap<>();
            lines.forEach(line -> values.put(line.row().point(), value(twin, line.row())));
            edit.setPoints(twin, values);
        });
        Map<List<String>, PointRow> wanted = new HashMap<>();
        changed.values().forEach(lines -> lines.forEach(l -> wanted.put(key(l.row()), l.row())));
        renamed.forEach((twin, lines) -> {
            Twin like = Objects.requireNonNull(twins.get(twin), twin);
            addTwin(free(twin), like.type().name(), lines, wanted);
        });
        fresh.forEach((twin, lines) -> {
            lines.forEach(line -> decide(line, Outcome.ADDED, "new twin: " + source(line.row())));
            addTwin(twin, lines.get(0).row().type(), lines, wanted);
        });
        if (wanted.isEmpty()) {
            return new Result(decisions, Optional.of(original), List.of());
        }
        String text = edit.text();
        PlantReading reading = check.apply(text);
        if (reading.plant().isEmpty()) {
            List<String> findings =
                    reading.findings().stream().map(Object::toString).toList();
            return new Result(decisions, Optional.empty(), findings);
        }
        return new Result(
                decisions, Optional.of(text), differences(reading.plant().get(), wanted));
    }

    /** What the changed file says otherwise than the table; an order left out may be the device's. */
    private static List<String> differences(Plant changed, Map<List<String>, PointRow> wanted) {
        Map<List<String>, PointRow> now = new HashMap<>();
        PointRow.of(changed).forEach(row -> now.put(key(row), row));
        List<String> differences = new ArrayList<>();
        wanted.forEach((key, row) -> {
            PointRow got = now.get(key);
            boolean isThere = got != null
                    && got.value().equals(row.value().isEmpty() ? "" : got.value())
                    && (row.device().isEmpty() || row.device().equals(got.device()))
                    && (row.poll().isEmpty() || row.poll().equals(got.poll()))
                    && (!row.value().isEmpty()
                            || (number(row.scale(), "1").equals(got.scale())
                                    && number(row.offset(), "0").equals(got.offset())
                                    && saysTheSame(row.address(), got.address())));
            if (!isThere) {
                differences.add("%s/%s would be %s and not %s; nothing is written"
                        .formatted(key.get(0), key.get(1), got == null ? "unbound" : source(got), source(row)));
            }
        });
        return differences;
    }

    /** Whether a whole address is what a shorter one says; manual addresses are left to the reader of the file. */
    private static boolean saysTheSame(String asked, String whole) {
        boolean isManual = asked.startsWith("manual") || Character.isDigit(asked.charAt(0));
        return isManual || whole.equals(asked) || whole.startsWith(asked + " ");
    }

    private void addTwin(String id, String type, List<PointsCsv.Line> lines, Map<List<String>, PointRow> wanted) {
        List<String> entry = new ArrayList<>(List.of("id: " + quoted(id), "type: " + type));
        String device = lines.get(0).row().device();
        if (!device.isEmpty()) {
            entry.add("device: " + device);
        }
        entry.add("points:");
        for (PointsCsv.Line line : lines) {
            PointRow row = line.row();
            entry.add("  %s: %s".formatted(row.point(), text(row, row.device().equals(device), false, row.address())));
            wanted.put(List.of(id, row.point()), row);
        }
        edit.addTwin(entry);
    }

    private String free(String id) {
        int n = 2;
        while (twins.containsKey(id + "-" + n)) {
            n++;
        }
        return id + "-" + n;
    }

    private static boolean isSame(PointRow row, PointRow old) {
        return withDefaults(row, old).isSameSource(old);
    }

    /** Cells left empty mean what the point has now; for a constant there is nothing but the value. */
    private static PointRow withDefaults(PointRow row, PointRow old) {
        boolean isAddress = row.value().isEmpty();
        return new PointRow(
                row.twin(),
                row.type(),
                row.point(),
                isAddress && row.device().isEmpty() ? old.device() : row.device(),
                isAddress && row.poll().isEmpty() ? old.poll() : row.poll(),
                row.address(),
                isAddress ? number(row.scale(), "1") : "",
                isAddress ? number(row.offset(), "0") : "",
                row.value());
    }

    private static String number(String text, String otherwise) {
        return text.isEmpty() ? otherwise : PointRow.number(Double.parseDouble(text));
    }

    /** What is wrong with a row by itself; empty if nothing is. */
    private String problem(PointRow row) {
        if (row.twin().isEmpty() || row.point().isEmpty()) {
            return "twin or point is empty";
        }
        if (row.address().isEmpty() == row.value().isEmpty()) {
            return row.address().isEmpty() ? "neither address nor value" : "both address and value";
        }
        for (String number : List.of(row.scale(), row.offset())) {
            if (!number.isEmpty() && !number.matches("[-+]?\\d*\\.?\\d+([eE][-+]?\\d+)?")) {
                return "\"%s\" is no number; write a point for the decimal comma".formatted(number);
            }
        }
        if (row.address().chars().anyMatch(c -> "{}[],#:\"'&*!|>%@`".indexOf(c) >= 0)) {
            return "\"%s\" is no address".formatted(row.address());
        }
        Twin twin = twins.get(row.twin());
        if (twin == null) {
            return row.type().isEmpty() ? "there is no such twin; give its type to add it" : "";
        }
        boolean isKnown = twin.type().points().stream().anyMatch(p -> p.name().equals(row.point()));
        if (!isKnown) {
            return "the type %s has no such point".formatted(twin.type().name());
        }
        PointRow old = before.get(key(row));
        boolean isChanged = old == null || !isSame(row, old);
        return isChanged && (old == null || conflict == Conflict.OVERWRITE)
                ? edit.obstacle(row.twin(), row.point()).orElse("")
                : "";
    }

    /** A binding as the plant file has it. */
    private String value(String twinId, PointRow row) {
        String device = edit.of(twinId, "device");
        boolean isDefaultDevice = row.device().isEmpty()
                || row.device().equals(device)
                || (!device.isEmpty() && row.device().startsWith(device + "/") && !device.contains("/"))
                || (device.isEmpty() && row.device().equals(onlyDevice()));
        String poll = edit.of(twinId, "poll");
        boolean isDefaultPoll =
                row.poll().isEmpty() || row.poll().equals(poll.isEmpty() ? firstPoll(row.device()) : poll);
        return text(row, isDefaultDevice, isDefaultPoll, relative(twinId, row.address()));
    }

    private @Nullable String onlyDevice() {
        List<String> labels = new ArrayList<>();
        for (Connection connection : plant.connections()) {
            if (connection instanceof ModbusConnection modbus) {
                modbus.devices().forEach(d -> labels.add(d.label()));
            }
        }
        return labels.size() == 1 ? labels.get(0) : null;
    }

    private String firstPoll(String device) {
        for (Connection connection : plant.connections()) {
            if (connection instanceof ModbusConnection modbus && device.startsWith(modbus.name() + "/")) {
                return modbus.pollGroups().get(0).name();
            }
        }
        return "";
    }

    /** The address counted from the twin's base. */
    private String relative(String twinId, String address) {
        String[] words = address.split(" ", 3);
        if (words.length < 2 || !words[1].matches("\\d+(\\.\\d+)?")) {
            return address;
        }
        int base = edit.base(twinId, words[0]);
        if (base == 0) {
            return address;
        }
        int dot = words[1].indexOf('.');
        int offset = Integer.parseInt(dot < 0 ? words[1] : words[1].substring(0, dot)) - base;
        words[1] = offset + (dot < 0 ? "" : words[1].substring(dot));
        return String.join(" ", words);
    }

    private static String text(PointRow row, boolean isDefaultDevice, boolean isDefaultPoll, String address) {
        List<String> parts = new ArrayList<>();
        if (!row.value().isEmpty()) {
            return "{value: " + quoted(row.value()) + "}";
        }
        parts.add("address: " + address);
        if (!isDefaultDevice) {
            parts.add("device: " + row.device());
        }
        if (!isDefaultPoll && !row.poll().isEmpty()) {
            parts.add("poll: " + row.poll());
        }
        if (!number(row.scale(), "1").equals("1")) {
            parts.add("scale: " + number(row.scale(), "1"));
        }
        if (!number(row.offset(), "0").equals("0")) {
            parts.add("offset: " + number(row.offset(), "0"));
        }
        return parts.size() == 1 ? address : "{" + String.join(", ", parts) + "}";
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_.-]+")
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String source(PointRow row) {
        if (!row.value().isEmpty()) {
            return "value " + row.value();
        }
        String scaled = number(row.scale(), "1").equals("1") ? "" : " x " + row.scale();
        String moved = number(row.offset(), "0").equals("0") ? "" : " + " + row.offset();
        return (row.device() + " " + row.address() + scaled + moved
                        + (row.poll().isEmpty() ? "" : " every " + row.poll()))
                .strip();
    }
}
