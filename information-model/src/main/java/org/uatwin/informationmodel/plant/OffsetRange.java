package org.uatwin.informationmodel.plant;

/** Zero-based offsets {@code first..last}, both included, of one table. */
public record OffsetRange(ModbusTable table, int first, int last) {
    public OffsetRange {
        if (first < 0 || last < first || last > 65_535) {
            throw new IllegalArgumentException("offsets must rise within 0..65535: %d..%d".formatted(first, last));
        }
    }
}
