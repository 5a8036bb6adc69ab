package org.uatwin.server.cli.probe;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.DeviceLimits;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.WordOrder;
import org.uatwin.plcadapters.probe.DraftPlant;
import org.uatwin.plcadapters.probe.Explainer;
import org.uatwin.plcadapters.probe.Explanation;
import org.uatwin.plcadapters.probe.Piece;
import org.uatwin.plcadapters.probe.RegisterSeries;
import org.uatwin.plcadapters.probe.RegisterValues;
import org.uatwin.plcadapters.probe.Survey;
import org.uatwin.plcadapters.probe.TableSurvey;
import org.uatwin.server.cli.Table;

/** What was found, for a terminal. The reading that is taken for the right one has a star. */
final class ProbeText {
    private static final WordOrder AS_IS = WordOrder.of(false, false);
    private static final WordOrder SWAPPED = WordOrder.of(false, true);

    private final ProbeFindings findings;
    private final PrintWriter out;

    ProbeText(ProbeFindings findings, PrintWriter out) {
        this.findings = findings;
        this.out = out;
    }

    void print() {
        out.println("%s, unit %d".formatted(Table.printable(findings.target), findings.unitId));
        units();
        findings.tables.forEach(this::summary);
        times();
        int explained = 0;
        for (TableSurvey table : findings.tables) {
            if (table.chunks().isEmpty()) {
                continue;
            }
            if (table.table().isBits()) {
                bits(table);
            } else {
                registers(table, findings.ranked.get(0).get(explained++));
            }
        }
        if (!findings.ranked.isEmpty()) {
            order();
        }
        if (findings.hasAnything()) {
            plausible();
        }
    }

    private void units() {
        if (findings.units.isEmpty()) {
            return;
        }
        List<Survey.UnitAnswer> there =
                findings.units.stream().filter(Survey.UnitAnswer::isThere).toList();
        out.println("unit ids that answer, of %d asked: %s"
                .formatted(findings.units.size(), there.isEmpty() ? "none" : ""));
        boolean isEveryone = there.size() == findings.units.size() && there.size() > 20;
        if (isEveryone) {
            out.println("  all of them: the device does not look at the unit id");
        } else {
            there.forEach(u -> out.println("  %d  %s (%s ms)".formatted(u.unitId(), u.text(), ms(u.millis()))));
        }
    }

    private void summary(TableSurvey table) {
        RegisterSeries series = table.series();
        out.println("%s %d..%d: %d of %d can be read%s"
                .formatted(
                        word(table.table()),
                        series.offset(),
                        series.offset() + series.size() - 1,
                        series.presentCount(),
                        series.size(),
                        table.chunks().isEmpty()
                                ? ""
                                : ", %d in one request%s"
                                        .formatted(
                                                table.largestRead(),
                                                table.isLimit()
                                                        ? " and no more"
                                                        : table.largestRead()
                                                                        == table.table()
                                                                                .maxPerRead()
                                                                ? ", the most the standard allows"
                                                                : "; more was not tried")));
        for (TableSurvey.Refused refused : table.refused()) {
            out.println("  %s %d..%d: %s"
                    .formatted(
                            word(table.table()),
                            refused.range().first(),
                            refused.range().last(),
                            refused.cause()));
        }
    }

    private void times() {
        Survey.Times times = findings.times;
        if (times != null) {
            out.println("an answer takes %s ms for one, %s ms for %d"
                    .formatted(ms(times.one()), ms(times.largest()), times.quantity()));
        }
    }

