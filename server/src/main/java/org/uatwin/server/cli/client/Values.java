package org.uatwin.server.cli.client;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaRuntimeException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;

/** Values and texts: what a person types becomes a value of the node's type, and what comes back becomes readable. */
final class Values {
    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss.SSS")
            .appendOffset("+HH:MM", "+00:00")
            .toFormatter(Locale.ROOT);

    private final OpcUaClient client;
    private final ZoneId zone;

    Values(OpcUaClient client, ZoneId zone) {
        this.client = client;
        this.zone = zone;
    }

    /** A text that cannot be a value of the type wanted; the message says what can. */
    static final class BadValue extends Exception {
        private static final long serialVersionUID = 1L;

        BadValue(String message) {
            super(message);
        }
    }

    /** The standard's name, for example {@code Bad_NodeIdUnknown}; the code in hex for one without a name. */
    static String statusName(long code) {
        // The low 16 bits are flags (limits, overflow) beside the condition itself: Part 4, 7.39.
        return StatusCodes.lookup(code)
                .or(() -> StatusCodes.lookup(code & 0xFFFF_0000L))
                .map(names -> names[0])
                .orElseGet(() -> (code & 0xFFFF_FFFFL) == 0
                        ? "Good"
                        : String.format(Locale.ROOT, "0x%08X", code & 0xFFFF_FFFFL));
    }

    static String statusName(@Nullable StatusCode status) {
        return status == null ? "Good" : statusName(status.getValue());
    }

    /** Local time with its offset to UTC; {@code -} for none. */
    String time(@Nullable DateTime time) {
        return time == null || time.isNull()
                ? "-"
                : LOCAL.format(time.getJavaInstant().atZone(zone));
    }

    /** ISO 8601 in UTC for scripts; null for none. */
    static @Nullable String utc(@Nullable DateTime time) {
        return time == null || time.isNull() ? null : time.getJavaInstant().toString();
    }

    /** For people. */
    String text(@Nullable Object value) {
        Object decoded = decoded(client, value);
        if (decoded == null) {
            return "-";
        }
        if (decoded instanceof DateTime time) {
            return time(time);
        }
        if (decoded instanceof LocalizedText text) {
            return String.valueOf(text.getText());
        }
        if (decoded instanceof QualifiedName name) {
            return name.toParseableString();
        }
        if (decoded instanceof StatusCode status) {
            return statusName(status);
        }
        if (decoded instanceof NodeId id) {
            return id.toParseableString();
        }
        if (decoded instanceof ByteString bytes) {
            return HexFormat.of().formatHex(bytes.bytesOrEmpty());
        }
        if (decoded instanceof Double || decoded instanceof Float) {
            return number(decoded);
        }
        if (decoded instanceof Matrix matrix) {
            return text(matrix.nestedArrayValue());
        }
        if (decoded.getClass().isArray()) {
            List<String> items = new ArrayList<>();
            for (int i = 0; i < Array.getLength(decoded); i++) {
                items.add(text(Array.get(decoded, i)));
            }
            return "[" + String.join(", ", items) + "]";
        }
        return decoded.toString();
    }

    /** For JSON: numbers and booleans as such, arrays as arrays, all else as text with times in UTC. */
    @Nullable
    Object json(@Nullable Object value) {
        Object decoded = decoded(client, value);
        if (decoded == null || decoded instanceof Number || decoded instanceof Boolean) {
            return decoded;
        }
        if (decoded instanceof DateTime time) {
            return utc(time);
        }
        if (decoded instanceof Matrix matrix) {
            return json(matrix.nestedArrayValue());
        }
        if (decoded.getClass().isArray()) {
            List<@Nullable Object> items = new ArrayList<>();
            for (int i = 0; i < Array.getLength(decoded); i++) {
                items.add(json(Array.get(decoded, i)));
            }
            return items;
        }
        return text(decoded);
    }

    /** At most 7 significant digits: a person looks at it; {@code --json} has all of them. */
    private static String number(Object value) {
        double number = ((Number) value).doubleValue();
        if (!Double.isFinite(number)) {
            return value.toString();
        }
        double size = Math.abs(number);
        if (number != 0 && (size < 1e-4 || size >= 1e9)) {
            return String.format(Locale.ROOT, "%.6e", number);
        }
        BigDecimal rounded =
                new BigDecimal(number).round(new java.math.MathContext(7)).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.toBigInteger().toString() : rounded.toPlainString();
    }

    /** An ExtensionObject as the structure in it, where the client knows its type. */
    static @Nullable Object decoded(OpcUaClient client, @Nullable Object value) {
        if (value instanceof Variant variant) {
            return decoded(client, variant.getValue());
        }
        if (value instanceof ExtensionObject object) {
            try {
                return object.decode(client.getStaticEncodingContext());
            } catch (UaRuntimeException e) {
                return object; // a type this client does not know is shown by its encoding id
            }
        }
        return value;
    }

    /** The same, by what the server says of the type (DataTypeDefinition) if the client does not know it. */
    static @Nullable Object described(OpcUaClient client, @Nullable Object value) {
        Object known = decoded(client, value);
        if (known instanceof ExtensionObject object) {
            try {
                return object.decode(client.getDynamicEncodingContext());
            } catch (UaException | UaRuntimeException e) {
                return object;
            }
        }
        return known;
    }

