package org.uatwin.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.casefile.Case;
import org.uatwin.simulation.casefile.CaseRun;
import org.uatwin.simulation.scenario.Bands;
import org.uatwin.simulation.scenario.Kpi;
import org.uatwin.simulation.scenario.Series;
import org.uatwin.simulation.sensitivity.SensitivityTable;
import org.uatwin.simulation.system.Port;

/** What {@code uatwin simulate} shows of a case that asks for more than its course. */
final class SimulateAnswer {
    private static final int MOST_ROWS = 60;

    private SimulateAnswer() {}

    /** A number with seven digits. */
    static String rounded(double value) {
        return Double.isFinite(value)
                ? Port.number(new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(7))
                        .doubleValue())
                : String.valueOf(value);
    }

    /** Key figures against the unchanged run, then the analysis. */
    static void print(Case c, CaseRun.Answer answer, PrintWriter to) {
        kpis(c, answer.kpis(), to);
        if (!answer.sensitivity().isEmpty()) {
            to.println();
            sensitivity(answer.sensitivity(), to);
        }
    }

    private static void kpis(Case c, List<Kpi> all, PrintWriter to) {
        boolean hasChanges = all.stream().anyMatch(kpi -> kpi.delta() != 0);
        boolean hasBands = c.replicates() > 1;
        List<Kpi> shown = all.stream()
                .filter(kpi -> !hasChanges || kpi.delta() != 0)
                .limit(MOST_ROWS)
                .toList();
        List<String> head = new ArrayList<>(List.of("FIGURE", hasBands ? "MEAN" : "VALUE"));
        if (hasChanges) {
            head.addAll(List.of("UNCHANGED", "CHANGE"));
        }
        if (hasBands) {
            head.addAll(List.of("5 %", "95 %"));
        }
        head.add("UNIT");
        Table table = Table.of(head.toArray(String[]::new));
        for (Kpi kpi : shown) {
            List<Object> row = new ArrayList<>(List.of(kpi.name(), rounded(kpi.value())));
            if (hasChanges) {
                row.addAll(List.of(rounded(kpi.baseline()), rounded(kpi.delta())));
            }
            if (hasBands) {
                row.addAll(List.of(rounded(kpi.lower()), rounded(kpi.upper())));
            }
            row.add(kpi.unit());
            table.row(row.toArray());
        }
        table.print(to);
        if (all.size() > shown.size()) {
            to.println("... and %d more figures%s; --json has all"
                    .formatted(all.size() - shown.size(), hasChanges ? ", most of them unchanged" : ""));
        }
    }

    /** A line a factor, the one that matters most first. */
    private static void sensitivity(List<SensitivityTable.Row> rows, PrintWriter to) {
        boolean isSobol = rows.get(0).index().equals("FirstOrder");
        Table table = isSobol
                ? Table.of("FIGURE", "FACTOR", "FIRST", "5..95 %", "TOTAL", "5..95 %")
                : Table.of("FIGURE", "FACTOR", "MU*", "5..95 %", "MU", "SIGMA", "UNIT");
        Map<String, Map<String, List<SensitivityTable.Row>>> byFigure = rows.stream()
                .collect(Collectors.groupingBy(
                        SensitivityTable.Row::figure,
                        LinkedHashMap::new,
                        Collectors.groupingBy(SensitivityTable.Row::factor, LinkedHashMap::new, Collectors.toList())));
        byFigure.forEach((figure, byFactor) -> byFactor.values().stream()
                .sorted(Comparator.comparingDouble(
                        f -> -named(f, isSobol ? "TotalOrder" : "MuStar").value()))
                .forEach(f -> {
                    if (isSobol) {
                        SensitivityTable.Row first = named(f, "FirstOrder");
                        SensitivityTable.Row total = named(f, "TotalOrder");
                        table.row(
                                figure,
                                first.factor(),
                                share(first.value()),
                                interval(first),
                                share(total.value()),
                                interval(total));
                    } else {
                        SensitivityTable.Row size = named(f, "MuStar");
                        table.row(
                                figure,
                                size.factor(),
                                short4(size.value()),
                                short4(size.lower()) + ".." + short4(size.upper()),
                                short4(named(f, "Mu").value()),
                                short4(named(f, "Sigma").value()),
                                size.unit());
                    }
                }));
        table.print(to);
    }

    private static SensitivityTable.Row named(List<SensitivityTable.Row> rows, String index) {
        return rows.stream().filter(r -> r.index().equals(index)).findFirst().orElseThrow();
    }

    private static String interval(SensitivityTable.Row row) {
        return share(row.lower()) + ".." + share(row.upper());
    }

    private static String share(double value) {
        return String.format(java.util.Locale.ROOT, "%.3f", value);
    }

    private static String short4(double value) {
        return Port.number(new java.math.BigDecimal(value)
                .round(new java.math.MathContext(4))
                .doubleValue());
    }

    /** Everything, for a script. */
    static void json(CaseRun.Answer answer, Map<String, @Nullable Object> into) {
        List<Object> kpis = new ArrayList<>();
        for (Kpi kpi : answer.kpis()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("name", kpi.name());
            row.put("unit", kpi.unit());
            row.put("value", kpi.value());
            row.put("baseline", kpi.baseline());
            row.put("delta", kpi.delta());
            row.put("lower", kpi.lower());
            row.put("upper", kpi.upper());
            kpis.add(row);
        }
        into.put("keyFigures", kpis);
        into.put("sensitivity", answer.sensitivity());
        into.put("events", answer.happenings());
    }

    /** A line per index: {@code figure,factor,index,value,lower,upper,unit}. */
    static void sensitivityFile(Path file, List<SensitivityTable.Row> rows) throws IOException {
        try (PrintWriter csv = writer(file)) {
            csv.println("figure,factor,index,value,lower,upper,unit");
            for (SensitivityTable.Row r : rows) {
                csv.println(String.join(
                        ",",
                        quoted(r.figure()),
                        quoted(r.factor()),
                        r.index(),
                        Port.number(r.value()),
                        Port.number(r.lower()),
                        Port.number(r.upper()),
                        quoted(r.unit())));
            }
            check(csv);
        }
    }

    /** A line per instant: {@code time_s} and four statistics of each output. */
    static void percentilesFile(Path file, Case c, CaseRun.Answer answer) throws IOException {
        try (PrintWriter csv = writer(file)) {
            StringBuilder line = new StringBuilder("time_s");
            c.columns()
                    .forEach(port ->
                            Bands.STATISTICS.forEach(s -> line.append(',').append(quoted(port.name() + "." + s))));
            csv.println(line);
            double[] times = answer.bands().get(0).get(0).timesSeconds();
            List<double[]> columns = answer.bands().stream()
                    .flatMap(List::stream)
                    .map(Series::values)
                    .toList();
            for (int k = 0; k < times.length; k++) {
                line.setLength(0);
                line.append(Port.number(times[k]));
                for (double[] column : columns) {
                    line.append(',').append(Port.number(column[k]));
                }
                csv.println(line);
            }
            check(csv);
        }
    }

    private static PrintWriter writer(Path file) throws IOException {
        return new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    }

    /** @throws IOException if not everything could be written. */
    static void check(PrintWriter csv) throws IOException {
        if (csv.checkError()) {
            throw new IOException("disk full or file closed");
        }
    }

    /** A name as a cell of a CSV file. */
    static String quoted(String name) {
        return name.indexOf(',') < 0 ? name : "\"" + name + "\"";
    }
}
