package org.uatwin.simulation.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.type.Text;

/**
 * Live values against a {@link TwinBaseline}: samples go in by {@link #offer}, {@link #advance} takes a row each period of the baseline.
 * What is usual follows the asset slowly, at a bounded rate, but not while the score is high. Allocates nothing once it runs. Owned
 * with its detector.
 */
public final class BaselineWatch {
    private static final double REBASE_PER_DAY = 0.25; // standard deviations
    private static final double REBASE_MEMORY_ROWS = 1000;
    private static final double CALM = 0.5; // score below which the usual may move
    private static final int HOLD_PERIODS = 3;
    private static final int NAMED = 5;
    private static final long DAY = 864_000_000_000L;

    private final TwinBaseline of;
    private final List<String> channels = new ArrayList<>();
    private final double[] value;
    private final long[] time;
    private final boolean[] isGood;
    private final double[] condition;
    private final double[][] ring;
    private final double[] now;
    private final double[] sum;
    private final double[] shares;
    private final double[][] shift; // by regime and point
    private long last = Long.MIN_VALUE;
    private int regime = -1;
    private int seen;
    private int most; // rows of the trailing mean
    private final double[] z; // of the row, in standard deviations
    private final double[] other; // shares of a measure under way
    private ResidualTest test = ResidualTest.BASELINE; // which measure is the largest
    private double score;
    private boolean isBlind = true;
    private long alarmSince;

    public BaselineWatch(TwinBaseline of) {
        this.of = of;
        channels.addAll(of.points());
        of.conditions().stream().filter(c -> !channels.contains(c)).forEach(channels::add);
        value = new double[channels.size()];
        time = new long[channels.size()];
        isGood = new boolean[channels.size()];
        Arrays.fill(time, Long.MIN_VALUE);
        condition = new double[of.conditions().size()];
        int window = of.baselines().stream()
                .flatMap(Optional::stream)
                .mapToInt(b -> b.settings().window())
                .max()
                .orElse(1);
        ring = new double[window][of.points().size()];
        now = new double[of.points().size()];
        sum = new double[of.points().size()];
        shares = new double[of.points().size()];
        z = new double[of.points().size()];
        other = new double[of.points().size()];
        shift = new double[of.regimes().count()][of.points().size()];
    }

    /** Points it wants samples of; a channel is a place in this list. */
    public List<String> channels() {
        return List.copyOf(channels);
    }

    /** Hands a sample over; the newest of a channel counts. */
    public void offer(int channel, double sample, boolean good, long at) {
        if (at >= time[channel]) {
            value[channel] = sample;
            isGood[channel] = good && Double.isFinite(sample);
            time[channel] = at;
        }
    }

    /** Takes the rows that are due by this time; after a gap goes on with the present one. */
    public void advance(long at) {
        if (last == Long.MIN_VALUE || at - last > HOLD_PERIODS * of.period()) {
            last = at;
            row(at);
        }
        while (at - last >= of.period()) {
            last += of.period();
            row(last);
        }
        alarmSince = score >= 1 ? (alarmSince == 0 ? last : alarmSince) : score < CALM ? 0 : alarmSince;
    }

    private void row(long at) {
        for (int c = 0; c < value.length; c++) {
            if (!isGood[c] || at - time[c] > HOLD_PERIODS * of.period()) {
                clear();
                return;
            }
        }
        for (int c = 0; c < condition.length; c++) {
            condition[c] = value[channels.indexOf(of.conditions().get(c))];
        }
        int here = condition.length == 0 ? 0 : of.regimes().of(condition);
        MultivariateBaseline baseline = of.baselines().get(here).orElse(null);
        if (here != regime) {
            clear();
            regime = here;
        }
        if (baseline == null) {
            return;
        }
        most = baseline.settings().window();
        System.arraycopy(value, 0, ring[seen % most], 0, now.length);
        seen++;
        if (seen < most) {
            return; // the trailing mean of a few rows scatters more than was learned
        }
        isBlind = false;
        Arrays.fill(sum, 0);
        for (int i = 0; i < most; i++) {
            for (int c = 0; c < now.length; c++) {
                sum[c] += ring[i][c];
            }
        }
        for (int c = 0; c < now.length; c++) {
            now[c] = sum[c] / most;
        }
        score = Math.min(Detection.MOST, judged(baseline, shift[here]));
        if (score < CALM) {
            rebase(baseline, shift[here]);
        }
    }

