package org.uatwin.server.method;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.uatwin.server.maintenance.MaintenanceProposal;
import org.uatwin.server.maintenance.PlanQuestion;
import org.uatwin.server.maintenance.PlannedJob;
import org.uatwin.server.maintenance.Texts;
import org.uatwin.simulation.maintenance.MaintenancePlan;
import org.uatwin.simulation.maintenance.MaintenancePlanner;
import org.uatwin.simulation.maintenance.MaintenanceWindow;

/** A plan in words, as a maintenance engineer reads it. */
final class PlanTexts {
    /** What putting off is told for. */
    static final double WEEK_HOURS = 7 * 24;

    private PlanTexts() {}

    /** An amount. */
    static String money(double amount, String currency) {
        return currency.isEmpty()
                ? String.format(Locale.ROOT, "%.2f of the planned cost", amount)
                : String.format(Locale.ROOT, "%.0f %s", amount, currency);
    }

    /** What is to be done, with the asset if it is a part of what was asked about. */
    static String task(MaintenanceProposal proposal, PlannedJob job) {
        String name = job.mode().isEmpty() ? job.task().name() : job.mode();
        return job.asset() == proposal.twin() ? name : job.asset().id() + "/" + name;
    }

    static String time(PlanQuestion asked, double hours) {
        return Texts.time(asked.at(hours));
    }

    /** One job: when, how long, by whom, why, and what putting it off costs. */
    static String job(MaintenanceProposal proposal, int i) {
        PlannedJob job = proposal.jobs().get(i);
        MaintenancePlan.Entry entry = proposal.plan().jobs().get(i);
        String reason = HealthAnswer.english(entry.reason());
        if (entry.window().isEmpty()) {
            return "%s: not planned, %s.".formatted(task(proposal, job), reason);
        }
        MaintenanceWindow window = entry.window().get();
        String who = entry.crew().isEmpty()
                ? ""
                : ", %s (%d)".formatted(entry.crew(), job.task().people());
        return "%s: begin %s, %s%s%s. %s. %s"
                .formatted(
                        task(proposal, job),
                        time(proposal.asked(), entry.startHours()),
                        MaintenanceCalls.hours(job.job().hours()),
                        who,
                        window.isStandstill() ? ", while it stands anyway" : "",
                        capital(reason),
                        deferring(proposal, i));
    }

    /** What putting a planned job off by a week costs. */
    static String deferring(MaintenanceProposal proposal, int i) {
        MaintenancePlan.Entry entry = proposal.plan().jobs().get(i);
        MaintenancePlanner.Deferral later = MaintenancePlanner.defer(
                proposal.jobs().get(i).job(), entry.startHours(), entry.startHours() + WEEK_HOURS);
        return String.format(
                Locale.ROOT,
                "A week later the risk is %.0f %% and the expected cost %s %s.",
                100 * later.riskLater(),
                money(Math.abs(later.costDelta()), proposal.currency()),
                later.costDelta() < 0 ? "less" : "more");
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** The whole plan, a sentence or two a job. */
    static String plan(MaintenanceProposal proposal) {
        List<Integer> planned = proposal.planned();
        StringJoiner text = new StringJoiner(" ");
        if (proposal.jobs().size() > 1) {
            long stops = planned.stream()
                    .map(i ->
                            proposal.plan().jobs().get(i).window().orElseThrow().id())
                    .distinct()
                    .count();
            text.add("%d of %d jobs in %d %s."
                    .formatted(planned.size(), proposal.jobs().size(), stops, stops == 1 ? "window" : "windows"));
        }
        proposal.byUrgency().forEach(i -> text.add(job(proposal, i)));
        if (!proposal.plan().isProven()) {
            text.add("There may be a cheaper plan: not all were tried.");
        }
        return text.toString();
    }
}
