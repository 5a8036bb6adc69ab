package org.uatwin.server.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.address.PlantAccess;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.scenario.RunManager;
import org.uatwin.simulation.scenario.RunStatus;
import org.uatwin.simulation.scenario.Viewer;

/** From NodeId to run and back, as a session sees it: what it may not see is not there (contracts section 4). Any thread. */
public final class RunNodes {
    private final UShort namespace;
    private final Supplier<LivePlant> plant;
    private final RunManager runs;
    private final PlantAccess access;

    /**
     * @param namespace index of the site.
     * @param plant as it is now.
     */
    public RunNodes(int namespace, Supplier<LivePlant> plant, RunManager runs, PlantAccess access) {
        this.namespace = Unsigned.ushort(namespace);
        this.plant = plant;
        this.runs = runs;
        this.access = access;
    }

    UShort namespace() {
        return namespace;
    }

    /** A NodeId taken apart; null if it is none of a run's. */
    @Nullable
    RunId parts(NodeId id) {
        return RunId.of(namespace, id);
    }

    /** A node of a run at this moment. */
    record Found(TwinInstance twin, RunStatus run, RunMember member) {}

    RunManager runs() {
        return runs;
    }

    PlantAccess access() {
        return access;
    }

    /** Whether the id has the form of one of a run's nodes, whether or not there is such a run. */
    boolean owns(NodeId id) {
        return RunId.of(namespace, id) != null;
    }

    /** The node; null if there is none, or none that this session may see. */
    @Nullable
    Found find(@Nullable Session session, NodeId id) {
        RunId parts = RunId.of(namespace, id);
        if (parts == null) {
            return null;
        }
        RunMember member = RunMembers.find(parts.member());
        TwinInstance twin = plant.get().instance(parts.twin());
        if (member == null || twin == null) {
            return null;
        }
        return runs.status(parts.run(), viewer(session))
                .filter(run -> twin.answersTo(run.twinId()))
                .map(run -> new Found(twin, run, member))
                .orElse(null);
    }

    /** Runs of a twin that the session may see, oldest first. */
    List<RunStatus> of(@Nullable Session session, TwinInstance twin) {
        return runs.list(viewer(session)).stream()
                .filter(run -> twin.answersTo(run.twinId()))
                .toList();
    }

    /** Who a session is to the runs; no session is the server itself. */
    Viewer viewer(@Nullable Session session) {
        String user = session == null ? null : session.getClientUserId();
        return new Viewer(user == null ? Viewer.ANONYMOUS : user, access.isEngineer(session));
    }

    /** The twin whose {@code Runs} this is; empty if it is no such folder. */
    Optional<TwinInstance> folder(NodeId id) {
        if (!(id.getIdentifier() instanceof String text)
                || !text.endsWith(RunId.FOLDER)
                || !namespace.equals(id.getNamespaceIndex())) {
            return Optional.empty();
        }
        return Optional.ofNullable(plant.get().instance(text.substring(0, text.length() - RunId.FOLDER.length())));
    }

    /** The twin a run belongs to, under its present id; empty if a reload has taken it away. */
    Optional<TwinInstance> twin(RunStatus run) {
        return Optional.ofNullable(plant.get().instance(run.twinId()));
    }

    NodeId id(TwinInstance twin, RunStatus run, RunMember member) {
        return new NodeId(namespace, RunId.identifier(twin.id(), run.runId(), member.path));
    }

    NodeId folderId(TwinInstance twin) {
        return new NodeId(namespace, twin.id() + RunId.FOLDER);
    }
}