    /** The largest of distance, T² and Q over their limits; shares are those of the largest. */
    private double judged(MultivariateBaseline baseline, double[] moved) {
        double most = baseline.score(now, moved, shares);
        test = ResidualTest.BASELINE;
        PrincipalComponents components = baseline.components();
        if (components != null) {
            for (int c = 0; c < now.length; c++) {
                z[c] = (now[c] - baseline.mean(c)) / baseline.scale(c) - moved[c];
            }
            most = judged(components.alongScore(z, other), most, ResidualTest.BASELINE);
            most = judged(components.offScore(z, other), most, ResidualTest.RELATION);
        }
        return most;
    }

    private double judged(double found, double most, ResidualTest by) {
        if (!(found > most)) {
            return most;
        }
        double whole = 0;
        for (double part : other) {
            whole += Math.max(0, part);
        }
        for (int c = 0; c < shares.length; c++) {
            shares[c] = whole > 0 ? Math.max(0, other[c]) / whole : 0;
        }
        test = by;
        return found;
    }

    private void rebase(MultivariateBaseline baseline, double[] moved) {
        double bound = REBASE_PER_DAY * of.period() / DAY;
        for (int c = 0; c < moved.length; c++) {
            double off = (now[c] - baseline.mean(c)) / baseline.scale(c) - moved[c];
            moved[c] += Math.max(-bound, Math.min(bound, off / REBASE_MEMORY_ROWS));
        }
    }

    private void clear() {
        seen = 0;
        score = 0;
        isBlind = true;
    }

    /** Score of the last row: 1 at the limit; 0 while {@link #isBlind}. */
    public double score() {
        return score;
    }

    /** Whether it cannot tell: points are missing, the operating point was not learned, or too few rows were seen since either. */
    public boolean isBlind() {
        return isBlind;
    }

    /** Share of a point in the score. */
    double share(int point) {
        return isBlind ? 0 : shares[point];
    }

    /** Which of its measures is the largest. */
    ResidualTest test() {
        return test;
    }

    List<String> points() {
        return of.points();
    }

    Detection.Baseline info() {
        return new Detection.Baseline(of.id(), of.learnedAt(), of.rows(), of.rows());
    }

    double[][] memory() {
        return shift;
    }

    /** The baseline that is watched. */
    public TwinBaseline learned() {
        return of;
    }

    /** Whether something unusual stands: from a score of 1 on, until it is calm again or cannot tell. */
    public boolean isAlarm() {
        return alarmSince != 0;
    }

    /** What there is to say of a twin that nothing else watches; a new object. */
    public Detection report() {
        List<Integer> order = new ArrayList<>();
        for (int c = 0; c < shares.length; c++) {
            order.add(c);
        }
        order.sort((a, b) -> Double.compare(share(b), share(a)));
        List<Detection.Contributor> named = order.stream()
                .filter(c -> share(c) > 0)
                .limit(NAMED)
                .map(c -> new Detection.Contributor(of.points().get(c), share(c), test, score, 1))
                .toList();
        return new Detection(
                last == Long.MIN_VALUE ? 0 : last,
                score,
                isAlarm(),
                alarmSince,
                named,
                info(),
                isBlind
                        ? new Text(Map.of(
                                "en",
                                "Points of the baseline are missing, or this operating point was not learned.",
                                "de",
                                "Punkte des Normalverhaltens fehlen, oder dieser Betriebspunkt wurde nicht gelernt."))
                        : Text.EMPTY);
    }
}
