package org.uatwin.informationmodel.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.ValueType;

/**
 * Points that the server itself gives to twins whose health it watches (information model 4.6). They have rows like all points, so that
 * they are subscribed to, kept in history and read by formulas like all points; nothing can be bound to them.
 */
public final class MaintenancePoints {
    public static final String HEALTH_SCORE = "HealthScore";
    public static final String DEVICE_HEALTH = "DeviceHealth";
    public static final String REMAINING_LIFE = "RemainingUsefulLife";
    public static final String REMAINING_LIFE_LOWER = "RemainingUsefulLifeLower";
    public static final String REMAINING_LIFE_UPPER = "RemainingUsefulLifeUpper";
    public static final String FAILURE_PROBABILITY = "FailureProbability";
    public static final String DOMINANT_MODE = "DominantMode";
    public static final String PREDICTED_AT = "PredictedAt";
    public static final String MODEL_VERSION = "ModelVersion";
    public static final String PREDICTION_STATE = "PredictionState";
    public static final String PREDICTION_DETAIL = "PredictionDetail";
    public static final String INTERVAL_COVERAGE = "IntervalCoverage";
    public static final String ANOMALY_SCORE = "AnomalyScore";
    public static final String ANOMALY_DETAIL = "AnomalyDetail";
    public static final String DIAGNOSED_FAULT = "DiagnosedFault";

    /** Level of the interval of the remaining life, as the points show it. */
    public static final double CONFIDENCE_LEVEL = 0.9;

    /** Hours for which {@link #FAILURE_PROBABILITY} is told. */
    public static final double PROBABILITY_HOURS = 168;

    private static final String GROUP = "Maintenance";

    private static final List<Member.Point> ALL = List.of(
            analog(
                    HEALTH_SCORE,
                    "Health",
                    "Gesundheit",
                    "100 as new, 0 failed",
                    "100 wie neu, 0 ausgefallen",
                    "%",
                    0,
                    100),
            states(
                    DEVICE_HEALTH,
                    "Condition (NE 107)",
                    "Zustand (NE 107)",
                    "NORMAL",
                    "FAILURE",
                    "CHECK_FUNCTION",
                    "OFF_SPEC",
                    "MAINTENANCE_REQUIRED"),
            counter(
                    REMAINING_LIFE,
                    "Remaining useful life",
                    "Restlebensdauer",
                    "Median of the time until the first failure mode is reached",
                    "Median der Zeit bis zur ersten Ausfallart"),
            counter(
                    REMAINING_LIFE_LOWER,
                    "Remaining useful life, lower",
                    "Restlebensdauer, untere Grenze",
                    "Lower end of its interval",
                    "Unteres Ende des Intervalls"),
            counter(
                    REMAINING_LIFE_UPPER,
                    "Remaining useful life, upper",
                    "Restlebensdauer, obere Grenze",
                    "Upper end of its interval",
                    "Oberes Ende des Intervalls"),
            analog(
                    FAILURE_PROBABILITY,
                    "Probability of failure",
                    "Ausfallwahrscheinlichkeit",
                    "Within the next 168 hours",
                    "In den nächsten 168 Stunden",
                    "%",
                    0,
                    100),
            text(
                    DOMINANT_MODE,
                    "Likeliest failure mode",
                    "Wahrscheinlichste Ausfallart",
                    "What is expected to end the life first",
                    "Was die Lebensdauer voraussichtlich zuerst beendet"),
            plain(
                    PREDICTED_AT,
                    ValueType.DATE_TIME,
                    "Predicted at",
                    "Vorhergesagt um",
                    "When the remaining life was last computed",
                    "Wann die Restlebensdauer zuletzt berechnet wurde"),
            text(
                    MODEL_VERSION,
                    "Model of the prediction",
                    "Modell der Vorhersage",
                    "Name and version of what predicted last",
                    "Name und Version dessen, was zuletzt vorhersagte"),
            states(
                    PREDICTION_STATE,
                    "State of the prediction",
                    "Stand der Vorhersage",
                    "NotAvailable",
                    "Learning",
                    "Ready",
                    "Drifting"),
            text(
                    PREDICTION_DETAIL,
                    "Prediction in words",
                    "Vorhersage in Worten",
                    "What the prediction stands on, or what is missing",
                    "Worauf die Vorhersage beruht, oder was fehlt"),
            analog(
                    INTERVAL_COVERAGE,
                    "Coverage of the intervals",
                    "Überdeckung der Intervalle",
                    "Share of past intervals that held what came",
                    "Anteil früherer Intervalle, die das Eingetretene enthielten",
                    "%",
                    0,
                    100),
            analog(
                    ANOMALY_SCORE,
                    "Anomaly",
                    "Auffälligkeit",
                    "From 1 on it is reported",
                    "Ab 1 wird sie gemeldet",
                    "",
                    0,
                    10),
            text(
                    ANOMALY_DETAIL,
                    "Anomaly in words",
                    "Auffälligkeit in Worten",
                    "Points that contribute most, since when, and what they are compared with",
                    "Punkte mit dem größten Anteil, seit wann, und womit verglichen wird"),
            text(
                    DIAGNOSED_FAULT,
                    "Diagnosed fault",
                    "Diagnostizierter Fehler",
                    "Failure mode that explains what is seen, empty if nothing is wrong",
                    "Ausfallart, die das Gesehene erklärt; leer, wenn nichts fehlt"));

