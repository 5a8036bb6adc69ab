package org.uatwin.server.maintenance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import org.uatwin.informationmodel.maintenance.LifeRule;
import org.uatwin.informationmodel.maintenance.PlantMaintenance;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.maintenance.AgePolicy;
import org.uatwin.simulation.maintenance.ConditionLimit;
import org.uatwin.simulation.maintenance.MaintenanceJob;
import org.uatwin.simulation.maintenance.WeibullFit;
import org.uatwin.simulation.maintenance.WeibullLife;
import org.uatwin.simulation.prognosis.LifeDistribution;
import org.uatwin.simulation.prognosis.Prognosis;

/** Finds the work that is due on assets: what their prognosis expects, and parts of known life by their age. */
final class JobFinder {
    private final LiveMaintenance live;
    private final PlantMaintenance plant;
    private final LifeHistory history;
    final List<PlannedJob> jobs = new ArrayList<>();
    /** What is not planned, and why. */
    final List<String> notes = new ArrayList<>();

    JobFinder(LiveMaintenance live, LifeHistory history) {
        this.live = live;
        this.history = history;
        plant = live.plant().plant().maintenance();
    }

    /**
     * Adds the work on one asset.
     *
     * @param found about it; empty if it is not watched.
     * @param isWhole whether the plan is for it: then its loss of production is that of the windows.
     */
    void add(TwinInstance asset, Optional<Assessment> found, boolean isWhole) {
        Optional<Prognosis> prognosis =
                LiveMaintenance.standsForParts(asset) ? Optional.empty() : found.flatMap(Assessment::prognosis);
        String own = "";
        if (prognosis.isPresent()) {
            Prognosis p = prognosis.get();
            String fault = Texts.task(found.orElseThrow());
            own = fault.isEmpty() || fault.equals(MaintenanceRecord.INSPECTION) ? p.dominantMode() : fault;
            byCondition(asset, own, p, isWhole);
        } else if (found.isPresent() && !LiveMaintenance.standsForParts(asset)) {
            notes.add(asset.id() + ": " + Texts.prognosisOrWhy(found.get()));
        }
        List<String> tasks = new ArrayList<>(asset.twin().maintenance().tasks().keySet());
        history.failedBy(asset).stream().filter(task -> !tasks.contains(task)).forEach(tasks::add);
        for (String task : tasks) {
            if (!task.equals(own)) {
                byAge(asset, task, isWhole);
            }
        }
    }

    private void byCondition(TwinInstance asset, String mode, Prognosis p, boolean isWhole) {
        PlantMaintenance.Task task = task(asset, mode);
        Costs costs = costs(asset, task, isWhole);
        StringJoiner policy = new StringJoiner("; ");
        Optional<ConditionLimit> limit = limit(asset, mode, p, costs);
        limit.ifPresent(l -> policy.add(words(l)));
        Optional<Age> age = age(asset, mode, task, costs);
        age.ifPresent(a -> policy.add(a.words()));
        double begun = live.startOfLife(asset);
        double median = Math.max(1, p.life().quantile(0.5));
        double meanLife =
                Double.isFinite(begun) ? Math.max(begun, 1) : Double.isFinite(median) ? median : p.horizonHours();
        jobs.add(new PlannedJob(
                asset,
                mode,
                task,
                costs.job(asset, task, meanLife, task.riskLimit(), p.life()),
                age.map(Age::hours).orElse(Double.NaN),
                age.map(Age::optimal).orElse(0.0),
                limit.map(ConditionLimit::share).orElse(0.0),
                policy.toString()));
    }

    private Optional<ConditionLimit> limit(TwinInstance asset, String mode, Prognosis p, Costs costs) {
        OptionalDouble share = live.damageShare(asset, mode);
        return share.isEmpty()
                ? Optional.empty()
                : ConditionLimit.of(p.life(), share.getAsDouble(), costs.planned, costs.failure);
    }

    private static String words(ConditionLimit limit) {
        return limit.share() >= 0.999
                ? "by condition: no limit below failure pays, run it to failure"
                : String.format(
                        Locale.ROOT,
                        "by condition: replace at %.0f %% of the damage at which it fails, in about %s",
                        100 * limit.share(),
                        Texts.hours(limit.hours()));
    }

    /** A part that is replaced by its age. */
    private void byAge(TwinInstance asset, String name, boolean isWhole) {
        PlantMaintenance.Task task = task(asset, name);
        Costs costs = costs(asset, task, isWhole);
        Optional<LifeRule> life = life(asset, task);
        if (life.isEmpty()) {
            return;
        }
        Optional<Age> age = age(asset, name, task, costs);
        if (age.isEmpty() || Double.isNaN(age.get().hours())) {
            notes.add("%s %s: its age is not known. Record its replacement, or give inService in the plant file"
                    .formatted(asset.id(), name));
            return;
        }
        LifeRule rule = life.get();
        AgePolicy policy = new AgePolicy(rule.shape(), rule.scaleHours(), costs.planned, costs.failure);
        double optimal = age.get().optimal();
        double rate = optimal > 0 ? policy.rate(optimal) : policy.runToFailure();
        boolean hasLimit = asset.twin()
                .maintenance()
                .task(name)
                .or(plant.standard().task(name))
                .riskLimit()
                .isPresent();
        LifeDistribution left =
                WeibullLife.of(rule.shape(), rule.scaleHours(), age.get().hours());
        // So that the plan does it where the policy does: life thrown away is worth what it costs an hour.
        double meanLife = Math.max(1e-3, task.plannedCost()) / rate;
        jobs.add(new PlannedJob(
                asset,
                name,
                task,
                costs.job(asset, task, meanLife, hasLimit ? task.riskLimit() : 1, left),
                age.get().hours(),
                optimal,
                0,
                age.get().words()));
    }

