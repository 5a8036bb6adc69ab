package org.uatwin.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.estimation.EstimatorSettings;
import org.uatwin.simulation.estimation.FidelityLevel;
import org.uatwin.simulation.estimation.SampleQuality;
import org.uatwin.simulation.estimation.TwinEstimator;
import org.uatwin.simulation.virtual.VirtualConveyor;
import org.uatwin.simulation.virtual.VirtualMachine;
import org.uatwin.simulation.virtual.VirtualPump;

/**
 * 1 000 live estimators, a step a second each: half pumps, half conveyors, every one fed with what the sensors of a virtual
 * machine show. Time is virtual; what counts is the work of a second, against the spin loop beside it. Reading the samples in is
 * part of it, choosing parameters and looking for causes as well; the machines are not.
 */
final class EstimatorsTable {
    private static final int TWINS = 1_000;
    private static final int WARM_UP_S = 900; // calibrated: the dearer kind of step
    private static final int MEASURED_S = 120;
    private static final int RECORDED_S = 600;
    private static final double SHARE = 0.02; // of a core
    /** Spin loop of a quiet core, ms (docs/reference/figures.md). */
    private static final double QUIET_SPIN_MS = 378;

    private final List<TwinEstimator> twins = new ArrayList<>();
    private final List<double[][]> recordings = new ArrayList<>(); // by twin: second, channel; NaN if not measured
    private long second;

    static void run(Path directory) {
        EstimatorsTable table = new EstimatorsTable();
        table.work(WARM_UP_S);
        long calibrated = table.twins.stream()
                .filter(t -> t.report().level() == FidelityLevel.CALIBRATED)
                .count();
        Report.line("%d twins, %d of them calibrated".formatted(TWINS, calibrated));
        List<Double> times = new ArrayList<>();
        List<Double> spins = new ArrayList<>();
        for (int i = 0; i < Report.RUNS; i++) {
            spins.add(Report.spin());
            times.add(table.work(MEASURED_S) / MEASURED_S);
        }
        double a = Report.row("1 000 estimators, work of a second", "ms", times);
        double b = Report.row("spin loop beside it", "ms", spins);
        double bar = SHARE * 1000 / QUIET_SPIN_MS;
        Report.verdict("1 000 estimators at 1 Hz, of the spin loop", a / b, "<= %.4f".formatted(bar), a / b <= bar);
        Report.line("that is %.2f %% of a quiet core".formatted(a / b * QUIET_SPIN_MS / 10));
    }

    private EstimatorsTable() {
        ModelBinding pump = ModelBinding.of("pump", model("CentrifugalPump"), Map.of());
        ModelBinding belt = ModelBinding.of(
                "belt",
                model("Conveyor"),
                Map.of(
                        "BeltLength", 258.0,
                        "Lift", 17.9,
                        "RatedSpeed", 1.68,
                        "RatedMassFlow", 1000.0,
                        "RatedPower", 90.0));
        double[][] ofPump = recording(new VirtualPump(1), new TwinEstimator(pump, EstimatorSettings.defaults()));
        double[][] ofBelt = recording(new VirtualConveyor(1), new TwinEstimator(belt, EstimatorSettings.defaults()));
        for (int i = 0; i < TWINS; i++) {
            twins.add(new TwinEstimator(i % 2 == 0 ? pump : belt, EstimatorSettings.defaults()));
            recordings.add(i % 2 == 0 ? ofPump : ofBelt);
        }
        second = 133_000_000_000L;
    }

    private static TwinModel model(String name) {
        return ModelRegistry.builtIn().find(name).orElseThrow();
    }

    private static double[][] recording(VirtualMachine machine, TwinEstimator twin) {
        List<String> channels = twin.channels();
        machine.step(60);
        for (int i = 0; i < 30; i++) {
            machine.step(60); // warm
        }
        double[][] all = new double[RECORDED_S][channels.size()];
        for (double[] row : all) {
            machine.step(1);
            for (int c = 0; c < row.length; c++) {
                row[c] = machine.points().contains(channels.get(c)) ? machine.value(channels.get(c)) : Double.NaN;
            }
        }
        return all;
    }

    /** Lets so many seconds pass; answers the ms this took. */
    private double work(int seconds) {
        long start = System.nanoTime();
        for (int s = 0; s < seconds; s++) {
            second++;
            long time = second * UaTime.TICKS_PER_SECOND;
            int at = Math.floorMod(second, RECORDED_S);
            for (int i = 0; i < TWINS; i++) {
                TwinEstimator twin = twins.get(i);
                double[] row = recordings.get(i)[Math.floorMod(at + i, RECORDED_S)];
                for (int c = 0; c < row.length; c++) {
                    if (!Double.isNaN(row[c])) {
                        twin.offer(c, row[c], SampleQuality.GOOD, time);
                    }
                }
                twin.advance(time);
            }
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
