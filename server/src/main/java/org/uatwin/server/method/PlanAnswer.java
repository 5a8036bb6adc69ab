package org.uatwin.server.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.maintenance.Assessment;
import org.uatwin.server.maintenance.MaintenanceRecord;
import org.uatwin.server.maintenance.Texts;
import org.uatwin.simulation.maintenance.MaintenanceJob;
import org.uatwin.simulation.maintenance.MaintenancePlan;
import org.uatwin.simulation.maintenance.MaintenancePlanner;
import org.uatwin.simulation.maintenance.MaintenanceWindow;
import org.uatwin.simulation.prognosis.Prognosis;
import org.uatwin.simulation.scenario.AnswerBlock;

/** Answer of {@code PlanMaintenance}: the job that averts what the prognosis expects, put into the time that is offered. */
final class PlanAnswer {
    private static final double RISK_LIMIT = 0.05;
    private static final double JOB_HOURS = 4; // where nobody says how long it takes
    private static final double FAILURE_COST = 5; // of a failure, in planned jobs
    private static final double LONGEST_HOURS = 90 * 24;
    private static final int MOST_WINDOWS = 60;
    private static final int ALTERNATIVES = 3;
    private static final double TICKS_PER_HOUR = 3600.0 * UaTime.TICKS_PER_SECOND;

    private PlanAnswer() {}

    /**
     * What was asked.
     *
     * @param now ticks, as the next two.
     * @param earliest begin of the time that is offered.
     * @param latest its end; 0: within the life of the asset.
     * @param longestHours of the interruption; 0: any.
     */
    record Question(long now, long earliest, long latest, double longestHours) {
        double hoursTo(long ticks) {
            return (ticks - now) / TICKS_PER_HOUR;
        }

        DateTime at(double hours) {
            return new DateTime(now + Math.round(hours * TICKS_PER_HOUR));
        }
    }

    static CallMethodResult of(
            TwinInstance twin, Assessment found, Question asked, Map<String, @Nullable Object> more) {
        Prognosis p = found.prognosis().orElse(null);
        if (p == null) {
            String text = "There is no prognosis to plan by: " + Texts.prognosisOrWhy(found);
            return nothing(false, text, found, 0, "");
        }
        String fault = Texts.task(found);
        String mode = fault.isEmpty() || fault.equals(MaintenanceRecord.INSPECTION) ? p.dominantMode() : fault;
        double begin = Math.max(0, asked.hoursTo(asked.earliest()));
        double end = asked.latest() == 0
                ? begin + Math.min(LONGEST_HOURS, Math.max(2 * JOB_HOURS, p.medianHours()))
                : asked.hoursTo(asked.latest());
        double hours = asked.longestHours() == 0 ? JOB_HOURS : Math.min(JOB_HOURS, asked.longestHours());
        MaintenanceJob job = new MaintenanceJob(
                mode,
                twin.id(),
                mode,
                hours,
                1,
                1,
                FAILURE_COST,
                Math.max(1, p.life().quantile(0.5)),
                p.life());
        List<MaintenanceWindow> windows = windows(begin, end, hours);
        if (windows.isEmpty()) {
            String text = String.format(
                    Locale.ROOT, "The work takes %.1f h, and the time that is offered is %.1f h.", hours, end - begin);
            return nothing(false, text, found, p.failureWithin(Math.max(0, end)), mode);
        }
        MaintenancePlan.Entry entry = MaintenancePlanner.plan(List.of(job), windows, RISK_LIMIT)
                .jobs()
                .get(0);
        double latest = entry.latestHours();
        more.put(
                "LatestStart",
                Double.isFinite(latest) && latest < p.horizonHours() ? asked.at(latest) : DateTime.MIN_VALUE);
        more.put("FaultName", mode);
        more.put(
                "CostOfWaiting",
                MaintenancePlanner.defer(job, entry.startHours(), entry.startHours() + 24)
                        .costDelta());
        more.put("Alternatives", alternatives(job, windows, asked));
        String reason = HealthAnswer.english(entry.reason());
        if (entry.window().isEmpty()) {
            return nothing(true, "Nothing needs to be done in this time: " + reason, found, entry.riskBefore(), mode);
        }
        String task = mode.isEmpty() ? "Inspection" : mode;
        String text = "%s: begin %s, %s. %s"
                .formatted(
                        task,
                        Texts.time(asked.at(entry.startHours()).getUtcTime()),
                        MaintenanceCalls.hours(hours),
                        reason);
        return Answer.of(
                true,
                text,
                block(found, hours, reason),
                asked.at(entry.startHours()),
                hours,
                entry.riskBefore(),
                entry.riskAfter(),
                task);
    }

    /** Times at which the work could begin: evenly over what is offered. */
    private static List<MaintenanceWindow> windows(double begin, double end, double hours) {
        List<MaintenanceWindow> windows = new ArrayList<>();
        double step = Math.max(hours, (end - begin) / MOST_WINDOWS);
        for (double at = begin; at + hours <= end + 1e-9 && windows.size() < MOST_WINDOWS; at += step) {
            windows.add(new MaintenanceWindow(Integer.toString(windows.size()), at, at + hours, 1, 0));
        }
        return windows;
    }

    private static String[] alternatives(MaintenanceJob job, List<MaintenanceWindow> windows, Question asked) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(ALTERNATIVES, windows.size()); i++) {
            MaintenanceWindow window =
                    windows.get(i * (windows.size() - 1) / Math.max(1, Math.min(ALTERNATIVES, windows.size()) - 1));
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: probability of failing before %.1f %%",
                    Texts.time(asked.at(window.startHours()).getUtcTime()),
                    100 * job.life().within(window.startHours())));
        }
        return lines.toArray(new String[0]);
    }

    private static CallMethodResult nothing(boolean isAnswer, String text, Assessment found, double risk, String mode) {
        return Answer.of(
                isAnswer, text, block(found, 0, text), DateTime.MIN_VALUE, 0.0, risk, risk, isAnswer ? "" : mode);
    }

    private static AnswerBlock block(Assessment found, double hours, String reason) {
        return new AnswerBlock(
                hours,
                hours,
                0,
                "h",
                found.dataAgeSeconds(),
                found.fit(),
                found.isExtrapolated(),
                found.modelVersion(),
                MaintenanceCalls.why(found) + reason);
    }
}
