package org.uatwin.server.method;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.control.Recommendation;
import org.uatwin.server.control.SetpointBatch;
import org.uatwin.server.control.SetpointNames;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.RunManager;
import org.uatwin.simulation.scenario.RunState;
import org.uatwin.simulation.scenario.RunStatus;
import org.uatwin.simulation.scenario.Setpoint;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.scenario.Viewer;

/** What runs of {@code Optimize} recommend, as values for setpoints. Any thread. */
public final class RunRecommendations {
    private final RunManager runs;
    private final TwinModels models;
    private final Supplier<LivePlant> live;
    private final TwinCalls calls;
    private final InstantSource clock;

    /** Either a recommendation, or why there is none, for people; the other one is empty. */
    public record Found(Optional<Recommendation> recommendation, String problem) {
        static Found none(String problem) {
            return new Found(Optional.empty(), problem);
        }
    }

    public RunRecommendations(
            RunManager runs, TwinModels models, Supplier<LivePlant> live, TwinCalls calls, InstantSource clock) {
        this.runs = runs;
        this.models = models;
        this.live = live;
        this.calls = calls;
        this.clock = clock;
    }

    /** Whether there is such a run of this twin that the viewer may see. */
    boolean exists(TwinInstance twin, String runId, Viewer viewer) {
        return runs.status(runId, viewer)
                .filter(status -> twin.answersTo(status.twinId()))
                .isPresent();
    }

    /** What a run recommends for now, if it has ended, is not older than {@code maxAge}, and its model is the twin's present one. */
    public Found of(TwinInstance twin, String runId, Viewer viewer, Duration maxAge) {
        RunStatus status = runs.status(runId, viewer)
                .filter(found -> twin.answersTo(found.twinId()))
                .orElse(null);
        if (status == null) {
            return Found.none("there is no run %s of %s".formatted(runId, twin.id()));
        }
        if (status.state() != RunState.COMPLETED) {
            return Found.none(
                    "run %s is %s".formatted(runId, status.state().name().toLowerCase(java.util.Locale.ROOT)));
        }
        Instant now = clock.instant();
        Duration age = Duration.between(status.facts().createdAt(), now);
        if (age.compareTo(maxAge) > 0) {
            return Found.none(
                    "the recommendation is %d s old, more than %d s".formatted(age.toSeconds(), maxAge.toSeconds()));
        }
        Optional<Subject> subject = models.subject(twin);
        if (subject.isEmpty()) {
            return Found.none("%s has no model any more".formatted(twin.id()));
        }
        String version = subject.get().description().versionText();
        String ofRun = runs.modelVersion(runId, viewer).orElse("");
        if (!version.equals(ofRun)) {
            return Found.none("the run is of the model %s, the twin has %s now".formatted(ofRun, version));
        }
        Optional<Optimum> optimum = runs.optimum(runId, viewer);
        if (optimum.isEmpty()) {
            return Found.none("run %s is no optimisation, so it recommends nothing".formatted(runId));
        }
        if (!optimum.get().isFeasible()) {
            return Found.none("the optimisation found nothing that keeps all limits: %s"
                    .formatted(optimum.get().message()));
        }
        ModelStart.Quality quality = calls.known(twin, subject.get())
                .start(models.snapshot(twin, subject.get(), UaTime.ofInstant(now)))
                .quality();
        return values(twin, optimum.get().setpoints())
                .map(values -> new Found(
                        Optional.of(new Recommendation(
                                runId,
                                values,
                                UaTime.ofInstant(status.facts().createdAt()),
                                quality.fitScore(),
                                quality.extrapolated(),
                                version)),
                        ""))
                .orElseGet(() ->
                        Found.none("run %s recommends a setpoint that %s does not have".formatted(runId, twin.id())));
    }

    private Optional<List<SetpointBatch.Wanted>> values(TwinInstance twin, List<Setpoint> setpoints) {
        List<SetpointBatch.Wanted> values = new ArrayList<>();
        for (Setpoint setpoint : setpoints) {
            Optional<SetpointNames.Setpoint> found =
                    SetpointNames.find(live.get(), twin, setpoint.twinId() + "/" + setpoint.point());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            TwinInstance owner = found.get().instance();
            int ordinal = found.get().ordinal();
            values.add(new SetpointBatch.Wanted(
                    owner,
                    ordinal,
                    SetpointNames.inUnitOf(owner.type().points().get(ordinal), setpoint.unit(), setpoint.value())));
        }
        return Optional.of(values);
    }
}
