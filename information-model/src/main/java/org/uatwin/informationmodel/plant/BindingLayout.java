package org.uatwin.informationmodel.plant;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bindings of a twin without the place where its block of addresses begins: twins of one entry that differ only in that
 * share one layout, so that a bound point costs nothing of its own. Offsets count from the lowest of each table.
 * Immutable.
 */
final class BindingLayout {
    private static final int BITS = 16;
    private static final int TABLES = ModbusTable.values().length;

    private final @Nullable Binding[] relative;
    private final boolean isComputed;
    private final boolean hasSource;
    private final int hash;

    private BindingLayout(@Nullable Binding[] relative) {
        this.relative = relative;
        this.isComputed = Arrays.stream(relative).anyMatch(Binding.Derived.class::isInstance);
        this.hasSource =
                Arrays.stream(relative).anyMatch(binding -> binding != null && !(binding instanceof Binding.Constant));
        this.hash = hash(relative);
    }

    /**
     * The lowest offset of each table, 16 bits each.
     *
     * @param bindings one per point, null where it is not bound.
     */
    static long bases(@Nullable Binding[] bindings) {
        int[] lowest = new int[TABLES];
        Arrays.fill(lowest, Integer.MAX_VALUE);
        for (Binding binding : bindings) {
            if (binding instanceof Binding.Modbus modbus) {
                int table = index(modbus.table());
                lowest[table] = Math.min(lowest[table], modbus.offset());
            }
        }
        long bases = 0;
        for (int table = 0; table < TABLES; table++) {
            bases |= lowest[table] == Integer.MAX_VALUE ? 0 : (long) lowest[table] << (table * BITS);
        }
        return bases;
    }

    /** The layout of {@code bindings}, whose lowest offsets are {@code bases}. */
    static BindingLayout of(@Nullable Binding[] bindings, long bases) {
        @Nullable Binding[] relative = new @Nullable Binding[bindings.length];
        for (int i = 0; i < bindings.length; i++) {
            relative[i] = bindings[i] instanceof Binding.Modbus modbus
                    ? moved(modbus, -base(bases, modbus.table()))
                    : bindings[i];
        }
        return new BindingLayout(relative);
    }

    int size() {
        return relative.length;
    }

    /** Whether anything comes from somewhere: bound, and not to a constant. */
    boolean hasSource() {
        return hasSource;
    }

    /** Whether any point is computed from others. */
    boolean isComputed() {
        return isComputed;
    }

    /** Binding of the point with that ordinal in a twin with those bases; null if it is not bound. */
    @Nullable
    Binding binding(int ordinal, long bases) {
        Binding binding = relative[ordinal];
        return binding instanceof Binding.Modbus modbus ? moved(modbus, base(bases, modbus.table())) : binding;
    }

    private static Binding.Modbus moved(Binding.Modbus modbus, int by) {
        return by == 0
                ? modbus
                : new Binding.Modbus(
                        modbus.device(), modbus.pollGroup(), modbus.format(), modbus.table(), modbus.offset() + by);
    }

    private static int base(long bases, ModbusTable table) {
        return (int) (bases >>> (index(table) * BITS)) & 0xFFFF;
    }

    private static int index(ModbusTable table) {
        return switch (table) {
            case COIL -> 0;
            case DISCRETE_INPUT -> 1;
            case INPUT_REGISTER -> 2;
            case HOLDING_REGISTER -> 3;
        };
    }

    /** Of names and offsets only: hashing whole devices and formats for a million points takes seconds. */
    private static int hash(@Nullable Binding[] bindings) {
        int hash = bindings.length;
        for (Binding binding : bindings) {
            int own = 0;
            if (binding instanceof Binding.Modbus modbus) {
                own = 31
                                * (31 * modbus.device().name().hashCode()
                                        + modbus.device().connection().hashCode())
                        + modbus.offset();
            } else if (binding != null) {
                own = binding.hashCode();
            }
            hash = 31 * hash + own;
        }
        return hash;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BindingLayout that && hash == that.hash && Arrays.equals(relative, that.relative);
    }
}
