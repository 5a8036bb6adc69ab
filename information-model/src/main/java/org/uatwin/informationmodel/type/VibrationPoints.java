package org.uatwin.informationmodel.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.ValueType;

/**
 * Points that get what the vibration of a waveform says. A type whose waveform point declares {@code vibration:} has them; their names
 * begin with the waveform's name, or the prefix given there.
 */
public final class VibrationPoints {
    /** Where the envelope's spectrum ends, or half the sample rate if that is lower. */
    public static final double ENVELOPE_HZ = 1000;

    private static final int LINES = 1600; // as many as analysers show; the spectrum's own are put together
    private static final String GROUP = "Vibration";

    /** One result. */
    public enum Result {
        VELOCITY_RMS("VelocityRms", "velocity r.m.s.", "Schwinggeschwindigkeit, Effektivwert"),
        RMS("Rms", "r.m.s.", "Effektivwert"),
        PEAK("Peak", "peak", "Spitzenwert"),
        CREST("Crest", "crest factor", "Scheitelfaktor"),
        KURTOSIS("Kurtosis", "kurtosis", "Kurtosis"),
        ZONE("Zone", "zone (ISO 20816)", "Zone (ISO 20816)"),
        FAULT("BearingFault", "bearing fault", "Lagerfehler"),
        CONFIDENCE("BearingConfidence", "confidence of the bearing fault", "Sicherheit des Lagerfehlers"),
        SCORE("BearingScore", "score of the strongest bearing sign", "Wert des stärksten Lageranzeichens"),
        EVIDENCE("Evidence", "vibration in words", "Schwingung in Worten"),
        CHANGE("Change", "distance to the first days", "Abstand zu den ersten Tagen"),
        WEAR("Wear", "wear that has added up", "aufsummierter Verschleiß"),
        SPECTRUM("Spectrum", "spectrum", "Spektrum"),
        ENVELOPE("Envelope", "envelope spectrum", "Hüllkurvenspektrum");

        private final String suffix;
        private final String english;
        private final String german;

        Result(String suffix, String english, String german) {
            this.suffix = suffix;
            this.english = english;
            this.german = german;
        }

        /** Name of its point. */
        public String name(String prefix) {
            return prefix + suffix;
        }

        /** For people. */
        public String words() {
            return english;
        }
    }

    /** What the point of the fault shows, by its number. */
    public enum Fault {
        NONE(0, "none", "keiner"),
        OUTER_RACE(1, "outer race", "Außenring"),
        INNER_RACE(2, "inner race", "Innenring"),
        ROLLING_ELEMENT(3, "rolling element", "Wälzkörper"),
        /** Something knocks, and it is none of those. */
        UNKNOWN(4, "unknown", "unbekannt");

        @SuppressWarnings("ImmutableEnumChecker") // a record of an unmodifiable map
        private final Text text;

        private final int number;

        Fault(int number, String english, String german) {
            this.number = number;
            text = new Text(Map.of("en", english, "de", german));
        }

        public Text text() {
            return text;
        }

        /** Value of the point. */
        public int number() {
            return number;
        }

        /** In English. */
        public String words() {
            return text.in(List.of("en")).text();
        }
    }

    private VibrationPoints() {}

    /** The points of a waveform. */
    public static List<Member.Point> of(Member.Point waveform, String prefix) {
        List<Member.Point> points = new ArrayList<>();
        EngineeringUnit unit = waveform.unit().orElseThrow();
        Range range = waveform.euRange().orElseThrow();
        Range sizes = new Range(0, Math.max(Math.abs(range.low()), Math.abs(range.high())));
        int lines = Math.min(LINES, Math.max(16, waveform.arrayLength() / 2));
        for (Result result : Result.values()) {
            Draft of = new Draft(waveform, result, prefix);
            points.add(
                    switch (result) {
                        case VELOCITY_RMS -> of.analog(unit("mm/s"), new Range(0, 45));
                        case RMS, PEAK -> of.analog(unit, sizes);
                        case CREST -> of.analog(unit("C62"), new Range(0, 20));
                        case KURTOSIS -> of.analog(unit("C62"), new Range(0, 50));
                        case ZONE -> of.states(zones());
                        case FAULT -> of.states(faults());
                        case CONFIDENCE -> of.analog(unit("%"), new Range(0, 100));
                        case SCORE -> of.analog(unit("C62"), new Range(0, 16));
                        case EVIDENCE -> of.text();
                        case CHANGE -> of.analog(unit("C62"), new Range(0, 10));
                        case WEAR -> of.counter(unit("h"));
                        case SPECTRUM -> of.lines(unit, sizes, lines);
                        case ENVELOPE -> of.lines(unit("C62"), new Range(0, 1), lines);
                    });
        }
        return points;
    }

    private static EngineeringUnit unit(String name) {
        return Units.find(name)
                .orElseThrow(() -> new IllegalStateException("no unit " + name))
                .engineeringUnit();
    }

    private static List<EnumText> zones() {
        List<EnumText> zones = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            zones.add(new EnumText(i + 1, Text.of(String.valueOf((char) ('A' + i)))));
        }
        return zones;
    }

    private static List<EnumText> faults() {
        return Arrays.stream(Fault.values())
                .map(fault -> new EnumText(fault.number(), fault.text()))
                .toList();
    }

    /** One point to be. */
    private record Draft(Member.Point waveform, Result result, String prefix) {
        Member.Point analog(EngineeringUnit unit, Range range) {
            return point(PointKind.ANALOG, ValueType.DOUBLE, 0, Optional.of(unit), Optional.of(range), List.of());
        }

        Member.Point counter(EngineeringUnit unit) {
            return point(PointKind.COUNTER, ValueType.DOUBLE, 0, Optional.of(unit), Optional.empty(), List.of());
        }

        Member.Point states(List<EnumText> texts) {
            return point(PointKind.MULTI_STATE, ValueType.INT32, 0, Optional.empty(), Optional.empty(), texts);
        }

        Member.Point text() {
            return point(PointKind.PLAIN, ValueType.STRING, 0, Optional.empty(), Optional.empty(), List.of());
        }

        Member.Point lines(EngineeringUnit unit, Range range, int lines) {
            return point(PointKind.WAVEFORM, ValueType.DOUBLE, lines, Optional.of(unit), Optional.of(range), List.of());
        }

        private Member.Point point(
                PointKind kind,
                ValueType type,
                int array,
                Optional<EngineeringUnit> unit,
                Optional<Range> range,
                List<EnumText> texts) {
            return new Member.Point(
                    result.name(prefix),
                    named(),
                    Text.EMPTY,
                    kind,
                    type,
                    array,
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
                    array == 0);
        }

        private Text named() {
            return new Text(Map.of("en", in("en") + ", " + result.english, "de", in("de") + ", " + result.german));
        }

        private String in(String locale) {
            return waveform.displayName().in(List.of(locale)).text();
        }
    }
}
