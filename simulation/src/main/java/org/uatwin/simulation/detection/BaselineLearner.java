package org.uatwin.simulation.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.simulation.learning.LearningProgress;
import org.uatwin.simulation.learning.OperatingRegimes;

/**
 * Learns a {@link TwinBaseline} from an asset's own history: leaves out rows with gaps, finds operating points, leaves out what is
 * implausible there, learns each of them, and sets its limit above what the last fifth of the history, which it did not learn from,
 * reaches. Pure functions.
 */
public final class BaselineLearner {
    /** Rows of an operating point at least, beside ten of each point and ten windows. */
    public static final int FEWEST = 200;

    private static final double HELD_OUT = 0.2;
    private static final double HEADROOM = 1.5; // of the limit over what the held-out part reaches
    private static final double LEAST_FACTOR = 4;
    private static final double MOST_FACTOR = 60; // beyond, history is no baseline
    private static final double IMPLAUSIBLE = 8; // median absolute deviations, normal equivalent
    private static final double TRIM = 0.02; // of the rows, the most distant, if they stand out
    private static final double STANDS_OUT = 4; // times the squared distance all others stay within
    private static final int LEVELS = 8; // of a point that tells the operating point
    private static final double LEAST_LEVEL = 0.03; // of the rows

    private final HistoryTable history;
    private final MultivariateBaseline.Settings settings;
    private final LearningProgress progress;
    private final String id;
    private final long now;

    private BaselineLearner(
            HistoryTable history,
            MultivariateBaseline.Settings settings,
            LearningProgress progress,
            String id,
            long now) {
        this.history = history;
        this.settings = settings;
        this.progress = progress;
        this.id = id;
        this.now = now;
    }

    /**
     * Learns.
     *
     * @param conditions points of the history that tell the operating point, such as setpoints; empty: those that stay at a few levels.
     * @param id name and version of what is learned.
     * @param now ticks.
     */
    public static LearningResult learn(
            HistoryTable history, List<String> conditions, String id, long now, LearningProgress progress) {
        return new BaselineLearner(history, MultivariateBaseline.Settings.DEFAULT, progress, id, now).learn(conditions);
    }

    private LearningResult learn(List<String> named) {
        int[] watched = IntStream.range(0, history.points().size())
                .filter(c -> good(c) > history.rows() / 2)
                .toArray();
        int[] complete = IntStream.range(0, history.rows())
                .filter(r -> Arrays.stream(watched).noneMatch(c -> Double.isNaN(history.value(r, c))))
                .toArray();
        int needed = Math.max(FEWEST, 10 * Math.max(settings.window(), watched.length));
        if (watched.length == 0 || complete.length < needed) {
            return notEnough(complete.length, needed);
        }
        if (!progress.at(0.1)) {
            return cancelled();
        }
        int[] conditions = conditions(named, watched, complete);
        List<double[]> settingsRows = new ArrayList<>();
        for (int r : complete) {
            settingsRows.add(row(r, conditions));
        }
        OperatingRegimes regimes = OperatingRegimes.learn(settingsRows);
        int[] points = Arrays.stream(watched)
                .filter(c -> regimes.count() == 1 || Arrays.stream(conditions).noneMatch(k -> k == c))
                .toArray();
        return points.length == 0 ? notEnough(0, needed) : learn(complete, conditions, regimes, points, needed);
    }

    private LearningResult learn(int[] complete, int[] conditions, OperatingRegimes regimes, int[] points, int needed) {
        List<String> names = names(points);
        List<Optional<MultivariateBaseline>> baselines = new ArrayList<>();
        int used = 0;
        int rejected = 0;
        int most = 0;
        double heldOut = 0;
        for (int regime = 0; regime < regimes.count(); regime++) {
            int here = regime;
            int[] rows = Arrays.stream(complete)
                    .filter(r -> regimes.of(row(r, conditions)) == here)
                    .toArray();
            most = Math.max(most, rows.length);
            if (!progress.at(0.2 + 0.7 * regime / regimes.count())) {
                return cancelled();
            }
            Optional<Part> part = rows.length < needed ? Optional.empty() : part(names, rows, points);
            baselines.add(part.map(Part::baseline));
            used += part.map(Part::rows).orElse(0);
            rejected += part.map(Part::rejected).orElse(0);
            heldOut = Math.max(heldOut, part.map(Part::heldOut).orElse(0.0));
        }
        if (used < needed) {
            return notEnough(most, needed);
        }
        TwinBaseline baseline = new TwinBaseline(
                id,
                now,
                history.time(complete[0]),
                history.time(complete[complete.length - 1]),
                history.period(),
                used,
                rejected,
                heldOut,
                names,
                names(conditions),
                regimes,
                baselines);
        progress.at(1);
        return new LearningResult.Learned(baseline, text(baseline));
    }

