package org.uatwin.informationmodel.plant;

import static org.uatwin.informationmodel.plant.Keys.key;
import static org.uatwin.informationmodel.plant.Keys.number;
import static org.uatwin.informationmodel.plant.Keys.section;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.informationmodel.plant.Keys.Kind;

/** The keys about maintenance: of the plant, and of a type or twin. */
final class MaintenanceKeys {
    private static final double LONGEST_S = 3600.0 * 1e6;

    private MaintenanceKeys() {}

    private static Keys life() {
        return new Keys(
                "life",
                List.of(
                        number(
                                "shape",
                                Kind.NUMBER,
                                0.1,
                                20,
                                "1",
                                "beta of the Weibull distribution, 0.1..20: above 1 the part wears out; 1: it fails by"
                                        + " chance"),
                        number(
                                "scale",
                                Kind.DURATION,
                                3600,
                                LONGEST_S,
                                "",
                                "eta: 63.2 % have failed by then; or `mean`"),
                        number("mean", Kind.DURATION, 3600, LONGEST_S, "", "mean life; or `scale`")));
    }

    /** Of one kind of work. */
    static Keys task() {
        return new Keys(
                "task",
                List.of(
                        number("duration", Kind.DURATION, 60, 3600.0 * 2000, "4 h", "how long the work takes"),
                        number("people", Kind.INTEGER, 1, 1000, "1", "people it takes, of one crew"),
                        key("skills", Kind.TEXT_LIST, "what the crew must be able to do"),
                        key(
                                "plannedCost",
                                Kind.MONEY,
                                "cost of the work when it is planned, without the loss of production"),
                        key(
                                "failureCost",
                                Kind.MONEY,
                                "cost of the failure it averts, repair and damage to others included, without the loss"
                                        + " of production; default 5 times plannedCost"),
                        number(
                                "failureDowntime",
                                Kind.DURATION,
                                0,
                                3600.0 * 20_000,
                                "0 h",
                                "how long the asset stands after the failure, mean time to restoration (EN 13306)"),
                        number(
                                "restoration",
                                Kind.NUMBER,
                                0.01,
                                1,
                                "1",
                                "share of the damage it takes away, 0.01..1: 1 is as good as new"),
                        number(
                                "riskLimit",
                                Kind.NUMBER,
                                0.0001,
                                0.9999,
                                "0.05",
                                "probability of failure up to which it may wait"),
                        section(
                                "life",
                                Kind.SECTION,
                                life(),
                                "life of the part it replaces, where no model knows it; its age counts from the last"
                                        + " replacement that was recorded, else from inService")));
    }

    /** Of a type or twin. */
    static Keys asset(Keys task) {
        return new Keys("maintenance", assetKeys(task));
    }

    private static List<Keys.Key> assetKeys(Keys task) {
        List<Keys.Key> keys = new ArrayList<>(shared(task));
        keys.add(key(
                "inService",
                Kind.TEXT,
                "date it was put to work, such as `2024-05-01`; the age of parts that were never replaced counts from"
                        + " then"));
        return keys;
    }

    private static List<Keys.Key> shared(Keys task) {
        return List.of(
                section(
                        "tasks",
                        Kind.SECTIONS,
                        task,
                        "work by name: a failure mode that is averted, `Overhaul`, `Inspection`, or a name of your own"
                                + " with a `life`"),
                section("defaults", Kind.SECTION, task, "for what a task does not say"),
                key("downtimeCost", Kind.MONEY_PER_HOUR, "loss of production in an hour in which the asset stands"),
                key(
                        "openingCost",
                        Kind.MONEY,
                        "cost of a stop at all, however much is done then: emptying, start-up, a crane; it is what"
                                + " makes jobs share a stop"),
                key("standstill", Kind.TEXT, "calendar of the times in which the asset stands anyway"));
    }

    private static Keys crew() {
        return new Keys(
                "crew",
                List.of(
                        number("people", Kind.INTEGER, 1, 1000, "1", "how many are there at once"),
                        key("skills", Kind.TEXT_LIST, "what they can do, in your words"),
                        key("calendar", Kind.TEXT, "calendar of their working hours; left out: at any time")));
    }

    private static Keys calendar() {
        return new Keys(
                "calendar",
                List.of(
                        key("timeZone", Kind.TEXT, "zone of its times such as `Europe/Berlin`; default the plant's"),
                        key(
                                "weekly",
                                Kind.TEXT_LIST,
                                "hours of each week, for example `Mon-Fri 06:00-22:00`; an end before the begin is on"
                                        + " the next day"),
                        key(
                                "holidays",
                                Kind.TEXT_LIST,
                                "days on which no weekly hours begin: `2026-12-25`, `2026-12-24 to 2027-01-01`"),
                        key("single", Kind.TEXT_LIST, "times that come once: `2026-12-24 14:00 to 2027-01-02 06:00`")));
    }

    /** Of the plant. */
    static Keys plant(Keys task) {
        List<Keys.Key> keys = new ArrayList<>();
        keys.add(key("currency", Kind.TEXT, "ISO 4217 code of all costs in this file")
                .orElse("EUR"));
        keys.add(key("timeZone", Kind.TEXT, "zone of all calendars such as `Europe/Berlin`")
                .orElse("UTC"));
        keys.add(section("crews", Kind.SECTIONS, crew(), "who can be sent, by name; none: as many as are needed"));
        keys.add(section("calendars", Kind.SECTIONS, calendar(), "working hours and standstills by name"));
        keys.addAll(shared(task));
        return new Keys("plantMaintenance", keys);
    }
}
