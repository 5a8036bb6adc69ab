package org.uatwin.server.method;

import java.time.Duration;
import java.util.Optional;
import org.uatwin.informationmodel.control.AutomaticRule;
import org.uatwin.server.control.Recommendation;
import org.uatwin.server.control.Recommender;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.objective.Optimisation;
import org.uatwin.simulation.scenario.RunManager;
import org.uatwin.simulation.scenario.RunState;
import org.uatwin.simulation.scenario.RunStatus;
import org.uatwin.simulation.scenario.StartResult;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.scenario.Viewer;
import org.uatwin.simulation.system.SetupException;

/** Recommends what a run of {@code Optimize} found: each question is a run of its own. */
public final class ObjectiveRecommender implements Recommender {
    private final TwinCalls calls;
    private final TwinModels models;
    private final RunManager runs;
    private final RunRecommendations recommendations;

    public ObjectiveRecommender(
            TwinCalls calls, TwinModels models, RunManager runs, RunRecommendations recommendations) {
        this.calls = calls;
        this.models = models;
        this.runs = runs;
        this.recommendations = recommendations;
    }

    @Override
    public Question ask(TwinInstance twin, AutomaticRule rule) {
        Viewer viewer = new Viewer("System/automatic/" + twin.id(), false);
        Optional<Subject> subject;
        try {
            subject = models.subject(twin);
        } catch (SetupException e) {
            return answered("the model of %s cannot be set up: %s".formatted(twin.id(), e.getMessage()));
        }
        if (subject.isEmpty()) {
            return answered("%s has no model".formatted(twin.id()));
        }
        Optimisation.Request request = new Optimisation.Request(
                rule.objective().orElse(""), rule.horizon().toNanos() / 1e9, rule.iterations());
        StartResult started = calls.optimise(twin, subject.get(), request, viewer.user());
        return started instanceof StartResult.Started run
                ? new Run(twin, run.runId(), viewer, rule.freshness())
                : answered(text(started));
    }

    private static String text(StartResult refused) {
        if (refused instanceof StartResult.Invalid invalid) {
            return "the objective cannot be asked: " + invalid.problems();
        }
        if (refused instanceof StartResult.NotEnoughData missing) {
            return missing.text();
        }
        return refused instanceof StartResult.Refused why ? why.text() : "too many runs are under way";
    }

    private static Question answered(String problem) {
        return new Question() {
            @Override
            public Optional<Answer> poll() {
                return Optional.of(new Answer(Optional.empty(), problem));
            }

            @Override
            public void cancel() {
                // there is nothing under way
            }
        };
    }

    /** A run that is looked at until it has ended. */
    private final class Run implements Question {
        private final TwinInstance twin;
        private final String id;
        private final Viewer viewer;
        private final Duration maxAge;

        Run(TwinInstance twin, String id, Viewer viewer, Duration maxAge) {
            this.twin = twin;
            this.id = id;
            this.viewer = viewer;
            this.maxAge = maxAge;
        }

        @Override
        public Optional<Answer> poll() {
            RunState state = runs.status(id, viewer).map(RunStatus::state).orElse(RunState.FAILED);
            if (state == RunState.READY || state == RunState.RUNNING) {
                return Optional.empty();
            }
            RunRecommendations.Found found = recommendations.of(twin, id, viewer, maxAge);
            Optional<Recommendation> made = found.recommendation();
            return Optional.of(new Answer(made, found.problem()));
        }

        @Override
        public void cancel() {
            runs.cancel(id, viewer);
        }
    }
}
