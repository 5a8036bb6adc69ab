package org.uatwin.informationmodel.plant;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.type.TwinType;

/** Reads {@code modelTables} of twins: CSV files, each once, however many twins name it. */
final class ModelTables {
    private final TableReader files;
    private final ModelCatalog models;
    private final Map<String, Optional<ModelTable>> read = new HashMap<>();

    ModelTables(TableReader files, ModelCatalog models) {
        this.files = files;
        this.models = models;
    }

    /** The tables of a twin by name; what is wrong is a finding. */
    Map<String, ModelTable> of(Section s, TwinType type) {
        if (!s.has("modelTables")) {
            return Map.of();
        }
        String model = type.modelName().orElse("");
        List<String> known = models.tables(model);
        Map<String, ModelTable> tables = new LinkedHashMap<>();
        for (Yaml.Entry entry : s.entries("modelTables")) {
            String name = entry.key().text();
            if (!models.models().isEmpty() && !known.contains(name)) {
                s.findings()
                        .error(
                                entry.key(),
                                s.subject(),
                                model.isEmpty()
                                        ? "%s has no simulation model, so it has no tables".formatted(type.name())
                                        : "model %s has no table \"%s\"".formatted(model, name))
                        .fix(known.isEmpty() ? "remove it." : Nearest.advice(name, known));
                continue;
            }
            s.scalar(entry.value(), name).flatMap(file -> table(s, file)).ifPresent(table -> {
                for (ModelTable.Problem problem : models.problems(model, name, table)) {
                    s.findings()
                            .error(
                                    new Findings.Spot(table.file(), problem.line(), 1),
                                    s.subject(),
                                    "table %s: %s".formatted(name, problem.cause()))
                            .fix(problem.fix());
                }
                tables.put(name, table);
            });
        }
        return Map.copyOf(tables);
    }

    private Optional<ModelTable> table(Section s, String file) {
        Optional<ModelTable> known = read.get(file);
        if (known == null) {
            known = files.read(s, "modelTables", file).flatMap(text -> parse(s, file, text));
            read.put(file, known);
        }
        return known;
    }

    private static Optional<ModelTable> parse(Section s, String file, String text) {
        String header = text.lines().filter(l -> !l.startsWith("#")).findFirst().orElse("");
        char separator = header.indexOf(';') >= 0 && header.indexOf(',') < 0 ? ';' : ',';
        List<String> columns = List.of();
        List<ModelTable.Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .commentStrategy(CommentStrategy.SKIP)
                .ofCsvRecord(text)) {
            for (CsvRecord record : csv) {
                List<String> cells =
                        record.getFields().stream().map(String::strip).toList();
                if (columns.isEmpty()) {
                    columns = cells;
                } else {
                    rows.add(new ModelTable.Row((int) record.getStartingLineNumber(), cells));
                }
            }
        } catch (CsvParseException e) {
            s.error("modelTables", "%s is no CSV: %s".formatted(file, e.getMessage()))
                    .fix("check its quotes and the number of its cells.");
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading a text in memory cannot fail", e);
        }
        if (rows.isEmpty()) {
            s.error("modelTables", "%s has no lines below its header".formatted(file))
                    .fix("add at least one line.");
            return Optional.empty();
        }
        return Optional.of(new ModelTable(file, columns, rows));
    }
}
