package org.uatwin.server.run;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumValueType;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.address.NamespaceIndexes;
import org.uatwin.server.address.Structures;
import org.uatwin.simulation.scenario.RunState;
import org.uatwin.simulation.scenario.RunStatus;

/** The members of TwinRunType as every run has them: those of ProgramStateMachineType (Part 10, 5.2.1) and the type's own. */
final class RunMembers {
    /** TwinRunType in {@code urn:uatwin:types}. */
    static final NodeId TWIN_RUN_TYPE = new NodeId(NamespaceIndexes.TYPES, 9);

    /** TwinRunFolderType in {@code urn:uatwin:types}. */
    static final NodeId TWIN_RUN_FOLDER_TYPE = new NodeId(NamespaceIndexes.TYPES, 8);

    static final String HALT = "Halt";
    static final String PROGRESS = "Progress";

    private static final String PERCENT = "P1";
    private static final List<String> STATES = List.of("Queued", "Running", "Completed", "Cancelled", "Failed");

    /** Methods of the state machine with their declarations; a run is started once, by its twin's method. */
    static final Map<String, NodeId> METHODS = Map.of(
            HALT,
            NodeIds.ProgramStateMachineType_Halt,
            "Start",
            NodeIds.ProgramStateMachineType_Start,
            "Suspend",
            NodeIds.ProgramStateMachineType_Suspend,
            "Resume",
            NodeIds.ProgramStateMachineType_Resume,
            "Reset",
            NodeIds.ProgramStateMachineType_Reset);

    private static final Map<String, RunMember> BY_PATH = new LinkedHashMap<>();

    static final RunMember ROOT = root();

    private RunMembers() {}

    /** The member at this path, empty for the run itself; null if there is none. */
    static @Nullable RunMember find(String path) {
        return BY_PATH.get(path);
    }

    private static RunMember add(RunMember member) {
        BY_PATH.put(member.path, member);
        return member;
    }

    private static RunMember root() {
        RunMember root = add(new RunMember(
                null,
                QualifiedName.NULL_VALUE,
                NodeClass.Object,
                NodeIds.HasComponent,
                TWIN_RUN_TYPE,
                NodeId.NULL_VALUE,
                null));
        stateMachine(root);
        progress(root);
        runState(root);
        own(root, "RunId", NodeIds.String, RunStatus::runId);
        own(root, "TwinId", NodeIds.String, RunStatus::twinId);
        own(root, "MethodName", NodeIds.String, run -> run.facts().method());
        own(root, "ScenarioName", NodeIds.String, RunStatus::scenario);
        own(root, "Message", NodeIds.LocalizedText, run -> LocalizedText.english(run.message()));
        own(root, "CreationTime", NodeIds.UtcTime, run -> time(Optional.of(run.createdAt())));
        own(root, "StartTime", NodeIds.UtcTime, run -> time(run.startedAt()));
        own(root, "EndTime", NodeIds.UtcTime, run -> time(run.finishedAt()));
        own(root, "Requester", NodeIds.String, RunStatus::requester);
        own(root, "RandomSeed", NodeIds.Int64, run -> run.facts().seed());
        own(root, "ResultId", NodeIds.String, RunStatus::resultId);
        own(root, "ModelName", NodeIds.String, run -> run.facts().modelName());
        own(root, "ModelVersion", NodeIds.String, run -> run.facts().modelVersion());
        return root;
    }

