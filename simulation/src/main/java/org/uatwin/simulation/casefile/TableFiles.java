package org.uatwin.simulation.casefile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import org.uatwin.informationmodel.plant.Csv;
import org.uatwin.informationmodel.plant.Document;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.SetupException;
import org.uatwin.simulation.system.TableSpec;

/**
 * Reads {@code tables}: for each a CSV file, a CSV file with other names of its columns, or rows written in the case itself. Remembers
 * where each cell stands, so that what a model finds wrong can be pointed to.
 */
final class TableFiles {
    private final Map<String, Source> sources = new HashMap<>();

    /** Cells of a table as texts, and where to report. */
    private interface Source {
        List<String> columns();

        int rows();

        String cell(int row, int column);

        /** Row -1: the table as a whole; column -1: the row as a whole. */
        void error(int row, int column, String cause, String fix);

        void warning(String cause, String fix);
    }

    Map<String, DataTable> read(ModelCard card, Document.Node root) {
        Map<String, DataTable> tables = readGiven(card, root);
        Optional<Document.Node> section = root.get("tables");
        for (TableSpec spec : card.tables()) {
            boolean isGiven = section.flatMap(s -> s.get(spec.name())).isPresent();
            if (spec.isRequired() && !isGiven) {
                section.orElse(root)
                        .error(
                                "%s needs the table \"%s\"".formatted(card.name(), spec.name()),
                                "add it under tables: %s; columns %s."
                                        .formatted(
                                                spec.meaning(),
                                                String.join(
                                                        ", ",
                                                        spec.columns().stream()
                                                                .map(TableSpec.Column::name)
                                                                .toList())));
            }
        }
        return tables;
    }

    /** The tables there are, whatever the model needs. */
    Map<String, DataTable> readGiven(ModelCard card, Document.Node root) {
        Map<String, DataTable> tables = new HashMap<>();
        Optional<Document.Node> section = root.get("tables");
        section.ifPresent(node -> {
            if (!node.isMapping()) {
                node.error("tables is %s".formatted(node.kind()), "write names of tables with their files.");
            }
            for (Document.Field field : node.fields()) {
                String name = field.key().text();
                Optional<TableSpec> spec = card.table(name);
                if (spec.isEmpty()) {
                    field.key()
                            .error(
                                    "%s has no table \"%s\"".formatted(card.name(), name),
                                    Values.advice(
                                            name,
                                            card.tables().stream()
                                                    .map(TableSpec::name)
                                                    .toList()));
                } else {
                    source(field.value(), spec.get())
                            .flatMap(s -> table(spec.get(), s))
                            .ifPresent(t -> tables.put(name, t));
                }
            }
        });
        return tables;
    }

    private Optional<Source> source(Document.Node node, TableSpec spec) {
        if (node.isScalar()) {
            return Csv.read(node).map(csv -> new FromFile(csv, Map.of()));
        }
        if (node.isMapping()) {
            node.checkKeys(List.of("file", "columns"));
            Optional<Document.Node> file = node.get("file");
            if (file.isEmpty()) {
                node.error("the table %s names no file".formatted(spec.name()), "add file: with a CSV file.");
                return Optional.empty();
            }
            Map<String, String> renamed = new HashMap<>();
            node.get("columns").ifPresent(columns -> columns.fields().forEach(f -> {
                if (spec.columns().stream()
                        .noneMatch(c -> c.name().equals(f.key().text()))) {
                    f.key()
                            .error(
                                    "%s has no column \"%s\""
                                            .formatted(spec.name(), f.key().text()),
                                    Values.advice(
                                            f.key().text(),
                                            spec.columns().stream()
                                                    .map(TableSpec.Column::name)
                                                    .toList()));
                }
                renamed.put(f.key().text(), f.value().text());
            }));
            return Csv.read(file.get()).map(csv -> new FromFile(csv, renamed));
        }
        if (node.isSequence()) {
            return Optional.of(FromCase.of(node, spec));
        }
        node.error(
                "the table %s is %s".formatted(spec.name(), node.kind()), "name a CSV file, or write a list of rows.");
        return Optional.empty();
    }

    private Optional<DataTable> table(TableSpec spec, Source source) {
        sources.put(spec.name(), source);
        Map<String, double[]> numbers = new HashMap<>();
        Map<String, List<String>> texts = new HashMap<>();
        boolean isWhole = true;
        for (TableSpec.Column column : spec.columns()) {
            int index = source.columns().indexOf(column.name());
            if (index < 0) {
                isWhole &= missing(spec, source, column);
            } else if (column.isText()) {
                isWhole &= texts(source, column, index, texts);
            } else {
                isWhole &= numbers(source, column, index, numbers);
            }
        }
        return isWhole ? Optional.of(DataTable.of(spec, source.rows(), numbers, texts)) : Optional.empty();
    }

