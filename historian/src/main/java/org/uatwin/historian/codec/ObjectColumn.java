package org.uatwin.historian.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of Strings and arrays: what each one is, how long, then the elements of all of one kind as one column.
 * Strings are stored once each.
 */
final class ObjectColumn {
    private static final int NONE = 0;
    private static final int STRING = 1;
    private static final int LONGS = 2;
    private static final int DOUBLES = 3;
    private static final int BOOLEANS = 4;
    private static final int STRINGS = 5;

    private ObjectColumn() {}

    /** Whether a value can be stored at all. */
    static boolean takes(@Nullable Object value) {
        return value == null
                || value instanceof String
                || value instanceof long[]
                || value instanceof double[]
                || value instanceof boolean[]
                || value instanceof String[];
    }

    static void encode(ByteSink sink, @Nullable Object[] values, int from, int to) {
        long[] kinds = new long[to - from];
        long[] lengths = new long[to - from];
        LongList longs = new LongList();
        LongList doubles = new LongList();
        LongList booleans = new LongList();
        LongList texts = new LongList();
        Map<String, Integer> dictionary = new LinkedHashMap<>();
        for (int i = from; i < to; i++) {
            Object value = values[i];
            if (value instanceof String text) {
                kinds[i - from] = STRING;
                texts.add(1 + index(dictionary, text));
            } else if (value instanceof long[] elements) {
                kinds[i - from] = LONGS;
                lengths[i - from] = elements.length;
                longs.addAll(elements);
            } else if (value instanceof double[] elements) {
                kinds[i - from] = DOUBLES;
                lengths[i - from] = elements.length;
                for (double element : elements) {
                    doubles.add(Double.doubleToRawLongBits(element));
                }
            } else if (value instanceof boolean[] elements) {
                kinds[i - from] = BOOLEANS;
                lengths[i - from] = elements.length;
                for (boolean element : elements) {
                    booleans.add(element ? 1 : 0);
                }
            } else if (value instanceof String[] elements) {
                kinds[i - from] = STRINGS;
                lengths[i - from] = elements.length;
                for (@Nullable String element : elements) {
                    texts.add(element == null ? 0 : 1 + index(dictionary, element));
                }
            } else if (value != null) {
                throw new IllegalArgumentException(
                        "no value of a point: " + value.getClass().getName());
            }
        }
        LongColumn.encode(sink, kinds, 0, kinds.length);
        LongColumn.encode(sink, lengths, 0, lengths.length);
        sink.putVarint(dictionary.size());
        dictionary.keySet().forEach(text -> putText(sink, text));
        texts.encodeLongs(sink);
        longs.encodeLongs(sink);
        booleans.encodeLongs(sink);
        DoubleColumn.encode(sink, doubles.values, 0, doubles.size, false);
    }

    private static int index(Map<String, Integer> dictionary, String text) {
        Integer known = dictionary.putIfAbsent(text, dictionary.size());
        return known == null ? dictionary.size() - 1 : known;
    }

    /** UTF-8, or UTF-16 for a text with half a surrogate pair, which UTF-8 would not give back. */
    static void putText(ByteSink sink, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        boolean isExact = new String(utf8, StandardCharsets.UTF_8).equals(text);
        byte[] bytes = isExact ? utf8 : utf16(text);
        sink.putVarint(bytes.length * 2L + (isExact ? 0 : 1));
        sink.putAll(bytes);
    }

    private static byte[] utf16(String text) {
        byte[] bytes = new byte[text.length() * 2];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >> 8);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        return bytes;
    }

    static String getText(ByteSource source) {
        int head = source.getCount();
        byte[] bytes = source.get(head >> 1);
        if ((head & 1) == 0) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        char[] chars = new char[bytes.length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) ((bytes[2 * i] << 8) | (bytes[2 * i + 1] & 0xFF));
        }
        return new String(chars);
    }

    static @Nullable Object[] decode(ByteSource source, int count) {
        long[] kinds = LongColumn.decode(source, count);
        long[] lengths = LongColumn.decode(source, count);
        int size = source.getCount();
        List<String> dictionary = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            dictionary.add(getText(source));
        }
        LongList texts = new LongList(kinds, lengths, STRINGS);
        LongList longs = new LongList(kinds, lengths, LONGS);
        LongList booleans = new LongList(kinds, lengths, BOOLEANS);
        LongList doubles = new LongList(kinds, lengths, DOUBLES);
        texts.values = LongColumn.decode(source, texts.size);
        longs.values = LongColumn.decode(source, longs.size);
        booleans.values = LongColumn.decode(source, booleans.size);
        doubles.values = DoubleColumn.decode(source, doubles.size);
        @Nullable Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            int length = (int) lengths[i];
            switch ((int) kinds[i]) {
                case NONE -> {}
                case STRING -> values[i] = text(dictionary, texts.next());
                case LONGS -> values[i] = longs.next(length);
                case DOUBLES ->
                    values[i] = Arrays.stream(doubles.next(length))
                            .mapToDouble(Double::longBitsToDouble)
                            .toArray();
                case BOOLEANS -> values[i] = booleans(booleans.next(length));
                case STRINGS -> values[i] = texts(dictionary, texts.next(length));
                default -> throw new DamagedException("a value of kind %d".formatted(kinds[i]));
            }
        }
        return values;
    }

    private static boolean[] booleans(long[] bits) {
        boolean[] elements = new boolean[bits.length];
        for (int i = 0; i < bits.length; i++) {
            elements[i] = bits[i] != 0;
        }
        return elements;
    }

    private static @Nullable String[] texts(List<String> dictionary, long[] indexes) {
        @Nullable String[] elements = new String[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            elements[i] = text(dictionary, indexes[i]);
        }
        return elements;
    }

    private static @Nullable String text(List<String> dictionary, long index) {
        if (index < 0 || index > dictionary.size()) {
            throw new DamagedException("text %d of %d".formatted(index, dictionary.size()));
        }
        return index == 0 ? null : dictionary.get((int) index - 1);
    }

    /** Numbers that are being collected, or taken one after the other. */
    private static final class LongList {
        private long[] values = new long[0];
        private int size;
        private int at;

        private LongList() {}

        /** As many as the values of that kind have elements. */
        private LongList(long[] kinds, long[] lengths, int kind) {
            long sum = 0;
            for (int i = 0; i < kinds.length; i++) {
                if (kinds[i] == kind) {
                    sum += lengths[i];
                } else if (kind == STRINGS && kinds[i] == STRING) {
                    sum++;
                }
                if (lengths[i] < 0 || sum > 1 << 28) {
                    throw new DamagedException("%d elements".formatted(sum));
                }
            }
            size = (int) sum;
        }

        private void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, Math.max(16, size * 2));
            }
            values[size++] = value;
        }

        private void addAll(long[] others) {
            for (long other : others) {
                add(other);
            }
        }

        private void encodeLongs(ByteSink sink) {
            LongColumn.encode(sink, values, 0, size);
        }

        private long next() {
            return values[at++];
        }

        private long[] next(int length) {
            at += length;
            return Arrays.copyOfRange(values, at - length, at);
        }
    }
}
