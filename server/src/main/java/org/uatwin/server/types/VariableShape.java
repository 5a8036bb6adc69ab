package org.uatwin.server.types;

import java.util.List;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/**
 * The attributes a Variable or VariableType has beyond other nodes.
 *
 * @param dataType NodeId of the DataType.
 * @param valueRank as the ValueRank attribute: -3 scalar or one dimension, -2 any, -1 scalar, n >= 1 dimensions.
 * @param arrayDimensions one length per dimension, 0 for an open one; empty unless {@code valueRank >= 1}.
 * @param value the Value attribute.
 * @param accessLevel bits of the AccessLevel attribute, 0..255.
 */
public record VariableShape(
        NodeId dataType, int valueRank, List<Integer> arrayDimensions, DataValue value, int accessLevel) {

    /** What a declaration without a default answers: no value, and a status that says that none was ever given. */
    public static final DataValue NO_VALUE =
            new DataValue(Variant.NULL_VALUE, new StatusCode(StatusCodes.Uncertain_InitialValue), null, null);

    private static final int CURRENT_READ = 1;

    public VariableShape {
        arrayDimensions = List.copyOf(arrayDimensions);
        if (valueRank < -3 || valueRank == 0) {
            throw new IllegalArgumentException("valueRank must be -3..-1 or 1 and more: " + valueRank);
        }
        if (!arrayDimensions.isEmpty() && arrayDimensions.size() != valueRank) {
            throw new IllegalArgumentException(
                    "%d array dimensions do not fit valueRank %d".formatted(arrayDimensions.size(), valueRank));
        }
        if (accessLevel < 0 || accessLevel > 255) {
            throw new IllegalArgumentException("accessLevel must be 0..255: " + accessLevel);
        }
    }

    /** A readable scalar without a default value. */
    public static VariableShape scalar(NodeId dataType) {
        return new VariableShape(dataType, -1, List.of(), NO_VALUE, CURRENT_READ);
    }

    /** A readable one-dimensional array of open length without a default value. */
    public static VariableShape array(NodeId dataType) {
        return new VariableShape(dataType, 1, List.of(0), NO_VALUE, CURRENT_READ);
    }

    /** The same with a Good default value. */
    public VariableShape withValue(Variant newValue) {
        return new VariableShape(
                dataType,
                valueRank,
                arrayDimensions,
                new DataValue(newValue, StatusCode.GOOD, null, null),
                accessLevel);
    }

    /** The same with other AccessLevel bits, 0..255. */
    public VariableShape withAccessLevel(int newAccessLevel) {
        return new VariableShape(dataType, valueRank, arrayDimensions, value, newAccessLevel);
    }

    VariableShape withRank(int newValueRank, List<Integer> dimensions) {
        return new VariableShape(dataType, newValueRank, dimensions, value, accessLevel);
    }
}
