package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.type.TwinType;

/** What is the same, what is new, what breaks: the answer a reload is decided by. */
class PlantDiffTest {
    private static final String HEAD =
            """
            uatwin: 1
            siteId: s
            server: {port: %d}
            connections:
              line: {protocol: modbus-tcp, host: %s, devices: {d: {unit: 1}}}
            types:
            """;
    private static final String TYPE =
            "  Probe: {version: 1.0.0, points: {Level: {unit: m, euRange: [0, 9]}, Codes: {kind: plain, type: UInt16, array: 2}}}\n";

    private static Plant plant(int port, String host, String types, String twins) {
        PlantReading reading = PlantFile.read(HEAD.formatted(port, host) + types + "twins:\n" + twins, "p.yaml");
        return reading.plant()
                .orElseThrow(() -> new AssertionError(reading.findings().toString()));
    }

    private static Plant plant(String types, String twins) {
        return plant(4840, "h", types, twins);
    }

    private static String twin(String id, String more) {
        return "  - {id: %s, type: Probe%s}\n".formatted(id, more);
    }

    /** Two readings of one file are equal in everything, arrays of constants included. */
    @Test
    void aFileReadTwiceIsTheSame() {
        String twins = twin("x", ", device: line/d, points: {Level: input 3 float32, Codes: {value: [1, 2]}}")
                + "  - {ids: 'p-{1..20}', type: CentrifugalPump, device: line/d, base: {input: '{i * 10}'}, points: {Flow: input 0 float32}}\n";
        Plant before = plant(TYPE, twins);
        Plant after = plant(TYPE, twins);
        PlantDiff diff = PlantDiff.between(before, after);
        assertThat(diff.isEmpty()).as("%s", diff).isTrue();
        assertThat(diff.warnings()).isEmpty();
        assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
        Plant shared = after.sharing(before);
        assertThat(shared.twin("p-7").orElseThrow()).isSameAs(before.twin("p-7").orElseThrow());
        assertThat(shared.types().get(shared.types().size() - 1))
                .isSameAs(before.types().get(before.types().size() - 1));
    }

    @Test
    void addedRemovedChangedAndRenamedTwinsAreToldApart() {
        Plant before = plant(TYPE, twin("stays", "") + twin("goes", "") + twin("old", "") + twin("binds", ""));
        Plant after = plant(
                TYPE,
                twin("stays", "")
                        + twin("comes", "")
                        + twin("new", ", aliases: [old]")
                        + twin("binds", ", device: line/d, points: {Level: input 3 float32}"));
        PlantDiff diff = PlantDiff.between(before, after);
        assertThat(diff.added()).extracting(Twin::id).containsExactly("comes");
        assertThat(diff.removed()).extracting(Twin::id).containsExactly("goes");
        assertThat(diff.changed()).extracting(c -> c.after().id()).containsExactly("new", "binds");
        assertThat(diff.changed()).extracting(PlantDiff.Changed::isRenamed).containsExactly(true, false);
    }

    /** An alias of a twin that still exists, or of one that was renamed before, is no second rename. */
    @Test
    void aTwinRenamedTwiceIsFollowed() {
        Plant first = plant(TYPE, twin("a", ""));
        Plant second = plant(TYPE, twin("b", ", aliases: [a]"));
        Plant third = plant(TYPE, twin("c", ", aliases: [a, b]"));
        PlantDiff diff = PlantDiff.between(second, third);
        assertThat(diff.changed()).extracting(c -> c.before().id()).containsExactly("b");
        assertThat(PlantDiff.between(first, third).changed()).hasSize(1);
        assertThat(PlantDiff.between(first, third).added()).isEmpty();
    }

    @Test
    void breakingChangesOfTypesAreNamedAndOthersAreNot() {
        String twins = twin("x", "");
        Plant before = plant(TYPE, twins);
        assertThat(warnings(before, TYPE.replace("[0, 9]", "[0, 5]"), twins)).isEmpty();
        assertThat(warnings(before, TYPE.replace("points: {", "points: {New: {unit: m, euRange: [0, 1]}, "), twins))
                .isEmpty();
        assertThat(warnings(before, TYPE.replace("Level: {unit: m, euRange: [0, 9]}, ", ""), twins))
                .singleElement()
                .asString()
                .contains("type Probe", "Level is gone", "raise version from 1.0.0 to 2.0.0");
        assertThat(warnings(before, TYPE.replace("array: 2", "array: 3"), twins))
                .singleElement()
                .asString()
                .contains("Codes is UInt16[3] now, it was UInt16[2]");
        assertThat(warnings(
                        before,
                        TYPE.replace("1.0.0", "2.0.0").replace("Level: {unit: m, euRange: [0, 9]}, ", ""),
                        twins))
                .singleElement()
                .asString()
                .contains("Level is gone")
                .doesNotContain("Fix");
    }

    private static List<String> warnings(Plant before, String types, String twins) {
        return PlantDiff.between(before, plant(types, twins)).warnings();
    }

    @Test
    void settingsThatNeedARestartAreSaidAndConnectionsAreNot() {
        Plant before = plant(4840, "h", TYPE, twin("x", ""));
        PlantDiff diff = PlantDiff.between(before, plant(4841, "i", TYPE, twin("x", "")));
        assertThat(diff.restart()).singleElement().asString().contains("server.port", "4840", "4841", "restarted");
        assertThat(diff.connections()).containsExactly("line");
        assertThat(diff.changed()).isEmpty();
    }

    /** A reload leaves equal twins alone, so whoever gives them a new field has to compare it as well. */
    @Test
    void everyFieldOfTwinsAndTypesIsCompared() {
        assertThat(fields(Twin.class))
                .as("compare a new field in Twin.equals, then add it here")
                .containsExactlyInAnyOrder(
                        "siteId",
                        "id",
                        "type",
                        "displayName",
                        "description",
                        "place",
                        "parentId",
                        "identification",
                        "ratings",
                        "modelParameters",
                        "modelTables",
                        "isFollowed",
                        "bindings",
                        "bases",
                        "treatments",
                        "aliases",
                        "control",
                        "maintenance");
        assertThat(fields(TwinType.class))
                .as("compare a new field in TwinType.equals, then add it here; the last five follow from members")
                .containsExactlyInAnyOrder(
                        "name",
                        "version",
                        "level",
                        "displayName",
                        "description",
                        "modelName",
                        "superType",
                        "isWatched",
                        "members",
                        "declaredPoints",
                        "points",
                        "methods",
                        "ratings",
                        "pointOrdinals");
    }

    private static List<String> fields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getName)
                .toList();
    }
}