    /**
     * What is known of a part by its age.
     *
     * @param hours it has lived; NaN if that is not known.
     * @param optimal age of replacement; 0 if there is none.
     */
    private record Age(double hours, double optimal, String words) {}

    /** The life of a part: what the plant file says, else what was learned from failures. */
    private Optional<LifeRule> life(TwinInstance asset, PlantMaintenance.Task task) {
        return task.life()
                .or(() -> history.learned(asset, task.name()).map(fit -> new LifeRule(fit.shape(), fit.scale())));
    }

    private Optional<Age> age(TwinInstance asset, String name, PlantMaintenance.Task task, Costs costs) {
        Optional<LifeRule> life = life(asset, task);
        if (life.isEmpty()) {
            return Optional.empty();
        }
        String source = task.life().isPresent()
                ? "plant file"
                : history.learned(asset, name).map(JobFinder::words).orElse("");
        LifeRule rule = life.get();
        AgePolicy policy = new AgePolicy(rule.shape(), rule.scaleHours(), costs.planned, costs.failure);
        OptionalDouble optimal = policy.optimalAge();
        double age = history.age(asset, name).orElse(Double.NaN);
        String of = String.format(Locale.ROOT, "Weibull %.2f, %.0f h from %s", rule.shape(), rule.scaleHours(), source);
        String words;
        if (optimal.isPresent()) {
            words = String.format(
                    Locale.ROOT,
                    "by age: best replaced at %.0f h%s (%s)",
                    optimal.getAsDouble(),
                    Double.isNaN(age) ? "" : String.format(Locale.ROOT, ", it is %.0f h old", age),
                    of);
        } else {
            String why = rule.shape() <= 1
                    ? "it does not wear out"
                    : costs.failure <= costs.planned
                            ? "its failure costs no more than planned work"
                            : "planned work would hardly ever come before its failure";
            words = "by age: no optimum, run to failure: %s (%s)".formatted(why, of);
        }
        return Optional.of(new Age(age, optimal.orElse(0), words));
    }

    private static String words(WeibullFit fit) {
        return "%d failures among %d lives on record".formatted(fit.failures(), fit.lives());
    }

    private PlantMaintenance.Task task(TwinInstance asset, String mode) {
        return plant.task(asset.twin().maintenance(), mode.isEmpty() ? MaintenanceRecord.INSPECTION : mode);
    }

    private Costs costs(TwinInstance asset, PlantMaintenance.Task task, boolean isWhole) {
        double rate = downtimeCost(live.plant(), asset);
        double own = isWhole ? 0 : asset.twin().maintenance().downtimeCost().orElse(0);
        double failure = task.failureCost() + rate * task.failureDowntimeHours();
        double planned = task.plannedCost() + rate * task.durationHours();
        return new Costs(Math.max(1e-9, planned), Math.max(1e-9, failure), own);
    }

    /**
     * Costs of a job.
     *
     * @param planned with the loss of production, as policies take it.
     * @param failure likewise.
     * @param ownDowntime an hour, beside that of the whole.
     */
    private record Costs(double planned, double failure, double ownDowntime) {
        MaintenanceJob job(
                TwinInstance asset,
                PlantMaintenance.Task task,
                double meanLife,
                double riskLimit,
                LifeDistribution life) {
            return new MaintenanceJob(
                    asset.id() + "/" + task.name(),
                    asset.id(),
                    task.name(),
                    task.durationHours(),
                    task.people(),
                    task.skills(),
                    task.plannedCost(),
                    failure,
                    ownDowntime,
                    meanLife,
                    riskLimit,
                    life);
        }
    }

    /** Loss of production in an hour in which an asset stands: its own, else that of what it is part of. */
    static double downtimeCost(LivePlant plant, TwinInstance asset) {
        for (TwinInstance at = asset; at != null; at = plant.parent(at)) {
            OptionalDouble cost = at.twin().maintenance().downtimeCost();
            if (cost.isPresent()) {
                return cost.getAsDouble();
            }
        }
        return plant.plant().maintenance().standard().downtimeCost().orElse(0);
    }

    /** The span that plans look at for these jobs, hours. */
    static double span(List<PlannedJob> jobs, double longest, double least) {
        double span = least;
        for (PlannedJob job : jobs) {
            double median = job.job().life().quantile(0.5);
            span = Math.max(span, Math.min(longest, Math.max(2 * job.job().hours(), median)));
        }
        return span;
    }
}
