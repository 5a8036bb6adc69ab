package org.uatwin.plcadapters.poll;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.uatwin.informationmodel.plant.DeviceLimits;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.OffsetRange;

/** Seeded register maps. */
final class Maps {
    private static final int[] SIZES = {1, 1, 1, 2, 2, 4};

    private Maps() {}

    static PollItems uniform(SplittableRandom random, int n, int space) {
        PollItems items = new PollItems();
        for (int i = 0; i < n; i++) {
            add(items, random, ModbusTable.HOLDING_REGISTER, random.nextInt(space));
        }
        return items;
    }

    /** Machines every 1000 registers, their points within 1.5 registers each: the documented clustered map. */
    static PollItems clustered(SplittableRandom random, int machines, int pointsEach) {
        PollItems items = new PollItems();
        for (int m = 0; m < machines; m++) {
            int offset = 1_000 * m;
            for (int p = 0; p < pointsEach; p++) {
                int size = random.nextInt(3) == 0 ? 2 : 1;
                offset += random.nextInt(10) == 0 ? 1 + random.nextInt(3) : 0;
                items.add(ModbusTable.HOLDING_REGISTER, offset, size, size);
                offset += size;
            }
        }
        return items;
    }

    static PollItems mixed(SplittableRandom random, int n, boolean hasLong) {
        PollItems items = new PollItems();
        for (int i = 0; i < n; i++) {
            switch (random.nextInt(hasLong ? 20 : 10)) {
                case 0, 1 -> items.add(ModbusTable.COIL, random.nextInt(5_000), 1, 1);
                case 2 -> items.add(ModbusTable.DISCRETE_INPUT, random.nextInt(900), 1 + random.nextInt(30), 1);
                case 3, 4 -> add(items, random, ModbusTable.INPUT_REGISTER, random.nextInt(3_000));
                case 11 -> items.add(ModbusTable.HOLDING_REGISTER, random.nextInt(3_000), 4 * 60, 4);
                case 12 -> {
                    int quantity = 1 + random.nextInt(123);
                    items.add(ModbusTable.HOLDING_REGISTER, random.nextInt(3_000), quantity, quantity);
                }
                default -> add(items, random, ModbusTable.HOLDING_REGISTER, random.nextInt(4_000));
            }
        }
        return items;
    }

    private static void add(PollItems items, SplittableRandom random, ModbusTable table, int offset) {
        int size = SIZES[random.nextInt(SIZES.length)];
        items.add(table, offset, size, size);
    }

    static DeviceLimits limits(SplittableRandom random) {
        List<OffsetRange> forbidden = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            int first = random.nextInt(4_000);
            forbidden.add(new OffsetRange(
                    random.nextInt(4) == 0 ? ModbusTable.COIL : ModbusTable.HOLDING_REGISTER,
                    first,
                    first + random.nextInt(30)));
        }
        int registers = random.nextInt(3) == 0 ? 4 + random.nextInt(60) : 125;
        return new DeviceLimits(
                registers, random.nextInt(2) == 0 ? 64 : 2000, 123, 1968, random.nextInt(40), 64, forbidden);
    }
}
