package org.uatwin.informationmodel.plant;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Keys as tables in Markdown, for reference pages: those of the plant file, and those of a protocol. */
public final class KeyTables {
    private KeyTables() {}

    /** Every key of a plant file, protocols of a catalog aside. */
    public static String ofPlantFile() {
        return tables(List.of(Keys.ROOT), Set.of());
    }

    /** Every key of a protocol: its connection, its devices, its points; without sections of the plant file's page. */
    public static String of(ProtocolSyntax syntax) {
        Set<Keys> known = new LinkedHashSet<>();
        collect(Keys.ROOT, known);
        return tables(List.of(SettingKeys.connection(syntax), SettingKeys.point(syntax)), known);
    }

    private static String tables(List<Keys> roots, Set<Keys> known) {
        Set<Keys> sections = new LinkedHashSet<>(known);
        roots.forEach(root -> collect(root, sections));
        sections.removeAll(known);
        StringBuilder page = new StringBuilder();
        for (Keys keys : sections) {
            page.append("\n### ")
                    .append(keys.name())
                    .append("\n\n| key | value | default | meaning |\n|---|---|---|---|\n");
            for (Keys.Key key : keys.all()) {
                page.append("| `%s` | %s | %s | %s |\n"
                        .formatted(
                                key.name(),
                                value(key),
                                key.isRequired()
                                        ? "required"
                                        : key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`",
                                key.doc()));
            }
        }
        return page.toString();
    }

    private static void collect(Keys keys, Set<Keys> sections) {
        if (sections.add(keys)) {
            keys.all().forEach(key -> key.section().ifPresent(below -> collect(below, sections)));
        }
    }

    private static String value(Keys.Key key) {
        return switch (key.kind()) {
            case TEXT -> "text";
            case SECRET -> "`${file:...}` or `${env:...}`";
            case FILE -> "file, relative to the plant file";
            case LOCALIZED -> "text, or text by language";
            case INTEGER -> "%.0f..%.0f".formatted(key.low(), key.high());
            case NUMBER -> "number";
            case BOOLEAN -> "true, false";
            case DURATION -> "time, %s to %s".formatted(seconds(key.low()), seconds(key.high()));
            case CHOICE -> String.join(", ", key.choices());
            case MONEY -> "amount, such as `1200 EUR`";
            case MONEY_PER_HOUR -> "amount an hour, such as `500 EUR/h`";
            case RANGE -> "`[low, high]`";
            case SECTION -> "see " + key.section().orElseThrow().name();
            case SECTIONS -> "name: see " + key.section().orElseThrow().name();
            case SECTION_LIST -> "list, see " + key.section().orElseThrow().name();
            case TEXT_LIST -> "text or list of texts";
            case NUMBERS -> "name: number";
            case TABLES -> "name: file";
            case NUMBER_LIST -> "number or list of numbers";
            case PAIR -> "`[number, number]`";
            case PAIRS -> "list of `[number, number]`";
            case SECTION_OR_NONE -> "see " + key.section().orElseThrow().name() + ", or none";
            case SECTION_OR_BOOLEAN ->
                "true, false, or see " + key.section().orElseThrow().name();
            case ENUM_TEXTS -> "number: text";
            case NAME_OR_SECTION ->
                "text, or see " + key.section().orElseThrow().name();
            case ORDER -> "letters, or see order";
            case POLL_GROUPS -> "name: time, or see pollGroup";
            case BINDINGS -> "point: address, or see binding";
            case VALUE -> "value, or list of values";
            case METHODS -> "list of " + String.join(", ", TwinMethods.names());
        };
    }

    private static String seconds(double seconds) {
        return seconds > 0 && seconds < 1
                ? "%.0f ms".formatted(seconds * 1000)
                : seconds < 3600 ? "%.0f s".formatted(seconds) : "%.0f h".formatted(seconds / 3600);
    }
}
