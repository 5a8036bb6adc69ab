package org.uatwin.plcadapters.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.DeviceLimits;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.OffsetRange;

/** Plans against their contract and against an exact optimum that is computed another way. */
class PollPlannerTest {
    private static final int[] SIZES = {1, 1, 1, 2, 2, 4};

    @Property(tries = 200)
    void everyItemIsReadExactlyOnceAndNoBlockBreaksALimit(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PollItems items = Maps.mixed(random, 1 + random.nextInt(300), true);
        DeviceLimits limits = Maps.limits(random);
        check(items, limits, PollPlanner.plan(items, limits));
    }

    private static void check(PollItems items, DeviceLimits limits, PollPlan plan) {
        int[] seen = new int[items.size()];
        for (int b = 0; b < plan.blocks().size(); b++) {
            ReadBlock block = plan.blocks().get(b);
            boolean[] asked = new boolean[block.quantity()];
            for (int k = 0; k < plan.itemCount(b); k++) {
                int item = plan.item(b, k);
                seen[item]++;
                assertThat(items.table(item)).isEqualTo(block.table());
                assertThat(items.offset(item)).isGreaterThanOrEqualTo(block.offset());
                assertThat(items.end(item)).isLessThanOrEqualTo(block.offset() + block.quantity());
                Arrays.fill(asked, items.offset(item) - block.offset(), items.end(item) - block.offset(), true);
            }
            if (block.quantity() > limits.perRead(block.table())) {
                assertThat(plan.itemCount(b)).isEqualTo(1);
                assertThat(block.perRequest()).isLessThanOrEqualTo(limits.perRead(block.table()));
                assertThat(block.perRequest() % items.elementQuantity(plan.item(b, 0)))
                        .isZero();
            }
            assertThat(asked[0] && asked[asked.length - 1]).isTrue();
            assertGaps(asked, limits.gap(block.table()));
            for (OffsetRange range : limits.forbidden()) {
                boolean isTouched = range.table() == block.table()
                        && range.first() < block.offset() + block.quantity()
                        && range.last() >= block.offset();
                assertThat(isTouched).as("%s touches %s", block, range).isFalse();
            }
        }
        for (PollPlan.Unreadable u : plan.unreadable()) {
            seen[u.item()]++;
            assertThat(u.cause()).contains("Fix:");
        }
        assertThat(seen).containsOnly(1);
    }

    private static void assertGaps(boolean[] asked, int limit) {
        int run = 0;
        for (boolean isAsked : asked) {
            run = isAsked ? 0 : run + 1;
            assertThat(run).isLessThanOrEqualTo(limit);
        }
    }

