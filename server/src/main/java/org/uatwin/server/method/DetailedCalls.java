package org.uatwin.server.method;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.types.StructureDeclaration;
import org.uatwin.server.types.StructureValue;
import org.uatwin.simulation.scenario.RunFacts;
import org.uatwin.simulation.scenario.RunManager;
import org.uatwin.simulation.scenario.RunStatus;
import org.uatwin.simulation.scenario.Viewer;

/**
 * Answers structured variants: the request's fields become the flat method's arguments, its outputs fields of the result, beside what
 * only the structure has room for. So the two can never differ. A field that cannot be used is reported as the argument's status.
 */
final class DetailedCalls {
    private final RunManager runs;

    DetailedCalls(RunManager runs) {
        this.runs = runs;
    }

    /** Answers the flat method. */
    @FunctionalInterface
    interface Flat {
        /** @param more gets fields that only the structure has. */
        CallMethodResult answer(MethodSignature signature, CallArguments arguments, Map<String, @Nullable Object> more);
    }

    CallMethodResult answer(DetailedMethod method, CallArguments given, Viewer viewer, Flat flat) {
        MethodSignature signature = MethodSignature.named(method.flat()).orElseThrow();
        Map<String, @Nullable Object> asked = asked(method, signature, given);
        Map<String, @Nullable Object> fields = new HashMap<>();
        CallMethodResult answered = flat.answer(signature, arguments(method, signature, asked), fields);
        if (!answered.getStatusCode().isGood()) {
            return folded(answered);
        }
        Variant[] outputs = Objects.requireNonNull(answered.getOutputArguments());
        for (int i = 0; i < outputs.length; i++) {
            fields.put(signature.outputs().get(i).name(), outputs[i].value());
        }
        if (asked.get("RunId") instanceof String runId) {
            runs.status(runId, viewer).ifPresent(status -> status(status, fields));
            if (method.flat().equals("GetRunResult")) {
                Optional<StatusCode> problem = trajectories(runId, asked, viewer, fields);
                if (problem.isPresent()) {
                    return CallArguments.invalid(List.of(problem.get()));
                }
            }
        }
        return new CallMethodResult(StatusCode.GOOD, new StatusCode[0], new DiagnosticInfo[0], new Variant[] {
            new Variant(value(method.result(), fields))
        });
    }

    /** What was asked, by name. */
    private static Map<String, @Nullable Object> asked(
            DetailedMethod method, MethodSignature signature, CallArguments given) {
        Map<String, @Nullable Object> asked = new HashMap<>();
        if (method.request().isPresent()) {
            StructureValue request = given.structure(0);
            for (int i = 0; i < request.values().size(); i++) {
                asked.put(
                        request.type().fields().get(i).name(), request.values().get(i));
            }
        } else {
            for (int i = 0; i < signature.inputs().size(); i++) {
                asked.put(signature.inputs().get(i).name(), given.value(i));
            }
        }
        return asked;
    }

    /** The flat method's arguments, then what only the structure has. */
    private static CallArguments arguments(
            DetailedMethod method, MethodSignature signature, Map<String, @Nullable Object> asked) {
        List<String> names = new java.util.ArrayList<>(
                signature.inputs().stream().map(MethodSignature.Arg::name).toList());
        method.request().ifPresent(request -> request.fields().stream()
                .map(StructureDeclaration.Field::name)
                .filter(name -> !names.contains(name))
                .forEach(names::add));
        return CallArguments.of(
                names.stream().map(name -> new Variant(asked.get(name))).toArray(Variant[]::new));
    }

    /** The structure is one argument: the first bad field is what is wrong with it. */
    private static CallMethodResult folded(CallMethodResult refused) {
        StatusCode[] results = refused.getInputArgumentResults();
        if (results == null || results.length <= 1) {
            return refused;
        }
        for (StatusCode result : results) {
            if (result.isBad()) {
                return CallArguments.invalid(List.of(result));
            }
        }
        return refused;
    }

    private static StructureValue value(StructureDeclaration type, Map<String, @Nullable Object> fields) {
        return new StructureValue(
                type,
                type.fields().stream().map(field -> fields.get(field.name())).toArray());
    }

    private static void status(RunStatus status, Map<String, @Nullable Object> fields) {
        RunFacts facts = status.facts();
        fields.put("RunId", facts.runId());
        fields.put("TwinId", facts.twinId());
        fields.put("MethodName", facts.method());
        fields.put("ScenarioName", facts.title());
        fields.put("Requester", facts.requester());
        fields.put("RandomSeed", facts.seed());
        fields.put("InputNames", ModelAnswer.texts(facts.inputs(), RunFacts.Input::name));
        fields.put("InputValues", ModelAnswer.texts(facts.inputs(), RunFacts.Input::value));
        DateTime created = new DateTime(UaTime.ofInstant(facts.createdAt()));
        fields.put("CreationTime", created);
        fields.put(
                "StartTime",
                status.startedAt().map(i -> new DateTime(UaTime.ofInstant(i))).orElse(DateTime.MIN_VALUE));
        fields.put(
                "EndTime",
                status.finishedAt().map(i -> new DateTime(UaTime.ofInstant(i))).orElse(DateTime.MIN_VALUE));
    }

    private Optional<StatusCode> trajectories(
            String runId, Map<String, @Nullable Object> asked, Viewer viewer, Map<String, @Nullable Object> fields) {
        fields.put("StartTime", fields.get("CreationTime")); // simulated time 0 is when the live state was taken
        String[] names = asked.get("OutputNames") instanceof String[] given ? given : new String[0];
        long rows = asked.get("MaxPoints") instanceof Number number ? number.longValue() : 0;
        Trajectories found = Trajectories.of(runs, runId, viewer, List.of(names), rows);
        if (found.problem().isPresent()) {
            return Optional.of(new StatusCode(
                    switch (found.problem().get().kind()) {
                        case NO_MATCH -> StatusCodes.Bad_NoMatch;
                        case OUT_OF_RANGE -> StatusCodes.Bad_OutOfRange;
                        case INVALID -> StatusCodes.Bad_InvalidArgument;
                    }));
        }
        fields.put("OutputNames", found.names().toArray(new String[0]));
        fields.put("OutputUnits", found.units().toArray(new String[0]));
        fields.put("TimesSeconds", found.times());
        fields.put("Trajectories", new Variant(Matrix.ofDouble(found.values())));
        return Optional.empty();
    }
}