    private static void stateMachine(RunMember root) {
        RunMember state = component(
                root,
                0,
                "CurrentState",
                NodeIds.FiniteStateVariableType,
                NodeIds.LocalizedText,
                run -> LocalizedText.english(ProgramState.of(run.state()).text()));
        property(state, 0, "Id", NodeIds.NodeId, run -> ProgramState.of(run.state())
                .id());
        property(
                state,
                0,
                "Number",
                NodeIds.UInt32,
                run -> uint(ProgramState.of(run.state()).number()));
        RunMember transition = component(
                root,
                0,
                "LastTransition",
                NodeIds.FiniteTransitionVariableType,
                NodeIds.LocalizedText,
                run -> LocalizedText.english(ProgramTransition.before(run).text()));
        property(transition, 0, "Id", NodeIds.NodeId, run -> ProgramTransition.before(run)
                .id());
        property(
                transition,
                0,
                "Number",
                NodeIds.UInt32,
                run -> uint(ProgramTransition.before(run).number()));
        property(transition, 0, "TransitionTime", NodeIds.UtcTime, run -> time(Optional.of(changedAt(run))));
        // Nobody but the server deletes a run, and it does so by itself when the run is old; nothing runs twice.
        property(root, 0, "Deletable", NodeIds.Boolean, run -> false);
        property(root, 0, "AutoDelete", NodeIds.Boolean, run -> true);
        property(root, 0, "RecycleCount", NodeIds.Int32, run -> 0);
        METHODS.keySet().stream()
                .sorted()
                .forEach(name -> add(new RunMember(
                        root,
                        new QualifiedName(0, name),
                        NodeClass.Method,
                        NodeIds.HasComponent,
                        NodeId.NULL_VALUE,
                        NodeId.NULL_VALUE,
                        null)));
    }

    private static void progress(RunMember root) {
        RunMember progress = component(
                root,
                NamespaceIndexes.TYPES,
                PROGRESS,
                NodeIds.AnalogUnitRangeType,
                NodeIds.Double,
                RunStatus::progressPercent);
        property(progress, 0, "EURange", NodeIds.Range, run -> new Range(0.0, 100.0));
        property(
                progress,
                0,
                "EngineeringUnits",
                NodeIds.EUInformation,
                run -> Structures.information(Units.find(PERCENT).orElseThrow().engineeringUnit()));
    }

    private static void runState(RunMember root) {
        RunMember state = component(
                root,
                NamespaceIndexes.TYPES,
                "RunState",
                NodeIds.MultiStateValueDiscreteType,
                NodeIds.Int32,
                run -> run.state().number());
        EnumValueType[] texts = new EnumValueType[STATES.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = new EnumValueType((long) i, text(i), LocalizedText.NULL_VALUE);
        }
        property(state, 0, "EnumValues", NodeIds.EnumValueType, run -> texts.clone()).valueRank = 1;
        property(
                state,
                0,
                "ValueAsText",
                NodeIds.LocalizedText,
                run -> text(run.state().number()));
    }

    /** Name of a state. */
    static String text(RunState state) {
        return STATES.get(state.number());
    }

    private static LocalizedText text(int state) {
        return LocalizedText.english(STATES.get(state));
    }

    private static RunMember component(
            RunMember parent,
            int namespace,
            String name,
            NodeId type,
            NodeId dataType,
            Function<RunStatus, Object> value) {
        return add(new RunMember(
                parent,
                new QualifiedName(namespace, name),
                NodeClass.Variable,
                NodeIds.HasComponent,
                type,
                dataType,
                value));
    }

    private static RunMember property(
            RunMember parent, int namespace, String name, NodeId dataType, Function<RunStatus, Object> value) {
        return add(new RunMember(
                parent,
                new QualifiedName(namespace, name),
                NodeClass.Variable,
                NodeIds.HasProperty,
                NodeIds.PropertyType,
                dataType,
                value));
    }

    private static void own(RunMember root, String name, NodeId dataType, Function<RunStatus, Object> value) {
        property(root, NamespaceIndexes.TYPES, name, dataType, value);
    }

    /** When it came to its present state. */
    static Instant changedAt(RunStatus run) {
        return run.finishedAt()
                .or(() -> run.state() == RunState.READY ? Optional.empty() : run.startedAt())
                .orElse(run.createdAt());
    }

    /** Null of this type is the smallest time there is (OPC UA Part 6, 5.2.2.5). */
    static DateTime time(Optional<Instant> instant) {
        return instant.map(i -> new DateTime(UaTime.ofInstant(i))).orElse(DateTime.MIN_VALUE);
    }
}
