package org.uatwin.informationmodel.value;

import org.jspecify.annotations.Nullable;

/**
 * A reader's own copy of one row, filled by {@link PointTable#read}. Reused by bulk readers so that a read of a
 * thousand points allocates nothing; owned by one thread.
 */
public final class PointValue {
    public long bits;
    public @Nullable Object object;
    public int statusBits;
    public long sourceTime;
    public long receiveTime;
    public int version;

    public StatusCode status() {
        return StatusCode.of(statusBits);
    }

    /** Whether the row ever held a value: false while waiting for the first one. */
    public boolean hasValue() {
        return version > 0;
    }
}
