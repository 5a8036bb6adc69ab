package org.uatwin.plcadapters.poll;

import java.util.Arrays;
import java.util.List;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.ModbusTable;

/** Addresses to be planned, in columns; an item is named by its index. Grows by {@link #add}; one owner. */
@SuppressWarnings("EnumOrdinal") // packed for a million items; never stored
public final class PollItems {
    private static final ModbusTable[] TABLES = ModbusTable.values();

    private int size;
    private int[] places = new int[16]; // table << 16 | offset
    private int[] extents = new int[16]; // quantity << 16 | elements of the table per array element

    public static PollItems of(List<Binding.Modbus> bindings) {
        PollItems items = new PollItems();
        for (Binding.Modbus binding : bindings) {
            items.add(binding);
        }
        return items;
    }

    public void add(Binding.Modbus binding) {
        int quantity = binding.quantity();
        add(
                binding.table(),
                binding.offset(),
                quantity,
                quantity / binding.format().count());
    }

    /**
     * @param quantity registers or bits the point takes, 1..65535.
     * @param elementQuantity those of one array element: a read longer than a request is split between elements.
     */
    public void add(ModbusTable table, int offset, int quantity, int elementQuantity) {
        if (offset < 0 || quantity < 1 || offset > 65_536 - quantity) {
            throw new IllegalArgumentException("%s %d+%d leaves 0..65535".formatted(table, offset, quantity));
        }
        if (elementQuantity < 1 || quantity % elementQuantity != 0) {
            throw new IllegalArgumentException("%d is no multiple of %d".formatted(quantity, elementQuantity));
        }
        if (size == places.length) {
            places = Arrays.copyOf(places, size * 2);
            extents = Arrays.copyOf(extents, size * 2);
        }
        places[size] = table.ordinal() << 16 | offset;
        extents[size] = quantity << 16 | elementQuantity;
        size++;
    }

    public int size() {
        return size;
    }

    public ModbusTable table(int i) {
        return TABLES[places[i] >>> 16];
    }

    public int offset(int i) {
        return places[i] & 0xFFFF;
    }

    public int quantity(int i) {
        return extents[i] >>> 16;
    }

    public int elementQuantity(int i) {
        return extents[i] & 0xFFFF;
    }

    /** First offset behind the item. */
    public int end(int i) {
        return offset(i) + quantity(i);
    }

    /** Sort key: table, offset, end; ties keep their index so that plans are deterministic. */
    long key(int i) {
        return (long) (places[i] >>> 16) << 60 | (long) offset(i) << 40 | (long) end(i) << 20;
    }
}
