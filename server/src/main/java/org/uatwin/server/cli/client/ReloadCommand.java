package org.uatwin.server.cli.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code uatwin reload}: the method Reload of the plant file's twin. */
@Command(
        name = "reload",
        description = "Make the running server take a changed plant file over; whatever did not change runs on.",
        customSynopsis = "uatwin reload [OPTIONS] [ENDPOINT]",
        footer = {
            "",
            "The user needs the role Engineer or ConfigureAdmin. A file with errors changes nothing.",
            "Example: uatwin reload --dry-run --user admin",
            "Exit codes: 0 taken over or nothing to do, 1 refused, 2 wrong usage, 3 no session, 70 a defect."
        })
public final class ReloadCommand extends ClientAction {
    private static final String TWIN = ":plant";
    private static final String METHOD = TWIN + "/MethodSet/Reload";
    private static final int OUTPUTS = 6;

    @Option(names = "--dry-run", description = "Only say what the file would change.")
    private boolean isDryRun;

    @Override
    void check(List<String> arguments) {
        needs(arguments, 0, 0, "ENDPOINT");
    }

    @Override
    int run(Session session, List<String> arguments) {
        Variant[] outputs = call(session);
        boolean isSuccess = Boolean.TRUE.equals(outputs[0].getValue());
        String message = outputs[1].getValue() instanceof LocalizedText text ? String.valueOf(text.getText()) : "";
        List<String> findings = new ArrayList<>();
        if (outputs[2].getValue() instanceof String[] lines) {
            findings.addAll(List.of(lines));
        }
        if (session.isJson()) {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("success", isSuccess);
            answer.put("message", message);
            answer.put("findings", findings);
            answer.put("added", session.values().json(outputs[3]));
            answer.put("removed", session.values().json(outputs[4]));
            answer.put("changed", session.values().json(outputs[5]));
            session.out().println(Json.pretty(answer));
        } else {
            findings.forEach(session.out()::println);
            session.out().println(message);
        }
        return isSuccess ? Exit.OK : Exit.FAILED;
    }

    private Variant[] call(Session session) {
        NodeId twin = session.nodes().nodeId(TWIN);
        NodeId method = session.nodes().nodeId(METHOD);
        try {
            CallMethodResult[] results = session.connection()
                    .client()
                    .call(List.of(new CallMethodRequest(twin, method, new Variant[] {new Variant(isDryRun)})))
                    .getResults();
            if (results == null || results.length != 1) {
                throw new CliException(Exit.FAILED, "the server answered the call with nothing.");
            }
            StatusCode status = results[0].getStatusCode();
            Variant[] outputs = results[0].getOutputArguments();
            if (!status.isGood() || outputs == null || outputs.length < OUTPUTS) {
                throw new CliException(Exit.FAILED, explain(status));
            }
            return outputs;
        } catch (UaException e) {
            throw Nodes.failure("the call failed", e);
        }
    }

    private static String explain(StatusCode status) {
        long code = status.getValue();
        String fix = code == StatusCodes.Bad_UserAccessDenied
                ? "log on as a user with the role Engineer or ConfigureAdmin: --user NAME"
                : code == StatusCodes.Bad_Timeout
                        ? "the reload goes on; read :plant/LastMessage to see how it ends"
                        : "is it a uatwin server of this release?";
        return "the reload was refused: %s.%n  Fix: %s".formatted(Values.statusName(status), fix);
    }
}
