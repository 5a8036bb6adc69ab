package org.uatwin.server.cli.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code uatwin client write}. */
@Command(
        name = "write",
        description = "Write a value, converted to the type of the node.",
        customSynopsis = "uatwin client write [OPTIONS] [ENDPOINT] NODE VALUE",
        footer = {
            "",
            "Arrays: 1,2,3. One element: NODE[1] VALUE. Times: 2026-11-21T14:30:00Z. A negative number goes after --.",
            "Example: uatwin client write -u operator pump-01/SpeedSetpoint 1450"
        })
final class WriteCommand extends ClientAction {
    @Option(
            names = "--range",
            paramLabel = "RANGE",
            description = "Elements of an array to write, for example 1 or 0:2; as NODE[RANGE].")
    private @Nullable String range;

    @Override
    void check(List<String> arguments) {
        needs(arguments, 2, 2, "NODE VALUE");
        if (range != null && !range.matches("\\d+(:\\d+)?(,\\d+(:\\d+)?)*")) {
            throw usage("--range must look like 1 or 0:2: \"%s\"".formatted(range));
        }
    }

    @Override
    int run(Session session, List<String> arguments) {
        Nodes nodes = session.nodes();
        Nodes.Target named = nodes.target(arguments.get(0));
        Nodes.Target target = range == null ? named : new Nodes.Target(named.name(), named.nodeId(), range);
        Variant value = convert(session, target, arguments.get(1));
        StatusCode status;
        try {
            StatusCode[] results = session.connection()
                    .client()
                    .write(List.of(new WriteValue(
                            target.nodeId(), AttributeId.Value.uid(), target.range(), DataValue.valueOnly(value))))
                    .getResults();
            status = results == null || results.length != 1 ? StatusCode.BAD : results[0];
        } catch (UaException e) {
            throw Nodes.failure("cannot write %s".formatted(target.name()), e);
        }
        String unit = nodes.units(List.of(target.nodeId())).get(0);
        if (session.isJson()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("node", target.name());
            row.put("nodeId", nodes.absoluteName(target.nodeId()));
            row.put("value", session.values().json(value));
            row.put("unit", unit);
            row.put("status", Values.statusName(status));
            session.out().println(Json.pretty(row));
        } else {
            new Table()
                    .row(target.name(), session.values().text(value), unit, Values.statusName(status))
                    .print(session.out());
        }
        return status.isBad() ? Exit.FAILED : Exit.OK;
    }

    private static Variant convert(Session session, Nodes.Target target, String text) {
        DataValue type = session.nodes().read(target.nodeId(), AttributeId.DataType);
        if (type.getStatusCode().isBad() || !(type.getValue().getValue() instanceof NodeId dataType)) {
            throw new CliException(
                    Exit.FAILED,
                    "%s cannot be written: %s. Fix: uatwin client browse shows which nodes are variables."
                            .formatted(target.name(), Values.statusName(type.getStatusCode())));
        }
        Object rank = session.nodes()
                .read(target.nodeId(), AttributeId.ValueRank)
                .getValue()
                .getValue();
        boolean isArray = target.range() != null || (rank instanceof Integer r && r >= 1);
        OpcUaDataType builtin = session.values().builtin(dataType);
        if (target.range() != null && builtin == OpcUaDataType.String && !(rank instanceof Integer r && r >= 1)) {
            isArray = false; // a range of a String is a String: Part 4, 7.27
        }
        try {
            return session.values().parse(text, builtin, isArray);
        } catch (Values.BadValue e) {
            throw new CliException(Exit.USAGE, "%s: %s.".formatted(target.name(), e.getMessage()), e);
        }
    }
}
