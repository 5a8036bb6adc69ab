package org.uatwin.plcadapters.mqtt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.payload.RawValue;
import org.uatwin.plcadapters.payload.SeparatedLine;
import org.uatwin.plcadapters.payload.TimeFormat;

/** What a probe learns about one topic from its messages. Owned by the probing thread. */
public final class TopicSurvey {
    /** What the payloads of a topic are. */
    public enum Shape {
        PLAIN,
        JSON,
        CSV,
        BINARY
    }

    /** What a field of the payloads is. */
    public enum FieldKind {
        NUMBER,
        BOOLEAN,
        TEXT,
        TIME
    }

    private static final int MOST_FIELDS = 200;
    private static final Set<String> TIME_NAMES =
            Set.of("t", "ts", "time", "timestamp", "datetime", "date", "timestamp_ms", "epoch");
    private static final double DAY = 86_400;
    private static final JsonFactory JSON = new JsonFactory();

    private final String topic;
    private final Map<String, FieldKind> fields = new LinkedHashMap<>(); // by address fragment
    private Shape shape = Shape.PLAIN;
    private char separator = ',';
    private String sample = "";
    private long count;
    private long live;
    private boolean isRetained;
    private long firstNs;
    private long lastNs;
    private long longestGapNs;

    TopicSurvey(String topic) {
        this.topic = topic;
    }

