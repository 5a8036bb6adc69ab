package org.uatwin.plcadapters.conditioning;

import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Reduction;
import org.uatwin.informationmodel.signal.Moments;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;

/**
 * Reduces a fast channel to a few numbers an interval. An interval is closed by the first sample of a later one, or when
 * its end is past by a tenth; its numbers are stamped with its end. Owned by the lane.
 */
final class Reducer {
    /** Share of the samples an interval must have to be Good. */
    private static final double ENOUGH = 0.9;

    private final int channelRow;
    private final ValueType channelType;
    private final Reduction reduction;
    private final ReducedRows rows;
    private final long everyTicks;
    private final double stepTicks; // between two samples of a burst
    private final Moments moments = new Moments();
    private final @Nullable Spectrum spectrum;
    private final double[] wave; // a ring of the last samples
    private long seen; // in this interval
    private long interval = Long.MIN_VALUE;
    private int status;
    private boolean hasResult;
    private boolean hasSample; // the channel's row shows one
    private long lastBits;
    private @Nullable Object lastObject;
    private long lastSource;

    Reducer(int channelRow, ValueType channelType, Reduction reduction, ReducedRows rows) {
        this.channelRow = channelRow;
        this.channelType = channelType;
        this.reduction = reduction;
        this.rows = rows;
        everyTicks = Rule.ticks(reduction.every());
        stepTicks = UaTime.TICKS_PER_SECOND / reduction.sampleRateHz();
        spectrum = reduction.bands().isEmpty()
                ? null
                : new Spectrum(reduction.bands(), reduction.sampleRateHz(), Math.round(expected()));
        wave = new double[rows.waveformLength()];
    }

    private double expected() {
        return everyTicks / stepTicks;
    }

    /** One sample; answers how many intervals it closed. */
    int sample(double x, int sampleStatus, long source, long receive, SampleBatch out) {
        int closed = enter(source, receive, out);
        lastBits = inRange(x) ? channelType.fromDouble(x) : lastBits;
        lastObject = null;
        count(x, sampleStatus);
        channel(sampleStatus, source, receive, out);
        return closed;
    }

    private boolean inRange(double x) {
        return channelType.isFloating() || (x >= channelType.minimum() && x <= channelType.maximum());
    }

    /** Samples side by side, the last one taken at {@code source}; NaN where there is none. */
    int burst(double[] samples, int sampleStatus, long source, long receive, SampleBatch out) {
        int closed = 0;
        for (int i = 0; i < samples.length; i++) {
            closed += enter(source - Math.round((samples.length - 1 - i) * stepTicks), receive, out);
            if (!Double.isNaN(samples[i])) {
                count(samples[i], sampleStatus);
            }
        }
        lastObject = ArrayForm.of(channelType, samples);
        channel(sampleStatus, source, receive, out);
        return closed;
    }

    private int enter(long source, long receive, SampleBatch out) {
        long of = Math.floorDiv(source, everyTicks);
        if (of <= interval) {
            return 0; // a late sample of an interval that was closed counts in the next
        }
        int closed = close(receive, out);
        interval = of;
        return closed;
    }

    private void count(double x, int sampleStatus) {
        moments.add(x);
        if (spectrum != null) {
            spectrum.add(x);
        }
        if (wave.length > 0) {
            wave[(int) (seen % wave.length)] = x;
        }
        seen++;
        status = StatusCode.worse(status, sampleStatus);
    }

    /** The channel's own row: every sample if so declared, else the first one ever and the last of each interval. */
    private void channel(int sampleStatus, long source, long receive, SampleBatch out) {
        lastSource = source;
        if (reduction.keepsSamples() || !hasSample) {
            out.add(channelRow, lastBits, lastObject, sampleStatus, source, receive);
        }
        hasSample = true;
    }

    private int close(long receive, SampleBatch out) {
        if (moments.count() == 0) {
            return 0;
        }
        long end = (interval + 1) * everyTicks;
        boolean isComplete = moments.count() >= ENOUGH * expected();
        int judged = isComplete ? status : StatusCode.worse(status, StatusCode.UNCERTAIN_SUB_NORMAL.bits());
        reduction.outputs().forEach((feature, name) -> {
            double value = value(feature);
            number(rows.of(feature), rows.typeOf(feature), value, judged, end, receive, out);
        });
        for (int b = 0; b < reduction.bands().size(); b++) {
            double energy = spectrum != null && spectrum.hasResult() ? spectrum.energy(b) : Double.NaN;
            number(rows.band(b), ValueType.DOUBLE, energy, judged, end, receive, out);
        }
        if (wave.length > 0 && seen >= wave.length) {
            out.add(rows.waveform(), 0, ordered(), judged, lastSource, receive);
        }
        if (!reduction.keepsSamples()) {
            out.add(channelRow, lastBits, lastObject, status, lastSource, receive);
        }
        hasResult = true;
        clear();
        return 1;
    }

    private void clear() {
        moments.clear();
        if (spectrum != null) {
            spectrum.clear();
        }
        seen = 0;
        status = 0;
    }

    private static void number(
            int row, ValueType type, double value, int status, long source, long receive, SampleBatch out) {
        if (Double.isFinite(value)) {
            out.add(row, type.fromDouble(value), null, status, source, receive);
        } else {
            out.addStatus(row, StatusCode.BAD_NO_VALUE, source, receive);
        }
    }

    private double value(Reduction.Feature feature) {
        return switch (feature) {
            case MIN -> moments.min();
            case MAX -> moments.max();
            case MEAN -> moments.mean();
            case RMS -> moments.rms();
            case STD -> moments.std();
            case CREST -> moments.crest();
            case KURTOSIS -> moments.kurtosis();
            case COUNT -> moments.count();
        };
    }

    /** The last samples, the oldest first. */
    private double[] ordered() {
        double[] samples = new double[wave.length];
        for (int i = 0; i < wave.length; i++) {
            samples[i] = wave[(int) ((seen + i) % wave.length)];
        }
        return samples;
    }

    /** The link says something of the channel without a value: its numbers share the fate. */
    void status(int linkStatus, long source, long receive, SampleBatch out) {
        boolean isBad = (linkStatus & 0x8000_0000) != 0;
        StatusCode code = isBad || hasResult ? StatusCode.of(linkStatus) : StatusCode.BAD_NO_COMMUNICATION;
        rows.forEach(row -> out.addStatus(row, code, source, receive));
        status = StatusCode.worse(status, StatusCode.UNCERTAIN_SUB_NORMAL.bits());
        hasSample = false; // the next one shows at once
    }

    /** Closes an interval whose end is past although no later sample came. */
    int tick(long now, SampleBatch out) {
        if (moments.count() == 0 || now < (interval + 1) * everyTicks + everyTicks / 10) {
            return 0;
        }
        return close(now, out);
    }
}