    private static final Set<String> NAMES =
            ALL.stream().map(Member.Point::name).collect(Collectors.toSet());

    private MaintenancePoints() {}

    /** All of them, in the order of their rows. */
    public static List<Member.Point> all() {
        return ALL;
    }

    /** Whether a point is one of these, not one that a type declares under such a name. */
    public static boolean isOne(Member.Point point) {
        return NAMES.contains(point.name()) && ALL.contains(point);
    }

    /** Those whose names are not taken by members a type declares itself. */
    static List<Member.Point> beside(Set<String> taken) {
        List<Member.Point> points = new ArrayList<>(ALL);
        points.removeIf(point -> taken.contains(point.name()));
        return points;
    }

    private static Text both(String en, String de) {
        return new Text(Map.of("en", en, "de", de));
    }

    private static EngineeringUnit unit(String symbol) {
        return Units.find(symbol.isEmpty() ? "C62" : symbol)
                .map(Unit::engineeringUnit)
                .orElseThrow(() -> new IllegalStateException("no unit " + symbol));
    }

    private static Member.Point analog(
            String name, String en, String de, String whatEn, String whatDe, String unit, double low, double high) {
        return point(
                name,
                both(en, de),
                both(whatEn, whatDe),
                PointKind.ANALOG,
                ValueType.DOUBLE,
                Optional.of(unit(unit)),
                Optional.of(new Range(low, high)),
                List.of());
    }

    private static Member.Point counter(String name, String en, String de, String whatEn, String whatDe) {
        return point(
                name,
                both(en, de),
                both(whatEn, whatDe),
                PointKind.COUNTER,
                ValueType.DOUBLE,
                Optional.of(unit("h")),
                Optional.empty(),
                List.of());
    }

    private static Member.Point states(String name, String en, String de, String... texts) {
        List<EnumText> values = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            values.add(new EnumText(i, Text.of(texts[i])));
        }
        return point(
                name,
                both(en, de),
                Text.EMPTY,
                PointKind.MULTI_STATE,
                ValueType.INT32,
                Optional.empty(),
                Optional.empty(),
                values);
    }

    private static Member.Point text(String name, String en, String de, String whatEn, String whatDe) {
        return plain(name, ValueType.STRING, en, de, whatEn, whatDe);
    }

    private static Member.Point plain(String name, ValueType type, String en, String de, String whatEn, String whatDe) {
        return point(
                name,
                both(en, de),
                both(whatEn, whatDe),
                PointKind.PLAIN,
                type,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static Member.Point point(
            String name,
            Text displayName,
            Text description,
            PointKind kind,
            ValueType type,
            Optional<EngineeringUnit> unit,
            Optional<Range> range,
            List<EnumText> texts) {
        return new Member.Point(
                name,
                displayName,
                description,
                kind,
                type,
                0,
                unit,
                range,
                Optional.empty(),
                Optional.empty(),
                Limits.NONE,
                false,
                Text.EMPTY,
                Text.EMPTY,
                texts,
                GROUP,
                true);
    }
}
