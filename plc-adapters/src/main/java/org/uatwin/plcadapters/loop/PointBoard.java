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
    private volatile Points now; // replaced by follow
    private final InstantSource clock;
    private final LongSupplier ticker;
    private SampleSink samples;
    private SampleBatch batch;
    private long lastTime;

    /** The points of one plant and what is known of each. */
    private static final class Points {
        final List<BoundPoint> points;
        final Map<Integer, Integer> byRow = new HashMap<>();
        final long[] holdNs;
        final long[] confirmedNs;
        final boolean[] hasValue;
        final boolean[] isHeld; // has the status of a last usable value, which ends with the hold time
        final @Nullable Quality[] situations;
        final AtomicReferenceArray<String> errors;
        final AtomicLongArray lastTicks;

        Points(LinkOpening opening, ToLongFunction<BoundPoint> hold) {
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
        }

        int indexOf(int row) {
            return byRow.getOrDefault(row, -1);
        }

        void takeOver(int i, Points before, int j) {
            confirmedNs[i] = before.confirmedNs[j];
            hasValue[i] = before.hasValue[j];
            isHeld[i] = before.isHeld[j];
            situations[i] = before.situations[j];
            errors.set(i, before.errors.get(j));
            lastTicks.set(i, before.lastTicks.get(j));
        }
    }

    /** Other points, not shown yet. */
    public static final class Next {
        private final Points points;
        private final SampleSink samples;

        private Next(Points points, SampleSink samples) {
            this.points = points;
            this.samples = samples;
        }
    }

    /** @param hold how long a point's last value stays usable without a sign of life, nanoseconds. */
    public PointBoard(LinkOpening opening, ToLongFunction<BoundPoint> hold) {
        now = new Points(opening, hold);
        samples = opening.samples();
        clock = opening.environment().clock();
        ticker = opening.environment().ticker();
        batch = new SampleBatch(64);
    }

    /** The board after a reload; nothing changes before {@link #follow}. Any thread. */
    public static Next next(LinkOpening changed, ToLongFunction<BoundPoint> hold) {
        return new Next(new Points(changed, hold), changed.samples());
    }

    /**
     * Goes over to other points. Those that are bound as before keep what is known of them; a row that is bound otherwise now
     * waits for its first value.
     */
    public void follow(Next next) {
        flush();
        Points before = now;
        Points after = next.points;
        samples = next.samples;
        now = after;
        for (int i = 0; i < after.points.size(); i++) {
            BoundPoint point = after.points.get(i);
            int j = before.indexOf(point.row());
            if (j >= 0 && before.points.get(j).equals(point)) {
                after.takeOver(i, before, j);
            } else if (j >= 0) {
                situation(i, Quality.NOT_YET_READ, "");
            }
        }
        flush();
    }

    public int size() {
        return now.points.size();
    }

    public BoundPoint point(int i) {
        return now.points.get(i);
    }

    /** Index of a row's point, -1 if it is none of this link; any thread. */
    public int indexOf(int row) {
        return now.indexOf(row);
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
        BoundPoint point = now.points.get(i);
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
        now.hasValue[i] = true;
        now.lastTicks.set(i, receiveTime);
        if (form.object() != null) {
            batch.addObject(point.row(), form.object(), judged, sourceTime, receiveTime);
        } else {
            batch.add(point.row(), form.bits(), judged, sourceTime, receiveTime);
        }
    }

    /** The field answers that it has no usable value, in its own words. */
    public void refusal(int i, StatusCode status, String error, long sourceTime, long receiveTime) {
        alive(i, error);
        now.lastTicks.set(i, receiveTime);
        batch.addStatus(now.points.get(i).row(), status, sourceTime, receiveTime);
    }

    private void alive(int i, String error) {
        now.confirmedNs[i] = ticker.getAsLong();
        now.isHeld[i] = false;
        now.situations[i] = Quality.ANSWERED;
        now.errors.set(i, error);
    }

    /** The field has shown that the values it sent last are still those. */
    public void confirm() {
        long nowNs = ticker.getAsLong();
        for (int i = 0; i < now.situations.length; i++) {
            if (now.situations[i] == Quality.ANSWERED) {
                now.confirmedNs[i] = nowNs;
            }
        }
    }

    /** Something else than an answer has happened to a point; saying it again changes nothing but the error. */
    public void situation(int i, Quality quality, String error) {
        now.errors.set(i, error);
        if (now.situations[i] == quality) {
            return;
        }
        now.situations[i] = quality;
        boolean isWithin = ticker.getAsLong() - now.confirmedNs[i] < now.holdNs[i];
        StatusCode status = quality.status(now.hasValue[i], isWithin);
        now.isHeld[i] = status.isUncertain();
        long time = ticks();
        batch.addStatus(now.points.get(i).row(), status, time, time);
    }

    /** The same situation for all points. */
    public void all(Quality quality, String error) {
        for (int i = 0; i < now.situations.length; i++) {
            situation(i, quality, error);
        }
    }

    public boolean isAnswered(int i) {
        return now.situations[i] == Quality.ANSWERED;
    }

    /** Ends the last usable value of points whose hold time is over. */
    public void sweep() {
        long nowNs = ticker.getAsLong();
        for (int i = 0; i < now.isHeld.length; i++) {
            Quality quality = now.situations[i];
            if (now.isHeld[i] && quality != null && nowNs - now.confirmedNs[i] >= now.holdNs[i]) {
                now.isHeld[i] = false;
                long time = ticks();
                batch.addStatus(now.points.get(i).row(), quality.status(now.hasValue[i], false), time, time);
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
        Points known = now;
        int i = known.indexOf(row);
        if (i < 0) {
            throw new IllegalArgumentException("row %d is no point of this link".formatted(row));
        }
        return new PointDiagnostics(known.points.get(i).binding().label(), known.errors.get(i), known.lastTicks.get(i));
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
