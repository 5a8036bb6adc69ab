package org.uatwin.server.cli.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.DeviceLimits;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.OffsetRange;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.informationmodel.plant.WordOrder;
import org.uatwin.plcadapters.poll.PollItems;
import org.uatwin.plcadapters.poll.PollPlan;
import org.uatwin.plcadapters.poll.PollPlanner;
import org.uatwin.plcadapters.probe.DraftPlant;
import org.uatwin.plcadapters.probe.Explainer;
import org.uatwin.plcadapters.probe.Explanation;
import org.uatwin.plcadapters.probe.Piece;
import org.uatwin.plcadapters.probe.Reasons;
import org.uatwin.plcadapters.probe.RegisterSeries;
import org.uatwin.plcadapters.probe.RegisterValues;
import org.uatwin.plcadapters.probe.Survey;
import org.uatwin.plcadapters.probe.TableSurvey;

/** All that was found out about one device; grows while it is asked, then is explained and printed. */
final class ProbeFindings {
    static final double CLEAR = 10; // bits between the best order and the next
    static final double LIKELY = 3;

    private static final int DEFAULT_UNIT = 1;
    private static final int LARGEST_GAP = 50;
    private static final long SHORTEST_TIMEOUT_MS = 500;

    final Transport transport;
    final String target;
    final List<Survey.UnitAnswer> units = new ArrayList<>();
    final List<TableSurvey> tables = new ArrayList<>();
    int unitId = DEFAULT_UNIT;
    Survey.@Nullable Times times;
    /** Explanations of the register tables, the most plausible order first. */
    List<List<Explanation>> ranked = List.of();

    ProbeFindings(Transport transport, String target) {
        this.transport = transport;
        this.target = target;
    }

    int firstUnit() {
        return units.stream()
                .filter(Survey.UnitAnswer::isThere)
                .mapToInt(Survey.UnitAnswer::unitId)
                .findFirst()
                .orElse(DEFAULT_UNIT);
    }

    void add(TableSurvey table) {
        tables.add(table);
    }

    void times(Survey survey) {
        for (TableSurvey table : tables) {
            if (times == null && !table.chunks().isEmpty()) {
                times = survey.times(unitId, table);
            }
        }
    }

    boolean hasAnything() {
        return tables.stream().anyMatch(t -> !t.chunks().isEmpty());
    }

    /** Whether the device said anything, if only no. */
    boolean isThere() {
        return hasAnything()
                || units.stream().anyMatch(Survey.UnitAnswer::isThere)
                || tables.stream().flatMap(t -> t.refused().stream()).anyMatch(r -> r.cause()
                        .startsWith("exception"));
    }

    List<TableSurvey> registers() {
        return tables.stream()
                .filter(t -> !t.table().isBits() && !t.chunks().isEmpty())
                .toList();
    }

    void explain() {
        List<RegisterSeries> all = registers().stream().map(TableSurvey::series).toList();
        ranked = all.isEmpty() ? List.of() : Explainer.rank(all);
    }

    /** Bits by which the next order is less plausible than the best. */
    double margin() {
        return ranked.size() < 2 ? 0 : Explainer.total(ranked.get(1)) - Explainer.total(ranked.get(0));
    }

    String certainty() {
        return margin() >= CLEAR ? "clear" : margin() >= LIKELY ? "likely" : "not decided";
    }

    DeviceLimits limits() {
        int registers = DeviceLimits.DEFAULT.registersPerRead();
        int bits = DeviceLimits.DEFAULT.bitsPerRead();
        List<OffsetRange> forbidden = new ArrayList<>();
        for (TableSurvey table : tables) {
            if (table.isLimit() && table.largestRead() > 0) {
                registers = table.table().isBits() ? registers : Math.min(registers, table.largestRead());
                bits = table.table().isBits() ? Math.min(bits, table.largestRead()) : bits;
            }
            table.refused().forEach(r -> forbidden.add(r.range()));
        }
        DeviceLimits known = DeviceLimits.DEFAULT;
        int gap = times == null ? known.registerGap() : times.worthwhileGap(Math.min(LARGEST_GAP, registers - 1));
        return new DeviceLimits(
                registers, bits, known.registersPerWrite(), known.coilsPerWrite(), gap, known.bitGap(), forbidden);
    }

    /** Five times the slowest answer seen, in steps of 100 ms. */
    long timeoutMs() {
        double slowest = times == null || Double.isNaN(times.largest()) ? 0 : Math.max(times.largest(), times.one());
        return Math.max(SHORTEST_TIMEOUT_MS, (long) Math.ceil(5 * slowest / 100) * 100);
    }

    List<DraftPlant.DraftPoint> points() {
        List<DraftPlant.DraftPoint> points = new ArrayList<>();
        int explained = 0;
        for (TableSurvey table : tables) {
            RegisterSeries series = table.series();
            if (table.table().isBits()) {
                for (int at = 0; at < series.size(); at++) {
                    if (series.has(at, 1)) {
                        Piece piece = new Piece(RegisterType.BOOL, WordOrder.BIG_ENDIAN, at, 1, 0);
                        boolean isIdle = series.isConstant(at, 1) && series.register(0, at) == 0;
                        points.add(point(table.table(), series, piece, isIdle, bit(series, at)));
                    }
                }
            } else if (!table.chunks().isEmpty()) {
                for (Piece piece : ranked.get(0).get(explained).pieces()) {
                    points.add(point(table.table(), series, piece, isIdle(series, piece), remark(series, piece)));
                }
                explained++;
            }
        }
        return points;
    }

