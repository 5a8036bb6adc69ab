package org.uatwin.server.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilterResult;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;

/**
 * An event filter as it is used and as it is answered (OPC UA Part 4, 7.22.3). A bad select clause gives a null field and
 * its result; a bad where-clause refuses the item.
 */
public final class CheckedEventFilter {
    private static final DiagnosticInfo[] NONE = new DiagnosticInfo[0];

    private final List<SelectClause> select;
    private final WhereClause where;
    private final EventFilterResult result;

    private CheckedEventFilter(List<SelectClause> select, WhereClause where, EventFilterResult result) {
        this.select = List.copyOf(select);
        this.where = where;
        this.result = result;
    }

    /** Checks a filter against the event types of this server; never fails. */
    public static CheckedEventFilter of(OpcUaServer server, EventFilter filter) {
        EventTypes types = new EventTypes(server);
        List<SelectClause> select = new ArrayList<>();
        List<StatusCode> results = new ArrayList<>();
        SimpleAttributeOperand[] operands = filter.getSelectClauses();
        for (SimpleAttributeOperand operand : operands == null ? new SimpleAttributeOperand[0] : operands) {
            select.add(SelectClause.of(operand));
            results.add(SelectClause.check(types, operand));
        }
        WhereClause where = WhereClause.of(server.getStaticEncodingContext(), types, filter.getWhereClause());
        return new CheckedEventFilter(
                select, where, new EventFilterResult(results.toArray(new StatusCode[0]), NONE, where.result()));
    }

    public boolean isAccepted() {
        return where.isValid();
    }

    public EventFilterResult result() {
        return result;
    }

    /** Equal lists of clauses give equal fields, so they are evaluated once per event. */
    List<SelectClause> selectClauses() {
        return select;
    }

    WhereClause where() {
        return where;
    }

    /** The fields a client gets for this event, in the order of its select clauses. */
    static Variant[] select(List<SelectClause> clauses, EventRecord event, BiPredicate<NodeId, NodeId> isSubtype) {
        Variant[] fields = new Variant[clauses.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = clauses.get(i).select(event, isSubtype);
        }
        return fields;
    }
}
