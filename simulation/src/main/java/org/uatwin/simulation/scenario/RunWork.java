package org.uatwin.simulation.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.solver.Trajectory;

/** What the thread of a run does. */
interface RunWork {
    /** For lists of runs. */
    String title();

    /** The method that starts such work. */
    String method();

    /** Seed of everything that is drawn. */
    long seed();

    /** What was asked, argument by argument. */
    List<RunFacts.Input> inputs();

    /** Called once; ends soon after the control says so. */
    Ended work(RunControl control);

    /** How it ended: completed, cancelled or failed; without an outcome there is nothing to fetch. */
    record Ended(
            RunState state, String message, @Nullable RunOutcome outcome, List<Trajectory.Occurrence> occurrences) {}

    /** A task whose result is taken as it is. */
    static RunWork of(RunTask task) {
        return new RunWork() {
            @Override
            public String title() {
                return task.title();
            }

            @Override
            public String method() {
                return task.method();
            }

            @Override
            public long seed() {
                return task.seed();
            }

            @Override
            public List<RunFacts.Input> inputs() {
                return task.inputs();
            }

            @Override
            public Ended work(RunControl control) {
                RunTask.Result done = task.perform(control);
                RunState state = control.isCancelled() ? RunState.CANCELLED : RunState.COMPLETED;
                return new Ended(state, done.message(), RunOutcome.of(done), done.occurrences());
            }
        };
    }
}
