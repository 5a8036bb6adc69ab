package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name that stands for many: {@code pump-{001..500}} or {@code line-{l=1..4}-pump-{01..50}}. The number of digits of
 * the first bound is the width. The unnamed range is the variable {@code n}; every instance also has {@code i}, its
 * index from 0, and {@code id}, the resulting name.
 */
final class IdRange {
    static final int MAX_INSTANCES = 1_000_000;

    private static final Pattern RANGE = Pattern.compile("\\{(?:([a-zA-Z]\\w*)=)?(\\d{1,9})\\.\\.(\\d{1,9})}");

    private record Part(String literalBefore, String variable, long first, long last, int width) {}

    /** One instance of a range. */
    record Instance(String name, Template.Scope scope) {}

    private final List<Part> parts;
    private final String tail;
    private final long count;

    private IdRange(List<Part> parts, String tail, long count) {
        this.parts = parts;
        this.tail = tail;
        this.count = count;
    }

    static boolean isRange(String name) {
        return name.indexOf('{') >= 0;
    }

    long count() {
        return count;
    }

    /** @throws Template.TemplateException if the text is no range. */
    static IdRange parse(String text) {
        Matcher matcher = RANGE.matcher(text);
        List<Part> parts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int end = 0;
        long count = 1;
        while (matcher.find()) {
            String variable = matcher.group(1) == null ? "n" : matcher.group(1);
            long first = Long.parseLong(matcher.group(2));
            long last = Long.parseLong(matcher.group(3));
            if (last < first) {
                throw new Template.TemplateException("%s: the range must rise".formatted(matcher.group()));
            }
            if (names.contains(variable) || variable.equals("i") || variable.equals("id")) {
                throw new Template.TemplateException(
                        "%s: the variable %s is taken; name it, for example {l=1..4}".formatted(text, variable));
            }
            names.add(variable);
            parts.add(new Part(
                    text.substring(end, matcher.start()),
                    variable,
                    first,
                    last,
                    matcher.group(2).length()));
            end = matcher.end();
            count = count * (last - first + 1);
            if (count > MAX_INSTANCES) {
                throw new Template.TemplateException(
                        "%s: a range makes at most %d instances".formatted(text, MAX_INSTANCES));
            }
        }
        String tail = text.substring(end);
        if (parts.isEmpty() || tail.indexOf('{') >= 0) {
            throw new Template.TemplateException(
                    "\"%s\" is no range; a range is written {001..500} or {name=1..4}".formatted(text));
        }
        return new IdRange(parts, tail, count);
    }

    /** All instances, the last range running fastest. {@code outer} adds variables of an enclosing range. */
    List<Instance> instances(Template.Scope outer) {
        List<Instance> result = new ArrayList<>((int) count);
        List<String> names = new ArrayList<>();
        parts.forEach(part -> names.add(part.variable()));
        names.add("i");
        names.add("id");
        List<String> shared = List.copyOf(names);
        long[] values = new long[parts.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = parts.get(k).first();
        }
        for (long i = 0; i < count; i++) {
            String name = name(values);
            Object[] bound = new Object[shared.size()];
            for (int k = 0; k < values.length; k++) {
                bound[k] = values[k];
            }
            bound[values.length] = i;
            bound[values.length + 1] = name;
            result.add(new Instance(name, outer.inner(shared, bound)));
            for (int k = values.length - 1; k >= 0; k--) {
                if (values[k] < parts.get(k).last()) {
                    values[k]++;
                    break;
                }
                values[k] = parts.get(k).first();
            }
        }
        return result;
    }

    private String name(long[] values) {
        StringBuilder name = new StringBuilder();
        for (int k = 0; k < values.length; k++) {
            Part part = parts.get(k);
            String number = Long.toString(values[k]);
            name.append(part.literalBefore())
                    .append("0".repeat(Math.max(0, part.width() - number.length())))
                    .append(number);
        }
        return name.append(tail).toString();
    }
}
