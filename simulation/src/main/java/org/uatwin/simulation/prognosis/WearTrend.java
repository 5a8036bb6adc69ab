package org.uatwin.simulation.prognosis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.monitoring.Wear;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.value.UaTime;

/**
 * The trend of one live point towards the limit at which its asset fails. {@link #observe} takes samples, {@link #outlook} tells when; a
 * forecast is made anew when the past has grown by a fiftieth, and in between is what it is for one that has not failed since. Every
 * forecast is checked on the way: it also says when a nearer level will be passed. Owned by one thread.
 */
public final class WearTrend {
    /** What computes it. */
    public static final String VERSION = "Trend/1.0";

    private static final double LONGEST_WAIT_H = 1;
    private static final double SHORTEST_WAIT_H = 1.0 / 60;
    private static final double GROWN = 0.02; // of the past
    private static final double NEARER = 0.1; // of the way to the limit: there a forecast is checked
    private static final int SMOOTH = 5; // stretches whose mean is the level
    private static final double HALFWAY = 0.5; // share of the way
    private static final double FAILED = 0.9; // the same: what ends there has run to failure
    private static final int SHORTEST_RUN = 12; // stretches
    private static final double MISSED = 3; // times the upper end: nothing came of it

    private final String point;
    private final Wear wear;
    private final double horizonHours;
    private final WearSeries series;
    private TrendPrognosis.@Nullable Outcome made;
    private long madeAt;
    private @Nullable Check check;
    private @Nullable FleetLives fleet; // what runs to failure of others say
    private List<MethodForecast> alike = List.of(); // by them
    private List<Check> halfway = List.of(); // what each method said when half the way was gone
    private boolean isPassed; // the limit, as the last sample says

    /** A level that was said to be passed some time. */
    private record Check(double level, long from, MethodForecast said) {}

    /** @param point its name. */
    public WearTrend(String point, Wear wear, double horizonHours) {
        this.point = point;
        this.wear = wear;
        this.horizonHours = horizonHours;
        series = new WearSeries(wear.over().toSeconds() * UaTime.TICKS_PER_SECOND);
    }

    /** Name of the point. */
    public String point() {
        return point;
    }

    public Wear wear() {
        return wear;
    }

    /** Takes a sample; each once, those of the past first. */
    public void observe(long time, double value) {
        series.add(time, value);
        boolean wasPassed = isPassed;
        isPassed = isRising() ? value >= wear.limit() : value <= wear.limit();
        if (isPassed != wasPassed) {
            madeAt = 0;
        }
    }

    /** Time of the latest sample, ticks; 0 if there is none. */
    public long last() {
        return series.last();
    }

    private double asNew() {
        return wear.asNew().orElseGet(() -> {
            double[] values = series.values();
            double sum = 0;
            int n = Math.min(SMOOTH, values.length);
            for (int i = 0; i < n; i++) {
                sum += values[i];
            }
            return n == 0 ? Double.NaN : sum / n;
        });
    }

    private boolean isRising() {
        return !(asNew() > wear.limit());
    }

    /** The present level: the mean of the latest stretches; NaN before the first sample. */
    public double level() {
        double[] values = series.values();
        return level(values, values.length);
    }

    private static double level(double[] values, int end) {
        int n = Math.min(SMOOTH, end);
        double sum = 0;
        for (int i = end - n; i < end; i++) {
            sum += values[i];
        }
        return n == 0 ? Double.NaN : sum / n;
    }

    /** Share of the way from new to the limit, 0 and above; NaN before the first sample. */
    public double share() {
        double from = asNew();
        return Math.max(0, (level() - from) / (wear.limit() - from));
    }

    /** How fast it grows, in its unit an hour, if it grows by more than its scatter: what siblings may learn from. NaN else. */
    public double rate() {
        TrendPrognosis.Outcome last = made;
        return last == null ? Double.NaN : last.rate();
    }