    private static DraftPlant.DraftPoint point(
            ModbusTable table, RegisterSeries series, Piece piece, boolean isIdle, String remark) {
        return new DraftPlant.DraftPoint(table, series.offset() + piece.at(), piece, isIdle, remark);
    }

    static boolean isIdle(RegisterSeries series, Piece piece) {
        boolean isZero = series.isConstant(piece.at(), piece.registers());
        for (int i = 0; i < piece.registers(); i++) {
            isZero &= series.register(0, piece.at() + i) == 0;
        }
        return isZero;
    }

    private static String bit(RegisterSeries series, int at) {
        return series.isConstant(at, 1) ? "" + series.register(0, at) : "changed";
    }

    static String remark(RegisterSeries series, Piece piece) {
        return values(series, piece) + "; " + String.join("; ", Reasons.of(series, piece));
    }

    static String values(RegisterSeries series, Piece piece) {
        return Reasons.values(series, piece.type(), piece.order(), piece.at(), piece.registers());
    }

    /** Requests for the points of the draft. */
    PollPlan plan(List<DraftPlant.DraftPoint> points) {
        PollItems items = new PollItems();
        for (DraftPlant.DraftPoint p : points) {
            items.add(p.table(), p.offset(), p.piece().registers(), p.piece().registers());
        }
        return PollPlanner.plan(items, limits());
    }

    String draft() {
        return DraftPlant.text(
                List.of(
                        "Draft made by uatwin probe from what " + target + ", unit " + unitId + ", answered.",
                        "Names, units and ranges are yours to add. Check every point against the device manual."
                                + orderRemark()),
                transport,
                unitId,
                timeoutMs(),
                limits(),
                points());
    }

    private String orderRemark() {
        return ranked.isEmpty() || margin() >= CLEAR
                ? ""
                : " The byte order is %s: see uatwin probe.".formatted(certainty());
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("target", target);
        json.put("unitId", unitId);
        json.put("units", units);
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        int explained = 0;
        for (TableSurvey table : tables) {
            boolean hasPieces = !table.table().isBits() && !table.chunks().isEmpty();
            all.add(json(table, hasPieces ? ranked.get(0).get(explained) : null));
            explained += hasPieces ? 1 : 0;
        }
        json.put("tables", all);
        json.put("timeOfOneMs", times == null ? null : times.one());
        json.put("timeOfLargestMs", times == null ? null : times.largest());
        DeviceLimits limits = limits();
        json.put(
                "proposed",
                Map.of(
                        "registersPerRead", limits.registersPerRead(),
                        "bitsPerRead", limits.bitsPerRead(),
                        "gap", limits.registerGap(),
                        "timeoutMs", timeoutMs()));
        if (!ranked.isEmpty()) {
            json.put("order", ranked.get(0).get(0).order().letters(4));
            json.put("certainty", certainty());
            List<Map<String, Object>> orders = new ArrayList<>();
            for (List<Explanation> one : ranked) {
                orders.add(Map.of(
                        "order",
                        one.get(0).order().letters(4),
                        "bitsMore",
                        Explainer.total(one) - Explainer.total(ranked.get(0))));
            }
            json.put("orders", orders);
        }
        json.put("draft", hasAnything() ? draft() : null);
        return json;
    }

    private static Map<String, @Nullable Object> json(TableSurvey table, @Nullable Explanation explanation) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        RegisterSeries series = table.series();
        json.put("table", table.table().name());
        json.put("offset", series.offset());
        json.put("count", series.size());
        json.put("readable", series.presentCount());
        json.put("largestRead", table.largestRead());
        json.put("isLimit", table.isLimit());
        List<Map<String, Object>> refused = new ArrayList<>();
        table.refused()
                .forEach(r -> refused.add(
                        Map.of("first", r.range().first(), "last", r.range().last(), "cause", r.cause())));
        json.put("refused", refused);
        List<List<@Nullable Integer>> polls = new ArrayList<>();
        for (int poll = 0; poll < series.polls(); poll++) {
            List<@Nullable Integer> row = new ArrayList<>();
            for (int at = 0; at < series.size(); at++) {
                row.add(series.has(at, 1) ? series.register(poll, at) : null);
            }
            polls.add(row);
        }
        json.put("polls", polls);
        if (explanation != null) {
            List<Map<String, Object>> pieces = new ArrayList<>();
            for (Piece piece : explanation.pieces()) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("offset", series.offset() + piece.at());
                one.put("registers", piece.registers());
                one.put("type", piece.type().name());
                one.put(
                        "order",
                        piece.order().letters(piece.type() == RegisterType.STRING ? 2 : 2 * piece.registers()));
                one.put(
                        "value",
                        RegisterValues.text(
                                series,
                                series.polls() - 1,
                                piece.type(),
                                piece.order(),
                                piece.at(),
                                piece.registers()));
                one.put("why", Reasons.of(series, piece));
                pieces.add(one);
            }
            json.put("plausible", pieces);
        }
        return json;
    }
}
