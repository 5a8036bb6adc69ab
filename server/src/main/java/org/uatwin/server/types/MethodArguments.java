package org.uatwin.server.types;

import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;

/**
 * The InputArguments or OutputArguments property of a method.
 *
 * @param propertyId NodeId of the property node.
 * @param arguments in call order, at least one; a method without arguments has no such property.
 */
public record MethodArguments(NodeId propertyId, List<Argument> arguments) {

    public MethodArguments {
        arguments = List.copyOf(arguments);
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("no arguments in " + propertyId + ": leave the property out");
        }
    }
}
