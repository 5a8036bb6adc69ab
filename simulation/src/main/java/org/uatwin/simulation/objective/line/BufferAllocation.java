package org.uatwin.simulation.objective.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.uatwin.simulation.discrete.ProductionLine;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.Objective;
import org.uatwin.simulation.objective.ObjectiveException;
import org.uatwin.simulation.objective.ObjectiveSpec;
import org.uatwin.simulation.objective.OwnSystem;
import org.uatwin.simulation.objective.Problem;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.objective.SettingSpec;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.objective.Solution;
import org.uatwin.simulation.scenario.Kpi;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.StopReason;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.DataTable;

/** Divides a number of places among the buffers of a line for the most throughput. */
public final class BufferAllocation implements Objective {
    private static final String PLACES = "Places.";
    private static final int MOST_ESTIMATED = 1000; // allocations that are all estimated
    private static final int MOST_SIMULATED = 100; // that are all simulated
    private static final int SEARCH_RUNS = 4;
    private static final int FIRST_RUNS = 6;
    private static final int ROBUSTNESS_PROBES = 4;
    private static final ObjectiveSpec SPEC = new ObjectiveSpec(
            "buffers",
            "Divide the places of the line's buffers so that it yields most.",
            false,
            "Throughput",
            "1/h",
            List.of(
                    SettingSpec.number(
                            "TotalPlaces",
                            "pc",
                            Double.NaN,
                            0,
                            10_000,
                            "of all buffers; as many as there are by default"),
                    SettingSpec.number("RunHours", "h", 40, 1, 10_000, "of each simulation that confirms"),
                    SettingSpec.number("WarmUpHours", "h", 4, 0, 1000, "before them"),
                    SettingSpec.number("Runs", "", 20, 2, 1000, "with and without the change, on the same chance")),
            0,
            0,
            5000,
            "A first guess by a decomposition of the line into pairs of machines (Gershwin; Dallery, David, Xie), then moves of places"
                    + " between buffers by simulation on the same chance; the winner is confirmed with fresh chance.");

    @Override
    public ObjectiveSpec spec() {
        return SPEC;
    }

    @Override
    public List<String> models() {
        return List.of("ProductionLine");
    }

    @Override
    public Optional<String> unfit(Subject subject) {
        DataTable stations = subject.own().tables().get("stations");
        if (stations == null || buffers(stations, true).length < 2) {
            return Optional.of("fewer than two buffers have a limited number of places between stations."
                    + " Fix: give BufferPlaces of the stations, or the column buffer of the table stations.");
        }
        return Optional.empty();
    }

    /** Rows of stations whose buffer counts: between stations, and before the first where parts arrive by themselves. */
    private static int[] buffers(DataTable stations, boolean isSaturated) {
        return IntStream.range(0, stations.rows())
                .filter(i -> !Double.isNaN(stations.number(i, "buffer")) && (i > 0 || !isSaturated))
                .filter(i -> !isTransport(stations, i))
                .toArray();
    }

    /** A conveyor has no buffer of its own, its places are its length: even times, no failures, no buffer. */
    private static boolean isTransport(DataTable stations, int row) {
        return stations.number(row, "buffer") == 0
                && stations.text(row, "distribution").equals("deterministic")
                && Double.isNaN(stations.number(row, "mtbf_s"));
    }

    @Override
    public Problem problem(Subject subject, Settings settings) {
        DataTable stations = subject.own().tables().get("stations");
        List<Problem.Variable> variables = new ArrayList<>();
        double total = 0;
        if (stations != null) {
            int[] rows = buffers(stations, true);
            total = settings.number("TotalPlaces", present(stations, rows));
            for (int row : rows) {
                variables.add(new Problem.Variable(
                        PLACES + stations.text(row, "station"), "pc", 0, total, false, "of the buffer before it"));
            }
        }
        return new Problem(
                variables,
                List.of(new Problem.Constraint("TotalPlaces", "pc", total, true, "of all buffers together")));
    }

    private static double present(DataTable stations, int[] rows) {
        return IntStream.of(rows).mapToDouble(i -> stations.number(i, "buffer")).sum();
    }

