package org.uatwin.informationmodel.plant;

import java.util.List;

/**
 * What a device takes in one request.
 *
 * @param registersPerRead 1..125.
 * @param bitsPerRead 1..2000.
 * @param registersPerWrite 1..123.
 * @param coilsPerWrite 1..1968.
 * @param registerGap registers nobody asked for that may be read to join two blocks, 0 or more.
 * @param bitGap the same for coils and discrete inputs.
 * @param forbidden offsets that must never be part of a request.
 */
public record DeviceLimits(
        int registersPerRead,
        int bitsPerRead,
        int registersPerWrite,
        int coilsPerWrite,
        int registerGap,
        int bitGap,
        List<OffsetRange> forbidden) {
    /** 125 registers, 2000 bits, 123 and 1968 for writes, gaps of up to 8 registers or 64 bits, nothing forbidden. */
    public static final DeviceLimits DEFAULT = new DeviceLimits(125, 2000, 123, 1968, 8, 64, List.of());

    public DeviceLimits {
        forbidden = List.copyOf(forbidden);
        check("registersPerRead", registersPerRead, 1, 125);
        check("bitsPerRead", bitsPerRead, 1, 2000);
        check("registersPerWrite", registersPerWrite, 1, 123);
        check("coilsPerWrite", coilsPerWrite, 1, 1968);
        check("registerGap", registerGap, 0, 125);
        check("bitGap", bitGap, 0, 2000);
    }

    private static void check(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException("%s must be %d..%d: %d".formatted(name, low, high, value));
        }
    }

    public int perRead(ModbusTable table) {
        return table.isBits() ? bitsPerRead : registersPerRead;
    }

    public int gap(ModbusTable table) {
        return table.isBits() ? bitGap : registerGap;
    }
}
