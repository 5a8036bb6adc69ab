package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.type.MaintenancePoints;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.TwinType;

/** Which types have the points of their maintenance, and what a plant file can do about it. */
class WatchedTypesTest {
    private static PlantReading read(String types, String points) {
        return PlantFile.read(
                """
                uatwin: 1
                siteId: test
                server: {host: localhost, securityNone: true, anonymous: Observer}
                connections:
                  line: {protocol: modbus-tcp, host: 127.0.0.1, port: 15020, devices: {plc: {unit: 1}}}
                types:
                %stwins:
                  - {id: t, type: Own, device: line/plc, points: {%s}}
                """
                        .formatted(types.indent(2), points),
                "test.yaml");
    }

    private static Plant plant(String types, String points) {
        PlantReading reading = read(types, points);
        return reading.plant().orElseThrow(() -> new AssertionError(reading.findings()));
    }

    private static TwinType own(String types) {
        return plant(types, "").twins().get(0).type();
    }

    // Rows of declared points are those of before: their ordinals must not move.
    @Test
    void pointsOfTheServerComeAfterTheDeclaredOnes() {
        TwinType pump = TypeLibrary.builtIn().type("CentrifugalPump").orElseThrow();
        assertThat(pump.isWatched()).isTrue();
        int declared = pump.declaredPoints().size();
        assertThat(pump.points().subList(declared, pump.points().size())).isEqualTo(MaintenancePoints.all());
        assertThat(pump.pointOrdinal(MaintenancePoints.HEALTH_SCORE)).isEqualTo(declared);
        assertThat(pump.methods()).extracting(Member.Method::name).contains("AssessHealth", "LearnBaseline");
    }

    @Test
    void typesWithoutAModelPayNothingUnlessTheySaySo() {
        String plain = "Own: {version: 1.0.0, points: {A: {unit: bar, euRange: [0, 1]}}}";
        assertThat(own(plain).isWatched()).isFalse();
        assertThat(own(plain).points()).hasSize(1);
        assertThat(own(plain).methods()).isEmpty();
        TwinType asked = own(plain.replace("version: 1.0.0,", "version: 1.0.0, maintenance: true,"));
        assertThat(asked.isWatched()).isTrue();
        assertThat(asked.methods()).extracting(Member.Method::name).contains("GetRunStatus", "CancelRun");
    }

    @Test
    void anExtendedTypeIsWatchedLikeItsBaseUnlessItSaysSo() {
        assertThat(own("Own: {version: 1.0.0, extends: CentrifugalPump}").isWatched())
                .isTrue();
        TwinType none = own("Own: {version: 1.0.0, extends: CentrifugalPump, maintenance: false}");
        assertThat(none.isWatched()).isFalse();
        assertThat(none.points()).isEqualTo(none.declaredPoints());
        assertThat(none.methods())
                .extracting(Member.Method::name)
                .contains("WhatIf")
                .doesNotContain("AssessHealth");
    }

    // A machine that computes its own health keeps it.
    @Test
    void aDeclaredPointOfThatNameWins() {
        TwinType own = own(
                "Own: {version: 1.0.0, extends: CentrifugalPump, points: {HealthScore: {unit: '%', euRange: [0, 10]}}}");
        Member.Point point = own.points().get(own.pointOrdinal("HealthScore"));
        assertThat(own.declaredPoints()).contains(point);
        assertThat(MaintenancePoints.isOne(point)).isFalse();
        assertThat(own.points()).filteredOn(p -> p.name().equals("HealthScore")).hasSize(1);
        assertThat(own.points())
                .hasSize(own.declaredPoints().size() + MaintenancePoints.all().size() - 1);
    }

    @Test
    void nothingCanBeBoundToThem() {
        PlantReading reading =
                read("Own: {version: 1.0.0, extends: CentrifugalPump}", "HealthScore: holding 0 float32");
        assertThat(reading.findings())
                .anyMatch(finding -> finding.toString().contains("computed by the server and cannot be bound"));
    }

    // A twin of which nothing is measured has nothing to be watched by.
    @Test
    void aTwinIsWatchedWhenSomethingOfItHasASource() {
        String pump = "Own: {version: 1.0.0, extends: CentrifugalPump}";
        assertThat(plant(pump, "").twins().get(0).isWatched()).isFalse();
        assertThat(plant(pump, "Flow: {value: 12.5}").twins().get(0).isWatched())
                .isFalse();
        Twin bound = plant(pump, "Flow: holding 0 float32").twins().get(0);
        assertThat(bound.isWatched()).isTrue();
        assertThat(bound.pointCount()).isEqualTo(bound.type().declaredPoints().size());
        assertThat(bound.binding(bound.type().points().size() - 1)).isNull();
    }

    @Test
    void switchingItOffIsABreakingChange() {
        TwinType before = own("Own: {version: 1.0.0, extends: CentrifugalPump}");
        TwinType after = own("Own: {version: 1.0.0, extends: CentrifugalPump, maintenance: false}");
        assertThat(new TypeChange(java.util.Optional.of(before), java.util.Optional.of(after)).breaking())
                .anyMatch(line -> line.contains("no longer watched"));
    }
}