    void add(byte[] payload, boolean isRetainedMessage, long now, long ticks) {
        if (isRetainedMessage) {
            isRetained = true;
        } else {
            if (live == 0) {
                firstNs = now;
            } else {
                longestGapNs = Math.max(longestGapNs, now - lastNs);
            }
            lastNs = now;
            live++;
        }
        count++;
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException e) {
            shape = Shape.BINARY;
            sample = payload.length + " bytes";
            return;
        }
        sample = text.length() > 60 ? text.substring(0, 57) + "..." : text;
        look(text, ticks);
    }

    private void look(String text, long ticks) {
        String stripped = text.strip();
        if ((stripped.startsWith("{") || stripped.startsWith("[")) && json(stripped, ticks)) {
            shape = Shape.JSON;
            return;
        }
        RawValue whole = new RawValue();
        whole.setFromText(stripped);
        if (whole.kind != RawValue.Kind.NUMBER) {
            for (char c : new char[] {';', '\t', ','}) {
                List<String> cells = SeparatedLine.cells(stripped, c);
                if (cells.size() > 1 && cells.stream().anyMatch(cell -> isNumber(cell))) {
                    shape = Shape.CSV;
                    separator = c;
                    for (int i = 0; i < cells.size() && i < MOST_FIELDS; i++) {
                        RawValue cell = new RawValue();
                        cell.setFromText(cells.get(i));
                        note("#" + (i + 1), kind(cell, "", ticks));
                    }
                    return;
                }
            }
        }
        shape = Shape.PLAIN;
        note("", kind(whole, "", ticks));
    }

    private static boolean isNumber(String text) {
        RawValue value = new RawValue();
        value.setFromText(text);
        return value.kind == RawValue.Kind.NUMBER;
    }

    private boolean json(String text, long ticks) {
        Map<String, FieldKind> found = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(text)) {
            List<String> path = new ArrayList<>();
            List<Integer> index = new ArrayList<>(); // of the list at each depth; -1 in an object
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.END_ARRAY || token == JsonToken.END_OBJECT) {
                    index.remove(index.size() - 1);
                    if (!path.isEmpty()) {
                        path.remove(path.size() - 1);
                    }
                    continue;
                }
                if (token == JsonToken.FIELD_NAME) {
                    continue;
                }
                String name = "";
                if (!index.isEmpty()) {
                    int depth = index.size() - 1;
                    if (index.get(depth) >= 0) {
                        name = Integer.toString(index.get(depth));
                        index.set(depth, index.get(depth) + 1);
                    } else {
                        name = parser.currentName();
                    }
                }
                if (token.isStructStart()) {
                    if (!index.isEmpty()) {
                        path.add(name);
                    }
                    index.add(token == JsonToken.START_ARRAY ? 0 : -1);
                } else if (found.size() < MOST_FIELDS && token != JsonToken.VALUE_NULL) {
                    RawValue value = new RawValue();
                    if (token.isBoolean()) {
                        value.setBoolean(token == JsonToken.VALUE_TRUE);
                    } else if (token.isNumeric()) {
                        value.setFromText(parser.getText());
                    } else {
                        value.setText(parser.getText());
                    }
                    found.put(pointer(path, name), kind(value, name, ticks));
                }
            }
        } catch (IOException | IndexOutOfBoundsException e) {
            return false;
        }
        found.forEach(this::note);
        return true;
    }

    private static String pointer(List<String> path, String name) {
        StringBuilder text = new StringBuilder("#");
        path.forEach(p -> text.append('/').append(p.replace("~", "~0").replace("/", "~1")));
        return text.append('/')
                .append(name.replace("~", "~0").replace("/", "~1"))
                .toString();
    }

    /** A field once seen as text stays one. */
    private void note(String fragment, FieldKind kind) {
        fields.merge(fragment, kind, (a, b) -> a == b ? a : FieldKind.TEXT);
    }

    private static FieldKind kind(RawValue value, String name, long ticks) {
        boolean isNamedTime = TIME_NAMES.contains(name.toLowerCase(Locale.ROOT));
        boolean isIsoText = value.kind == RawValue.Kind.TEXT;
        if (isNamedTime || isIsoText) {
            long time = TimeFormat.AUTO.ticks(value);
            if (time != UaTime.NONE && Math.abs(UaTime.secondsBetween(time, ticks)) < DAY) {
                return FieldKind.TIME;
            }
        }
        return switch (value.kind) {
            case NUMBER -> FieldKind.NUMBER;
            case BOOLEAN -> FieldKind.BOOLEAN;
            case TEXT ->
                Set.of("true", "false", "on", "off")
                                .contains(String.valueOf(value.text).toLowerCase(Locale.ROOT))
                        ? FieldKind.BOOLEAN
                        : FieldKind.TEXT;
            default -> FieldKind.TEXT;
        };
    }

    public String topic() {
        return topic;
    }

    public Shape shape() {
        return shape;
    }

    /** Between the columns of CSV. */
    public char separator() {
        return separator;
    }

    /** What the payloads hold, by what stands behind the topic in an address. */
    public Map<String, FieldKind> fields() {
        return Collections.unmodifiableMap(fields);
    }

    /** The fields that are values, in the order they were seen. */
    List<Map.Entry<String, FieldKind>> values() {
        return fields.entrySet().stream()
                .filter(e -> e.getValue() != FieldKind.TIME)
                .toList();
    }

    /** The first field that is the device's time. */
    Optional<String> time() {
        return fields.entrySet().stream()
                .filter(e -> e.getValue() == FieldKind.TIME && !e.getKey().isEmpty())
                .map(e -> e.getKey().substring(1))
                .findFirst();
    }

    /** The last payload, shortened. */
    public String sample() {
        return sample;
    }

    public long count() {
        return count;
    }

    /** Whether the broker keeps a message of it. */
    public boolean isRetained() {
        return isRetained;
    }

    /** Mean seconds between messages; 0 if fewer than two live ones came. */
    public double meanSeconds() {
        return live < 2 ? 0 : (lastNs - firstNs) / 1e9 / (live - 1);
    }

    /** Longest time between two messages, seconds. */
    double longestGapSeconds() {
        return live < 3 ? 0 : longestGapNs / 1e9;
    }

    /** Equal for topics whose payloads hold the same. */
    String signature() {
        return shape + (shape == Shape.CSV ? "" + separator : "") + fields;
    }
}
