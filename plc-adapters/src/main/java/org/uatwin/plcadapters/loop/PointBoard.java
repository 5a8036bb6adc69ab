package org.uatwin.plcadapters.loop;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.adapter.BoundPoint;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.PointDiagnostics;
import org.uatwin.plcadapters.adapter.SampleSink;
import org.uatwin.plcadapters.codec.FieldValue;

/**
 * The points of a link by index: what each was last, since when, and what is wrong with it. Values and situations become
 * samples, gathered until {@link #flush}. Owned by the link's thread but for {@link #indexOf} and {@link #diagnostics}.
 */
public final class PointBoard {
    private final List<BoundPoint> points;
    private final Map<Integer, Integer> byRow = new HashMap<>();
    private final long[] holdNs;
    private final long[] confirmedNs;
    private final boolean[] hasValue;
    private final boolean[] isHeld; // has the status of a last usable value, which ends with the hold time
    private final @Nullable Quality[] situations;
    private final AtomicReferenceArray<String> errors;
    private final AtomicLongArray lastTicks;
    private final SampleSink samples;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private SampleBatch batch;
    private long lastTime;

    /** @param hold how long a point's last value stays usable without a sign of life, nanoseconds. */
    public PointBoard(LinkOpening opening, ToLongFunction<BoundPoint> hold) {
        points = List.copyOf(opening.points());
        int n = points.size();
        holdNs = new long[n];
        confirmedNs = new long[n];
        hasValue = new boolean[n];
        isHeld = new boolean[n];
        situations = new Quality[n];
        errors = new AtomicReferenceArray<>(n);
        lastTicks = new AtomicLongArray(n);
        for (int i = 0; i < n; i++) {
            byRow.put(points.get(i).row(), i);
            holdNs[i] = hold.applyAsLong(points.get(i));
            errors.set(i, "");
        }
        samples = opening.samples();
        clock = opening.environment().clock();
        ticker = opening.environment().ticker();
        batch = new SampleBatch(64);
    }

    public int size() {
        return points.size();
    }

    public BoundPoint point(int i) {
        return points.get(i);
    }

    /** Index of a row's point, -1 if it is none of this link; any thread. */
    public int indexOf(int row) {
        return byRow.getOrDefault(row, -1);
    }

    /** Now in UaTime ticks, never earlier than the last time: a stepped clock does not turn samples around. */
    public long ticks() {
        lastTime = Math.max(lastTime, UaTime.ofInstant(clock.instant()));
        return lastTime;
    }

    /**
     * A value has arrived.
     *
     * @param value as {@link FieldValue} has it; one that does not fit the point makes it Bad_ConfigurationError.
     * @param status what the field says about it; Good values are judged against the point's ranges.
     */
    public void value(int i, Object value, StatusCode status, long sourceTime, long receiveTime) {
        BoundPoint point = points.get(i);
        FieldValue.Form form;
        try {
            form = FieldValue.toPoint(value, point.type(), point.arrayLength());
        } catch (FieldValue.MisfitException e) {
            situation(i, Quality.REFUSED_ADDRESS, e.text());
            return;
        }
        Quality quality = status.isGood() ? judge(point, form) : Quality.ANSWERED;
        StatusCode judged = quality == Quality.ANSWERED ? status : quality.status(true, true);
        alive(i, quality == Quality.OUTSIDE_VALIDITY ? "value outside the validity range " + point.validity() : "");
        hasValue[i] = true;
        lastTicks.set(i, receiveTime);
        if (form.object() != null) {
            batch.addObject(point.row(), form.object(), judged, sourceTime, receiveTime);
        } else {
            batch.add(point.row(), form.bits(), judged, sourceTime, receiveTime);
        }
    }

    /** The field answers that it has no usable value, in its own words. */
    public void refusal(int i, StatusCode status, String error, long sourceTime, long receiveTime) {
        alive(i, error);
        lastTicks.set(i, receiveTime);
        batch.addStatus(points.get(i).row(), status, sourceTime, receiveTime);
    }

    private void alive(int i, String error) {
        confirmedNs[i] = ticker.getAsLong();
        isHeld[i] = false;
        situations[i] = Quality.ANSWERED;
        errors.set(i, error);
    }

    /** The field has shown that the values it sent last are still those. */
    public void confirm() {
        long now = ticker.getAsLong();
        for (int i = 0; i < situations.length; i++) {
            if (situations[i] == Quality.ANSWERED) {
                confirmedNs[i] = now;
            }
        }
    }

    /** Something else than an answer has happened to a point; saying it again changes nothing but the error. */
    public void situation(int i, Quality quality, String error) {
        errors.set(i, error);
        if (situations[i] == quality) {
            return;
        }
        situations[i] = quality;
        boolean isWithin = ticker.getAsLong() - confirmedNs[i] < holdNs[i];
        StatusCode status = quality.status(hasValue[i], isWithin);
        isHeld[i] = status.isUncertain();
        long now = ticks();
        batch.addStatus(points.get(i).row(), status, now, now);
    }

    /** The same situation for all points. */
    public void all(Quality quality, String error) {
        for (int i = 0; i < situations.length; i++) {
            situation(i, quality, error);
        }
    }

    public boolean isAnswered(int i) {
        return situations[i] == Quality.ANSWERED;
    }

    /** Ends the last usable value of points whose hold time is over. */
    public void sweep() {
        long nowNs = ticker.getAsLong();
        for (int i = 0; i < isHeld.length; i++) {
            Quality quality = situations[i];
            if (isHeld[i] && quality != null && nowNs - confirmedNs[i] >= holdNs[i]) {
                isHeld[i] = false;
                long now = ticks();
                batch.addStatus(points.get(i).row(), quality.status(hasValue[i], false), now, now);
            }
        }
    }

    /** Hands over what has gathered. */
    public void flush() {
        if (!batch.isEmpty()) {
            SampleBatch full = batch;
            batch = new SampleBatch(Math.max(16, full.size()));
            samples.submit(full);
        }
    }

    /** Any thread. */
    public PointDiagnostics diagnostics(int row) {
        int i = indexOf(row);
        if (i < 0) {
            throw new IllegalArgumentException("row %d is no point of this link".formatted(row));
        }
        return new PointDiagnostics(points.get(i).binding().label(), errors.get(i), lastTicks.get(i));
    }

    private static Quality judge(BoundPoint point, FieldValue.Form form) {
        if (point.validity().isPresent() && !isWithin(point.validity().get(), form, point.type())) {
            return Quality.OUTSIDE_VALIDITY;
        }
        if (point.engineeringRange().isPresent()
                && !isWithin(point.engineeringRange().get(), form, point.type())) {
            return Quality.OUTSIDE_ENGINEERING_RANGE;
        }
        return Quality.ANSWERED;
    }

    private static boolean isWithin(Range range, FieldValue.Form form, ValueType type) {
        if (form.object() instanceof double[] numbers) {
            for (double number : numbers) {
                if (!range.contains(number)) {
                    return false;
                }
            }
        } else if (form.object() instanceof long[] integers) {
            for (long integer : integers) {
                if (!range.contains(type.toDouble(integer))) {
                    return false;
                }
            }
        }
        return form.object() != null || !type.isNumeric() || range.contains(type.toDouble(form.bits()));
    }
}