    @Override
    public Solution optimise(Question question, Effort effort) {
        return new Search(question, effort).solution();
    }

    private static final class Search {
        private final Settings settings;
        private final Effort effort;
        private final OwnSystem system;
        private final DataTable stations;
        private final int[] rows;
        private final int[] present;
        private final int total;
        private final LineTrial trial;
        private final NoiseStream seeds;
        private final List<int[]> starts = new ArrayList<>();

        Search(Question question, Effort effort) {
            this.settings = question.settings();
            this.effort = effort;
            system = OwnSystem.of(new ProductionLine(), question);
            stations = system.table("stations");
            rows = buffers(stations, system.parameter("ArrivalRate") == 0);
            present = IntStream.of(rows)
                    .map(i -> (int) stations.number(i, "buffer"))
                    .toArray();
            double wanted = settings.number("TotalPlaces", IntStream.of(present).sum());
            if (wanted != Math.rint(wanted)) {
                throw new ObjectiveException(
                        "TotalPlaces %s is no whole number".formatted(wanted),
                        "write how many parts fit in all buffers.");
            }
            total = (int) wanted;
            trial = new LineTrial(settings.number("RunHours"), settings.number("WarmUpHours"));
            seeds = NoiseStream.ofSeed(question.seed());
        }

        /** The line with these places. */
        private OwnSystem with(int[] places) {
            double[] column = stations.column("buffer");
            for (int k = 0; k < rows.length; k++) {
                column[rows[k]] = places[k];
            }
            return system.with(stations.with("buffer", column));
        }

        private double estimate(LineEstimate line, int[] places) {
            double[] column = stations.column("buffer");
            for (int k = 0; k < rows.length; k++) {
                column[rows[k]] = places[k];
            }
            int[] all = new int[column.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = Double.isNaN(column[i]) ? Integer.MAX_VALUE : (int) column[i];
            }
            return line.throughput(all);
        }

        Solution solution() {
            LineEstimate line = new LineEstimate(system);
            int runs = (int) settings.number("Runs");
            long confirming = 2L * ROBUSTNESS_PROBES * FIRST_RUNS + 2L * runs;
            Allocations allocations = search(line, Math.min(confirming, effort.left() * 3 / 4));
            List<int[]> found = allocations.best(starts, MOST_SIMULATED, 1);
            int[] best = found.isEmpty() ? present : found.get(0);
            LineTrial.Compared confirmed = trial.compare(system, with(best), runs, seeds.split(), effort);
            if (confirmed.runs() == 0) {
                double estimated = estimate(line, present);
                confirmed = new LineTrial.Compared(estimated, estimated, 0, 0, 0);
            }
            boolean hasSameTotal = IntStream.of(present).sum() == total;
            boolean isKept = confirmed.runs() == 0 || (hasSameTotal && !confirmed.isCertain());
            int[] chosen = isKept ? present : best;
            double value = isKept ? confirmed.before() : confirmed.after();
            double low = confirmed.gain() - confirmed.halfWidth();
            double high = confirmed.gain() + confirmed.halfWidth();
            return new Solution(
                    new Optimum(
                            SPEC.name(),
                            SPEC.quantity(),
                            SPEC.unit(),
                            false,
                            value,
                            confirmed.before(),
                            decisions(chosen),
                            List.of(new Optimum.Limit(
                                    "TotalPlaces",
                                    "pc",
                                    IntStream.of(chosen).sum(),
                                    IntStream.of(present).sum(),
                                    total,
                                    true,
                                    true)),
                            isKept ? List.of() : robustness(chosen),
                            List.of(),
                            allocations.isCutShort() && effort.stopReason() == StopReason.CONVERGED
                                    ? StopReason.ITERATIONS
                                    : effort.stopReason(),
                            effort.evaluations(),
                            allocations.isComplete()
                                    ? "The best of all divisions by simulation, confirmed with fresh chance."
                                    : "The best of moves between buffers by simulation, confirmed with fresh chance.",
                            message(chosen, isKept, confirmed, low, high)),
                    List.of(),
                    List.of(
                            new Kpi("Throughput", "1/h", value, confirmed.before(), value, value),
                            new Kpi("ThroughputGain", "1/h", confirmed.gain(), 0, low, high),
                            kpi("EstimatedThroughput", estimate(line, chosen), estimate(line, present)),
                            kpi("Runs", confirmed.runs(), confirmed.runs())));
        }