    /**
     * When the limit will be reached, or why that cannot be told.
     *
     * @param prior what siblings say of the rate; null if there are too few.
     * @param past hears what became of earlier forecasts.
     */
    public TrendPrognosis.Outcome outlook(@Nullable RatePrior prior, CombinedPrognosis past, long now) {
        TrendPrognosis.Outcome last = made;
        double[] hours = series.hours();
        double span = hours.length == 0 ? 0 : hours[hours.length - 1] - hours[0];
        double wait = Math.max(SHORTEST_WAIT_H, Math.min(LONGEST_WAIT_H, GROWN * span));
        double age = hours(now - madeAt);
        if (last == null || madeAt == 0 || age < 0 || age >= wait) {
            check(past, hours, now);
            last = forecast(hours, wear.limit(), prior);
            alike = alike(hours);
            if (halfway.isEmpty() && share() >= HALFWAY && !isPassed) {
                List<MethodForecast> all = new ArrayList<>(alike);
                last.forecast().ifPresent(all::add);
                halfway = all.stream()
                        .map(said -> new Check(wear.limit(), series.last(), said))
                        .toList();
            }
            made = last;
            madeAt = now;
            begin(last, hours, prior);
        }
        double lived = Math.max(0, hours(now - series.last()));
        TrendPrognosis.Outcome known = last;
        return new TrendPrognosis.Outcome(
                known.forecast().map(f -> isPassed ? f : f.survived(lived)), known.reason(), known.rate());
    }

    /**
     * All that is said of when the limit will be reached: by the trend, and by runs to failure of others.
     *
     * @param prior and past: as for {@link #outlook}.
     */
    public List<MethodForecast> forecasts(@Nullable RatePrior prior, CombinedPrognosis past, long now) {
        List<MethodForecast> all = new ArrayList<>();
        outlook(prior, past, now).forecast().ifPresent(all::add);
        double lived = Math.max(0, hours(now - series.last()));
        for (MethodForecast each : isPassed ? List.<MethodForecast>of() : alike) {
            all.add(each.survived(lived));
        }
        return all;
    }

    private List<MethodForecast> alike(double[] hours) {
        FleetLives others = fleet;
        if (others == null || isPassed || hours.length < 2 || !(hours[hours.length - 1] > hours[0])) {
            return List.of();
        }
        return others.forecast(new IndicatorRun(hours, shares(series.values())), horizonHours);
    }

    private double[] shares(double[] values) {
        double from = asNew();
        double[] shares = new double[values.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (values[i] - from) / (wear.limit() - from);
        }
        return shares;
    }

    /** Uses what runs to failure of others say; null: there are too few. */
    public void learnFrom(@Nullable FleetLives others) {
        fleet = others;
        madeAt = 0;
    }

    /**
     * Its past until then as a run to failure, if it was one.
     *
     * @param at ticks.
     * @param hasFailed whether it is known to have failed; else it had if it was at its limit.
     */
    public Optional<IndicatorRun> run(long at, boolean hasFailed) {
        double[] hours = series.hours();
        double end = hours(at - series.start());
        int n = 0;
        while (n < hours.length && hours[n] <= end) {
            n++;
        }
        double[] shares = shares(Arrays.copyOf(series.values(), n));
        boolean isRun = n >= SHORTEST_RUN && (hasFailed || level(shares, n) >= FAILED);
        return isRun ? Optional.of(new IndicatorRun(Arrays.copyOf(hours, n), shares)) : Optional.empty();
    }

    /**
     * It failed: what was said of it when half the way was gone becomes an outcome.
     *
     * @param at ticks.
     */
    public void failed(CombinedPrognosis past, long at) {
        for (Check said : halfway) {
            double hours = hours(at - said.from());
            if (hours > 0) {
                past.failed(said.said(), hours);
            }
        }
        halfway = List.of();
    }