    /** One operating point. */
    private record Part(MultivariateBaseline baseline, int rows, int rejected, double heldOut) {}

    /** Empty if windows without a gap are too few. */
    private Optional<Part> part(List<String> names, int[] rows, int[] points) {
        double[][] values = Arrays.stream(rows).mapToObj(r -> row(r, points)).toArray(double[][]::new);
        boolean[] isPlausible = plausible(values);
        List<double[]> means = new ArrayList<>();
        List<double[]> last = new ArrayList<>();
        int until = (int) (rows.length * (1 - HELD_OUT));
        for (int i = settings.window() - 1; i < rows.length; i++) {
            double[] mean = trailing(rows, values, isPlausible, i);
            if (mean != null) {
                (i < until ? means : last).add(mean);
            }
        }
        int left = 0;
        for (boolean one : isPlausible) {
            left += one ? 0 : 1;
        }
        if (means.size() < 3 * settings.window()) {
            return Optional.empty();
        }
        MultivariateBaseline first = MultivariateBaseline.ofMeans(names, means.toArray(double[][]::new), settings);
        List<double[]> kept = trimmed(first, means);
        MultivariateBaseline learned = MultivariateBaseline.ofMeans(names, kept.toArray(double[][]::new), settings);
        double reached = reached(learned, last) * settings.factor(); // in usual distances
        double factor = factor(reached);
        MultivariateBaseline limited = learned.withFactor(factor).with(components(learned, kept, last));
        return Optional.of(new Part(limited, rows.length - left, left, reached / factor));
    }

    /** Principal components with limits set as that of the distance is. */
    private @Nullable PrincipalComponents components(
            MultivariateBaseline learned, List<double[]> kept, List<double[]> last) {
        List<double[]> rows = kept.stream().map(learned::standardised).toList();
        PrincipalComponents usual = PrincipalComponents.learn(rows, settings.quantile());
        if (usual == null) {
            return null;
        }
        double along = 0;
        double off = 0;
        double[] shares = new double[learned.points().size()];
        for (double[] row : last) {
            double[] z = learned.standardised(row);
            along = Math.max(along, usual.alongScore(z, shares));
            off = Math.max(off, usual.offScore(z, shares));
        }
        return usual.withFactors(factor(along), factor(off));
    }

    private static double factor(double reached) {
        return Math.max(LEAST_FACTOR, Math.min(MOST_FACTOR, HEADROOM * reached));
    }

