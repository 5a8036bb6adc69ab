package org.uatwin.plcadapters.mqtt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.payload.Field;
import org.uatwin.plcadapters.payload.PayloadException;
import org.uatwin.plcadapters.payload.PayloadPlan;
import org.uatwin.plcadapters.payload.RawValue;
import org.uatwin.plcadapters.payload.TimeFormat;

/** Payloads as the addresses of a plant file describe them: written, and commands read. Pure functions. */
final class VirtualPayload {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String MARK = "\u0001";
    private static final int LONGEST_LIST = 10_000;

    private VirtualPayload() {}

    /** A field of a payload: its text, quoted if it is no number or truth value. */
    private record Cell(List<String> texts, boolean isList, boolean isQuoted, boolean isNull) {
        static final Cell NULL = new Cell(List.of(), false, false, true);

        static Cell of(String text, boolean isQuoted) {
            return new Cell(List.of(text), false, isQuoted, false);
        }

        static Cell of(VirtualValue value) {
            if (value.isMissing()) {
                return NULL;
            }
            boolean isQuoted = value.type() == ValueType.STRING || value.type() == ValueType.DATE_TIME;
            if (!value.isArray()) {
                return of(value.text(), isQuoted);
            }
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < value.length(); i++) {
                texts.add(value.text(i));
            }
            return new Cell(texts, true, isQuoted, false);
        }
    }

    /** Where in one payload which value stands; a value may stand in several. */
    record Place(Field field, VirtualValue value) {}

    /**
     * One message of a topic.
     *
     * @return empty if there is nothing to say: a plain value that is missing.
     */
    static Optional<byte[]> write(List<Place> places) {
        Map<Field, Cell> cells = new LinkedHashMap<>();
        for (Place place : places) {
            VirtualValue value = place.value();
            MessageOptions options = value.address().options();
            cells.put(place.field(), Cell.of(value));
            options.time().ifPresent(field -> cells.put(field, time(value.ticks(), options.timeFormat())));
            options.quality().ifPresent(field -> {
                if (!value.isMissing() || !cells.containsKey(field)) {
                    cells.put(field, quality(value.isMissing(), options));
                }
            });
        }
        boolean isJson = cells.keySet().stream().anyMatch(Field.Json.class::isInstance);
        boolean isLine = cells.keySet().stream().anyMatch(Field.Column.class::isInstance);
        if (isJson) {
            return Optional.of(json(cells).getBytes(StandardCharsets.UTF_8));
        }
        if (isLine) {
            char separator = places.get(0).value().address().options().separator();
            return Optional.of(line(cells, separator).getBytes(StandardCharsets.UTF_8));
        }
        Cell whole = cells.getOrDefault(Field.WHOLE, Cell.NULL);
        return whole.isNull()
                ? Optional.empty()
                : Optional.of(whole.texts().get(0).getBytes(StandardCharsets.UTF_8));
    }

    private static Cell quality(boolean isMissing, MessageOptions options) {
        if (isMissing) {
            return Cell.of("bad", true);
        }
        String word = options.good().contains("good")
                ? "good"
                : options.good().stream().sorted().findFirst().orElse("good");
        return Cell.of(word, !word.matches("-?\\d{1,15}|true|false"));
    }

    private static Cell time(long ticks, TimeFormat format) {
        if (ticks == UaTime.NONE) {
            return Cell.NULL;
        }
        java.time.Instant instant = UaTime.toInstant(ticks);
        long nanos = instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
        return switch (format) {
            case AUTO, ISO -> Cell.of(instant.toString(), true);
            case SECONDS -> Cell.of("%d.%03d".formatted(nanos / 1_000_000_000L, nanos / 1_000_000 % 1_000), false);
            case MILLISECONDS -> Cell.of(Long.toString(nanos / 1_000_000), false);
            case MICROSECONDS -> Cell.of(Long.toString(nanos / 1_000), false);
            case NANOSECONDS -> Cell.of(Long.toString(nanos), false);
        };
    }

    private static String line(Map<Field, Cell> cells, char separator) {
        TreeMap<Integer, String> columns = new TreeMap<>();
        cells.forEach((field, cell) -> {
            if (field instanceof Field.Column column) {
                columns.put(
                        column.column(),
                        cell.isNull() ? "" : quoted(cell.texts().get(0), separator));
            }
        });
        StringBuilder line = new StringBuilder();
        for (int column = 1; column <= columns.lastKey(); column++) {
            line.append(column == 1 ? "" : separator).append(columns.getOrDefault(column, ""));
        }
        return line.toString();
    }

    private static String quoted(String text, char separator) {
        return text.indexOf(separator) < 0 && text.indexOf('"') < 0 ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** A node of the document: a value, or what stands below it by token. */
    private static final class Node {
        final TreeMap<String, Node> below = new TreeMap<>();
        Cell cell = Cell.NULL;
    }

    private static String json(Map<Field, Cell> cells) {
        Node root = new Node();
        cells.forEach((field, cell) -> {
            if (field instanceof Field.Json pointer) {
                Node node = root;
                for (String token : pointer.tokens()) {
                    node = node.below.computeIfAbsent(token, t -> new Node());
                }
                node.cell = cell;
            }
        });
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            write(root, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into a String
        }
        return text.toString();
    }

    private static void write(Node node, JsonGenerator out) throws IOException {
        if (node.below.isEmpty()) {
            write(node.cell, out);
        } else if (node.below.keySet().stream().allMatch(token -> token.matches("0|[1-9]\\d{0,3}"))) {
            out.writeStartArray();
            int length = 1
                    + node.below.keySet().stream()
                            .mapToInt(Integer::parseInt)
                            .max()
                            .orElse(0);
            for (int i = 0; i < Math.min(length, LONGEST_LIST); i++) {
                Node item = node.below.get(Integer.toString(i));
                if (item == null) {
                    out.writeNull();
                } else {
                    write(item, out);
                }
            }
            out.writeEndArray();
        } else {
            out.writeStartObject();
            for (Map.Entry<String, Node> entry : node.below.entrySet()) {
                out.writeFieldName(entry.getKey());
                write(entry.getValue(), out);
            }
            out.writeEndObject();
        }
    }

    private static void write(Cell cell, JsonGenerator out) throws IOException {
        if (cell.isNull()) {
            out.writeNull();
            return;
        }
        if (cell.isList()) {
            out.writeStartArray();
        }
        for (String text : cell.texts()) {
            if (cell.isQuoted()) {
                out.writeString(text);
            } else if (text.equals("NaN") || text.endsWith("Infinity")) {
                out.writeNull(); // JSON has no such numbers (RFC 8259, section 6)
            } else {
                out.writeRawValue(text);
            }
        }
        if (cell.isList()) {
            out.writeEndArray();
        }
    }

    /** Reads the value out of commands made from one template. */
    static final class CommandReader {
        private final Pattern form;
        private final Optional<Field> pointer;

        CommandReader(String template) {
            pointer = pointer(template);
            StringBuilder pattern = new StringBuilder("\\s*");
            Matcher parts = Pattern.compile("\\$(value|time|epoch)").matcher(template.strip());
            int at = 0;
            boolean isFirst = true;
            while (parts.find()) {
                pattern.append(Pattern.quote(template.strip().substring(at, parts.start())));
                boolean isValue = parts.group(1).equals("value") && isFirst;
                isFirst &= !isValue;
                pattern.append(isValue ? "(.*?)" : ".*?");
                at = parts.end();
            }
            form = Pattern.compile(
                    pattern.append(Pattern.quote(template.strip().substring(at)))
                            .append("\\s*")
                            .toString(),
                    Pattern.DOTALL);
        }

        /** Where a JSON template has its value; empty if it is no JSON. */
        private static Optional<Field> pointer(String template) {
            String first = template.strip();
            if (!first.startsWith("{") && !first.startsWith("[")) {
                return Optional.empty();
            }
            String marked = first.replace("\"$value\"", "$value").replace("$value", '"' + "\\u0001" + '"');
            String filled =
                    marked.replace("$epoch", "0").replace("\"$time\"", "0").replace("$time", "0");
            try (JsonParser parser = JSON.createParser(filled)) {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token == JsonToken.VALUE_STRING && parser.getText().equals(MARK)) {
                        return Optional.of(Field.parse(
                                parser.getParsingContext().pathAsPointer().toString()));
                    }
                }
            } catch (IOException e) {
                return Optional.empty(); // nearly JSON: then letter by letter
            }
            return Optional.empty();
        }

        /** The value a command carries; empty if it is not of this template. */
        Optional<RawValue> read(byte[] payload) {
            if (pointer.isPresent()) {
                PayloadPlan plan = new PayloadPlan(List.of(pointer.get()), ',');
                RawValue[] out = plan.newOutput();
                try {
                    plan.read(payload, out);
                } catch (PayloadException e) {
                    return Optional.empty();
                }
                return out[0].kind == RawValue.Kind.MISSING ? Optional.empty() : Optional.of(out[0]);
            }
            Matcher match = form.matcher(new String(payload, StandardCharsets.UTF_8));
            if (!match.matches()) {
                return Optional.empty();
            }
            RawValue value = new RawValue();
            value.setFromText(match.group(1));
            return Optional.of(value);
        }
    }
}
