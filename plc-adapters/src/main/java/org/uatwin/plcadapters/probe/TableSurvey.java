package org.uatwin.plcadapters.probe;

import java.util.List;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.OffsetRange;

/**
 * What one table of a device holds in the range asked for.
 *
 * @param series the values; of a table of bits each bit is a register of 0 or 1.
 * @param chunks reads that together bring all of it.
 * @param refused offsets the device does not answer for, with the cause.
 * @param largestRead elements it answered in one request, 0 if it never did.
 * @param isLimit whether it refused a larger read of offsets that exist; otherwise the range or the standard was the
 *     limit.
 */
public record TableSurvey(
        ModbusTable table,
        RegisterSeries series,
        List<Chunk> chunks,
        List<Refused> refused,
        int largestRead,
        boolean isLimit) {
    /** One request. */
    public record Chunk(int offset, int quantity) {}

    /** A run of offsets that cannot be read. */
    public record Refused(OffsetRange range, String cause) {}

    public TableSurvey {
        chunks = List.copyOf(chunks);
        refused = List.copyOf(refused);
    }
}
