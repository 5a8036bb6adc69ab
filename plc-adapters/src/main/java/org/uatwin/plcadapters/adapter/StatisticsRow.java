package org.uatwin.plcadapters.adapter;

import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;

/**
 * Adds the statistics of one twin to a batch, by point name; names the type lacks are left out.
 *
 * @param ticks UaTime stamped on the values.
 */
public record StatisticsRow(SampleBatch batch, LinkStatisticsRows.Rows rows, long ticks) {
    public void number(String point, double value) {
        int ordinal = rows.type().pointOrdinal(point);
        if (ordinal >= 0) {
            long bits = rows.type().points().get(ordinal).dataType().fromDouble(value);
            batch.add(rows.firstRow() + ordinal, bits, StatusCode.GOOD, ticks, ticks);
        }
    }

    /** A state of {@link LinkStatistics}, which fixes the ordinals as values of nodes. */
    @SuppressWarnings("EnumOrdinal")
    public void state(String point, Enum<?> state) {
        number(point, state.ordinal());
    }

    public void count(String point, long value) {
        number(point, (double) value);
    }

    /** @param value UaTime ticks. */
    public void time(String point, long value) {
        int ordinal = rows.type().pointOrdinal(point);
        if (ordinal >= 0) {
            batch.add(rows.firstRow() + ordinal, value, StatusCode.GOOD, ticks, ticks);
        }
    }

    public void text(String point, String value) {
        int ordinal = rows.type().pointOrdinal(point);
        if (ordinal >= 0) {
            batch.addObject(rows.firstRow() + ordinal, value, StatusCode.GOOD, ticks, ticks);
        }
    }
}