        /** The search by simulation, always with the same chance; starts are what the estimate says is best and the present. */
        private Allocations search(LineEstimate line, long confirming) {
            long chance = seeds.nextSeed();
            Allocations byEstimate = new Allocations(
                    rows.length,
                    total,
                    places -> estimate(line, places),
                    effort,
                    confirming + (effort.left() - confirming) / 2);
            int[] even = Allocations.even(rows.length, total);
            starts.addAll(byEstimate.best(List.of(even, present), MOST_ESTIMATED, 1));
            starts.add(present);
            return new Allocations(rows.length, total, places -> simulated(places, chance), effort, confirming);
        }

        private double simulated(int[] places, long chance) {
            OwnSystem line = with(places);
            NoiseStream stream = NoiseStream.ofSeed(chance);
            double sum = 0;
            for (int k = 0; k < SEARCH_RUNS && !effort.isCancelled(); k++) {
                sum += trial.throughput(line, stream.nextSeed()) / SEARCH_RUNS;
            }
            return sum;
        }

        private static Kpi kpi(String name, double value, double baseline) {
            return new Kpi(name, name.equals("Runs") ? "" : "1/h", value, baseline, value, value);
        }

        private List<Optimum.Decision> decisions(int[] places) {
            List<Optimum.Decision> decisions = new ArrayList<>();
            for (int k = 0; k < rows.length; k++) {
                decisions.add(new Optimum.Decision(
                        PLACES + stations.text(rows[k], "station"),
                        "pc",
                        places[k],
                        present[k],
                        0,
                        Math.max(total, present[k])));
            }
            return decisions;
        }

        /** Gain if speeds and repairs are not what they are taken for: 5 % and 30 % are typical of plant data. */
        private List<Optimum.Robustness> robustness(int[] chosen) {
            List<Optimum.Robustness> all = new ArrayList<>();
            all.add(moved("SpeedFactor", List.of("SpeedFactor"), 0.05, chosen));
            List<String> repairs = IntStream.range(0, stations.rows())
                    .mapToObj(i -> "RepairFactor." + stations.text(i, "station"))
                    .toList();
            all.add(moved("RepairFactor of all stations", repairs, 0.3, chosen));
            return all;
        }

        private Optimum.Robustness moved(String name, List<String> inputs, double sigma, int[] chosen) {
            double[] gains = new double[2];
            for (int side = 0; side < 2; side++) {
                OwnSystem before = system;
                OwnSystem after = with(chosen);
                double factor = side == 0 ? 1 - sigma : 1 + sigma;
                for (String input : inputs) {
                    before = before.with(input, system.input(input) * factor);
                    after = after.with(input, system.input(input) * factor);
                }
                gains[side] = trial.compare(before, after, FIRST_RUNS, seeds.split(), effort)
                        .gain();
            }
            return new Optimum.Robustness(name, "", sigma, gains[0], gains[1]);
        }

        private String message(int[] chosen, boolean isKept, LineTrial.Compared c, double low, double high) {
            if (c.runs() == 0) {
                return "No simulation was made: nothing is recommended.";
            }
            String interval =
                    String.format(Locale.ROOT, "95 %% interval %.3g to %.3g 1/h over %d runs", low, high, c.runs());
            if (isKept) {
                return "No other division is better beyond chance (gain of the best: %s); the buffers stay as they are."
                        .formatted(interval);
            }
            List<String> places = new ArrayList<>();
            for (int k = 0; k < rows.length; k++) {
                places.add("%s %d".formatted(stations.text(rows[k], "station"), chosen[k]));
            }
            return "Places before %s; the gain has a %s.".formatted(String.join(", ", places), interval);
        }
    }
}
