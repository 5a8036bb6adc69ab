package org.uatwin.simulation.maintenance;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.uatwin.informationmodel.type.Text;

/** Which limit keeps a job out of all windows, in words. */
final class PlanObstacle {
    private PlanObstacle() {}

    static Text of(MaintenanceJob job, List<MaintenanceWindow> windows) {
        if (windows.isEmpty()) {
            return text("nobody works in the time that is offered", "in der angebotenen Zeit arbeitet niemand");
        }
        boolean hasPeople = false;
        double longest = 0;
        String crew = "";
        for (MaintenanceWindow window : windows) {
            for (CrewShift shift : window.shifts()) {
                if (!shift.can(job)) {
                    continue;
                }
                hasPeople = true;
                double hours = Math.min(shift.endHours(), window.endHours())
                        - Math.max(shift.startHours(), window.startHours());
                if (hours > longest) {
                    longest = hours;
                    crew = shift.crew();
                }
            }
        }
        String who = job.skills().isEmpty() ? "" : " (" + String.join(", ", job.skills()) + ")";
        if (!hasPeople) {
            return text(
                    "it takes %d people%s, and no crew that works in this time has them".formatted(job.crew(), who),
                    "es braucht %d Leute%s, und keine Mannschaft dieser Zeit hat sie".formatted(job.crew(), who));
        }
        if (longest + 1e-9 < job.hours()) {
            return text(
                    String.format(
                            Locale.ROOT,
                            "it takes %.1f h at a stretch, and the longest time there is%s has %.1f h",
                            job.hours(),
                            crew.isEmpty() ? "" : " of crew " + crew,
                            longest),
                    String.format(
                            Locale.ROOT,
                            "es dauert %.1f h am Stück, und die längste Zeit%s hat %.1f h",
                            job.hours(),
                            crew.isEmpty() ? "" : " der Mannschaft " + crew,
                            longest));
        }
        return text(
                "the people for it are taken by work that comes first",
                "die Leute dafür sind mit Arbeit belegt, die vorgeht");
    }

    private static Text text(String en, String de) {
        return new Text(Map.of("en", en, "de", de));
    }
}
