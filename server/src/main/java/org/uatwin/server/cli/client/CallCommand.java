package org.uatwin.server.cli.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.core.types.DynamicStructType;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Table;
import picocli.CommandLine.Command;

/** {@code uatwin client call}. */
@Command(
        name = "call",
        description = "Call a method of a twin and print what it answers.",
        customSynopsis = "uatwin client call [OPTIONS] [ENDPOINT] TWIN METHOD [ARG...]",
        footer = {
            "",
            "Arguments in the order of the method; too few or wrong ones are answered with the list of them.",
            "Arrays: 1,2,3. An empty text: \"\". A negative number goes after --.",
            "Example: uatwin client call -u operator pump-01 WhatIf SpeedSetpoint 2400 DischargePressure 60",
            "Exit code 1 also when the method answers Success = false."
        })
final class CallCommand extends ClientAction {
    private static final String SUCCESS = "Success";

    @Override
    void check(List<String> arguments) {
        needs(arguments, 2, Integer.MAX_VALUE, "TWIN METHOD");
    }

    /** A method with the object it is called on. */
    private record Method(NodeId object, NodeId method, List<Argument> inputs, List<Argument> outputs) {}

    @Override
    int run(Session session, List<String> arguments) {
        String twin = arguments.get(0);
        String name = arguments.get(1);
        Method method = find(session, session.nodes().nodeId(twin), twin, name);
        Variant[] inputs = inputs(session, twin, name, method, arguments.subList(2, arguments.size()));
        CallMethodResult result = call(session.connection().client(), method, inputs);
        StatusCode status = result.getStatusCode();
        if (status.isBad()) {
            throw new CliException(Exit.FAILED, explain(session, twin, name, method, inputs, result));
        }
        Variant[] outputs = result.getOutputArguments() == null ? new Variant[0] : result.getOutputArguments();
        Map<String, Variant> named = named(session.connection().client(), method, outputs);
        print(session, twin, name, status, named);
        Variant success = named.get(SUCCESS);
        return success != null && Boolean.FALSE.equals(success.getValue()) ? Exit.FAILED : Exit.OK;
    }

    /** Outputs by name; a structure of which the server tells the fields counts as these. */
    private static Map<String, Variant> named(OpcUaClient client, Method method, Variant[] outputs) {
        Map<String, Variant> named = new LinkedHashMap<>();
        for (int i = 0; i < outputs.length; i++) {
            String output = i < method.outputs().size()
                    ? String.valueOf(method.outputs().get(i).getName())
                    : "output " + i;
            if (Values.described(client, outputs[i].getValue()) instanceof DynamicStructType structure) {
                structure.getMembers().forEach((field, value) -> named.put(field, fieldValue(value)));
            } else {
                named.put(output, outputs[i]);
            }
        }
        return named;
    }

    private static Variant fieldValue(@Nullable Object value) {
        return value instanceof Variant variant ? variant : new Variant(value);
    }

    private static CallMethodResult call(OpcUaClient client, Method method, Variant[] inputs) {
        try {
            CallMethodResult[] results = client.call(
                            List.of(new CallMethodRequest(method.object(), method.method(), inputs)))
                    .getResults();
            if (results == null || results.length != 1) {
                throw new CliException(Exit.FAILED, "the server answered the call with nothing.");
            }
            return results[0];
        } catch (UaException e) {
            throw Nodes.failure("the call failed", e);
        }
    }

    /** The method of that BrowseName on the object, in its MethodSet, or one level below. */
    private static Method find(Session session, NodeId object, String twin, String name) {
        Nodes nodes = session.nodes();
        List<String> seen = new ArrayList<>();
        List<ReferenceDescription> level = nodes.browse(object);
        Optional<Method> found = among(session, object, level, name, seen);
        if (found.isEmpty()) {
            for (ReferenceDescription child : level) {
                Optional<NodeId> id = nodes.local(child.getNodeId());
                if (child.getNodeClass() == NodeClass.Object && id.isPresent()) {
                    found = among(session, id.get(), nodes.browse(id.get()), name, seen);
                    if (found.isPresent()) {
                        break;
                    }
                }
            }
        }
        return found.orElseThrow(() -> new CliException(
                Exit.FAILED,
                seen.isEmpty()
                        ? "%s has no methods this user may see. Fix: check the id with uatwin client browse, or log on with --user."
                                .formatted(twin)
                        : "%s has no method \"%s\". It has: %s."
                                .formatted(
                                        twin,
                                        name,
                                        String.join(
                                                ", ",
                                                seen.stream()
                                                        .distinct()
                                                        .sorted()
                                                        .toList()))));
    }

