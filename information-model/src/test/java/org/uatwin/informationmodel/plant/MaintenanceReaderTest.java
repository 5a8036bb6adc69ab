package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uatwin.informationmodel.maintenance.AssetMaintenance;
import org.uatwin.informationmodel.maintenance.LifeRule;
import org.uatwin.informationmodel.maintenance.PlantMaintenance;

/** Costs that are read wrongly make wrong plans that look right, so nothing is guessed. */
class MaintenanceReaderTest {
    private static final String FILE =
            """
            uatwin: 1
            siteId: s
            maintenance:
              currency: EUR
              timeZone: Europe/Berlin
              calendars:
                day: {weekly: ["Mon-Fri 06:00-14:00", "Sat 22:00-06:00"], holidays: [2026-12-25, 2026-12-24 to 2027-01-01]}
                stands: {weekly: "Sat-Sun 00:00-24:00", timeZone: UTC}
              crews:
                fitters: {people: 2, skills: [mechanical, lifting], calendar: day}
                sparks: {skills: electrical}
              standstill: stands
              defaults: {plannedCost: 800 EUR, people: 1}
            types:
              Press:
                version: 1.0.0
                maintenance:
                  downtimeCost: 500 EUR/h
                  defaults: {duration: 90 min}
                  tasks:
                    SealReplacement: {life: {shape: 2, mean: 1000 h}, plannedCost: 120.50 EUR, skills: [mechanical]}
              BigPress: {version: 1.0.0, extends: Press, maintenance: {tasks: {SealReplacement: {duration: 3 h}}}}
              Plain: {version: 1.0.0}
            twins:
              - {id: p1, type: Press, maintenance: {inService: 2024-05-01, tasks: {SealReplacement: {people: 2}}}}
              - {id: p2, type: BigPress}
              - {id: p3, type: Plain}
            """;

    private static final ModelCatalog PUMPS = new ModelCatalog() {
        @Override
        public List<String> models() {
            return List.of("CentrifugalPump");
        }

        @Override
        public List<String> parameters(String model) {
            return List.of();
        }

        @Override
        public Optional<String> problem(String model, String parameter, double value) {
            return Optional.empty();
        }

        @Override
        public List<String> failureModes(String model) {
            return List.of("ImpellerWear");
        }
    };

    private static PlantReading read(String text) {
        return PlantFile.read(text, "p.yaml");
    }

    private static Plant plant() {
        PlantReading reading = read(FILE);
        return reading.plant().orElseThrow(() -> new AssertionError(reading.findings()));
    }

    @Test
    void twinsGetWhatTheirTypesAndThePlantSay() {
        Plant plant = plant();
        PlantMaintenance rules = plant.maintenance();
        assertThat(rules.currency()).isEqualTo("EUR");
        assertThat(rules.crews()).hasSize(2);
        assertThat(rules.crews().get(0).hours().orElseThrow().zone().getId()).isEqualTo("Europe/Berlin");
        AssetMaintenance p1 = plant.twin("p1").orElseThrow().maintenance();
        PlantMaintenance.Task seal = rules.task(p1, "SealReplacement");
        assertThat(seal.durationHours()).isEqualTo(1.5);
        assertThat(seal.people()).isEqualTo(2);
        assertThat(seal.skills()).containsExactly("mechanical");
        assertThat(seal.plannedCost()).isEqualTo(120.5);
        assertThat(seal.failureCost()).isEqualTo(5 * 120.5);
        assertThat(p1.downtimeCost()).hasValue(500);
        LifeRule life = seal.life().orElseThrow();
        assertThat(life.scaleHours()).isCloseTo(1000 / 0.886226925452758, within(1e-9)); // Gamma(1.5)
        AssetMaintenance p2 = plant.twin("p2").orElseThrow().maintenance();
        assertThat(rules.task(p2, "SealReplacement").durationHours()).isEqualTo(3);
        assertThat(rules.task(p2, "SealReplacement").plannedCost()).isEqualTo(120.5);
        assertThat(plant.twin("p3").orElseThrow().maintenance()).isEqualTo(AssetMaintenance.NONE);
    }

    /** A part of which nothing is measured is planned by its age, so its twin is watched. */
    @Test
    void aTwinWithATaskIsWatchedWithoutAnySource() {
        assertThat(plant().twin("p1").orElseThrow().isWatched()).isTrue();
        assertThat(plant().twin("p3").orElseThrow().isWatched()).isFalse();
    }

