package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.type.EngineeringUnit;
import org.uatwin.informationmodel.type.Limits;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.type.TwinType;

/** The reference pages say what the code does: their tables are made from it. {@link PlantSchemaTest#main} writes them. */
class ReferencePagesTest {
    private static final Path DOCS = Path.of("../docs/reference");
    private static final String MARK = "<!-- made from the code below this line -->\n";

    @Test
    void plantFilePageHoldsEveryKey() throws IOException {
        assertThat(Files.readString(DOCS.resolve("plant-file.md"))).endsWith(MARK + KeyTables.ofPlantFile());
    }

    @Test
    void twinTypesPageHoldsTheLibrary() throws IOException {
        assertThat(Files.readString(DOCS.resolve("twin-types.md"))).endsWith(MARK + types());
    }

    static void write() throws IOException {
        replace(DOCS.resolve("plant-file.md"), KeyTables.ofPlantFile());
        replace(DOCS.resolve("twin-types.md"), types());
    }

    private static void replace(Path page, String made) throws IOException {
        String text = Files.readString(page);
        Files.writeString(page, text.substring(0, text.indexOf(MARK)) + MARK + made);
    }

    private static String types() {
        StringBuilder page = new StringBuilder();
        for (TwinType type : TypeLibrary.builtIn().types()) {
            page.append("\n## %s %s\n\n%s. Level %s%s.\n\n"
                    .formatted(
                            type.name(),
                            type.version(),
                            english(type.description()),
                            type.level().name().toLowerCase(Locale.ROOT),
                            type.modelName().map(m -> ", model `" + m + "`").orElse("")));
            page.append(
                    "| point | kind | type | unit | EURange | limits | group | meaning |\n|---|---|---|---|---|---|---|---|\n");
            type.declaredPoints().forEach(point -> page.append(row(point)));
            if (type.isWatched()) {
                page.append("\nAnd the points of [its health](maintenance.md#points).\n");
            }
            if (!type.ratings().isEmpty()) {
                page.append("\n| rating | unit | default | range | meaning |\n|---|---|---|---|---|\n");
                type.ratings().forEach(rating -> page.append(row(rating)));
            }
            if (!type.methods().isEmpty()) {
                page.append("\nMethods: %s.\n"
                        .formatted(String.join(
                                ", ",
                                type.methods().stream().map(Member.Method::name).toList())));
            }
        }
        return page.toString();
    }

    private static String row(Member.Point p) {
        String kind = p.kind().name().toLowerCase(Locale.ROOT).replace('_', '-') + (p.isWritable() ? ", writable" : "");
        String meaning = p.enumTexts().isEmpty()
                ? english(p.displayName())
                : String.join(
                        ", ",
                        p.enumTexts().stream()
                                .map(e -> e.value() + " " + english(e.text()))
                                .toList());
        String states = p.trueState().isEmpty() ? "" : ": " + english(p.trueState()) + " or " + english(p.falseState());
        return "| `%s` | %s | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        p.name(),
                        kind,
                        p.dataType().uaName() + (p.isArray() ? "[" + p.arrayLength() + "]" : ""),
                        p.unit().map(EngineeringUnit::symbol).orElse(""),
                        p.euRange().map(ReferencePagesTest::range).orElse(""),
                        limits(p.limits()),
                        p.group(),
                        meaning + states);
    }

    private static String row(Member.Rating rating) {
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        rating.name(),
                        rating.unit().symbol(),
                        rating.value().isPresent()
                                ? Section.plain(rating.value().getAsDouble())
                                : "must be given",
                        rating.range().map(ReferencePagesTest::range).orElse(""),
                        english(rating.displayName()));
    }

    private static String english(Text text) {
        return text.in(List.of("en")).text();
    }

    private static String range(Range range) {
        return Section.plain(range.low()) + ".." + Section.plain(range.high());
    }

    private static String limits(Limits limits) {
        List<String> parts = new ArrayList<>();
        limits.lowLow().ifPresent(v -> parts.add("LL " + Section.plain(v)));
        limits.low().ifPresent(v -> parts.add("L " + Section.plain(v)));
        limits.high().ifPresent(v -> parts.add("H " + Section.plain(v)));
        limits.highHigh().ifPresent(v -> parts.add("HH " + Section.plain(v)));
        return String.join(", ", parts);
    }
}
