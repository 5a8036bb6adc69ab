package org.uatwin.server.cli.client;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryData;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code uatwin client history}: ReadRaw, to the last page. */
@Command(
        name = "history",
        description = "Print the stored values of a node, oldest first.",
        customSynopsis = "uatwin client history [OPTIONS] [ENDPOINT] NODE",
        footer = {"", "Example: uatwin client history pump-01/Flow --last 10m"})
final class HistoryCommand extends ClientAction {
    private static final int PAGE = 1_000;

    @Option(
            names = "--last",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "How far back, for example 10m, 2h, 1d. Default: ${DEFAULT-VALUE}.")
    private String last = "10m";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Most values to print, 1..1000000. Default: ${DEFAULT-VALUE}.")
    private int limit = 10_000;

    @Override
    void check(List<String> arguments) {
        needs(arguments, 1, 1, "NODE");
        Durations.parse("--last", last);
        if (limit < 1 || limit > 1_000_000) {
            throw usage("--limit must be 1..1000000: " + limit);
        }
    }

    @Override
    int run(Session session, List<String> arguments) {
        Nodes.Target target = session.nodes().target(arguments.get(0));
        String unit = session.nodes().units(List.of(target.nodeId())).get(0);
        Instant now = Instant.now();
        List<DataValue> values = new ArrayList<>();
        boolean isMore = read(
                session.connection().client(),
                target,
                new DateTime(now.minus(Durations.parse("--last", last))),
                new DateTime(now),
                values);
        if (session.isJson()) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (DataValue v : values) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                row.put("sourceTime", Values.utc(v.getSourceTime()));
                row.put("value", session.values().json(v.getValue().getValue()));
                row.put("status", Values.statusName(v.getStatusCode()));
                rows.add(row);
            }
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("node", target.name());
            answer.put("unit", unit);
            answer.put("isComplete", !isMore);
            answer.put("values", rows);
            session.out().println(Json.pretty(answer));
            return Exit.OK;
        }
        Table table = new Table();
        for (DataValue v : values) {
            table.row(
                    session.values().time(v.getSourceTime()),
                    (session.values().text(v.getValue().getValue()) + " " + unit).strip(),
                    v.getStatusCode().isGood() ? "" : Values.statusName(v.getStatusCode()));
        }
        table.print(session.out());
        if (values.isEmpty()) {
            session.out().println("no values of %s in the last %s".formatted(target.name(), last));
        }
        if (isMore) {
            session.out().println("# there are more: raise --limit above %d".formatted(limit));
        }
        return Exit.OK;
    }

    /** Whether there are more values than the limit. */
    private boolean read(OpcUaClient client, Nodes.Target target, DateTime from, DateTime to, List<DataValue> values) {
        ByteString continuation = ByteString.NULL_VALUE;
        try {
            do {
                HistoryReadResult[] results = client.historyRead(
                                new ReadRawModifiedDetails(
                                        false, from, to, uint(Math.min(PAGE, limit - values.size())), false),
                                TimestampsToReturn.Source,
                                false,
                                List.of(new HistoryReadValueId(
                                        target.nodeId(), target.range(), QualifiedName.NULL_VALUE, continuation)))
                        .getResults();
                if (results == null || results.length != 1) {
                    throw new CliException(Exit.FAILED, "the server answered with nothing.");
                }
                HistoryReadResult result = results[0];
                if (result.getStatusCode().isBad()) {
                    throw new CliException(
                            Exit.FAILED,
                            "%s: no history: %s.".formatted(target.name(), Values.statusName(result.getStatusCode())));
                }
                if (Values.decoded(client, result.getHistoryData()) instanceof HistoryData data
                        && data.getDataValues() != null) {
                    values.addAll(List.of(data.getDataValues()));
                }
                continuation =
                        result.getContinuationPoint() == null ? ByteString.NULL_VALUE : result.getContinuationPoint();
            } while (!continuation.isNullOrEmpty() && values.size() < limit);
            if (!continuation.isNullOrEmpty()) {
                client.historyRead(
                        new ReadRawModifiedDetails(false, from, to, uint(PAGE), false),
                        TimestampsToReturn.Source,
                        true, // give the continuation point back: servers have few
                        List.of(new HistoryReadValueId(
                                target.nodeId(), target.range(), QualifiedName.NULL_VALUE, continuation)));
                return true;
            }
            return false;
        } catch (UaException e) {
            throw Nodes.failure("cannot read the history of %s".formatted(target.name()), e);
        }
    }
}