    private static Optional<Method> among(
            Session session, NodeId object, List<ReferenceDescription> children, String name, List<String> seen) {
        for (ReferenceDescription child : children) {
            if (child.getNodeClass() != NodeClass.Method) {
                continue;
            }
            String browseName = String.valueOf(child.getBrowseName().name());
            seen.add(browseName);
            Optional<NodeId> id = session.nodes().local(child.getNodeId());
            if (browseName.equalsIgnoreCase(name) && id.isPresent()) {
                return Optional.of(new Method(
                        object,
                        id.get(),
                        arguments(session, id.get(), "InputArguments"),
                        arguments(session, id.get(), "OutputArguments")));
            }
        }
        return Optional.empty();
    }

    private static List<Argument> arguments(Session session, NodeId method, String property) {
        Optional<NodeId> node = session.nodes()
                .children(List.of(method), new QualifiedName(0, property))
                .get(0);
        if (node.isEmpty()) {
            return List.of();
        }
        List<Argument> arguments = new ArrayList<>();
        Object value =
                session.nodes().read(node.get(), AttributeId.Value).getValue().getValue();
        if (value instanceof Object[] items) {
            for (Object item : items) {
                if (Values.decoded(session.connection().client(), item) instanceof Argument argument) {
                    arguments.add(argument);
                }
            }
        }
        return arguments;
    }

    private static Variant[] inputs(Session session, String twin, String name, Method method, List<String> given) {
        List<Argument> wanted = method.inputs();
        if (given.size() != wanted.size()) {
            throw new CliException(
                    Exit.USAGE,
                    "%s takes %d argument%s, %d given.%n%s"
                            .formatted(
                                    name,
                                    wanted.size(),
                                    wanted.size() == 1 ? "" : "s",
                                    given.size(),
                                    signature(session, twin, name, wanted)));
        }
        Variant[] inputs = new Variant[given.size()];
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            Argument argument = wanted.get(i);
            try {
                inputs[i] = session.values()
                        .parse(given.get(i), session.values().builtin(argument.getDataType()), isArray(argument));
            } catch (Values.BadValue e) {
                problems.add("%s: %s.".formatted(argument.getName(), e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new CliException(
                    Exit.USAGE, String.join("\n", problems) + "\n" + signature(session, twin, name, wanted));
        }
        return inputs;
    }

    private static boolean isArray(Argument argument) {
        return argument.getValueRank() != null && argument.getValueRank() >= 1;
    }

    private static String signature(Session session, String twin, String name, List<Argument> wanted) {
        StringBuilder text = new StringBuilder("uatwin client call %s %s".formatted(twin, name));
        wanted.forEach(a -> text.append(" <").append(a.getName()).append('>'));
        for (Argument a : wanted) {
            text.append("%n  %s  %s%s  %s"
                    .formatted(
                            a.getName(),
                            typeName(session, a.getDataType()),
                            isArray(a) ? "[]" : "",
                            a.getDescription() == null
                                    ? ""
                                    : String.valueOf(a.getDescription().getText())));
        }
        return text.toString();
    }

    private static String typeName(Session session, NodeId dataType) {
        return OpcUaDataType.isBuiltin(dataType)
                ? String.valueOf(OpcUaDataType.fromNodeId(dataType))
                : session.nodes().name(dataType);
    }

    private static String explain(
            Session session, String twin, String name, Method method, Variant[] inputs, CallMethodResult result) {
        StringBuilder text = new StringBuilder(
                "%s of %s was refused: %s".formatted(name, twin, Values.statusName(result.getStatusCode())));
        StatusCode[] perArgument = result.getInputArgumentResults();
        if (perArgument != null) {
            for (int i = 0; i < perArgument.length && i < method.inputs().size(); i++) {
                if (perArgument[i].isBad()) {
                    text.append("%n  %s = %s: %s"
                            .formatted(
                                    method.inputs().get(i).getName(),
                                    session.values().text(inputs[i]),
                                    Values.statusName(perArgument[i])));
                }
            }
        }
        if (result.getStatusCode().getValue() == StatusCodes.Bad_UserAccessDenied
                || result.getStatusCode().getValue() == StatusCodes.Bad_NotExecutable) {
            text.append("%nFix: log on as a user with the role for it: --user NAME".formatted());
        }
        return text.toString();
    }

    private static void print(
            Session session, String twin, String name, StatusCode status, Map<String, Variant> outputs) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        Table table = new Table();
        outputs.forEach((output, value) -> {
            named.put(output, session.values().json(value));
            table.row(output, session.values().text(value));
        });
        if (session.isJson()) {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("twin", twin);
            answer.put("method", name);
            answer.put("status", Values.statusName(status));
            answer.put("outputs", named);
            session.out().println(Json.pretty(answer));
        } else if (outputs.isEmpty()) {
            session.out().println(Values.statusName(status));
        } else {
            table.print(session.out());
            if (!status.isGood()) {
                session.out().println("(" + Values.statusName(status) + ")");
            }
        }
    }
}
