package org.uatwin.informationmodel.plant;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CSV table of instances (RFC 4180, UTF-8, comma or semicolon): the first line names the columns, each further
 * line is a twin. Every column is a variable of the entry's placeholders; {@code i} counts from 0.
 */
final class TableReader {
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    /** One line: the twin's id and its variables. */
    record Row(String id, Template.Scope scope, boolean isFirst) {}

    private final @Nullable Path folder;
    private final Sources sources;

    /**
     * @param folder folder of the plant file; null if it has none.
     * @param sources gets to know every table.
     */
    TableReader(@Nullable Path folder, Sources sources) {
        this.folder = folder;
        this.sources = sources;
    }

    List<Row> rows(Section s) {
        Optional<String> name = s.text("table");
        if (name.isEmpty()) {
            return List.of();
        }
        Optional<String> text = read(s, "table", name.get());
        return text.map(t -> parse(s, name.get(), t)).orElse(List.of());
    }

    /** The text of a table that a key names; that it cannot be read is a finding. */
    Optional<String> read(Section s, String key, String name) {
        if (folder == null) {
            s.error(key, "a plant without a folder cannot name a table").fix("read the plant from a file.");
            return Optional.empty();
        }
        try {
            Path path = folder.resolve(name);
            sources.note(path);
            if (Files.size(path) > MAX_BYTES) {
                s.error(key, "%s is larger than 64 MiB".formatted(name)).fix("split it.");
                return Optional.empty();
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(sources.read(path)))
                    .toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            s.error(key, "%s is not UTF-8".formatted(name)).fix("save it as CSV UTF-8.");
        } catch (IOException | InvalidPathException e) {
            s.error(
                            key,
                            "cannot read the table %s (%s)"
                                    .formatted(name, e.getClass().getSimpleName()))
                    .fix("the path is relative to the plant file; check name and rights.");
        }
        return Optional.empty();
    }

    private static List<Row> parse(Section s, String file, String text) {
        String header = text.lines().findFirst().orElse("");
        char separator = header.indexOf(';') >= 0 && header.indexOf(',') < 0 ? ';' : ',';
        List<Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            List<String> columns = List.of();
            int idColumn = -1;
            for (CsvRecord record : csv) {
                Findings.Spot spot = new Findings.Spot(file, (int) record.getStartingLineNumber(), 1);
                if (columns.isEmpty()) {
                    columns = columns(s, record, spot);
                    idColumn = columns.indexOf("id");
                    if (idColumn < 0) {
                        s.findings()
                                .error(spot, "", "the table has no column \"id\"")
                                .detail("Its columns are %s.".formatted(String.join(", ", record.getFields())))
                                .fix("name the column of the twin ids id.");
                        return List.of();
                    }
                    continue;
                }
                if (record.getFieldCount() != columns.size() - 1) {
                    s.findings()
                            .error(
                                    spot,
                                    "",
                                    "%d cells, but the header has %d"
                                            .formatted(record.getFieldCount(), columns.size() - 1))
                            .fix("complete the line; quote cells that contain the separator.");
                    continue;
                }
                List<Object> values = new ArrayList<>();
                record.getFields().forEach(cell -> values.add(cell.strip()));
                values.add((long) rows.size());
                rows.add(new Row(
                        values.get(idColumn).toString(),
                        new Template.Scope(columns, values.toArray(), spot),
                        rows.isEmpty()));
            }
        } catch (CsvParseException e) {
            s.error("table", "%s is no CSV: %s".formatted(file, e.getMessage())).fix("check its quotes.");
        } catch (IOException e) {
            throw new UncheckedIOException("reading a text in memory cannot fail", e);
        }
        if (rows.isEmpty()) {
            s.warning("table", "%s has no twin".formatted(file)).fix("add lines below the header.");
        }
        return rows;
    }

    private static List<String> columns(Section s, CsvRecord record, Findings.Spot spot) {
        List<String> names = new ArrayList<>();
        for (String cell : record.getFields()) {
            String name = cell.strip();
            if (!Template.isName(name) || names.contains(name) || name.equals("i")) {
                s.findings()
                        .error(spot, "", "\"%s\" cannot name a column".formatted(name))
                        .fix("columns are named with letters, digits and _, each once; i is the index of the line.");
            }
            names.add(name);
        }
        names.add("i");
        return List.copyOf(names);
    }
}