    private TrendPrognosis.Outcome forecast(double[] hours, double limit, @Nullable RatePrior prior) {
        TrendPrognosis.Outcome said =
                TrendPrognosis.forecast(wear.failureMode(), hours, series.values(), limit, prior, horizonHours);
        Map<String, String> named = new HashMap<>();
        String fleet = prior == null || said.forecast().isEmpty() ? "" : ", with the rates of its siblings";
        String flotte = prior == null || said.forecast().isEmpty() ? "" : ", mit den Raten seiner Geschwister";
        said.reason()
                .byLocale()
                .forEach((locale, text) ->
                        named.put(locale, point + ": " + text + (locale.equals("de") ? flotte : fleet)));
        Text reason = new Text(named);
        return new TrendPrognosis.Outcome(said.forecast().map(f -> f.because(reason)), reason, said.rate());
    }

    /** Says when a nearer level will be passed, if that is not being waited for already. */
    private void begin(TrendPrognosis.Outcome said, double[] hours, @Nullable RatePrior prior) {
        if (check == null && said.forecast().isPresent() && !isPassed) {
            double level = level();
            double nearer = level + NEARER * (wear.limit() - level);
            forecast(hours, nearer, prior)
                    .forecast()
                    .filter(f -> f.life().quantile(0.5) < f.life().horizonHours())
                    .ifPresent(f -> check = new Check(nearer, series.last(), f));
        }
    }

    /** Compares what was said with what came. */
    private void check(CombinedPrognosis past, double[] hours, long now) {
        Check waiting = check;
        if (waiting == null) {
            return;
        }
        double[] values = series.values();
        double from = hours(waiting.from() - series.start());
        double sign = isRising() ? 1 : -1;
        for (int end = SMOOTH; end <= values.length; end++) {
            double middle = hours[end - 1 - SMOOTH / 2];
            if (middle > from && sign * (level(values, end) - waiting.level()) >= 0) {
                past.failed(waiting.said(), middle - from);
                check = null;
                return;
            }
        }
        double gone = hours(now - waiting.from());
        if (gone > MISSED * waiting.said().life().quantile(0.5 + 0.5 * past.level())) {
            past.failed(waiting.said(), gone);
            check = null;
        }
    }

    /**
     * The part was replaced or repaired: its past begins then.
     *
     * @param at ticks.
     */
    public void maintained(long at) {
        series.begin(at);
        alike = List.of();
        halfway = List.of();
        made = null;
        check = null;
        isPassed = false;
    }

    private static double hours(long ticks) {
        return (double) ticks / UaTime.TICKS_PER_SECOND / 3600;
    }

    /** Writes what has to survive a restart. */
    public void save(DataOutput out) throws IOException {
        series.save(out);
        Check waiting = check;
        out.writeBoolean(waiting != null);
        if (waiting != null) {
            save(waiting, out);
        }
        out.writeInt(halfway.size());
        for (Check each : halfway) {
            save(each, out);
        }
    }

    private static void save(Check check, DataOutput out) throws IOException {
        out.writeDouble(check.level());
        out.writeLong(check.from());
        out.writeUTF(check.said().method().name());
        check.said().life().save(out);
    }

    private static Check restored(DataInput in) throws IOException {
        double level = in.readDouble();
        long from = in.readLong();
        String method = in.readUTF();
        LifeDistribution life = LifeDistribution.restored(in);
        try {
            PrognosisMethod by = PrognosisMethod.valueOf(method);
            return new Check(level, from, new MethodForecast(by, life, List.of(), -1, false, Text.EMPTY));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Reads what {@link #save} wrote. */
    public void restore(DataInput in) throws IOException {
        series.restore(in);
        check = null;
        made = null;
        if (in.readBoolean()) {
            check = restored(in);
        }
        List<Check> said = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            said.add(restored(in));
        }
        halfway = said;
    }

    /** The same for a load that is this many times what it was: wear in proportion to the load. */
    public static MethodForecast loaded(MethodForecast said, double loadFactor) {
        return said.stretched(1 / loadFactor);
    }
}
