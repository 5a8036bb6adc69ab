package org.uatwin.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;

/** What a reload does to rows and shards, without links and clients. */
class LivePlantTest {
    private static final String PROBE = "  Probe: {version: 1.0.0, level: component, points: {%s}}\n";
    private static final String A = "A: {unit: m, euRange: [0, 9]}";
    private static final String B = "B: {unit: m, euRange: [0, 9]}";

    private final List<Throwable> failures = new ArrayList<>();
    private final PointTable table = new PointTable(Runnable::run, failures::add);
    private final RowPool rows = new RowPool(table);

    private static Plant plant(String points, String... twins) {
        String text = "uatwin: 1\nsiteId: s\nconnections:\n"
                + "  one: {protocol: modbus-tcp, host: h, devices: {d: {unit: 1}}}\n"
                + "  two: {protocol: modbus-tcp, host: i, devices: {d: {unit: 1}}}\n"
                + "types:\n" + PROBE.formatted(points)
                + (twins.length == 0 ? "" : "twins:\n" + String.join("", twins));
        PlantReading reading = PlantFile.read(text, "p.yaml");
        return reading.plant()
                .orElseThrow(() -> new AssertionError(reading.findings().toString()));
    }

    private static String twin(String id, String bindings) {
        return twin(id, "one", bindings);
    }

    private static String twin(String id, String link, String bindings) {
        return "  - {id: %s, type: Probe, device: %s/d, points: {%s}}\n".formatted(id, link, bindings);
    }

    private static String a(int offset) {
        return "A: input %d uint16".formatted(offset);
    }

    private LivePlant first(Plant plant) {
        return LivePlant.first(plant, rows, 1);
    }

    private PlantSwap next(LivePlant before, Plant plant) {
        return before.next(plant.sharing(before.plant()));
    }

    private LivePlant swapped(LivePlant before, Plant plant) {
        PlantSwap swap = next(before, plant);
        swap.commit(2);
        swap.retire();
        return swap.after();
    }

    private static TwinInstance instance(LivePlant live, String id) {
        TwinInstance found = live.instance(id);
        assertThat(found).as(id).isNotNull();
        return Objects.requireNonNull(found);
    }

    private void sample(int shard, int row, double value) {
        SampleBatch batch = new SampleBatch(1);
        batch.add(row, Double.doubleToRawLongBits(value), StatusCode.GOOD, 5, 5);
        table.submit(shard, batch);
    }

    @Test
    void whatDidNotChangeIsTheSameObject() {
        LivePlant before = first(plant(A, twin("x", "one", a(1)), twin("y", "two", a(1))));
        PlantSwap swap = next(before, plant(A, twin("x", "one", a(1)), twin("y", "two", a(1)), twin("z", "one", a(2))));
        swap.commit(2);
        assertThat(swap.after().instance("x")).isSameAs(before.instance("x"));
        assertThat(swap.after().link("two")).isSameAs(before.link("two"));
        assertThat(swap.touchedLinks()).containsExactly("one");
        assertThat(swap.added()).extracting(TwinInstance::id).containsExactly("z");
        assertThat(swap.removed()).isEmpty();
        assertThat(swap.replaced()).isEmpty();
    }

    /** A dry run must leave no trace, the table's size included. */
    @Test
    void anAbortedStepGivesItsRowsBack() {
        LivePlant before = first(plant(A, twin("x", "one", a(1))));
        Plant more = plant(A, twin("x", "one", a(1)), twin("y", "one", a(2)));
        next(before, more).abort();
        int size = table.size();
        for (int i = 0; i < 10; i++) {
            next(before, more).abort();
        }
        assertThat(table.size()).isEqualTo(size);
        assertThat(before.instance("y")).isNull();
    }

    /** A link that does not know yet that a point went elsewhere must not write its row. */
    @Test
    void samplesOfTheOldLinkAreDroppedOnceThePointHasMoved() {
        LivePlant before = first(plant(A, twin("x", "one", a(1))));
        int row = instance(before, "x").firstRow();
        int one = Objects.requireNonNull(before.link("one")).shard();
        int two = Objects.requireNonNull(before.link("two")).shard();
        sample(one, row, 7);
        assertThat(table.read(row).status()).isEqualTo(StatusCode.GOOD);

        LivePlant after = swapped(before, plant(A, twin("x", "two", a(1))));
        assertThat(instance(after, "x").firstRow()).isEqualTo(row);
        assertThat(table.read(row).status()).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        sample(one, row, 8);
        assertThat(table.read(row).status()).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        sample(two, row, 9);
        assertThat(Double.longBitsToDouble(table.read(row).bits())).isEqualTo(9);
        assertThat(failures).isEmpty();
    }

