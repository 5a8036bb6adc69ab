package org.uatwin.informationmodel.maintenance;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Times that come back every week, less holidays, and single ones: the working hours of a crew, or when a machine stands anyway. Local
 * times of a zone: where clocks are put forward or back, a shift is an hour shorter or longer.
 *
 * @param zone of all times.
 * @param weekly hours of each week.
 * @param holidays days on which none of these begins, each from and to, inclusive.
 * @param single times that come once, holidays or not.
 */
public record WorkCalendar(String name, ZoneId zone, List<Weekly> weekly, List<Holiday> holidays, List<Single> single) {
    private static final int LONGEST_DAYS = 8; // of a weekly time, from its first day

    public WorkCalendar {
        weekly = List.copyOf(weekly);
        holidays = List.copyOf(holidays);
        single = List.copyOf(single);
    }

    /**
     * Hours of the days of a week.
     *
     * @param first day on which they begin.
     * @param last the last such day, counted onward from the first, over Sunday if need be.
     * @param from begin.
     * @param until end; not after {@code from}: on the next day. Midnight is the end of the day.
     */
    public record Weekly(DayOfWeek first, DayOfWeek last, LocalTime from, LocalTime until) {
        boolean begins(DayOfWeek day) {
            int away = Math.floorMod(day.getValue() - first.getValue(), 7);
            return away <= Math.floorMod(last.getValue() - first.getValue(), 7);
        }

        LocalDateTime end(LocalDate day) {
            return until.isAfter(from) ? day.atTime(until) : day.plusDays(1).atTime(until);
        }
    }

    /** Days from the first to the last. */
    public record Holiday(LocalDate first, LocalDate last) {
        public Holiday {
            if (last.isBefore(first)) {
                throw new IllegalArgumentException("%s is before %s".formatted(last, first));
            }
        }

        boolean has(LocalDate day) {
            return !day.isBefore(first) && !day.isAfter(last);
        }
    }

    /** A time that comes once, local. */
    public record Single(LocalDateTime from, LocalDateTime until) {
        public Single {
            if (!until.isAfter(from)) {
                throw new IllegalArgumentException("%s is not after %s".formatted(until, from));
            }
        }
    }

    /** Its times between two moments, in order; those that touch are one. */
    public List<TimeSpan> between(Instant begin, Instant end) {
        List<TimeSpan> spans = new ArrayList<>();
        LocalDate last = end.atZone(zone).toLocalDate();
        for (LocalDate day = begin.atZone(zone).toLocalDate().minusDays(LONGEST_DAYS);
                !day.isAfter(last);
                day = day.plusDays(1)) {
            LocalDate of = day;
            if (holidays.stream().noneMatch(holiday -> holiday.has(of))) {
                for (Weekly hours : weekly) {
                    if (hours.begins(day.getDayOfWeek())) {
                        add(spans, day.atTime(hours.from()), hours.end(day), begin, end);
                    }
                }
            }
        }
        single.forEach(one -> add(spans, one.from(), one.until(), begin, end));
        return TimeSpan.joined(spans);
    }

    private void add(List<TimeSpan> spans, LocalDateTime from, LocalDateTime until, Instant begin, Instant end) {
        Instant start = from.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
        Instant stop = until.atZone(zone).withLaterOffsetAtOverlap().toInstant();
        start = start.isBefore(begin) ? begin : start;
        stop = stop.isAfter(end) ? end : stop;
        if (stop.isAfter(start)) { // not one that lies in the hour that is left out in spring
            spans.add(new TimeSpan(start, stop));
        }
    }
}
