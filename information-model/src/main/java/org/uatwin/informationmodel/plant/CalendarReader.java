package org.uatwin.informationmodel.plant;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uatwin.informationmodel.maintenance.WorkCalendar;

/** Reads calendars: hours of a week, holidays, times that come once. */
final class CalendarReader {
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final String DAY = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    private static final String TIME = "(\\d{1,2}:\\d{2})";
    private static final Pattern WEEKLY = Pattern.compile(DAY + "(?: ?- ?" + DAY + ")? +" + TIME + " ?- ?" + TIME);
    private static final Pattern DATES = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?: to (\\d{4}-\\d{2}-\\d{2}))?");
    private static final Pattern SINGLE =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}) to (\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2})");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private CalendarReader() {}

    static WorkCalendar read(Section s, String name, ZoneId standard) {
        List<WorkCalendar.Weekly> weekly = new ArrayList<>();
        List<WorkCalendar.Holiday> holidays = new ArrayList<>();
        List<WorkCalendar.Single> single = new ArrayList<>();
        s.texts("weekly").forEach(text -> weekly(s, text).ifPresent(weekly::add));
        s.texts("holidays").forEach(text -> holiday(s, text).ifPresent(holidays::add));
        s.texts("single").forEach(text -> single(s, text).ifPresent(single::add));
        if (!s.has("weekly") && !s.has("single")) {
            s.error("weekly", "calendar %s has no times".formatted(name))
                    .fix("add weekly: [\"Mon-Fri 06:00-14:00\"], or single: with times that come once.");
        }
        return new WorkCalendar(name, zone(s, standard), weekly, holidays, single);
    }

    /** The zone of a section; {@code standard} if it names none. */
    static ZoneId zone(Section s, ZoneId standard) {
        Optional<String> name = s.text("timeZone");
        if (name.isEmpty()) {
            return standard;
        }
        try {
            return ZoneId.of(name.get());
        } catch (DateTimeException e) {
            s.error("timeZone", "\"%s\" is no time zone".formatted(name.get()))
                    .fix(Nearest.advice(
                            name.get(),
                            ZoneId.getAvailableZoneIds().stream().sorted().toList()));
            return standard;
        }
    }

    private static Optional<WorkCalendar.Weekly> weekly(Section s, String text) {
        Matcher m = WEEKLY.matcher(text.strip());
        if (m.matches()) {
            Optional<LocalTime> from = time(m.group(3));
            Optional<LocalTime> until = m.group(4).equals("24:00") ? Optional.of(LocalTime.MIDNIGHT) : time(m.group(4));
            if (from.isPresent() && until.isPresent()) {
                DayOfWeek first = day(m.group(1));
                DayOfWeek last = m.group(2) == null ? first : day(m.group(2));
                return Optional.of(new WorkCalendar.Weekly(first, last, from.get(), until.get()));
            }
        }
        s.error("weekly", "\"%s\" is no time of a week".formatted(text))
                .detail("Days are Mon to Sun, times 00:00 to 24:00; an end before the begin is on the next day.")
                .fix("write for example Mon-Fri 06:00-14:00, or Sat 22:00-06:00.");
        return Optional.empty();
    }

    private static DayOfWeek day(String name) {
        return DayOfWeek.of(1 + DAYS.indexOf(name));
    }

    private static Optional<LocalTime> time(String text) {
        try {
            return Optional.of(LocalTime.parse(text.length() == 4 ? "0" + text : text));
        } catch (DateTimeException e) {
            return Optional.empty(); // the caller says what is expected
        }
    }

    private static Optional<WorkCalendar.Holiday> holiday(Section s, String text) {
        Matcher m = DATES.matcher(text.strip());
        if (m.matches()) {
            Optional<LocalDate> first = date(m.group(1));
            Optional<LocalDate> last = m.group(2) == null ? first : date(m.group(2));
            if (first.isPresent() && last.isPresent() && !last.get().isBefore(first.get())) {
                return Optional.of(new WorkCalendar.Holiday(first.get(), last.get()));
            }
        }
        s.error("holidays", "\"%s\" is no day, nor days from one to another".formatted(text))
                .fix("write for example 2026-12-25, or 2026-12-24 to 2027-01-01.");
        return Optional.empty();
    }

    /** A date as the file writes it. */
    static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty(); // the caller says what is expected
        }
    }

    private static Optional<WorkCalendar.Single> single(Section s, String text) {
        Matcher m = SINGLE.matcher(text.strip());
        if (m.matches()) {
            try {
                LocalDateTime from = LocalDateTime.parse(m.group(1), MOMENT);
                LocalDateTime until = LocalDateTime.parse(m.group(2), MOMENT);
                if (until.isAfter(from)) {
                    return Optional.of(new WorkCalendar.Single(from, until));
                }
            } catch (DateTimeException e) {
                // reported below: a day or an hour that does not exist
            }
        }
        s.error("single", "\"%s\" is no time from one moment to a later one".formatted(text))
                .fix("write for example 2026-12-24 14:00 to 2027-01-02 06:00.");
        return Optional.empty();
    }
}