    @Test
    void anUnboundPointSaysSoAndAConstantIsThere() {
        LivePlant before = first(plant(A + ", " + B, twin("x", a(1) + ", B: input 2 uint16")));
        int row = instance(before, "x").firstRow();
        sample(Objects.requireNonNull(before.link("one")).shard(), row, 7);
        swapped(before, plant(A + ", " + B, twin("x", "B: {value: 4.5}")));
        assertThat(table.read(row).status()).isEqualTo(StatusCode.BAD_NOT_CONNECTED);
        assertThat(Double.longBitsToDouble(table.read(row + 1).bits())).isEqualTo(4.5);
    }

    /** The type got a member: other rows, the same values. */
    @Test
    void aGrownTypeTakesItsValuesAlong() {
        LivePlant before = first(plant(A, twin("x", "one", a(1))));
        sample(
                Objects.requireNonNull(before.link("one")).shard(),
                instance(before, "x").firstRow(),
                7);
        LivePlant after = swapped(before, plant(B + ", " + A, twin("x", "one", a(1))));
        TwinInstance x = instance(after, "x");
        assertThat(x).isNotSameAs(before.instance("x"));
        assertThat(Double.longBitsToDouble(table.read(x.row("A")).bits())).isEqualTo(7);
        assertThat(table.read(x.row("A")).sourceTime()).isEqualTo(5);
        assertThat(table.read(x.row("B")).status()).isEqualTo(StatusCode.BAD_NOT_CONNECTED);
    }

    /** Rows are used again when nobody can know the old instance, and are as new then. */
    @Test
    void rowsOfCollectedInstancesAreUsedAgain() {
        LivePlant live = first(plant(A, twin("x", "one", a(1))));
        int size = 0;
        for (int i = 0; i < 12; i++) {
            live = swapped(live, plant(A, twin("t" + i, "one", a(1))));
            TwinInstance now = instance(live, "t" + i);
            assertThat(table.read(now.firstRow()).status()).isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
            sample(Objects.requireNonNull(live.link("one")).shard(), now.firstRow(), i);
            System.gc();
            Awaitility.await().until(() -> rows.free() > 0);
            size = i == 5 ? table.size() : size;
        }
        assertThat(table.size()).isEqualTo(size);
    }

    /** Over many random reloads: no row twice, each row in the shard of its binding, each link with exactly its rows. */
    @Test
    void everyRandomStepLeavesAConsistentPlant() {
        long seed = 20261126;
        SplittableRandom random = new SplittableRandom(seed);
        LivePlant live = first(plant(A));
        for (int step = 0; step < 200; step++) {
            List<String> twins = new ArrayList<>();
            for (int t = 0; t < 12; t++) {
                if (random.nextBoolean()) {
                    String link = random.nextBoolean() ? "one" : "two";
                    twins.add(twin("t" + t, link, random.nextInt(4) == 0 ? "" : a(random.nextInt(3) + 10 * t)));
                }
            }
            Plant plant = plant(random.nextInt(5) == 0 ? A + ", " + B : A, twins.toArray(new String[0]));
            live = swapped(live, plant);
            check(live, "seed %d step %d".formatted(seed, step));
        }
        assertThat(failures).isEmpty();
    }

    private void check(LivePlant live, String when) {
        Map<Integer, String> owners = new TreeMap<>();
        Map<String, List<Integer>> ofLink = new HashMap<>(Map.of("one", new ArrayList<>(), "two", new ArrayList<>()));
        for (TwinInstance instance : live.instances()) {
            for (int i = 0; i < instance.type().points().size(); i++) {
                int row = instance.firstRow() + i;
                assertThat(owners.put(row, instance.id())).as(when).isNull();
                assertThat(live.ownerOf(row)).as(when).isSameAs(instance);
                Binding binding = instance.binding(i);
                if (!instance.isSystem()) {
                    String link = binding == null ? "" : binding.connection().orElse("");
                    int shard = link.isEmpty()
                            ? LivePlant.OWN_SHARD
                            : Objects.requireNonNull(live.link(link)).shard();
                    assertThat(table.shardOf(row)).as(when).isEqualTo(shard);
                    ofLink.getOrDefault(link, new ArrayList<>()).add(row);
                }
            }
        }
        for (LivePlant.LiveLink link : live.links()) {
            List<Integer> read = new ArrayList<>();
            for (int i = 0; i < link.rows().size(); i++) {
                read.add(link.rows().get(i));
            }
            assertThat(read)
                    .as("%s: %s", when, link.connection().name())
                    .containsExactlyInAnyOrderElementsOf(
                            ofLink.get(link.connection().name()));
        }
    }
}
