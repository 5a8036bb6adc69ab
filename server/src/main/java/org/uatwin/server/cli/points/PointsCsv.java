package org.uatwin.server.cli.points;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PointRow;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;

/** The table of points. Columns are found by name; those behind {@code value} are for people and are not read. */
final class PointsCsv {
    private static final List<String> COLUMNS =
            List.of("twin", "type", "point", "device", "poll", "address", "scale", "offset", "value");
    private static final List<String> FOR_PEOPLE = List.of("dataType", "unit", "euLow", "euHigh");

    private PointsCsv() {}

    /** A row and the line it stands in. */
    record Line(long number, PointRow row) {}

    static String write(Plant plant, List<PointRow> rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            List<String> head = new ArrayList<>(COLUMNS);
            head.addAll(FOR_PEOPLE);
            csv.writeRecord(head);
            Map<String, Twin> twins = new HashMap<>();
            plant.twins().forEach(twin -> twins.put(twin.id(), twin));
            for (PointRow row : rows) {
                Twin twin = Objects.requireNonNull(twins.get(row.twin()), row.twin());
                Member.Point point = twin.type().points().stream()
                        .filter(p -> p.name().equals(row.point()))
                        .findFirst()
                        .orElseThrow();
                csv.writeRecord(
                        row.twin(),
                        row.type(),
                        row.point(),
                        row.device(),
                        row.poll(),
                        row.address(),
                        row.scale(),
                        row.offset(),
                        row.value(),
                        point.dataType().toString(),
                        point.unit().map(u -> u.symbol()).orElse(""),
                        point.euRange().map(r -> PointRow.number(r.low())).orElse(""),
                        point.euRange().map(r -> PointRow.number(r.high())).orElse(""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** @throws CliException if it is no such table. */
    static List<Line> read(String name, String text) {
        int firstEnd = text.indexOf('\n');
        String firstLine = firstEnd < 0 ? text : text.substring(0, firstEnd);
        char separator = firstLine.contains(";") && !firstLine.contains(",") ? ';' : ',';
        List<Line> lines = new ArrayList<>();
        Map<String, Integer> columns = new HashMap<>();
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            for (CsvRecord csvRecord : csv) {
                if (columns.isEmpty()) {
                    for (int i = 0; i < csvRecord.getFieldCount(); i++) {
                        columns.put(csvRecord.getField(i).strip().toLowerCase(Locale.ROOT), i);
                    }
                    if (!columns.keySet().containsAll(Set.of("twin", "point"))) {
                        throw new CliException(
                                Exit.USAGE,
                                "%s:1: the first line must name the columns twin and point.\n  Fix: begin from uatwin points export."
                                        .formatted(name));
                    }
                } else {
                    lines.add(new Line(csvRecord.getStartingLineNumber(), row(csvRecord, columns)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CsvParseException e) {
            throw new CliException(
                    Exit.USAGE,
                    "%s is no CSV: %s.\n  Fix: a quote may be open; save it again as CSV."
                            .formatted(name, e.getMessage()),
                    e);
        }
        return lines;
    }

    private static PointRow row(CsvRecord csvRecord, Map<String, Integer> columns) {
        List<String> cells = new ArrayList<>();
        for (String column : COLUMNS) {
            Integer at = columns.get(column);
            cells.add(
                    at == null || at >= csvRecord.getFieldCount()
                            ? ""
                            : csvRecord.getField(at).strip());
        }
        return new PointRow(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                cells.get(3),
                cells.get(4),
                cells.get(5),
                cells.get(6),
                cells.get(7),
                cells.get(8));
    }
}
