package org.uatwin.server.maintenance;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.detection.Detection;
import org.uatwin.simulation.detection.TwinDetector;
import org.uatwin.simulation.health.FaultCandidate;
import org.uatwin.simulation.health.FaultReport;
import org.uatwin.simulation.prognosis.MethodWeight;
import org.uatwin.simulation.prognosis.Prognosis;
import org.uatwin.simulation.prognosis.PrognosisAnswer;

/** What was found, in words for a point or a message. English, as all points that hold a text. */
public final class Texts {
    /** What {@code DiagnosedFault} and {@code Diagnose} say when something is wrong that no failure mode explains. */
    public static final String UNKNOWN = "Unknown";

    private static final int NAMED = 3;
    private static final double WORTH_NAMING = 0.05; // share of a contributor
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Texts() {}

    static String english(Text text) {
        return text.in(List.of("en")).text();
    }

    /** A moment, to the minute. */
    public static String time(long ticks) {
        return TIME.format(UaTime.toInstant(ticks));
    }

    /** A time span as people say it. */
    public static String hours(double hours) {
        if (hours < 1) {
            return String.format(Locale.ROOT, "%.0f min", 60 * hours);
        }
        return hours < 96
                ? String.format(Locale.ROOT, "%.0f h", hours)
                : hours < 24 * 730
                        ? String.format(Locale.ROOT, "%.0f days", hours / 24)
                        : String.format(Locale.ROOT, "%.1f years", hours / 8766);
    }

    /** What is unusual: largest contributors, since when, against what. */
    public static String anomaly(Detection detection) {
        if (!detection.isAvailable()) {
            return english(detection.unavailable());
        }
        StringJoiner text = new StringJoiner("; ");
        if (detection.isAlarm()) {
            StringJoiner points = new StringJoiner(", ");
            detection.contributors().stream()
                    .filter(c -> c.share() >= WORTH_NAMING
                            || c.equals(detection.contributors().get(0)))
                    .limit(NAMED)
                    .forEach(c -> points.add(String.format(
                            Locale.ROOT,
                            "%s %s (%.0f %%)",
                            c.point(),
                            english(c.test().text()),
                            100 * c.share())));
            text.add(points.toString());
            text.add("since " + time(detection.since()));
        } else {
            text.add("nothing unusual");
        }
        Detection.Baseline baseline = detection.baseline();
        if (baseline != null) {
            boolean isOfTwin = baseline.id().equals(TwinDetector.RESIDUALS);
            String with = isOfTwin ? "its model" : baseline.id();
            text.add(
                    baseline.isReady()
                            ? "compared with %s, learned %s".formatted(with, time(baseline.learnedAt()))
                            : "compared with %s, still learning".formatted(with));
        }
        return text.toString();
    }

    /**
     * The fault, for a point: a failure mode by its name, a sensor or a parameter as such, {@link #UNKNOWN} if nothing known explains what is
     * seen; empty if nothing is wrong.
     */
    public static String fault(FaultReport fault) {
        if (!fault.isDeviating()) {
            return "";
        }
        return fault.candidates().stream().findFirst().map(Texts::name).orElse(UNKNOWN);
    }

    /** What a candidate is called. */
    public static String name(FaultCandidate candidate) {
        return switch (candidate.kind()) {
            case FAILURE_MODE, DAMAGE -> candidate.name();
            case SENSOR -> "Sensor " + candidate.name();
            case PARAMETER -> "Parameter " + candidate.name();
        };
    }

    /** What is to be done about the fault that is there, else about what will end the life; empty if neither is known. */
    public static String task(Assessment found) {
        Optional<FaultCandidate> fault = found.fault().isDeviating()
                ? found.fault().candidates().stream().findFirst()
                : Optional.empty();
        if (fault.isPresent()) {
            return switch (fault.get().kind()) {
                case FAILURE_MODE, DAMAGE -> fault.get().name();
                case SENSOR -> "Check sensor " + fault.get().name();
                case PARAMETER -> MaintenanceRecord.INSPECTION;
            };
        }
        return found.fault().isDeviating() ? MaintenanceRecord.INSPECTION : "";
    }

    /** What is known of the remaining life, or what is missing. */
    public static String prognosisOrWhy(Assessment found) {
        return found.life() instanceof PrognosisAnswer.NotYet missing
                ? english(missing.reason())
                : prognosis(found.prognosis().orElseThrow());
    }

    /** What a prognosis says and stands on. */
    public static String prognosis(Prognosis p) {
        StringJoiner methods = new StringJoiner(", ");
        for (MethodWeight method : p.methods()) {
            methods.add(String.format(
                    Locale.ROOT, "%s %.0f %%", method.method().name().toLowerCase(Locale.ROOT), 100 * method.weight()));
        }
        String mode = p.dominantMode().isEmpty() ? "" : " until " + p.dominantMode();
        String life = p.isBeyondHorizon()
                ? "more than %s%s".formatted(hours(p.horizonHours()), mode)
                : "%s%s (%.0f %%: %s to %s)"
                        .formatted(
                                hours(p.medianHours()),
                                mode,
                                100 * p.confidenceLevel(),
                                hours(p.lowerHours()),
                                hours(p.upperHours()));
        String on = english(p.reason());
        return "%s; %s%s".formatted(life, methods, on.isEmpty() ? "" : "; " + on);
    }
}