    /** Must-show 6: at most 1.05 x the optimum over 100 seeded maps of every kind. */
    @Test
    void requestsAreAtMost5PercentAboveTheExactOptimumOver100Maps() {
        long planned = 0;
        long optimal = 0;
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            PollItems items =
                    switch (seed % 5) {
                        case 0 -> Maps.uniform(random, 400, 8_000);
                        case 1 -> Maps.clustered(random, 20, 40);
                        case 2 -> Maps.uniform(random, 300, 2_000);
                        case 3 -> Maps.mixed(random, 500, false);
                        default -> Maps.uniform(random, 60, 60_000);
                    };
            DeviceLimits limits = Maps.limits(random);
            PollPlan plan = PollPlanner.plan(items, limits);
            check(items, limits, plan);
            int optimum = Optimum.requests(items, limits, plan);
            assertThat((double) plan.requests()).as("seed %d", seed).isLessThanOrEqualTo(1.05 * optimum);
            planned += plan.requests();
            optimal += optimum;
        }
        assertThat(planned).isGreaterThanOrEqualTo(optimal);
    }

    /** The oracle above trusts nothing of the planner; on tiny maps both are checked against every partition. */
    @Property(tries = 100)
    void tinyMapsMatchTheSearchOfAllPartitions(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PollItems items = new PollItems();
        int offset = random.nextInt(5);
        int n = 1 + random.nextInt(7);
        for (int i = 0; i < n; i++) {
            int quantity = SIZES[random.nextInt(SIZES.length)];
            items.add(ModbusTable.HOLDING_REGISTER, offset, quantity, quantity);
            offset += quantity + random.nextInt(6);
        }
        DeviceLimits limits = new DeviceLimits(
                4 + random.nextInt(8),
                10,
                10,
                10,
                random.nextInt(4),
                0,
                List.of(new OffsetRange(ModbusTable.HOLDING_REGISTER, 200, 210)));
        PollPlan plan = PollPlanner.plan(items, limits);
        assertThat(plan.requests()).isEqualTo(Partitions.fewest(items, limits));
        assertThat(Optimum.requests(items, limits, plan)).isEqualTo(plan.requests());
    }

    /** The documented clustered map (docs/reference/modbus.md): machines of 40 points in 60 registers. */
    @Test
    void clusteredMapsTakeATwentiethOfOneRequestPerTag() {
        SplittableRandom random = new SplittableRandom(1);
        PollItems items = Maps.clustered(random, 50, 40);
        PollPlan plan = PollPlanner.plan(items, DeviceLimits.DEFAULT);
        assertThat(plan.requests() * 20).isLessThanOrEqualTo(items.size());
    }

    @Test
    void fewerRegistersBreakTheTie() {
        PollItems items = new PollItems();
        items.add(ModbusTable.HOLDING_REGISTER, 0, 1, 1);
        items.add(ModbusTable.HOLDING_REGISTER, 8, 1, 1);
        items.add(ModbusTable.HOLDING_REGISTER, 10, 1, 1);
        PollPlan plan = PollPlanner.plan(items, new DeviceLimits(10, 1, 1, 1, 8, 0, List.of()));
        assertThat(plan.blocks())
                .containsExactly(
                        new ReadBlock(ModbusTable.HOLDING_REGISTER, 0, 1, 10),
                        new ReadBlock(ModbusTable.HOLDING_REGISTER, 8, 3, 10));
    }

    @Test
    void aLongArrayIsReadInSeveralRequestsSplitBetweenItsElements() {
        PollItems items = new PollItems();
        items.add(ModbusTable.HOLDING_REGISTER, 100, 400, 4);
        PollPlan plan = PollPlanner.plan(items, DeviceLimits.DEFAULT);
        assertThat(plan.blocks()).containsExactly(new ReadBlock(ModbusTable.HOLDING_REGISTER, 100, 400, 124));
        assertThat(plan.requests()).isEqualTo(4);
    }

    @Test
    void planPrintsItself() {
        PollItems items = new PollItems();
        items.add(ModbusTable.HOLDING_REGISTER, 0, 2, 2);
        items.add(ModbusTable.HOLDING_REGISTER, 6, 2, 2);
        items.add(ModbusTable.COIL, 5, 1, 1);
        List<String> names = List.of("DischargePressure", "Flow", "Running");
        String text = PollPlanner.plan(items, DeviceLimits.DEFAULT).describe("pump-07  unit 3  every 1 s", names::get);
        assertThat(text.lines())
                .containsExactly(
                        "pump-07  unit 3  every 1 s  2 requests  8 registers  1 bit"
                                + "  (4 spare: gaps of at most 8 registers or 64 bits are read through)",
                        "  coil     5..5          Running",
                        "  holding  0..7          DischargePressure, Flow");
    }

    @Test
    void staggerSpreadsThePlansOverThePeriodByTheirRequests() {
        assertThat(Stagger.phases(1_000, new int[] {1, 3, 0, 4})).containsExactly(0, 125, 500, 500);
        assertThat(Stagger.phases(1_000, new int[] {0, 0})).containsExactly(0, 0);
    }

    @Test
    void aHundredThousandPointsArePlannedInBlocksOfTheLimit() {
        PollItems items = new PollItems();
        List<Integer> blocks = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            items.add(ModbusTable.HOLDING_REGISTER, i, 1, 1);
        }
        PollPlan plan = PollPlanner.plan(items, DeviceLimits.DEFAULT);
        plan.blocks().forEach(b -> blocks.add(b.quantity()));
        assertThat(plan.requests()).isEqualTo(480);
        assertThat(blocks).allMatch(q -> q == 125);
    }
}
