package org.uatwin.server.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.maintenance.Assessment;
import org.uatwin.server.maintenance.MaintenanceProposal;
import org.uatwin.server.maintenance.PlannedJob;
import org.uatwin.server.maintenance.Texts;
import org.uatwin.simulation.maintenance.MaintenancePlan;
import org.uatwin.simulation.maintenance.MaintenancePlanner;
import org.uatwin.simulation.maintenance.MaintenanceWindow;
import org.uatwin.simulation.scenario.AnswerBlock;

/** Answer of {@code PlanMaintenance}: the first stop of the plan in numbers, all of it in words. */
final class PlanAnswer {
    private static final int ALTERNATIVES = 3;
    private static final double DAY_HOURS = 24;

    private PlanAnswer() {}

    static CallMethodResult of(MaintenanceProposal proposal, Map<String, @Nullable Object> more) {
        Assessment found = proposal.found();
        if (proposal.jobs().isEmpty()) {
            String why = proposal.notes().isEmpty() ? Texts.prognosisOrWhy(found) : String.join("; ", proposal.notes());
            return nothing(false, "There is no prognosis to plan by: " + why, found, 0, "");
        }
        double before = proposal.risk(false);
        List<Integer> planned = proposal.planned();
        String text = PlanTexts.plan(proposal);
        int first = proposal.byUrgency().get(0);
        PlannedJob job = proposal.jobs().get(first);
        MaintenancePlan.Entry entry = proposal.plan().jobs().get(first);
        more.put("LatestStart", latest(proposal, first));
        more.put("FaultName", job.mode());
        more.put(
                "CostOfWaiting",
                MaintenancePlanner.defer(job.job(), entry.startHours(), entry.startHours() + DAY_HOURS)
                        .costDelta());
        more.put("Alternatives", alternatives(proposal, first));
        if (planned.isEmpty()) {
            boolean isTooLate = before > proposal.jobs().get(first).task().riskLimit()
                    && HealthAnswer.english(entry.reason()).startsWith("no window");
            String words = isTooLate
                    ? "The work does not fit into the time that is offered: "
                    : "Nothing needs to be done in this time: ";
            return nothing(!isTooLate, words + text, found, before, PlanTexts.task(proposal, job));
        }
        MaintenanceWindow window = entry.window().orElseThrow();
        StringJoiner tasks = new StringJoiner(", ");
        double end = 0;
        for (int i : planned) {
            MaintenancePlan.Entry each = proposal.plan().jobs().get(i);
            if (each.window().orElseThrow().id().equals(window.id())) {
                tasks.add(PlanTexts.task(proposal, proposal.jobs().get(i)));
                end = Math.max(
                        end, each.startHours() + proposal.jobs().get(i).job().hours());
            }
        }
        double hours = end - entry.startHours();
        return Answer.of(
                true,
                text,
                block(found, hours, reason(proposal)),
                new DateTime(proposal.asked().at(entry.startHours())),
                hours,
                before,
                proposal.risk(true),
                tasks.toString());
    }

    /** What the plan stands on: policies, and what it leaves out. */
    static String reason(MaintenanceProposal proposal) {
        StringJoiner text = new StringJoiner(" ");
        for (PlannedJob job : proposal.jobs()) {
            if (!job.policy().isEmpty()) {
                text.add("%s: %s.".formatted(PlanTexts.task(proposal, job), job.policy()));
            }
        }
        proposal.notes().forEach(note -> text.add(note.endsWith(".") ? note : note + "."));
        return text.toString();
    }

    /** Until when a job may wait by its risk limit; null time if it can beyond what is foreseen. */
    static DateTime latest(MaintenanceProposal proposal, int i) {
        double latest = proposal.plan().jobs().get(i).latestHours();
        double horizon = proposal.jobs().get(i).job().life().horizonHours();
        return Double.isFinite(latest) && latest < horizon
                ? new DateTime(proposal.asked().at(latest))
                : DateTime.MIN_VALUE;
    }

    private static String[] alternatives(MaintenanceProposal proposal, int i) {
        List<String> lines = new ArrayList<>();
        for (MaintenancePlanner.Alternative each : alternativesOf(proposal, i)) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: probability of failing before %.1f %%",
                    PlanTexts.time(proposal.asked(), each.startHours()),
                    100 * each.risk()));
        }
        return lines.toArray(new String[0]);
    }

    /** Other windows a job could be done in by itself: the first, the cheapest ones, in order of time. */
    static List<MaintenancePlanner.Alternative> alternativesOf(MaintenanceProposal proposal, int i) {
        return MaintenancePlanner.alternatives(proposal.jobs().get(i).job(), proposal.windows(), ALTERNATIVES);
    }

    static CallMethodResult nothing(boolean isAnswer, String text, Assessment found, double risk, String task) {
        return Answer.of(
                isAnswer, text, block(found, 0, text), DateTime.MIN_VALUE, 0.0, risk, risk, isAnswer ? "" : task);
    }

    static AnswerBlock block(Assessment found, double hours, String reason) {
        return block(found, hours, "h", reason);
    }

    static AnswerBlock block(Assessment found, double value, String unit, String reason) {
        return new AnswerBlock(
                value,
                value,
                0,
                unit,
                found.dataAgeSeconds(),
                found.fit(),
                found.isExtrapolated(),
                found.modelVersion(),
                MaintenanceCalls.why(found) + reason);
    }
}
