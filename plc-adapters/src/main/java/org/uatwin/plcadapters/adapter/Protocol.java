package org.uatwin.plcadapters.adapter;

import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.plant.ProtocolSyntax;

/**
 * An adapter: one or more values of {@code protocol:} in the plant file, what they may say, and how a connection is
 * opened. Found on the class path through {@link java.util.ServiceLoader}: a module that brings one names its class in
 * {@code META-INF/services/org.uatwin.plcadapters.adapter.Protocol}, and the class has a public constructor without
 * arguments. One instance serves all connections; any thread may call it.
 *
 * <p>docs/how-to/add-a-protocol.md shows a complete one.
 */
public interface Protocol {
    /** Values of {@code protocol:} it serves; no two adapters serve the same. */
    default List<String> names() {
        return syntax().map(ProtocolSyntax::names).orElse(List.of());
    }

    /** What the plant file may say about it; empty only for Modbus, which the reader of plant files knows itself. */
    Optional<ProtocolSyntax> syntax();

    /**
     * Makes a link. Nothing is sent and no thread runs before {@link Link#start()}. May be called again for the same
     * rows once the earlier link is closed: that is how a changed connection is reloaded.
     */
    Link open(LinkOpening opening);

    /**
     * Makes what turns recorded traffic of a connection into samples again, as the link did. Empty if the adapter records
     * nothing.
     *
     * @param opening environment: the clock and ticker of {@code time}.
     */
    default Optional<ReplayLink> replay(LinkOpening opening, TrafficSource traffic, ReplayTime time) {
        return Optional.empty();
    }
}
