package org.uatwin.server.run;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.structured.ModelChangeStructureDataType;
import org.uatwin.server.access.PermissionClass;
import org.uatwin.server.address.NamespaceIndexes;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.event.EventHub;
import org.uatwin.server.event.EventRecord;
import org.uatwin.simulation.scenario.RunState;
import org.uatwin.simulation.scenario.RunStatus;

/** The events of runs, each for those alone who may see the run. Raised on the thread of {@link RunWatch}. */
public final class RunEvents {
    /** RunResultReadyEventType in {@code urn:uatwin:types}. */
    static final NodeId RESULT_READY = new NodeId(NamespaceIndexes.TYPES, 11);

    private static final int SEVERITY = 100;
    private static final int SEVERITY_OF_FAILURE = 500;
    private static final int NODE_ADDED = 1;
    private static final int NODE_DELETED = 2;
    private static final int REFERENCE_ADDED = 4;
    private static final int REFERENCE_DELETED = 8;

    private final EventHub hub;
    private final Supplier<EncodingContext> encoding;

    public RunEvents(EventHub hub, Supplier<EncodingContext> encoding) {
        this.hub = hub;
        this.encoding = encoding;
    }

    /** ProgramTransitionEventType (OPC UA Part 10, 5.2.5.2): the run has come to another state. */
    void transition(RunNodes nodes, TwinInstance twin, RunStatus run) {
        if (!hub.hasListeners()) {
            return;
        }
        ProgramTransition taken = ProgramTransition.before(run);
        ProgramState to = ProgramState.of(run.state());
        boolean isFailure = run.state() == RunState.FAILED;
        String text = "%s: %s %s is %s. %s"
                .formatted(
                        twin.id(),
                        run.facts().method(),
                        run.scenario(),
                        RunMembers.text(run.state()).toLowerCase(Locale.ROOT),
                        run.message());
        EventRecord.Builder event = about(nodes, twin, run, NodeIds.ProgramTransitionEventType, text)
                .severity(isFailure ? SEVERITY_OF_FAILURE : SEVERITY)
                .time(RunMembers.time(Optional.of(RunMembers.changedAt(run))))
                .field("IntermediateResult", run.progressPercent());
        state(event, "FromState", taken.from());
        state(event, "ToState", to);
        event.field("Transition", LocalizedText.english(taken.text()))
                .field(taken.id(), name("Transition"), name("Id"))
                .field(uint(taken.number()), name("Transition"), name("Number"));
        hub.raise(event.build());
        if (run.state() == RunState.COMPLETED) {
            hub.raise(result(nodes, twin, run));
        }
    }

    private static void state(EventRecord.Builder event, String field, ProgramState state) {
        event.field(field, LocalizedText.english(state.text()))
                .field(state.id(), name(field), name("Id"))
                .field(uint(state.number()), name(field), name("Number"));
    }

    private static QualifiedName name(String name) {
        return new QualifiedName(0, name);
    }

    /** The result can be fetched now. */
    private EventRecord result(RunNodes nodes, TwinInstance twin, RunStatus run) {
        String text = "%s: the result of %s %s is ready. %s"
                .formatted(twin.id(), run.facts().method(), run.scenario(), run.message());
        EventRecord.Builder event = about(nodes, twin, run, RESULT_READY, text)
                .severity(SEVERITY)
                .time(RunMembers.time(Optional.of(RunMembers.changedAt(run))));
        own(event, "ResultId", run.resultId());
        own(event, "IsSimulated", true);
        own(event, "JobId", "");
        own(event, "TwinId", twin.id());
        own(event, "MethodName", run.facts().method());
        own(event, "ScenarioName", run.scenario());
        own(event, "ModelVersion", run.facts().modelVersion());
        return event.build();
    }

    private static void own(EventRecord.Builder event, String field, Object value) {
        event.field(value, new QualifiedName(NamespaceIndexes.TYPES, field));
    }

    /** A run has come: GeneralModelChangeEventType (OPC UA Part 5). */
    void come(RunNodes nodes, TwinInstance twin, RunStatus run) {
        changed(nodes, twin, run, NODE_ADDED, REFERENCE_ADDED, "a run has come");
    }

    /** A run has gone. */
    void gone(RunNodes nodes, TwinInstance twin, RunStatus run) {
        changed(nodes, twin, run, NODE_DELETED, REFERENCE_DELETED, "a run has gone");
    }

    private void changed(RunNodes nodes, TwinInstance twin, RunStatus run, int node, int folder, String text) {
        if (!hub.hasListeners()) {
            return;
        }
        ModelChangeStructureDataType[] changes = {
            new ModelChangeStructureDataType(
                    nodes.id(twin, run, RunMembers.ROOT), RunMembers.TWIN_RUN_TYPE, ubyte(node)),
            new ModelChangeStructureDataType(nodes.folderId(twin), RunMembers.TWIN_RUN_FOLDER_TYPE, ubyte(folder))
        };
        ExtensionObject[] encoded = new ExtensionObject[changes.length];
        for (int i = 0; i < changes.length; i++) {
            encoded[i] = ExtensionObject.encode(encoding.get(), changes[i]);
        }
        hub.raise(EventRecord.of(NodeIds.GeneralModelChangeEventType, NodeIds.Server, "Server")
                .audience(PermissionClass.PLANT_READ)
                .onlyFor(session -> nodes.viewer(session).maySee(run.requester()))
                .severity(SEVERITY)
                .message(LocalizedText.english(twin.id() + ": " + text))
                .field("Changes", encoded)
                .build());
    }

    private static EventRecord.Builder about(
            RunNodes nodes, TwinInstance twin, RunStatus run, NodeId type, String text) {
        return EventRecord.of(type, nodes.id(twin, run, RunMembers.ROOT), run.runId())
                .audience(PermissionClass.PLANT_READ)
                .onlyFor(session -> nodes.viewer(session).maySee(run.requester()))
                .message(LocalizedText.english(text.strip()));
    }
}
