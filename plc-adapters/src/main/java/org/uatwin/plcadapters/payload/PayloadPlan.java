package org.uatwin.plcadapters.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields wanted of messages of one kind, read in one pass over the payload. Immutable once made; the output
 * belongs to the caller.
 */
public final class PayloadPlan {
    /** Longest list taken as an array; longer ones are no value. */
    private static final int LONGEST_LIST = 65_536; // as long as an array point can be

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(1_000_000)
                    .build())
            .build();

    /** One token of the wanted pointers, and what follows it. */
    private static final class Node {
        final Map<String, Node> below = new HashMap<>(2);
        final List<Integer> slots = new ArrayList<>(1);
    }

    private final List<Field> fields;
    private final char separator;
    private final @Nullable Node json;
    private final boolean hasColumns;
    private final List<Integer> whole = new ArrayList<>(1);

    /**
     * @param fields in the order of the output; JSON and columns do not go together in one message.
     * @param separator between columns.
     */
    public PayloadPlan(List<Field> fields, char separator) {
        this.fields = List.copyOf(fields);
        this.separator = separator;
        Node root = null;
        boolean columns = false;
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i) instanceof Field.Json pointer) {
                root = root == null ? new Node() : root;
                Node node = root;
                for (String token : pointer.tokens()) {
                    node = node.below.computeIfAbsent(token, t -> new Node());
                }
                node.slots.add(i);
            } else if (fields.get(i) instanceof Field.Column) {
                columns = true;
            } else {
                whole.add(i);
            }
        }
        json = root;
        hasColumns = columns;
    }

    public int size() {
        return fields.size();
    }

    /** Output for {@link #read}. */
    public RawValue[] newOutput() {
        RawValue[] values = new RawValue[fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = new RawValue();
        }
        return values;
    }

    /**
     * Reads every field; those the payload lacks are MISSING.
     *
     * @throws PayloadException if the payload is not what the fields say.
     */
    public void read(byte[] payload, RawValue[] out) {
        for (RawValue value : out) {
            value.clear();
        }
        if (!whole.isEmpty()) {
            String text = new String(payload, StandardCharsets.UTF_8);
            whole.forEach(slot -> out[slot].setFromText(text));
        }
        if (hasColumns) {
            readColumns(payload, out);
        }
        if (json != null) {
            try (JsonParser parser = JSON.createParser(payload)) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    throw new PayloadException("the payload is empty, not JSON");
                }
                readJson(parser, token, json, out);
                if (parser.nextToken() != null) {
                    throw new PayloadException("more follows after the JSON document");
                }
            } catch (IOException e) {
                throw new PayloadException("no JSON: " + firstLine(e), e);
            }
        }
    }

    private static String firstLine(IOException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private void readColumns(byte[] payload, RawValue[] out) {
        String text = new String(payload, StandardCharsets.UTF_8);
        List<String> cells = SeparatedLine.cells(text, separator);
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i) instanceof Field.Column column && column.column() <= cells.size()) {
                String cell = cells.get(column.column() - 1);
                if (cell.isBlank()) {
                    out[i].setNull();
                } else {
                    out[i].setFromText(cell);
                }
            }
        }
    }

    private static void readJson(JsonParser parser, JsonToken token, Node node, RawValue[] out) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            node.slots.forEach(slot -> out[slot].setOther());
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                Node next = node.below.get(name);
                if (next == null) {
                    parser.skipChildren();
                } else {
                    readJson(parser, value, next, out);
                }
            }
        } else if (token == JsonToken.START_ARRAY) {
            readList(parser, node, out);
        } else {
            for (int slot : node.slots) {
                scalar(parser, token, out[slot]);
            }
        }
    }

    private static void readList(JsonParser parser, Node node, RawValue[] out) throws IOException {
        List<RawValue> items = node.slots.isEmpty() ? null : new ArrayList<>();
        int index = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            Node next = node.below.isEmpty() ? null : node.below.get(Integer.toString(index));
            index++;
            if (token.isStructStart()) {
                items = null; // a list of objects is no value
                if (next == null) {
                    parser.skipChildren();
                } else {
                    readJson(parser, token, next, out);
                }
                continue;
            }
            if (next != null) {
                readJson(parser, token, next, out);
            }
            if (items != null && index <= LONGEST_LIST) {
                RawValue item = new RawValue();
                scalar(parser, token, item);
                items.add(item);
            }
        }
        for (int slot : node.slots) {
            if (items == null || index > LONGEST_LIST) {
                out[slot].setOther();
            } else {
                out[slot].setList(items);
            }
        }
    }

    private static void scalar(JsonParser parser, JsonToken token, RawValue out) throws IOException {
        switch (token) {
            case VALUE_TRUE, VALUE_FALSE -> out.setBoolean(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> out.setNull();
            case VALUE_STRING -> out.setText(parser.getText());
            case VALUE_NUMBER_FLOAT -> out.setNumber(parser.getDoubleValue(), parser.getText());
            case VALUE_NUMBER_INT -> {
                if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    BigInteger big = parser.getBigIntegerValue();
                    if (big.signum() > 0 && big.bitLength() == 64) {
                        out.setWhole(big.longValue(), big.doubleValue(), parser.getText());
                    } else {
                        out.setNumber(big.doubleValue(), parser.getText());
                    }
                } else {
                    out.setWhole(parser.getLongValue(), (double) parser.getLongValue(), parser.getText());
                }
            }
            default -> out.setOther();
        }
    }
}