    /** Rows far outside the rest of their point, by median and median absolute deviation, are errors of measurement. */
    private static boolean[] plausible(double[][] values) {
        boolean[] isPlausible = new boolean[values.length];
        Arrays.fill(isPlausible, true);
        for (int c = 0; c < values[0].length; c++) {
            int column = c;
            double median =
                    median(Arrays.stream(values).mapToDouble(v -> v[column]).toArray());
            double spread = 1.4826
                    * median(Arrays.stream(values)
                            .mapToDouble(v -> Math.abs(v[column] - median))
                            .toArray());
            int out = 0;
            boolean[] isOut = new boolean[values.length];
            for (int i = 0; i < values.length && spread > 0; i++) {
                isOut[i] = Math.abs(values[i][c] - median) > IMPLAUSIBLE * spread;
                out += isOut[i] ? 1 : 0;
            }
            boolean isRare =
                    out <= 2 * TRIM * values.length; // what is frequent is no error but another operating point
            for (int i = 0; i < values.length && isRare; i++) {
                isPlausible[i] &= !isOut[i];
            }
        }
        return isPlausible;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** Mean of the window that ends in a row, if its rows follow each other in time and are plausible; else null. */
    private double @Nullable [] trailing(int[] rows, double[][] values, boolean[] isPlausible, int end) {
        int begin = end - settings.window() + 1;
        if (rows[end] - rows[begin] != settings.window() - 1) {
            return null;
        }
        double[] mean = new double[values[0].length];
        for (int i = begin; i <= end; i++) {
            if (!isPlausible[i]) {
                return null;
            }
            for (int c = 0; c < mean.length; c++) {
                mean[c] += values[i][c] / settings.window();
            }
        }
        return mean;
    }

    /** Without the most distant rows, if they stand out from all others: one step towards the minimum covariance determinant. */
    private static List<double[]> trimmed(MultivariateBaseline first, List<double[]> means) {
        double[] none = new double[first.points().size()];
        double[] shares = new double[none.length];
        double[] scores =
                means.stream().mapToDouble(m -> first.score(m, none, shares)).toArray();
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double limit = STANDS_OUT * sorted[(int) ((1 - TRIM) * (sorted.length - 1))];
        List<double[]> kept = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] <= limit) {
                kept.add(means.get(i));
            }
        }
        return kept;
    }

    private static double reached(MultivariateBaseline learned, List<double[]> last) {
        double[] none = new double[learned.points().size()];
        double[] shares = new double[none.length];
        return last.stream()
                .mapToDouble(m -> learned.score(m, none, shares))
                .max()
                .orElse(0);
    }

    private int good(int point) {
        int good = 0;
        for (int r = 0; r < history.rows(); r++) {
            good += Double.isNaN(history.value(r, point)) ? 0 : 1;
        }
        return good;
    }

    private double[] row(int row, int[] points) {
        return Arrays.stream(points).mapToDouble(c -> history.value(row, c)).toArray();
    }

    private List<String> names(int[] points) {
        return Arrays.stream(points).mapToObj(c -> history.points().get(c)).toList();
    }

    private int[] conditions(List<String> named, int[] watched, int[] complete) {
        if (!named.isEmpty()) {
            return Arrays.stream(watched)
                    .filter(c -> named.contains(history.points().get(c)))
                    .toArray();
        }
        return Arrays.stream(watched).filter(c -> staysAtLevels(c, complete)).toArray();
    }

    /** Whether a point stays at a few levels with gaps between, each for a good part of the time. */
    private boolean staysAtLevels(int point, int[] complete) {
        List<double[]> values = new ArrayList<>();
        for (int r : complete) {
            values.add(new double[] {history.value(r, point)});
        }
        OperatingRegimes levels = OperatingRegimes.learn(values);
        if (levels.count() < 2 || levels.count() > LEVELS) {
            return false;
        }
        int[] count = new int[levels.count()];
        values.forEach(v -> count[levels.of(v)]++);
        return Arrays.stream(count).allMatch(n -> n >= LEAST_LEVEL * complete.length);
    }

    private LearningResult notEnough(int rows, int needed) {
        double seconds = history.period() / 1e7;
        return new LearningResult.NotEnough(
                rows,
                needed,
                text(
                        "Not enough data: %d rows of an operating point have good values of all points, %d are needed (%.1f h at one row every %.0f s). Let more history collect, or choose fewer points.",
                        "Zu wenig Daten: %d Zeilen eines Betriebspunkts haben gute Werte aller Punkte, %d werden gebraucht (%.1f h bei einer Zeile alle %.0f s). Lassen Sie mehr Verlauf entstehen, oder wählen Sie weniger Punkte.",
                        rows,
                        needed,
                        needed * seconds / 3600,
                        seconds));
    }

    private static LearningResult cancelled() {
        return new LearningResult.Cancelled(text("Learning was cancelled.", "Das Lernen wurde abgebrochen."));
    }

    private static Text text(TwinBaseline b) {
        long known = b.baselines().stream().filter(Optional::isPresent).count();
        return text(
                "Learned %d points at %d of %d operating points from %d rows; %d implausible ones were left out.",
                "%d Punkte an %d von %d Betriebspunkten aus %d Zeilen gelernt; %d unplausible wurden ausgelassen.",
                b.points().size(),
                known,
                b.regimes().count(),
                b.rows(),
                b.rejected());
    }

    private static Text text(String english, String german, Object... values) {
        return new Text(Map.of(
                "en", String.format(Locale.ROOT, english, values), "de", String.format(Locale.ROOT, german, values)));
    }
}