    /** A reload hands over crews and costs as well as what twins say. */
    @Test
    void changesAreSeenByAReload() {
        Plant before = plant();
        Plant crews = read(FILE.replace("people: 2, skills", "people: 3, skills"))
                .plant()
                .orElseThrow();
        PlantDiff diff = PlantDiff.between(before, crews);
        assertThat(diff.isEmpty()).isFalse();
        assertThat(diff.isMaintenanceChanged()).isTrue();
        assertThat(diff.changed()).isEmpty();
        Plant costs = read(FILE.replace("120.50 EUR", "130 EUR")).plant().orElseThrow();
        assertThat(PlantDiff.between(before, costs).changed())
                .extracting(change -> change.after().id())
                .containsExactly("p1", "p2");
        assertThat(PlantDiff.between(before, plant()).isEmpty()).isTrue();
    }

    /** Place, cause and fix of everything that can be written wrongly; the file is otherwise that above. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    currency: EUR            | currency: EURO         | 4  | "EURO" is no currency | ISO 4217
                    timeZone: Europe/Berlin  | timeZone: Europe/Bern  | 5  | "Europe/Bern" is no time zone | Europe/
                    Mon-Fri 06:00-14:00      | Mon-Fri 6-14           | 7  | "Mon-Fri 6-14" is no time of a week | Mon-Fri 06:00-14:00
                    Mon-Fri 06:00-14:00      | Mon-Fri 06:00-25:00    | 7  | "Mon-Fri 06:00-25:00" is no time of a week | Mon-Fri 06:00-14:00
                    holidays: [2026-12-25    | holidays: [2026-13-25  | 7  | "2026-13-25" is no day | 2026-12-25
                    2026-12-24 to 2027-01-01 | 2026-12-24 to 2026-01-01 | 7 | is no day | 2026-12-24 to 2027-01-01
                    calendar: day}           | calendar: night}       | 10 | there is no calendar "night" | day
                    standstill: stands       | standstill: stand      | 12 | there is no calendar "stand" | stands
                    plannedCost: 800 EUR     | plannedCost: 800       | 13 | plannedCost must be an amount of money: "800" | 1200 EUR
                    plannedCost: 800 EUR     | plannedCost: 800 USD   | 13 | plannedCost is in USD | in EUR
                    500 EUR/h                | 500 EUR                | 18 | downtimeCost must be an amount of money an hour | 500 EUR/h
                    duration: 90 min         | duration: 90           | 19 | duration must be a time | number and ms, s, min, h or d
                    shape: 2,                | shape: -2,             | 21 | shape must be 0.1..20: -2 | beta
                    mean: 1000 h             | 'mean: 1000 h, scale: 9 h' | 21 | both scale and mean | mean: 8000 h
                    people: 2}}}}            | people: 3}}}}          | 25 | no crew of 3 people: the largest has 2 | fitters (2: lifting, mechanical)
                    skills: [mechanical]}    | skills: [welding]}     | 21 | no crew who can do welding | fitters (2: lifting, mechanical)
                    inService: 2024-05-01    | inService: May         | 25 | "May" is no date | 2024-05-01
                    type: Plain}             | 'type: Plain, maintenance: {downtimeCost: 1 EUR/h}}' | 27 | Plain is not watched | maintenance: true
                    """)
    void whatIsWrongIsNamed(String was, String is, int line, String cause, String fix) {
        String text = FILE.replace(was, is);
        assertThat(text).isNotEqualTo(FILE);
        PlantReading reading = read(text);
        assertThat(reading.findings()).as(text).isNotEmpty();
        String message = reading.findings().get(0).toString();
        assertThat(message).startsWith("p.yaml:" + line + ":").contains(cause, fix);
        assertThat(reading.plant()).isEmpty();
    }

    /** One cost makes all comparable, or the plan would compare euros with nothing. */
    @Test
    void costsWithoutOneForAllOthersAreRefused() {
        PlantReading reading = read(FILE.replace("plannedCost: 800 EUR, ", ""));
        assertThat(reading.findings())
                .singleElement()
                .asString()
                .contains(
                        "p.yaml:21:", "not for work that says nothing of its own", "defaults: {plannedCost: 1000 EUR}");
    }

    @Test
    void aTaskIsAFailureModeOrHasALife(@TempDir Path folder) throws IOException {
        String file =
                """
                uatwin: 1
                siteId: s
                twins:
                  - {id: a, type: CentrifugalPump, maintenance: {tasks: {ImpelerWear: {duration: 5 h}}}}
                  - {id: b, type: CentrifugalPump, maintenance: {tasks: {ImpellerWear: {duration: 5 h}, Overhaul: {people: 9}}}}
                """;
        Path path = Files.writeString(folder.resolve("p.yaml"), file);
        PlantReading reading = PlantFile.read(path, PUMPS, ProtocolCatalog.MODBUS_ONLY);
        assertThat(reading.findings())
                .singleElement()
                .asString()
                .contains("p.yaml:4:", "no failure mode of its model is called \"ImpelerWear\"", "add life");
    }
}
