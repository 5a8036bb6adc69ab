package org.uatwin.informationmodel.plant;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.type.Text;

/**
 * One mapping of the file read against its {@link Keys}: unknown keys, wrong kinds and values out of range become
 * findings, and the reader goes on with the default, so that one run reports everything.
 */
final class Section implements Settings {
    private static final Pattern SECRET_KEY = Pattern.compile("(?i).*(password|passwd|secret|token|privatekey).*");
    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?) ?(ms|s|min|h|d)");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):[^}]+}");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");

    private final Context context;
    private final Keys keys;
    private final Yaml.Mapping mapping;
    private final Template.Scope scope;
    private final String subject;

    /** What all sections of one reading share. */
    record Context(Findings findings, Secrets secrets) {
        /** The text of a scalar with placeholders and references filled in; empty if that failed. */
        Optional<String> evaluate(Yaml.Scalar scalar, Template.Scope scope, String subject) {
            if (!scalar.hasPlaceholder() && !Secrets.mayHaveReference(scalar.text())) {
                return Optional.of(scalar.text());
            }
            try {
                String text = scalar.hasPlaceholder() ? scalar.template().evaluate(scope) : scalar.text();
                return Optional.of(Secrets.mayHaveReference(text) ? secrets.resolve(text) : text);
            } catch (Template.TemplateException e) {
                findings.error(spot(scalar, scope), subject, e.getMessage() == null ? "no template" : e.getMessage())
                        .fix("placeholders are {n}, {i}, {id} or a column of the table; write {{ for a brace.");
                return Optional.empty();
            }
        }

        /** Where to point to: the table's row if the scalar took its value from there. */
        Findings.Spot spot(Yaml node, Template.Scope scope) {
            Findings.Spot row = scope.row();
            return row != null && node instanceof Yaml.Scalar scalar && scalar.hasPlaceholder()
                    ? row
                    : Findings.Spot.of(node);
        }
    }

    private Section(Context context, Keys keys, Yaml.Mapping mapping, Template.Scope scope, String subject) {
        this.context = context;
        this.keys = keys;
        this.mapping = mapping;
        this.scope = scope;
        this.subject = subject;
    }

    /** The section without a check of its keys: for the further instances of a range. */
    static Section unchecked(Context context, Keys keys, Yaml.Mapping mapping, Template.Scope scope, String subject) {
        return new Section(context, keys, mapping, scope, subject);
    }

    /** The section; empty with a finding if the node is no mapping. */
    static Optional<Section> of(Context context, Keys keys, Yaml node, Template.Scope scope, String subject) {
        if (!(node instanceof Yaml.Mapping mapping)) {
            context.findings()
                    .error(
                            node,
                            subject,
                            "%s must be a mapping of keys, this is %s".formatted(keys.name(), node.kind()))
                    .fix("write keys: %s.".formatted(String.join(", ", keys.names())));
            return Optional.empty();
        }
        Section section = new Section(context, keys, mapping, scope, subject);
        section.checkKeys();
        return Optional.of(section);
    }

    private void checkKeys() {
        for (Yaml.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            if (keys.has(key)) {
                if (entry.value() instanceof Yaml.Scalar scalar && scalar.isEmptyValue()) {
                    context.findings()
                            .error(entry.key(), subject, "\"%s\" has no value".formatted(key))
                            .fix("give a value or remove the key.");
                } else if (keys.get(key).kind() == Keys.Kind.SECRET) {
                    checkReference(entry);
                }
            } else if (SECRET_KEY.matcher(key).matches()) {
                context.findings()
                        .error(entry.key(), subject, "\"%s\": secrets do not belong in the plant file".formatted(key))
                        .fix("remove it and change the secret; where one is needed it is named as ${file:...} or"
                                + " ${env:...}.");
            } else {
                context.findings()
                        .error(entry.key(), subject, "unknown key \"%s\" in %s".formatted(key, keys.name()))
                        .fix(Nearest.advice(key, keys.names()));
            }
        }
        for (Keys.Key key : keys.all()) {
            if (key.isRequired() && mapping.get(key.name()) == null) {
                context.findings()
                        .error(mapping, subject, "%s has no \"%s\"".formatted(keys.name(), key.name()))
                        .fix("add %s: %s.".formatted(key.name(), key.doc()));
            }
        }
    }

    private void checkReference(Yaml.Entry entry) {
        if (!(entry.value() instanceof Yaml.Scalar scalar)
                || !REFERENCE.matcher(scalar.text().strip()).matches()) {
            String key = entry.key().text();
            context.findings()
                    .error(entry.key(), subject, "\"%s\" stands in the plant file itself".formatted(key))
                    .detail("Whoever reads the file knows it now.")
                    .fix("change the secret, and write %s: ${file:...} or ${env:...}.".formatted(key));
        }
    }

    Yaml.Mapping mapping() {
        return mapping;
    }

    Template.Scope scope() {
        return scope;
    }

    @Override
    public String subject() {
        return subject;
    }

    Keys keys() {
        return keys;
    }

    Context context() {
        return context;
    }

    Findings findings() {
        return context.findings();
    }

    /** The node of a key; null if it is absent or has no value. */
    @Nullable
    Yaml node(String key) {
        keys.get(key);
        Yaml node = mapping.get(key);
        return node instanceof Yaml.Scalar scalar && scalar.isEmptyValue() ? null : node;
    }

    @Override
    public boolean has(String key) {
        return node(key) != null;
    }

    /** The node of a key, or of the section if the key is absent: a place to point to. */
    Yaml at(String key) {
        Yaml node = node(key);
        return node == null ? mapping : node;
    }

    Findings.Spot spot(String key) {
        return context.spot(at(key), scope);
    }

    Findings.Draft error(String key, String cause) {
        return findings().error(spot(key), subject, cause);
    }

    Findings.Draft warning(String key, String cause) {
        return findings().warning(spot(key), subject, cause);
    }

    /** The text of a key, placeholders filled in; empty if absent or wrong, then there is a finding. */
    @Override
    public Optional<String> text(String key) {
        Yaml node = node(key);
        return node == null ? Optional.empty() : scalar(node, key);
    }

    String text(String key, String fallback) {
        return text(key).orElse(fallback);
    }

    Optional<String> scalar(Yaml node, String what) {
        if (node instanceof Yaml.Scalar scalar) {
            return context.evaluate(scalar, scope, subject);
        }
        findings()
                .error(node, subject, "\"%s\" must be a text or number, this is %s".formatted(what, node.kind()))
                .fix(
                        node instanceof Yaml.Mapping
                                ? "write one value; quote a placeholder that begins with a brace: \"{n}\"."
                                : "write one value.");
        return Optional.empty();
    }

    /** A whole number within the key's range, else its default. */
    @Override
    public int integer(String key) {
        return optionalInteger(key)
                .orElseGet(() -> keys.get(key).fallback().isEmpty()
                        ? (int) keys.get(key).low()
                        : Integer.parseInt(keys.get(key).fallback()));
    }

    Optional<Integer> optionalInteger(String key) {
        return text(key).flatMap(text -> {
            Keys.Key k = keys.get(key);
            if (!INTEGER.matcher(text.strip()).matches()) {
                error(key, "%s must be a whole number: \"%s\"".formatted(key, text))
                        .fix("write a number %.0f..%.0f.".formatted(k.low(), k.high()));
                return Optional.empty();
            }
            long value = Long.parseLong(text.strip());
            if (value < k.low() || value > k.high()) {
                error(key, "%s must be %.0f..%.0f: %d".formatted(key, k.low(), k.high(), value))
                        .fix("%s; write a number %.0f..%.0f.".formatted(k.doc(), k.low(), k.high()));
                return Optional.empty();
            }
            return Optional.of((int) value);
        });
    }

    @Override
    public OptionalDouble number(String key) {
        Yaml node = node(key);
        return node == null ? OptionalDouble.empty() : number(node, key);
    }

    OptionalDouble number(Yaml node, String what) {
        Optional<String> text = scalar(node, what);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(text.get().strip());
            if (Double.isFinite(value) && !text.get().strip().matches(".*[dDfF]")) {
                return OptionalDouble.of(value);
            }
        } catch (NumberFormatException e) {
            // reported below: the text is not a number
        }
        findings()
                .error(context.spot(node, scope), subject, "%s must be a number: \"%s\"".formatted(what, text.get()))
                .fix("write a number with a decimal point, without unit.");
        return OptionalDouble.empty();
    }

    @Override
    public boolean bool(String key) {
        String fallback = keys.get(key).fallback();
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return fallback.equals("true");
        }
        if (text.get().equals("true") || text.get().equals("false")) {
            return text.get().equals("true");
        }
        error(key, "%s must be true or false: \"%s\"".formatted(key, text.get()))
                .fix("write true or false.");
        return fallback.equals("true");
    }

    @Override
    public Duration duration(String key) {
        return optionalDuration(key)
                .orElseGet(() -> parseDuration(keys.get(key).fallback()).orElse(Duration.ofSeconds(1)));
    }

    @Override
    public Optional<Duration> optionalDuration(String key) {
        Yaml node = node(key);
        return node == null ? Optional.empty() : duration(node, keys.get(key));
    }

    Optional<Duration> duration(Yaml node, Keys.Key key) {
        return scalar(node, key.name()).flatMap(text -> {
            String range = "%s to %s".formatted(label(key.low()), label(key.high()));
            Optional<Duration> parsed = parseDuration(text.strip());
            if (parsed.isEmpty()) {
                findings()
                        .error(
                                context.spot(node, scope),
                                subject,
                                "%s must be a time: \"%s\"".formatted(key.name(), text))
                        .fix("write a number and ms, s, min, h or d, %s; for example %s."
                                .formatted(range, key.fallback().isEmpty() ? "500 ms" : key.fallback()));
                return Optional.empty();
            }
            double seconds = parsed.get().toNanos() / 1e9;
            if (seconds < key.low() || seconds > key.high()) {
                findings()
                        .error(
                                context.spot(node, scope),
                                subject,
                                "%s must be %s: %s".formatted(key.name(), range, text))
                        .fix("write a time within %s.".formatted(range));
                return Optional.empty();
            }
            return parsed;
        });
    }

    static Optional<Duration> parseDuration(String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches() || text.length() > 20) {
            return Optional.empty();
        }
        double unit =
                switch (matcher.group(2)) {
                    case "ms" -> 1e6;
                    case "s" -> 1e9;
                    case "min" -> 60e9;
                    case "h" -> 3600e9;
                    default -> 86_400e9;
                };
        return Optional.of(Duration.ofNanos(Math.round(Double.parseDouble(matcher.group(1)) * unit)));
    }

    private static String label(double seconds) {
        if (seconds < 1 && seconds > 0) {
            return "%.0f ms".formatted(seconds * 1000);
        }
        return seconds < 3600 ? "%.0f s".formatted(seconds) : "%.0f h".formatted(seconds / 3600);
    }

    /** One of the key's choices, else its default (empty text if it has none). */
    @Override
    public String choice(String key) {
        Keys.Key k = keys.get(key);
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return k.fallback();
        }
        if (k.choices().contains(text.get())) {
            return text.get();
        }
        error(key, "%s: \"%s\" is not one of %s".formatted(key, text.get(), String.join(", ", k.choices())))
                .fix(Nearest.advice(text.get(), k.choices()));
        return k.fallback();
    }

    /** A text or one per language; EMPTY if absent. */
    Text localized(String key) {
        Yaml node = node(key);
        return node == null ? Text.EMPTY : localized(node, key);
    }

    Text localized(Yaml node, String what) {
        if (!(node instanceof Yaml.Mapping texts)) {
            return scalar(node, what).map(Text::of).orElse(Text.EMPTY);
        }
        Map<String, String> byLocale = new LinkedHashMap<>();
        for (Yaml.Entry entry : texts.entries()) {
            String tag = entry.key().text();
            if (!tag.isEmpty() && Locale.forLanguageTag(tag).toLanguageTag().equals("und")) {
                findings()
                        .error(entry.key(), subject, "\"%s\" is no language".formatted(tag))
                        .detail(
                                entry.value() instanceof Yaml.Scalar s && s.isEmptyValue()
                                        ? "An unquoted {%s} is a mapping in YAML.".formatted(tag)
                                        : "")
                        .fix("write language tags such as en or de-CH; quote placeholders: \"{n}\".");
            } else {
                scalar(entry.value(), what).ifPresent(text -> byLocale.put(tag, text));
            }
        }
        return new Text(byLocale);
    }

    /** Two rising numbers; empty if absent or wrong. */
    Optional<Range> range(String key) {
        Yaml node = node(key);
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof Yaml.Sequence pair && pair.items().size() == 2) {
            OptionalDouble low = number(pair.items().get(0), key);
            OptionalDouble high = number(pair.items().get(1), key);
            if (low.isEmpty() || high.isEmpty()) {
                return Optional.empty();
            }
            if (low.getAsDouble() < high.getAsDouble()) {
                return Optional.of(new Range(low.getAsDouble(), high.getAsDouble()));
            }
            error(key, "%s must rise: [%s, %s]".formatted(key, plain(low.getAsDouble()), plain(high.getAsDouble())))
                    .fix("write the lower bound first: [%s, %s]."
                            .formatted(plain(high.getAsDouble()), plain(low.getAsDouble())));
            return Optional.empty();
        }
        error(key, "%s must be two numbers in brackets, this is %s".formatted(key, node.kind()))
                .fix("write for example %s: [0, 100].".formatted(key));
        return Optional.empty();
    }

    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : "" + value;
    }

    /** A list of texts, or one text for a list of one; empty if absent. */
    @Override
    public List<String> texts(String key) {
        Yaml node = node(key);
        List<String> result = new ArrayList<>();
        if (node instanceof Yaml.Sequence list) {
            list.items().forEach(item -> scalar(item, key).ifPresent(result::add));
        } else if (node != null) {
            scalar(node, key).ifPresent(result::add);
        }
        return result;
    }

    /** The section below a key; empty if absent or no mapping. */
    @Override
    public Optional<Section> section(String key) {
        Yaml node = node(key);
        Keys below = keys.get(key).section().orElseThrow();
        return node == null ? Optional.empty() : of(context, below, node, scope, subject);
    }

    /** Entries of a mapping of names; empty if absent. */
    List<Yaml.Entry> entries(String key) {
        Yaml node = node(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof Yaml.Mapping below) {
            return below.entries();
        }
        error(key, "%s must be a mapping from names, this is %s".formatted(key, node.kind()))
                .fix("write one line per name below %s:, indented.".formatted(key));
        return List.of();
    }

    @Override
    public Map<String, Settings> sections(String key) {
        Keys below = keys.get(key).section().orElseThrow();
        Map<String, Settings> result = new LinkedHashMap<>();
        for (Yaml.Entry entry : entries(key)) {
            String name = entry.key().text();
            of(context, below, entry.value(), scope, subject + "/" + name).ifPresent(s -> result.put(name, s));
        }
        return result;
    }

    @Override
    public Optional<Secret> secret(String key) {
        return text(key).map(Secret::new);
    }

    @Override
    public Optional<Path> file(String key) {
        Optional<String> name = text(key);
        Optional<Path> path = name.flatMap(context.secrets()::locate);
        if (name.isPresent() && path.isEmpty()) {
            error(key, "%s: the file \"%s\" cannot be read".formatted(key, name.get()))
                    .detail("Files are relative to the plant file.")
                    .fix("check the name, and the rights of the user that runs uatwin.");
        }
        return path;
    }

    @Override
    public void error(String key, String cause, String detail, String fix) {
        error(key, cause).detail(detail).fix(fix);
    }

    @Override
    public void warning(String key, String cause, String detail, String fix) {
        warning(key, cause).detail(detail).fix(fix);
    }
}
