package org.uatwin.plcadapters.mqtt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.uatwin.informationmodel.plant.Keys;
import org.uatwin.informationmodel.plant.SettingKeys;
import org.uatwin.informationmodel.plant.Settings;
import org.uatwin.plcadapters.payload.Field;
import org.uatwin.plcadapters.payload.RawValue;
import org.uatwin.plcadapters.payload.TimeFormat;

/**
 * How messages are read; said for a connection, and anew for a device or a point where it differs.
 *
 * @param period a message is expected at the latest that long after the last; empty: silence is no fault.
 * @param hold how long the last value stays usable after silence or loss.
 * @param time field with the device's time, in the same message.
 * @param quality field with the device's quality.
 * @param good what that field says for good, in lower case; {@code uncertain} likewise. Anything else is bad.
 * @param clockBehind how far the device's clock may be behind the receipt; {@code clockAhead} likewise.
 */
record MessageOptions(
        int qos,
        Retained retained,
        Optional<Duration> period,
        Duration hold,
        Optional<Field> time,
        TimeFormat timeFormat,
        Optional<Field> quality,
        Set<String> good,
        Set<String> uncertain,
        char separator,
        Duration clockBehind,
        Duration clockAhead) {
    /** What a retained message is worth: it may be from last year. */
    enum Retained {
        /** Taken as Uncertain_LastUsableValue until a live one arrives. */
        UNCERTAIN,
        /** Taken like any other. */
        GOOD,
        IGNORE
    }

    private static final Duration HOLD_WITHOUT_PERIOD = Duration.ofSeconds(30);
    private static final int HOLD_PERIODS = 3;

    static final MessageOptions DEFAULT = new MessageOptions(
            1,
            Retained.UNCERTAIN,
            Optional.empty(),
            HOLD_WITHOUT_PERIOD,
            Optional.empty(),
            TimeFormat.AUTO,
            Optional.empty(),
            Set.of("good", "ok", "true", "192"),
            Set.of("uncertain", "64"),
            ',',
            Duration.ofDays(1),
            Duration.ofSeconds(10));

    /** The keys; {@code hasDefaults} where they are not inherited. */
    static List<Keys.Key> keys(boolean hasDefaults) {
        List<Keys.Key> keys = new ArrayList<>(List.of(
                SettingKeys.choice("qos", "1", "QoS of the subscription", "0", "1", "2"),
                SettingKeys.choice(
                        "retained",
                        "uncertain",
                        "what a retained message is worth until a live one arrives",
                        "uncertain",
                        "good",
                        "ignore"),
                SettingKeys.duration(
                        "period", 0.01, 864_000, "", "a message is expected that often; left out: silence is no fault"),
                SettingKeys.duration(
                        "hold",
                        0.01,
                        8_640_000,
                        "",
                        "how long the last value stays usable after silence or loss; default 3 periods, without"
                                + " period 30 s"),
                SettingKeys.text("time", "", "field with the device's time: JSON Pointer, or number of a column"),
                SettingKeys.choice("timeFormat", "auto", "how it is written", "auto", "iso", "s", "ms", "us", "ns"),
                SettingKeys.text("quality", "", "field with the device's quality"),
                SettingKeys.texts("good", "what that field says for good; default good, ok, true, 192"),
                SettingKeys.texts("uncertain", "what it says for uncertain; default uncertain, 64; all else is bad"),
                SettingKeys.text("separator", ",", "between columns: one character, or `tab`"),
                SettingKeys.duration(
                        "clockBehind", 0, 864_000_000, "1 d", "a device's time further behind is not believed"),
                SettingKeys.duration(
                        "clockAhead", 0, 864_000_000, "10 s", "a device's time further ahead is not believed")));
        if (!hasDefaults) {
            keys.replaceAll(key -> key.orElse(""));
        }
        return keys;
    }

    /** What {@code s} says, the rest as before; {@code this} if it says nothing. */
    MessageOptions with(Settings s) {
        Optional<Duration> ownPeriod = s.optionalDuration("period");
        Optional<Duration> ownHold = s.optionalDuration("hold");
        Optional<Field> ownTime = field(s, "time");
        Optional<Field> ownQuality = field(s, "quality");
        MessageOptions changed = new MessageOptions(
                s.has("qos") ? Integer.parseInt(s.choice("qos")) : qos,
                s.has("retained") ? Retained.valueOf(s.choice("retained").toUpperCase(Locale.ROOT)) : retained,
                ownPeriod.or(() -> period),
                ownHold.orElseGet(
                        () -> ownPeriod.map(p -> p.multipliedBy(HOLD_PERIODS)).orElse(hold)),
                ownTime.or(() -> time),
                s.has("timeFormat") ? timeFormat(s.choice("timeFormat")) : timeFormat,
                ownQuality.or(() -> quality),
                words(s, "good", good),
                words(s, "uncertain", uncertain),
                s.has("separator") ? separator(s) : separator,
                s.optionalDuration("clockBehind").orElse(clockBehind),
                s.optionalDuration("clockAhead").orElse(clockAhead));
        if (ownPeriod.isPresent() && ownHold.isPresent() && ownHold.get().compareTo(ownPeriod.get()) < 0) {
            s.warning(
                    "hold",
                    "the hold time is shorter than the period",
                    "Values turn Bad between two good messages.",
                    "make it two periods or more.");
        }
        return changed.equals(this) ? this : changed;
    }

    private static Optional<Field> field(Settings s, String key) {
        return s.text(key).flatMap(text -> {
            try {
                return Optional.of(Field.parse(text));
            } catch (IllegalArgumentException e) {
                s.error(
                        key,
                        key + ": " + e.getMessage(),
                        "",
                        "write a JSON Pointer such as /ts, or the number of a column.");
                return Optional.empty();
            }
        });
    }

    private static Set<String> words(Settings s, String key, Set<String> before) {
        return s.has(key)
                ? s.texts(key).stream().map(w -> w.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet())
                : before;
    }

    private static char separator(Settings s) {
        String text = s.text("separator").orElse(",");
        if (text.equals("tab") || text.equals("\t")) {
            return '\t';
        }
        if (text.length() != 1 || text.equals("\"")) {
            s.error(
                    "separator",
                    "separator: \"%s\" is no single character".formatted(text),
                    "",
                    "write one such as ;, or tab.");
            return ',';
        }
        return text.charAt(0);
    }

    private static TimeFormat timeFormat(String text) {
        return switch (text) {
            case "iso" -> TimeFormat.ISO;
            case "s" -> TimeFormat.SECONDS;
            case "ms" -> TimeFormat.MILLISECONDS;
            case "us" -> TimeFormat.MICROSECONDS;
            case "ns" -> TimeFormat.NANOSECONDS;
            default -> TimeFormat.AUTO;
        };
    }

    /** Whether the device's quality field says good (1), uncertain (0) or bad (-1). */
    int judge(RawValue raw) {
        String word =
                (raw.kind == RawValue.Kind.TEXT ? String.valueOf(raw.text) : raw.toString()).toLowerCase(Locale.ROOT);
        return good.contains(word) ? 1 : uncertain.contains(word) ? 0 : -1;
    }
}