    private static boolean missing(TableSpec spec, Source source, TableSpec.Column column) {
        List<String> unknown = source.columns().stream()
                .filter(c -> spec.columns().stream().noneMatch(k -> k.name().equals(c)))
                .toList();
        Optional<String> near = NearestName.of(column.name(), unknown);
        if (column.isRequired()) {
            source.error(
                    -1,
                    -1,
                    "the table %s has no column \"%s\" (%s); it has %s"
                            .formatted(
                                    spec.name(), column.name(), column.meaning(), String.join(", ", source.columns())),
                    near.map("is it \"%s\"? Rename it, or write columns: {%s: %s} beside file:."::formatted)
                            .map(t -> t.formatted(column.name(), near.orElse("")))
                            .orElse("add it, or name it under columns: beside file:."));
            return false;
        }
        near.ifPresent(n -> source.warning(
                "the table %s has a column \"%s\" that is not used".formatted(spec.name(), n),
                "did you mean \"%s\"?".formatted(column.name())));
        return true;
    }

    private static boolean texts(Source source, TableSpec.Column column, int index, Map<String, List<String>> into) {
        List<String> cells = new ArrayList<>();
        boolean isWhole = true;
        for (int row = 0; row < source.rows(); row++) {
            String text = source.cell(row, index);
            if (text.isEmpty() && column.isRequired()) {
                source.error(
                        row,
                        index,
                        "%s is empty".formatted(column.name()),
                        "fill it in: %s.".formatted(column.meaning()));
                isWhole = false;
            }
            cells.add(text);
        }
        into.put(column.name(), cells);
        return isWhole;
    }

    private static boolean numbers(Source source, TableSpec.Column column, int index, Map<String, double[]> into) {
        double[] cells = new double[source.rows()];
        boolean isWhole = true;
        for (int row = 0; row < cells.length; row++) {
            String text = source.cell(row, index);
            OptionalDouble number = NumberText.parse(text);
            if (text.isEmpty() && !column.isRequired()) {
                cells[row] = Double.NaN;
            } else if (number.isEmpty()) {
                source.error(
                        row,
                        index,
                        "%s must be a number: \"%s\"".formatted(column.name(), text),
                        "write a number with a decimal point, without unit.");
                isWhole = false;
            } else if (!(number.getAsDouble() >= column.lower() && number.getAsDouble() <= column.upper())) {
                String range = Port.range(column.lower(), column.upper());
                source.error(
                        row,
                        index,
                        "%s = %s is outside %s %s".formatted(column.name(), text, range, column.unit()),
                        "write a number in %s.".formatted(range));
                isWhole = false;
            } else {
                cells[row] = number.getAsDouble();
            }
        }
        into.put(column.name(), cells);
        return isWhole;
    }

    /** Reports what a model found wrong with a table; false if the target is no table that was read. */
    boolean report(SetupException e) {
        Source source = sources.get(e.target());
        if (source == null) {
            return false;
        }
        source.error(e.row(), source.columns().indexOf(e.column()), e.cause(), e.fix());
        return true;
    }

    private record FromFile(Csv csv, Map<String, String> renamed) implements Source {
        @Override
        public List<String> columns() {
            List<String> names = new ArrayList<>(csv.columns());
            renamed.forEach((ours, theirs) -> {
                int index = names.indexOf(theirs);
                if (index >= 0) {
                    names.set(index, ours);
                }
            });
            return names;
        }

        @Override
        public int rows() {
            return csv.rows();
        }

        @Override
        public String cell(int row, int column) {
            return csv.cell(row, column);
        }

        @Override
        public void error(int row, int column, String cause, String fix) {
            if (row < 0) {
                csv.error(cause, fix);
            } else {
                csv.error(row, Math.max(0, column), cause, fix);
            }
        }

        @Override
        public void warning(String cause, String fix) {
            csv.warning(cause, fix);
        }
    }

    private record FromCase(Document.Node node, List<String> columns, List<Map<String, Document.Node>> cells)
            implements Source {
        static FromCase of(Document.Node node, TableSpec spec) {
            List<String> columns = new ArrayList<>();
            List<Map<String, Document.Node>> rows = new ArrayList<>();
            List<String> known =
                    spec.columns().stream().map(TableSpec.Column::name).toList();
            for (Document.Node item : node.items()) {
                if (!item.isMapping()) {
                    item.error("a row is %s".formatted(item.kind()), "write {%s: ...}.".formatted(known.get(0)));
                    continue;
                }
                item.checkKeys(known);
                Map<String, Document.Node> row = new HashMap<>();
                for (Document.Field field : item.fields()) {
                    String name = field.key().text();
                    row.put(name, field.value());
                    if (!columns.contains(name)) {
                        columns.add(name);
                    }
                }
                rows.add(row);
            }
            return new FromCase(node, columns, rows);
        }

        @Override
        public int rows() {
            return cells.size();
        }

        @Override
        public String cell(int row, int column) {
            Document.Node cell = cells.get(row).get(columns.get(column));
            return cell == null ? "" : cell.text();
        }

        @Override
        public void error(int row, int column, String cause, String fix) {
            at(row, column).accept(cause, fix);
        }

        private BiConsumer<String, String> at(int row, int column) {
            if (row < 0) {
                return node::error;
            }
            Document.Node cell = column < 0 ? null : cells.get(row).get(columns.get(column));
            return cell == null ? node.items().get(row)::error : cell::error;
        }

        @Override
        public void warning(String cause, String fix) {
            node.warning(cause, fix);
        }
    }
}
