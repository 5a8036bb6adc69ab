package org.uatwin.server.cli.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Table;
import picocli.CommandLine.Command;

/** {@code uatwin client read}. */
@Command(
        name = "read",
        description = "Read values: value, unit, status, source time.",
        customSynopsis = "uatwin client read [OPTIONS] [ENDPOINT] NODE...",
        footer = {"", "Example: uatwin client read pump-01/Flow pump-01/DischargePressure"})
final class ReadCommand extends ClientAction {
    @Override
    void check(List<String> arguments) {
        needs(arguments, 1, Integer.MAX_VALUE, "NODE");
    }

    @Override
    int run(Session session, List<String> arguments) {
        List<Nodes.Target> targets =
                arguments.stream().map(session.nodes()::target).toList();
        List<DataValue> values =
                session.nodes().read(targets.stream().map(Nodes.Target::value).toList());
        List<String> units =
                session.nodes().units(targets.stream().map(Nodes.Target::nodeId).toList());
        boolean isAnyBad = values.stream().anyMatch(v -> v.getStatusCode().isBad());
        if (session.isJson()) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (int i = 0; i < targets.size(); i++) {
                rows.add(json(session, targets.get(i), values.get(i), units.get(i)));
            }
            session.out().println(Json.pretty(rows));
        } else {
            Table table = new Table();
            for (int i = 0; i < targets.size(); i++) {
                DataValue v = values.get(i);
                table.row(
                        targets.get(i).name(),
                        session.values().text(v.getValue().getValue()),
                        units.get(i),
                        Values.statusName(v.getStatusCode()),
                        session.values().time(v.getSourceTime()));
            }
            table.print(session.out());
        }
        return isAnyBad ? Exit.FAILED : Exit.OK;
    }

    static Map<String, @Nullable Object> json(Session session, Nodes.Target target, DataValue v, String unit) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("node", target.name());
        row.put("nodeId", session.nodes().absoluteName(target.nodeId()));
        row.put("value", session.values().json(v.getValue().getValue()));
        row.put("unit", unit);
        row.put("status", Values.statusName(v.getStatusCode()));
        row.put("statusCode", v.getStatusCode().getValue() & 0xFFFF_FFFFL);
        row.put("sourceTime", Values.utc(v.getSourceTime()));
        row.put("serverTime", Values.utc(v.getServerTime()));
        return row;
    }
}
