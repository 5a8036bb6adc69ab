package org.uatwin.simulation.detection;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.uatwin.informationmodel.monitoring.PointDetection;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.value.UaTime;

/**
 * One live point compared with its own past: samples become means of equal stretches of time, these go through a {@link StreamDetector}. An
 * alarm begins as that says, with its rest, and ends when the strangeness has been below one half for five values. The values of the past
 * are kept, so that the detector can be made again. 140 bytes a value remembered. Owned by one thread.
 */
public final class PointStream {
    private static final int FEWEST = 100;
    private static final double BREAKTHROUGH = 2;
    private static final double CALM = 0.5;
    private static final int CALM_VALUES = 5;
    private static final double NO_ALARM = 0.99; // highest score while none stands: it rests after one
    private static final double WORTH_NAMING = 0.3;

    private final String point;
    private final PointDetection how;
    private final long every;
    private final long[] times; // a ring
    private final double[] values;
    private StreamDetector detector;
    private long seen;
    private long window = Long.MIN_VALUE;
    private double sum;
    private int count;
    private long lastSample = Long.MIN_VALUE;
    private double strangeness;
    private String reason = "";
    private long alarmSince; // 0 without one
    private int calm;

    /** @param point its name. */
    public PointStream(String point, PointDetection how) {
        this.point = point;
        this.how = how;
        every = how.every().toMillis() * (UaTime.TICKS_PER_SECOND / 1_000);
        times = new long[how.memory()];
        values = new double[how.memory()];
        detector = made();
    }

    private StreamDetector made() {
        long rest = how.rest().toMillis() / Math.max(1, how.every().toMillis());
        return new StreamDetector(new StreamDetector.Settings(
                how.memory(), FEWEST, how.limit(), (int) Math.min(Integer.MAX_VALUE / 4, rest), BREAKTHROUGH));
    }

    /** Name of the point. */
    public String point() {
        return point;
    }

    /** How it is compared. */
    public PointDetection how() {
        return how;
    }

    /** Takes a sample; one that is not newer than the last is passed over. */
    public void offer(long time, double value) {
        if (time > lastSample && Double.isFinite(value)) {
            advance(time);
            lastSample = time;
            sum += value;
            count++;
        }
    }

    /** Ends the stretches that are over. */
    public void advance(long now) {
        long at = Math.floorDiv(now, every);
        if (at != window && count > 0) {
            take((window + 1) * every, sum / count);
            sum = 0;
            count = 0;
        }
        window = at;
    }

    private void take(long time, double mean) {
        int place = (int) (seen % times.length);
        times[place] = time;
        values[place] = mean;
        seen++;
        StreamDetector.Reading reading = detector.next(time, mean);
        strangeness = reading.strangeness();
        reason = reading.reason();
        calm = strangeness < CALM ? calm + 1 : 0;
        if (reading.isAlarm()) {
            alarmSince = alarmSince == 0 ? time : alarmSince;
        } else if (calm >= CALM_VALUES) {
            alarmSince = 0;
        }
    }

    /** Whether something unusual stands. */
    public boolean isAlarm() {
        return alarmSince != 0;
    }

    /** Whether it has a past to compare with. */
    public boolean isReady() {
        return seen > FEWEST;
    }

    /** Time of the latest sample, ticks; {@link Long#MIN_VALUE} before the first. */
    public long last() {
        return lastSample;
    }

    /** 1 at the limit; below it while no alarm stands. */
    public double score() {
        double most = isAlarm() ? Detection.MOST : NO_ALARM;
        return isReady() ? Math.min(most, strangeness) : 0;
    }

    /** What is strangest; empty if nothing can be said. */
    public String reason() {
        return reason;
    }

    /** Forgets the past: it was that of another part. */
    public void forget() {
        detector = made();
        seen = 0;
        sum = 0;
        count = 0;
        strangeness = 0;
        reason = "";
        alarmSince = 0;
        calm = 0;
    }

    /**
     * What several points say beside what is known otherwise.
     *
     * @param of what else was found.
     */
    public static Detection joined(Detection of, List<PointStream> points) {
        double score = of.isAvailable() ? of.score() : 0;
        long since = of.isAlarm() ? of.since() : 0;
        boolean isAlarm = of.isAlarm();
        boolean isReady = of.isAvailable();
        long time = of.time();
        Detection.Baseline baseline = of.baseline();
        List<Detection.Contributor> all = new ArrayList<>();
        of.contributors().forEach(c -> all.add(weighed(c, c.share() * of.score())));
        for (PointStream each : points) {
            isReady |= each.isReady();
            time = Math.max(time, each.lastSample);
            if (each.isReady()) {
                score = Math.max(score, each.score());
                isAlarm |= each.isAlarm();
                since = each.isAlarm() ? since == 0 ? each.alarmSince : Math.min(since, each.alarmSince) : since;
                baseline = baseline != null ? baseline : each.baseline();
                if (each.score() > WORTH_NAMING) {
                    all.add(new Detection.Contributor(
                            each.point,
                            each.score(),
                            ResidualTest.OWN_PAST,
                            each.strangeness * each.how.limit(),
                            each.how.limit()));
                }
            }
        }
        double whole = all.stream().mapToDouble(Detection.Contributor::share).sum();
        List<Detection.Contributor> shares = all.stream()
                .map(c -> weighed(c, whole > 0 ? c.share() / whole : 0))
                .sorted(Comparator.comparingDouble(Detection.Contributor::share).reversed())
                .toList();
        return new Detection(time, score, isAlarm, since, shares, baseline, isReady ? Text.EMPTY : missing(points));
    }

    private Detection.Baseline baseline() {
        long oldest = times[(int) (seen < times.length ? 0 : seen % times.length)];
        return new Detection.Baseline(
                "own past since " + UaTime.toInstant(oldest), lastSample, Math.min(seen, times.length), FEWEST);
    }

    private static Detection.Contributor weighed(Detection.Contributor of, double share) {
        return new Detection.Contributor(of.point(), share, of.test(), of.value(), of.limit());
    }

    private static Text missing(List<PointStream> points) {
        PointStream first = points.get(0);
        return new Text(Map.of(
                "en",
                "%s has %d of the %d values that are needed to compare it with its past."
                        .formatted(first.point, first.seen, FEWEST),
                "de",
                "%s hat %d der %d Werte, die für den Vergleich mit seiner Vergangenheit nötig sind."
                        .formatted(first.point, first.seen, FEWEST)));
    }

    /** Writes the past. */
    public void save(DataOutput out) throws IOException {
        int kept = (int) Math.min(seen, times.length);
        out.writeInt(kept);
        for (long i = seen - kept; i < seen; i++) {
            out.writeLong(times[(int) (i % times.length)]);
            out.writeDouble(values[(int) (i % times.length)]);
        }
    }

    /** Goes through the past that {@link #save} wrote; some 60 µs a value. */
    public void restore(DataInput in) throws IOException {
        forget();
        for (int left = in.readInt(); left > 0; left--) {
            long time = in.readLong();
            take(time, in.readDouble());
            lastSample = Math.max(lastSample, time - 1);
        }
    }

    /** Ends the stretches that are over, with the last value where there is none: it stood. */
    public void hold(long until) {
        long at = Math.floorDiv(until, every);
        while (count + seen > 0 && window != Long.MIN_VALUE && window < at) {
            double mean = count > 0 ? sum / count : values[(int) ((seen - 1) % times.length)];
            sum = 0;
            count = 0;
            window++;
            take(window * every, mean);
        }
    }
}
