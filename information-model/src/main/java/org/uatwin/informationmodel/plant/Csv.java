package org.uatwin.informationmodel.plant;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A CSV file (RFC 4180, UTF-8, comma or semicolon, lines that begin with # are comments) a {@link Document} names: the first line
 * names the columns. Cells are stripped; a cell that is missing at the end of a line is empty.
 */
public final class Csv {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

    private final Document document;
    private final String file;
    private final List<String> columns;
    private final List<Row> rows;

    private record Row(int line, List<String> cells) {}

    private Csv(Document document, String file, List<String> columns, List<Row> rows) {
        this.document = document;
        this.file = file;
        this.columns = columns;
        this.rows = rows;
    }

    /** Reads the file a node names, relative to the document's folder; what is wrong is reported there. */
    public static Optional<Csv> read(Document.Node at) {
        Document document = at.document();
        String name = at.text();
        Path path;
        try {
            path = document.folder().resolve(name);
        } catch (InvalidPathException e) {
            at.error("\"%s\" is no file name".formatted(name), "write the path of a CSV file.");
            return Optional.empty();
        }
        Findings findings = new Findings();
        Optional<String> text = PlantFile.text(path, name, findings, new Sources());
        if (text.isEmpty()) {
            findings.sorted()
                    .forEach(f -> at.error(
                            "%s: %s".formatted(name, f.cause()),
                            "the path is relative to %s; %s".formatted(document.folder(), f.fix())));
            return Optional.empty();
        }
        return parse(at, name, text.get());
    }

    private static Optional<Csv> parse(Document.Node at, String name, String text) {
        String header = text.lines().filter(l -> !l.startsWith("#")).findFirst().orElse("");
        char separator = header.indexOf(';') >= 0 && header.indexOf(',') < 0 ? ';' : ',';
        List<String> columns = List.of();
        List<Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .commentStrategy(de.siegmar.fastcsv.reader.CommentStrategy.SKIP)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (CsvRecord record : csv) {
                int line = (int) record.getStartingLineNumber();
                List<String> cells =
                        record.getFields().stream().map(String::strip).toList();
                if (columns.isEmpty()) {
                    columns = cells;
                    Set<String> seen = new HashSet<>();
                    for (String column : columns) {
                        if (!seen.add(column)) {
                            at.error("%s names the column \"%s\" twice".formatted(name, column), "rename one.");
                        }
                    }
                } else if (cells.size() > columns.size()) {
                    at.document()
                            .report(
                                    Finding.Severity.ERROR,
                                    name,
                                    line,
                                    1,
                                    "%d cells, but the header has %d".formatted(cells.size(), columns.size()),
                                    "quote cells that contain the separator.");
                } else {
                    rows.add(new Row(line, cells));
                }
            }
        } catch (CsvParseException e) {
            at.error("%s is no CSV: %s".formatted(name, e.getMessage()), "check its quotes.");
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading a text in memory cannot fail", e);
        }
        if (rows.isEmpty()) {
            at.error("%s has no lines below its header".formatted(name), "add at least one line.");
            return Optional.empty();
        }
        return Optional.of(new Csv(at.document(), name, columns, rows));
    }

    /** The value of a finite decimal number as it stands in files; empty for anything else. */
    static OptionalDouble parse(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** Name of the file as it is written in the document. */
    public String file() {
        return file;
    }

    public List<String> columns() {
        return columns;
    }

    public int rows() {
        return rows.size();
    }

    /** The text of a cell, empty if the line is short. */
    public String cell(int row, int column) {
        List<String> cells = rows.get(row).cells();
        return column < cells.size() ? cells.get(column) : "";
    }

    /** The number in a cell; empty if it is none. */
    public OptionalDouble number(int row, int column) {
        return parse(cell(row, column));
    }

    /** Reports a problem with a cell. */
    public void error(int row, int column, String cause, String fix) {
        List<String> cells = rows.get(row).cells();
        int place = 1;
        for (int i = 0; i < Math.min(column, cells.size()); i++) {
            place += cells.get(i).length() + 1;
        }
        document.report(Finding.Severity.ERROR, file, rows.get(row).line(), place, cause, fix);
    }

    /** Reports a problem with the head line. */
    public void error(String cause, String fix) {
        document.report(Finding.Severity.ERROR, file, 1, 1, cause, fix);
    }

    /** Reports what is likely a mistake in a row. */
    public void warning(int row, String cause, String fix) {
        document.report(Finding.Severity.WARNING, file, rows.get(row).line(), 1, cause, fix);
    }

    /** Reports what is likely a mistake in the head line. */
    public void warning(String cause, String fix) {
        document.report(Finding.Severity.WARNING, file, 1, 1, cause, fix);
    }
}
