package org.uatwin.historian.store;

import java.util.Objects;
import java.util.Optional;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;

/**
 * The arguments of an OPC UA ReadRaw for one variable (Part 11, 6.5.3.2 and the bounding rules of 4.4), turned into
 * pages by {@link #begin()}. Pure: every store answers the same.
 *
 * <ul>
 *   <li>Two of start, end and number of values must be given ({@link #refusal}).
 *   <li>End before start, or end and number alone, reads newest first; start equal to end reads forward.
 *   <li>The start is included, the end is not; with both equal, what was taken at that time is included.
 *   <li>Bounds add the nearest sample outside each end that holds none itself, or an entry of status
 *       {@link #BAD_BOUND_NOT_FOUND} at the requested time; where no end was given it stands one second past the data.
 *   <li>With both times, the number of values is that of one page. With one time, it is that of the whole answer.
 * </ul>
 *
 * @param startTime {@link UaTime} ticks; {@link UaTime#NONE} if not given.
 * @param endTime {@link UaTime} ticks; {@link UaTime#NONE} if not given.
 * @param numValues most values, 0..4294967295; 0 sets no limit.
 */
public record ReadRaw(HistoryTag tag, long startTime, long endTime, long numValues, boolean returnBounds) {
    /** Status of an entry that stands for a bound which is not stored; it has no value. */
    public static final StatusCode BAD_BOUND_NOT_FOUND = new StatusCode(0x80D7_0000);

    /** The arguments contradict the rules above. */
    public static final StatusCode BAD_HISTORY_OPERATION_INVALID = new StatusCode(0x8071_0000);

    public ReadRaw {
        Objects.requireNonNull(tag, "tag");
        if (startTime < 0 || endTime < 0 || numValues < 0) {
            throw new IllegalArgumentException(
                    "times and number are 0 or more: %d %d %d".formatted(startTime, endTime, numValues));
        }
        if (refusal(startTime, endTime, numValues).isPresent()) {
            throw new IllegalArgumentException("two of start, end and number of values must be given");
        }
    }

    /** Bad_HistoryOperationInvalid if fewer than two of the three are given, else empty. */
    public static Optional<StatusCode> refusal(long startTime, long endTime, long numValues) {
        int given = (startTime == UaTime.NONE ? 0 : 1) + (endTime == UaTime.NONE ? 0 : 1) + (numValues == 0 ? 0 : 1);
        return given < 2 ? Optional.of(BAD_HISTORY_OPERATION_INVALID) : Optional.empty();
    }

    /** Whether the answer runs from old to new. */
    public boolean isForward() {
        return startTime != UaTime.NONE && (endTime == UaTime.NONE || startTime <= endTime);
    }

    /** Whether only one of the two times is given. */
    boolean isOpen() {
        return startTime == UaTime.NONE || endTime == UaTime.NONE;
    }

    /** Where reading begins, in reading order. */
    long first() {
        return startTime == UaTime.NONE ? endTime : startTime;
    }

    /** The samples inside the interval, without bounds. */
    RawQuery inside() {
        long until = isOpen()
                ? (isForward() ? Long.MAX_VALUE : Long.MIN_VALUE)
                : startTime == endTime ? endTime + 1 : endTime;
        return new RawQuery(tag, first(), until, isForward(), 1, 0);
    }

    /** The sample at or before the first time, in reading order. */
    RawQuery startBound() {
        return new RawQuery(tag, first(), isForward() ? Long.MIN_VALUE : Long.MAX_VALUE, !isForward(), 1, 0);
    }

    /** The sample at or after the end, in reading order; after it if the interval is one instant. */
    RawQuery endBound() {
        return new RawQuery(
                tag,
                startTime == endTime ? endTime + 1 : endTime,
                isForward() ? Long.MAX_VALUE : Long.MIN_VALUE,
                isForward(),
                1,
                0);
    }

    /** The cursor before the first page. */
    public RawCursor begin() {
        return new RawCursor(
                this,
                returnBounds ? RawCursor.Stage.START_BOUND : RawCursor.Stage.INSIDE,
                inside(),
                isOpen() ? numValues : Long.MAX_VALUE,
                first());
    }
}
