package org.uatwin.plcadapters.poll;

import org.uatwin.informationmodel.plant.ModbusTable;

/**
 * One contiguous stretch of a table that is read for its points.
 *
 * @param offset zero-based wire offset of the first element, 0..65535.
 * @param quantity number of elements; above {@code perRequest} only if the block is one long array or string.
 * @param perRequest most elements of one request of this block, 1..{@link ModbusTable#maxPerRead()} (Modbus
 *     Application Protocol V1.1b3, section 6).
 */
public record ReadBlock(ModbusTable table, int offset, int quantity, int perRequest) {
    public ReadBlock {
        if (perRequest < 1 || perRequest > table.maxPerRead()) {
            throw new IllegalArgumentException(
                    "quantity must be 1..%d for %s: %d".formatted(table.maxPerRead(), table, perRequest));
        }
        if (quantity < 1 || offset < 0 || offset > 65_536 - quantity) {
            throw new IllegalArgumentException("%s %d+%d leaves 0..65535".formatted(table, offset, quantity));
        }
    }

    /** Requests this block takes: 1 unless it is longer than a request. */
    public int requests() {
        return (quantity + perRequest - 1) / perRequest;
    }
}
