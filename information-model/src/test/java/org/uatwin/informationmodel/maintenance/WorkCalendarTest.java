package org.uatwin.informationmodel.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A crew that is sent when it does not work, or a stop in the middle of production, is what calendars are there to prevent. */
class WorkCalendarTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static WorkCalendar.Weekly weekly(DayOfWeek first, DayOfWeek last, String from, String until) {
        return new WorkCalendar.Weekly(first, last, LocalTime.parse(from), LocalTime.parse(until));
    }

    private static List<TimeSpan> spans(WorkCalendar calendar, String from, String until) {
        return calendar.between(Instant.parse(from), Instant.parse(until));
    }

    private static WorkCalendar of(ZoneId zone, WorkCalendar.Weekly... weekly) {
        return new WorkCalendar("c", zone, List.of(weekly), List.of(), List.of());
    }

    @Test
    void aDayShiftIsLocalTime() {
        WorkCalendar shift = of(BERLIN, weekly(DayOfWeek.MONDAY, DayOfWeek.FRIDAY, "06:00", "14:00"));
        assertThat(spans(shift, "2026-11-26T00:00:00Z", "2026-12-01T00:00:00Z"))
                .extracting(TimeSpan::toString)
                .containsExactly(
                        "TimeSpan[start=2026-11-26T05:00:00Z, end=2026-11-26T13:00:00Z]",
                        "TimeSpan[start=2026-11-27T05:00:00Z, end=2026-11-27T13:00:00Z]",
                        "TimeSpan[start=2026-11-30T05:00:00Z, end=2026-11-30T13:00:00Z]");
    }

    /** Clocks go back on 2026-10-25 and forward on 2026-03-29 in Berlin: the night shift has nine hours, then seven. */
    @Test
    void aNightShiftIsAnHourLongerOrShorterWhenClocksChange() {
        WorkCalendar night = of(BERLIN, weekly(DayOfWeek.SATURDAY, DayOfWeek.SATURDAY, "22:00", "06:00"));
        assertThat(spans(night, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z"))
                .singleElement()
                .satisfies(span -> assertThat(span.hours()).isEqualTo(9));
        assertThat(spans(night, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"))
                .singleElement()
                .satisfies(span -> assertThat(span.hours()).isEqualTo(7));
        assertThat(spans(night, "2026-11-28T12:00:00Z", "2026-11-29T12:00:00Z"))
                .singleElement()
                .satisfies(span -> assertThat(span.hours()).isEqualTo(8));
    }

    /** 02:00 to 03:00 does not exist on 2026-03-29 in Berlin, and comes twice on 2026-10-25. */
    @Test
    void anHourThatIsLeftOutHoldsNoWorkAndOneThatComesTwiceHoldsTwo() {
        WorkCalendar hour = of(BERLIN, weekly(DayOfWeek.SUNDAY, DayOfWeek.SUNDAY, "02:00", "03:00"));
        assertThat(spans(hour, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z")).isEmpty();
        assertThat(spans(hour, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z"))
                .singleElement()
                .satisfies(span -> assertThat(span.hours()).isEqualTo(2));
    }

    @Test
    void aWeekendIsOneTimeAndRunsOverSunday() {
        WorkCalendar weekend = of(ZoneId.of("UTC"), weekly(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, "00:00", "00:00"));
        assertThat(spans(weekend, "2026-11-26T00:00:00Z", "2026-12-03T00:00:00Z"))
                .singleElement()
                .satisfies(span -> assertThat(span.hours()).isEqualTo(48));
        WorkCalendar over = of(ZoneId.of("UTC"), weekly(DayOfWeek.FRIDAY, DayOfWeek.MONDAY, "06:00", "07:00"));
        assertThat(spans(over, "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z")).hasSize(4);
    }

    @Test
    void holidaysTakeWeeklyHoursAndLeaveSingleTimes() {
        WorkCalendar calendar = new WorkCalendar(
                "c",
                BERLIN,
                List.of(weekly(DayOfWeek.MONDAY, DayOfWeek.SUNDAY, "06:00", "14:00")),
                List.of(new WorkCalendar.Holiday(LocalDate.parse("2026-12-25"), LocalDate.parse("2026-12-26"))),
                List.of(new WorkCalendar.Single(
                        LocalDateTime.parse("2026-12-26T08:00"), LocalDateTime.parse("2026-12-26T09:00"))));
        assertThat(spans(calendar, "2026-12-24T00:00:00Z", "2026-12-28T00:00:00Z"))
                .extracting(span -> span.start().toString())
                .containsExactly("2026-12-24T05:00:00Z", "2026-12-26T07:00:00Z", "2026-12-27T05:00:00Z");
    }

    /** What is asked for bounds what comes: a shift that has begun is there with what is left of it. */
    @Test
    void timesAreCutToWhatIsAskedFor() {
        WorkCalendar always = of(ZoneId.of("UTC"), weekly(DayOfWeek.MONDAY, DayOfWeek.SUNDAY, "00:00", "00:00"));
        assertThat(spans(always, "2026-11-26T07:30:00Z", "2026-11-29T08:00:00Z"))
                .containsExactly(
                        new TimeSpan(Instant.parse("2026-11-26T07:30:00Z"), Instant.parse("2026-11-29T08:00:00Z")));
    }
}
