package org.uatwin.server.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.maintenance.MaintenanceProposal;
import org.uatwin.simulation.maintenance.MaintenancePlan;
import org.uatwin.simulation.maintenance.MaintenancePlanner;
import org.uatwin.simulation.maintenance.MaintenanceWindow;

/** Answers of {@code ScheduleMaintenance}, a row of its arrays for each job, and of {@code DeferMaintenance}. */
final class ScheduleAnswer {
    private ScheduleAnswer() {}

    static CallMethodResult of(MaintenanceProposal proposal, Map<String, @Nullable Object> more) {
        int n = proposal.jobs().size();
        MaintenancePlan plan = proposal.plan();
        List<Integer> order = proposal.byUrgency();
        more.put("IsProven", plan.isProven());
        windows(proposal, more);
        alternatives(proposal, order, more);
        String text = n == 0 ? "There is nothing to plan by: " + PlanAnswer.reason(proposal) : PlanTexts.plan(proposal);
        return Answer.of(
                n > 0,
                text,
                PlanAnswer.block(proposal.found(), plan.cost(), proposal.currency(), PlanAnswer.reason(proposal)),
                texts(order, i -> proposal.jobs().get(i).task().name()),
                texts(order, i -> proposal.jobs().get(i).asset().id()),
                times(order, i -> start(proposal, i)),
                times(order, i -> PlanAnswer.latest(proposal, i)),
                numbers(order, i -> proposal.jobs().get(i).job().hours()),
                texts(order, i -> plan.jobs().get(i).crew()),
                numbers(order, i -> plan.jobs().get(i).riskBefore()),
                numbers(order, i -> plan.jobs().get(i).riskAfter()),
                numbers(order, i -> plan.jobs().get(i).costDelta()),
                numbers(order, i -> aWeekLater(proposal, i).costDelta()),
                texts(order, i -> HealthAnswer.english(plan.jobs().get(i).reason())),
                numbers(order, i -> proposal.jobs().get(i).optimalAgeHours()),
                numbers(order, i -> proposal.jobs().get(i).conditionLimit()),
                texts(order, i -> proposal.jobs().get(i).policy()),
                plan.cost(),
                plan.costOfNothing(),
                proposal.currency(),
                proposal.notes().toArray(new String[0]));
    }

    private static MaintenancePlanner.Deferral aWeekLater(MaintenanceProposal proposal, int i) {
        double start = proposal.plan().jobs().get(i).startHours();
        return MaintenancePlanner.defer(proposal.jobs().get(i).job(), start, start + PlanTexts.WEEK_HOURS);
    }

    private static DateTime start(MaintenanceProposal proposal, int i) {
        MaintenancePlan.Entry entry = proposal.plan().jobs().get(i);
        return entry.window().isPresent() ? new DateTime(proposal.asked().at(entry.startHours())) : DateTime.MIN_VALUE;
    }

    private static void windows(MaintenanceProposal proposal, Map<String, @Nullable Object> more) {
        List<MaintenanceWindow> used = proposal.windows().stream()
                .filter(window -> proposal.plan().jobs().stream()
                        .anyMatch(entry -> entry.window().isPresent()
                                && entry.window().get().id().equals(window.id())))
                .toList();
        more.put(
                "WindowStarts",
                used.stream()
                        .map(w -> new DateTime(proposal.asked().at(w.startHours())))
                        .toArray(DateTime[]::new));
        more.put(
                "WindowEnds",
                used.stream()
                        .map(w -> new DateTime(proposal.asked().at(w.endHours())))
                        .toArray(DateTime[]::new));
        more.put(
                "WindowStandstills",
                used.stream().map(MaintenanceWindow::isStandstill).toArray(Boolean[]::new));
    }

    private static void alternatives(
            MaintenanceProposal proposal, List<Integer> order, Map<String, @Nullable Object> more) {
        List<Integer> rows = new ArrayList<>();
        List<MaintenancePlanner.Alternative> all = new ArrayList<>();
        for (int row = 0; row < order.size(); row++) {
            for (MaintenancePlanner.Alternative each : PlanAnswer.alternativesOf(proposal, order.get(row))) {
                rows.add(row);
                all.add(each);
            }
        }
        more.put("AlternativeRows", rows.toArray(new Integer[0]));
        more.put(
                "AlternativeStarts",
                all.stream()
                        .map(a -> new DateTime(proposal.asked().at(a.startHours())))
                        .toArray(DateTime[]::new));
        more.put(
                "AlternativeRisks",
                all.stream().map(MaintenancePlanner.Alternative::risk).toArray(Double[]::new));
        more.put(
                "AlternativeCosts",
                all.stream().map(MaintenancePlanner.Alternative::cost).toArray(Double[]::new));
    }

    /**
     * What it brings to put a job off.
     *
     * @param row job that is asked about.
     * @param later hours from now.
     */
    static CallMethodResult deferred(MaintenanceProposal proposal, int row, double later) {
        MaintenancePlan.Entry entry = proposal.plan().jobs().get(row);
        boolean isPlanned = entry.window().isPresent();
        double from = isPlanned
                ? entry.startHours()
                : Math.max(0, proposal.asked().hoursTo(proposal.asked().earliest()));
        double to = Math.max(from, later);
        MaintenancePlanner.Deferral d =
                MaintenancePlanner.defer(proposal.jobs().get(row).job(), from, to);
        String task = PlanTexts.task(proposal, proposal.jobs().get(row));
        String text = String.format(
                java.util.Locale.ROOT,
                "%s at %s instead of %s: the risk of failing before rises from %.1f to %.1f %%, the expected cost by %s.",
                task,
                PlanTexts.time(proposal.asked(), to),
                PlanTexts.time(proposal.asked(), from),
                100 * d.risk(),
                100 * d.riskLater(),
                PlanTexts.money(d.costDelta(), proposal.currency()));
        return Answer.of(
                true,
                text,
                PlanAnswer.block(proposal.found(), d.costDelta(), proposal.currency(), PlanAnswer.reason(proposal)),
                task,
                isPlanned ? new DateTime(proposal.asked().at(from)) : DateTime.MIN_VALUE,
                PlanAnswer.latest(proposal, row),
                d.risk(),
                d.riskLater(),
                d.costDelta(),
                proposal.currency());
    }

    private static String[] texts(List<Integer> order, IntFunction<String> of) {
        return order.stream().map(of::apply).toArray(String[]::new);
    }

    private static Double[] numbers(List<Integer> order, IntFunction<Double> of) {
        return order.stream().map(of::apply).toArray(Double[]::new);
    }

    private static DateTime[] times(List<Integer> order, IntFunction<DateTime> of) {
        return order.stream().map(of::apply).toArray(DateTime[]::new);
    }
}
