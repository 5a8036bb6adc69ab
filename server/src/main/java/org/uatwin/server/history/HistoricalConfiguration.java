package org.uatwin.server.history;

import java.util.List;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;

/**
 * What the address space shows for every historized variable (OPC UA Part 11, 5.2): AccessLevel with
 * {@link #ACCESS_LEVEL_HISTORY_READ}, Historizing true, and a reference HasHistoricalConfiguration to an object
 * {@value #BROWSE_NAME} (namespace 0) of HistoricalDataConfigurationType with the mandatory {@link #members()}.
 * It is the same for all variables, because all are stored the same way: on change, so that the value between two
 * samples is the earlier one.
 */
public final class HistoricalConfiguration {
    /** BrowseName of the object, namespace 0. */
    public static final String BROWSE_NAME = "HA Configuration";

    public static final NodeId TYPE = NodeIds.HistoricalDataConfigurationType;

    /** From the variable to the object. */
    public static final NodeId REFERENCE = NodeIds.HasHistoricalConfiguration;

    /** Bit HistoryRead of AccessLevel; HistoryWrite (bit 3) stays 0, history is not updated by clients. */
    public static final int ACCESS_LEVEL_HISTORY_READ = 1 << 2;

    /**
     * A child of the object or of its AggregateConfiguration.
     *
     * @param path BrowseNames of namespace 0 below the object, {@code /} between them.
     * @param typeDefinition ObjectType or VariableType.
     * @param reference from its parent.
     * @param dataType null NodeId for an object.
     * @param value null Variant for an object.
     */
    public record Entry(String path, NodeId typeDefinition, NodeId reference, NodeId dataType, Variant value) {}

    private static final String AGGREGATES = "AggregateConfiguration";

    private static final List<Entry> MEMBERS = List.of(
            new Entry(
                    AGGREGATES,
                    NodeIds.AggregateConfigurationType,
                    NodeIds.HasComponent,
                    NodeId.NULL_VALUE,
                    Variant.NULL_VALUE),
            property(AGGREGATES + "/TreatUncertainAsBad", NodeIds.Boolean, Variant.ofBoolean(true)),
            property(AGGREGATES + "/PercentDataBad", NodeIds.Byte, Variant.ofByte(UByte.valueOf(100))),
            property(AGGREGATES + "/PercentDataGood", NodeIds.Byte, Variant.ofByte(UByte.valueOf(100))),
            property(AGGREGATES + "/UseSlopedExtrapolation", NodeIds.Boolean, Variant.ofBoolean(false)),
            property("Stepped", NodeIds.Boolean, Variant.ofBoolean(true)),
            property("ServerTimestampSupported", NodeIds.Boolean, Variant.ofBoolean(true)));

    private HistoricalConfiguration() {}

    private static Entry property(String path, NodeId dataType, Variant value) {
        return new Entry(path, NodeIds.PropertyType, NodeIds.HasProperty, dataType, value);
    }

    /**
     * The children: mandatory AggregateConfiguration with its four mandatory properties (the defaults of Part 13) and
     * Stepped; optional ServerTimestampSupported. Parents stand before their children.
     */
    public static List<Entry> members() {
        return MEMBERS;
    }
}