    /**
     * The text as a value of a built-in type.
     *
     * @param isArray {@code 1,2,3}, brackets allowed; elements with a comma are given as {@code "a,b","c"}.
     */
    Variant parse(String text, OpcUaDataType type, boolean isArray) throws BadValue {
        if (!isArray) {
            return Variant.of(scalar(text, type));
        }
        List<String> items = items(text.strip());
        Object array = Array.newInstance(type.getBackingClass(), items.size());
        for (int i = 0; i < items.size(); i++) {
            Array.set(array, i, scalar(items.get(i), type));
        }
        return Variant.of(array);
    }

    private static List<String> items(String text) throws BadValue {
        String inner = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        List<String> items = new ArrayList<>();
        if (inner.isBlank()) {
            return items;
        }
        StringBuilder item = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == ',' && !isQuoted) {
                items.add(item.toString().strip());
                item.setLength(0);
            } else {
                item.append(c);
            }
        }
        if (isQuoted) {
            throw new BadValue("a quotation mark is not closed");
        }
        items.add(item.toString().strip());
        return items;
    }

    private Object scalar(String text, OpcUaDataType type) throws BadValue {
        try {
            return switch (type) {
                case Boolean -> bool(text);
                case SByte -> Byte.parseByte(text.strip());
                case Byte -> ubyte(Short.parseShort(text.strip()));
                case Int16 -> Short.parseShort(text.strip());
                case UInt16 -> ushort(Integer.parseInt(text.strip()));
                case Int32 -> Integer.parseInt(text.strip());
                case UInt32 -> uint(Long.parseLong(text.strip()));
                case Int64 -> Long.parseLong(text.strip());
                case UInt64 -> ulong(new java.math.BigInteger(text.strip()));
                case Float -> finite(Float.parseFloat(text.strip()), text);
                case Double -> finite(Double.parseDouble(text.strip()), text);
                case String -> text;
                case DateTime -> time(text);
                case Guid -> UUID.fromString(text.strip());
                case ByteString -> ByteString.of(HexFormat.of().parseHex(text.strip()));
                case NodeId -> NodeId.parse(text.strip());
                case QualifiedName -> QualifiedName.parse(text.strip());
                case LocalizedText -> LocalizedText.english(text);
                case Variant -> Variant.of(guess(text));
                default -> throw new BadValue("values of type %s cannot be typed here".formatted(type));
            };
        } catch (IllegalArgumentException | UaRuntimeException e) {
            throw new BadValue("\"%s\" is no %s%s".formatted(text, type, allowed(type)));
        }
    }

    private static Object finite(Number number, String text) throws BadValue {
        if (Double.isFinite(number.doubleValue()) || text.strip().matches("(?i)[+-]?(nan|infinity)")) {
            return number;
        }
        throw new BadValue("\"%s\" is too large".formatted(text));
    }

    private static Boolean bool(String text) throws BadValue {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1", "on", "yes" -> true;
            case "false", "0", "off", "no" -> false;
            default -> throw new BadValue("\"%s\" is no Boolean: true or false".formatted(text));
        };
    }

    /** ISO 8601 with an offset or Z; without one the time is local; {@code now} is now, an empty text the null time. */
    private DateTime time(String text) throws BadValue {
        String t = text.strip().replace(' ', 'T');
        try {
            if (t.isEmpty()) {
                return DateTime.NULL_VALUE;
            }
            if (t.equalsIgnoreCase("now")) {
                return DateTime.now();
            }
            if (t.matches(".*(Z|[+-]\\d\\d:\\d\\d)")) {
                return new DateTime(OffsetDateTime.parse(t).toInstant());
            }
            Instant instant = LocalDateTime.parse(t).atZone(zone).toInstant();
            return new DateTime(instant);
        } catch (DateTimeException e) {
            throw new BadValue("\"%s\" is no time: 2026-11-21T14:30:00Z, or without Z for local time".formatted(text));
        }
    }

    private static Object guess(String text) {
        if (text.matches("[+-]?\\d{1,18}")) {
            return Long.valueOf(text);
        }
        if (text.matches("[+-]?\\d*\\.?\\d+([eE][+-]?\\d+)?")) {
            return Double.valueOf(text);
        }
        return text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text;
    }

    private static String allowed(OpcUaDataType type) {
        return switch (type) {
            case SByte -> ": -128..127";
            case Byte -> ": 0..255";
            case Int16 -> ": -32768..32767";
            case UInt16 -> ": 0..65535";
            case Int32 -> ": -2147483648..2147483647";
            case UInt32 -> ": 0..4294967295";
            case Int64 -> ": a whole number";
            case UInt64 -> ": a whole number from 0";
            case Float, Double -> ": a number such as 12.5";
            case ByteString -> ": hexadecimal digits";
            default -> "";
        };
    }

    /** The built-in type behind a DataType node: itself, or the nearest one above it. */
    OpcUaDataType builtin(NodeId dataType) {
        OpcUaDataType known = OpcUaDataType.isBuiltin(dataType) ? OpcUaDataType.fromNodeId(dataType) : null;
        if (known != null) {
            return known;
        }
        try {
            return client.getDataTypeTree().getBuiltinType(dataType);
        } catch (UaException e) {
            throw Nodes.failure("cannot read the data types", e);
        }
    }
}
