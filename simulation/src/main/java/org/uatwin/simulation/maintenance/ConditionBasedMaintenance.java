package org.uatwin.simulation.maintenance;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Planning;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.SetupException;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * What acting on predictions does to the downtime of a line: the same parts, with the same wear, once run to failure and once replaced
 * in a planned break when the prediction says that they would not reach the next one. The predictor knows what a twin knows: noisy
 * measurements of the condition and the mean rate of such parts, not the rate of this one. Some failures announce themselves by nothing.
 *
 * <p>{@link LineHistory} is one history of one policy.
 */
public final class ConditionBasedMaintenance implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final ModelCard CARD = ModelCard.named(
                    "ConditionBasedMaintenance",
                    ModelCard.Kind.PLANNING,
                    "Downtime of a line that acts on predictions, against the same line run to failure.")
            .valid(
                    "stations in series that all stop when one does; one wearing part a station; wear by a Wiener process with a rate of "
                            + "its own for each part; replacement makes as good as new")
            .parameter("Horizon", "h", 8760, 24, 1e6, "operating time of one history", "plan")
            .parameter("Histories", "", 50, 2, 10_000, "with other random parts each", "plan")
            .parameter(
                    "BreakEvery",
                    "h",
                    24,
                    0.5,
                    8760,
                    "planned breaks, in which parts may be replaced",
                    "shift calendar")
            .parameter("SampleEvery", "h", 1, 0.1, 8760, "measurements of the condition", "monitoring")
            .parameter("SensorNoise", "", 0.05, 0, 1, "standard deviation, of the limit", "monitoring")
            .parameter(
                    "RateSpread", "", 0.3, 0, 2, "of the wear rate between parts of a station, over its mean", "fitted")
            .parameter("RiskLimit", "", 0.1, 0, 1, "replace when P(failure before the next break) is above", "decision")
            .parameter(
                    "Unannounced", "", 0.15, 0, 1, "share of failures without wear before them", "history of failures")
            .parameter(
                    "TooEarly",
                    "",
                    0.25,
                    0,
                    1,
                    "a replacement is a false alarm if more than this share of life was left",
                    "definition")
            .table(
                    "stations",
                    true,
                    "stations of the line with their wearing part",
                    Column.text("station", "name"),
                    Column.number("mean_life_h", "h", 1, 1e6, "mean operating hours to failure by wear"),
                    Column.optional("life_cv", "", 0.15, 0, 2, "random part of the wear, over the mean"),
                    Column.number("repair_h", "h", 0, 1e4, "unplanned: finding, fetching, repairing"),
                    Column.number("planned_h", "h", 0, 1e4, "the same work when it is planned"))
            .output("UnplannedBefore", "h", 0, ANY, "a year, run to failure")
            .output("UnplannedAfter", "h", 0, ANY, "a year, acting on predictions")
            .output("PlannedAfter", "h", 0, ANY, "a year, replacements in breaks")
            .output("UnplannedCut", "%", "of the unplanned hours")
            .output("DowntimeCut", "%", "of all hours, the planned ones counted")
            .build();
    private static final double YEAR = 8760;

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable stations = setup.table("stations");
        if (stations.rows() == 0) {
            throw SetupException.of("stations", "the line has no station", "add a row.");
        }
        LineHistory.Rules rules = LineHistory.Rules.of(setup);
        int histories = (int) setup.parameter("Histories");
        double[] unplannedCut = new double[histories];
        double[] downtimeCut = new double[histories];
        LineHistory.Account before = new LineHistory.Account();
        LineHistory.Account after = new LineHistory.Account();
        NoiseStream root = setup.stream();
        for (int k = 0; k < histories; k++) {
            long seed = root.nextSeed();
            LineHistory.Account failing = new LineHistory(stations, rules, seed).run(false);
            LineHistory.Account acting = new LineHistory(stations, rules, seed).run(true);
            unplannedCut[k] = cut(failing.unplannedHours, acting.unplannedHours);
            downtimeCut[k] = cut(failing.downtime(), acting.downtime());
            before.add(failing);
            after.add(acting);
        }
        double perYear = YEAR / (rules.horizon() * histories);
        double[] y = {
            before.unplannedHours * perYear,
            after.unplannedHours * perYear,
            after.plannedHours * perYear,
            cut(before.unplannedHours, after.unplannedHours),
            cut(before.downtime(), after.downtime())
        };
        return new Planning(CARD.outputs(), y, figures(before, after, perYear, unplannedCut, downtimeCut, y));
    }

    private static double cut(double before, double after) {
        return before > 0 ? 100 * (1 - after / before) : 0;
    }

    private static List<Simulation.Figure> figures(
            LineHistory.Account before,
            LineHistory.Account after,
            double perYear,
            double[] unplannedCut,
            double[] downtimeCut,
            double[] y) {
        List<Simulation.Figure> figures = new ArrayList<>();
        figures.add(new Simulation.Figure("UnplannedCut", "%", y[3]));
        interval(figures, "UnplannedCut", unplannedCut);
        figures.add(new Simulation.Figure("DowntimeCut", "%", y[4]));
        interval(figures, "DowntimeCut", downtimeCut);
        figures.add(new Simulation.Figure("FailuresBefore", "1/a", before.failures * perYear));
        figures.add(new Simulation.Figure("FailuresAfter", "1/a", after.failures * perYear));
        figures.add(new Simulation.Figure("Unannounced", "1/a", after.unannounced * perYear));
        figures.add(new Simulation.Figure("Replacements", "1/a", after.replacements * perYear));
        figures.add(new Simulation.Figure("FalseAlarms", "1/a", after.falseAlarms * perYear));
        double worn = after.failures - after.unannounced + after.replacements - after.falseAlarms;
        double recall = worn > 0 ? (after.replacements - after.falseAlarms) / worn : 0;
        figures.add(new Simulation.Figure("Recall", "%", 100 * recall));
        figures.add(new Simulation.Figure(
                "LifeUsed", "%", after.replacements > 0 ? 100 * after.lifeUsed / after.replacements : 0));
        figures.add(new Simulation.Figure("PartsBefore", "1/a", before.failures * perYear));
        figures.add(new Simulation.Figure("PartsAfter", "1/a", (after.failures + after.replacements) * perYear));
        return figures;
    }

    /** 90 % of the histories lie between. */
    private static void interval(List<Simulation.Figure> figures, String name, double[] values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        figures.add(new Simulation.Figure(name + ", 5 % of histories below", "%", quantile(sorted, 0.05)));
        figures.add(new Simulation.Figure(name + ", 5 % of histories above", "%", quantile(sorted, 0.95)));
    }

    private static double quantile(double[] sorted, double p) {
        double at = p * (sorted.length - 1);
        int i = (int) at;
        return i + 1 < sorted.length ? sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]) : sorted[i];
    }
}
