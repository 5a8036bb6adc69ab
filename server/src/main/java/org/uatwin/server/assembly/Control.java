package org.uatwin.server.assembly;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.address.CallTarget;
import org.uatwin.server.address.PlantNodes;
import org.uatwin.server.address.SetpointWriter;
import org.uatwin.server.control.AutomaticModes;
import org.uatwin.server.control.ControlStatus;
import org.uatwin.server.control.ControlThread;
import org.uatwin.server.control.FormulaRecommender;
import org.uatwin.server.control.Recommender;
import org.uatwin.server.control.SetpointBatch;
import org.uatwin.server.control.SetpointGate;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.PlantSwap;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.method.ApplyCalls;
import org.uatwin.server.method.MethodSignature;
import org.uatwin.server.method.ModeCalls;
import org.uatwin.server.method.ObjectiveRecommender;
import org.uatwin.server.method.RunRecommendations;
import org.uatwin.server.method.TwinCalls;
import org.uatwin.server.method.TwinModels;
import org.uatwin.server.service.Deadline;
import org.uatwin.server.service.TwinServer;
import org.uatwin.simulation.scenario.RunManager;
import org.uatwin.simulation.scenario.Viewer;

/**
 * The way to setpoints, wired: the gate in front of the links, the methods that send several values, and the automatic modes. The
 * gate works from the start; the rest after {@link #serve}.
 */
final class Control implements AutoCloseable {
    private final LivePlant first;
    private final InstantSource clock;
    private final ControlThread time;
    private final SetpointGate gate;
    private volatile ControlEvents events = ControlEvents.NOBODY; // until there is a server
    private @Nullable Serving serving; // set by serve, before anything is called

    /** What exists once there is a server. */
    private record Serving(AutomaticModes modes, ApplyCalls applies, ModeCalls modeCalls) {}

    Control(LivePlant first, SetpointWriter links, InstantSource clock) {
        this.first = first;
        this.clock = clock;
        time = new ControlThread(clock);
        gate = new SetpointGate(first, links, time, end -> events.rampEnded(end));
    }

    /** What every value for a device has to pass. */
    SetpointGate gate() {
        return gate;
    }

    /**
     * Makes the methods and the automatic modes.
     *
     * @param pool of the methods of twins.
     */
    void serve(
            TwinServer server,
            PlantNodes nodes,
            int site,
            TwinModels models,
            TwinCalls calls,
            RunManager runs,
            Executor pool) {
        ControlEvents raised = ControlEvents.of(server, nodes, site);
        events = raised;
        SetpointBatch batch = new SetpointBatch(gate, first.table(), raised::sent);
        RunRecommendations recommendations = new RunRecommendations(runs, models, nodes::live, calls, clock);
        Recommender formulas = new FormulaRecommender(nodes::live, time);
        Recommender objectives = new ObjectiveRecommender(calls, models, runs, recommendations);
        AutomaticModes modes = new AutomaticModes(
                first,
                gate,
                batch,
                time,
                rule -> rule.objective().isPresent() ? objectives : formulas,
                raised::modeChanged);
        serving = new Serving(
                modes, new ApplyCalls(batch, recommendations, nodes::live, time::ticks, pool), new ModeCalls(modes));
    }

    private Serving serving() {
        Serving made = serving;
        if (made == null) {
            throw new IllegalStateException("there is no server yet");
        }
        return made;
    }

    /** The answer of a method that is ours; null if it is another. */
    @Nullable
    CompletionStage<CallMethodResult> call(
            CallTarget.Found target, CallMethodRequest request, Viewer viewer, Deadline deadline) {
        return switch (target.signature().name()) {
            case MethodSignature.APPLY ->
                serving()
                        .applies()
                        .call(
                                target.instance(),
                                target.signature(),
                                request.getInputArguments(),
                                viewer,
                                deadline.nanoTime());
            case MethodSignature.SET_MODE ->
                serving()
                        .modeCalls()
                        .call(target.instance(), target.signature(), request.getInputArguments(), viewer.user());
            default -> null;
        };
    }

    /** How the automatic mode of a twin stands; null if it has none. */
    @Nullable
    ControlStatus status(TwinInstance twin) {
        Serving made = serving;
        return made == null ? null : made.modes().status(twin);
    }

    void restore(Map<String, byte[]> saved) {
        serving().modes().restore(saved);
    }

    CompletionStage<Map<String, byte[]>> save() {
        return CompletableFuture.completedStage(serving().modes().save());
    }

    void start() {
        serving().modes().start();
    }

    /** Before requests see the next plant. */
    void prepare(PlantSwap swap) {
        gate.prepare(swap.after());
    }

    /** After they do. */
    void follow(PlantSwap swap) {
        gate.settle(swap.after());
        serving().modes().follow(swap.after());
    }

    @Override
    public void close() {
        Serving made = serving;
        if (made != null) {
            made.modes().stop();
        }
        time.close();
    }
}
