package org.uatwin.server.event;

import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** Whose events an event notifier passes on: the HasNotifier and HasEventSource hierarchy as one question. */
@FunctionalInterface
public interface NotifierTree {
    /** Only the Server object passes events on, and it passes all (OPC UA Part 3, 4.6.3). */
    NotifierTree SERVER_ONLY = (notifier, source) -> false;

    /** Whether events of {@code source} reach {@code notifier}; asked for notifiers other than the Server object. */
    boolean reaches(NodeId notifier, NodeId source);

    /** As {@link #reaches}, with the rules that hold in every address space. */
    static boolean delivers(NotifierTree tree, NodeId notifier, NodeId source) {
        return notifier.equals(NodeIds.Server) || notifier.equals(source) || tree.reaches(notifier, source);
    }
}