    private static String ms(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? "%.1f" : "%.0f", millis);
    }

    private void bits(TableSurvey table) {
        RegisterSeries series = table.series();
        out.println();
        out.println("%s; ~ changed".formatted(word(table.table())));
        for (int at = 0; at < series.size(); at += 16) {
            StringBuilder row = new StringBuilder();
            for (int i = at; i < Math.min(series.size(), at + 16); i++) {
                row.append(i % 4 == 0 ? " " : "")
                        .append(!series.has(i, 1) ? "-" : series.isConstant(i, 1) ? "" + series.register(0, i) : "~");
            }
            out.println("  %5d %s".formatted(series.offset() + at, row));
        }
    }

    private void registers(TableSurvey table, Explanation explanation) {
        RegisterSeries series = table.series();
        Map<Integer, Piece> pieces = new HashMap<>();
        explanation.pieces().forEach(p -> pieces.put(p.at(), p));
        int last = series.polls() - 1;
        Table single = Table.of("OFFSET", "HEX", "TEXT", "UINT16", "INT16", "BCD16", "BA UINT16", "BA INT16");
        Table two = Table.of(head("FLOAT32", "INT32", 4));
        Table four = Table.of(head("FLOAT64", "INT64", 8));
        boolean hasFour = false;
        for (int at = 0; at < series.size(); at++) {
            if (!series.has(at, 1)) {
                continue;
            }
            Piece piece = pieces.get(at);
            List<Object> row = new ArrayList<>();
            row.add(series.offset() + at);
            row.add("%04X".formatted(series.register(last, at)));
            row.add(RegisterValues.text(series, last, RegisterType.STRING, AS_IS, at, 1)
                    + star(piece, RegisterType.STRING));
            for (RegisterType type : List.of(RegisterType.UINT16, RegisterType.INT16, RegisterType.BCD16)) {
                row.add(cell(series, piece, type, AS_IS, at));
            }
            row.add(cell(series, piece, RegisterType.UINT16, SWAPPED, at));
            row.add(cell(series, piece, RegisterType.INT16, SWAPPED, at));
            single.row(row.toArray());
            if (series.has(at, 2)) {
                two.row(orders(series, piece, at, RegisterType.FLOAT32, wholeOf(piece)));
            }
            if (piece != null && piece.registers() == 4 && piece.type() != RegisterType.STRING) {
                hasFour = true;
                four.row(orders(series, piece, at, RegisterType.FLOAT64, RegisterType.INT64));
            }
        }
        out.println();
        out.println("%s, as single registers (last of %d polls; * taken for right)"
                .formatted(word(table.table()), series.polls()));
        single.print(out, "  ");
        out.println();
        out.println("%s, two registers from the offset on".formatted(word(table.table())));
        two.print(out, "  ");
        if (hasFour) {
            out.println();
            out.println("%s, four registers, where that is plausible".formatted(word(table.table())));
            four.print(out, "  ");
        }
    }

    /** INT32, unless the value is taken for an unsigned or decimal one. */
    private static RegisterType wholeOf(@Nullable Piece piece) {
        return piece != null && (piece.type() == RegisterType.UINT32 || piece.type() == RegisterType.BCD32)
                ? piece.type()
                : RegisterType.INT32;
    }

    private static String[] head(String first, String second, int bytes) {
        List<String> head = new ArrayList<>(List.of("OFFSET"));
        for (String type : List.of(first, second)) {
            Explainer.ORDERS.forEach(
                    order -> head.add((head.size() % 4 == 1 ? type + " " : "") + order.letters(bytes)));
        }
        return head.toArray(String[]::new);
    }

    private Object[] orders(RegisterSeries series, @Nullable Piece piece, int at, RegisterType... types) {
        List<Object> row = new ArrayList<>();
        row.add(series.offset() + at);
        for (RegisterType type : types) {
            for (WordOrder order : Explainer.ORDERS) {
                row.add(cell(series, piece, type, order, at));
            }
        }
        return row.toArray();
    }

    private static String cell(
            RegisterSeries series, @Nullable Piece piece, RegisterType type, WordOrder order, int at) {
        String text = RegisterValues.text(series, series.polls() - 1, type, order, at, type.registers());
        boolean isTaken = piece != null && piece.type() == type && piece.order().equals(order);
        return isTaken ? text + "*" : text;
    }

    private static String star(@Nullable Piece piece, RegisterType type) {
        return piece != null && piece.type() == type ? "*" : "";
    }

    private void order() {
        out.println();
        List<Explanation> best = findings.ranked.get(0);
        String letters = best.get(0).order().letters(4);
        out.println(
                switch (findings.certainty()) {
                    case "clear" -> "Byte order: %s, clearly".formatted(letters);
                    case "likely" -> "Byte order: %s is likely; more polls decide".formatted(letters);
                    default ->
                        "Byte order: not decided, %s as well as %s; nothing of several registers moves or has a telling size"
                                .formatted(
                                        letters,
                                        findings.ranked.get(1).get(0).order().letters(4));
                });
        for (List<Explanation> one : findings.ranked) {
            double more = Explainer.total(one) - Explainer.total(best);
            out.println("  %s  %s"
                    .formatted(
                            one.get(0).order().letters(4),
                            more == 0 ? "best" : "%.0f bits more to explain".formatted(more)));
        }
        if (best.stream().anyMatch(Explanation::areSinglesSwapped)) {
            out.println("  single registers and texts: BA, the low byte first");
        }
    }

    private void plausible() {
        List<DraftPlant.DraftPoint> points =
                findings.points().stream().filter(p -> !p.isIdle()).toList();
        out.println();
        out.println("Most plausible reading; registers that were 0 all the time are left out");
        Table table = Table.of("ADDRESS", "VALUE; WHY");
        points.forEach(p -> table.row(p.address(), p.remark()));
        table.print(out, "  ");
        out.println();
        DeviceLimits limits = findings.limits();
        out.println("Proposed limits: {registersPerRead: %d, bitsPerRead: %d, gap: %d}%s, timeout %d ms"
                .formatted(
                        limits.registersPerRead(),
                        limits.bitsPerRead(),
                        limits.registerGap(),
                        limits.forbidden().isEmpty() ? "" : " and what was refused as forbidden",
                        findings.timeoutMs()));
        if (!points.isEmpty()) {
            out.println(findings.plan(points)
                    .describe("Plan for these points", i -> points.get(i).name()));
        }
    }

    private static String word(ModbusTable table) {
        return table.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
