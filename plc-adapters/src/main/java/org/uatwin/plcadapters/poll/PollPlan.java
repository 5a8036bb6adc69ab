package org.uatwin.plcadapters.poll;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.uatwin.informationmodel.plant.ModbusTable;

/**
 * The reads of one device and poll group; immutable. Every item is served by exactly one block, except the
 * {@link #unreadable} ones, which no permitted request can hold.
 */
public final class PollPlan {
    /**
     * An item that can not be read under the device's limits.
     *
     * @param cause what stands against it, and the fix.
     */
    public record Unreadable(int item, String cause) {}

    private final List<ReadBlock> blocks;
    private final int[] firstOf; // block -> index into order; one more than blocks
    private final int[] order; // items in the order of the blocks
    private final int spare;
    private final List<Unreadable> unreadable;
    private final String gaps;

    PollPlan(List<ReadBlock> blocks, int[] firstOf, int[] order, int spare, List<Unreadable> unreadable, String gaps) {
        this.blocks = List.copyOf(blocks);
        this.firstOf = firstOf;
        this.order = order;
        this.spare = spare;
        this.unreadable = List.copyOf(unreadable);
        this.gaps = gaps;
    }

    public List<ReadBlock> blocks() {
        return blocks;
    }

    /** Number of items block {@code block} serves. */
    public int itemCount(int block) {
        return firstOf[block + 1] - firstOf[block];
    }

    /** Item {@code k} of a block, {@code 0 <= k < itemCount(block)}, by rising offset. */
    public int item(int block, int k) {
        return order[firstOf[block] + k];
    }

    public List<Unreadable> unreadable() {
        return unreadable;
    }

    /** Requests of one round. */
    public int requests() {
        int sum = 0;
        for (ReadBlock block : blocks) {
            sum += block.requests();
        }
        return sum;
    }

    /** Registers read in one round, spare ones included. */
    public int registers() {
        return quantity(false);
    }

    /** Coils and discrete inputs read in one round, spare ones included. */
    public int bits() {
        return quantity(true);
    }

    private int quantity(boolean ofBits) {
        int sum = 0;
        for (ReadBlock block : blocks) {
            sum += block.table().isBits() == ofBits ? block.quantity() : 0;
        }
        return sum;
    }

    /** Registers and bits that are read though no item asked for them. */
    public int spare() {
        return spare;
    }

    /**
     * The plan for people.
     *
     * @param title device, unit and period, for example {@code pump-07  unit 3  every 1 s}.
     * @param names name of an item.
     */
    public String describe(String title, IntFunction<String> names) {
        StringBuilder text = new StringBuilder(title);
        text.append("  ").append(counted(requests(), "request"));
        if (registers() > 0) {
            text.append("  ").append(counted(registers(), "register"));
        }
        if (bits() > 0) {
            text.append("  ").append(counted(bits(), "bit"));
        }
        if (spare > 0) {
            text.append("  (").append(spare).append(" spare: ").append(gaps).append(')');
        }
        for (int b = 0; b < blocks.size(); b++) {
            ReadBlock block = blocks.get(b);
            text.append("\n  %-8s %-13s".formatted(label(block.table()), range(block)));
            if (block.requests() > 1) {
                text.append(" in ").append(counted(block.requests(), "request")).append(':');
            }
            text.append(' ').append(String.join(", ", itemNames(b, names)));
        }
        for (Unreadable u : unreadable) {
            text.append("\n  unreadable: ")
                    .append(names.apply(u.item()))
                    .append(": ")
                    .append(u.cause());
        }
        return text.toString();
    }

    private List<String> itemNames(int block, IntFunction<String> names) {
        List<String> found = new ArrayList<>();
        for (int k = 0; k < itemCount(block); k++) {
            found.add(names.apply(item(block, k)));
        }
        return found;
    }

    private static String range(ReadBlock block) {
        return block.offset() + ".." + (block.offset() + block.quantity() - 1);
    }

    private static String counted(int n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }

    private static String label(ModbusTable table) {
        return switch (table) {
            case COIL -> "coil";
            case DISCRETE_INPUT -> "discrete";
            case INPUT_REGISTER -> "input";
            case HOLDING_REGISTER -> "holding";
        };
    }

    @Override
    public String toString() {
        return describe("plan", item -> String.format(Locale.ROOT, "#%d", item));
    }
}
