/**
 * Points of another OPC UA server, mirrored: a client of it on one side, a {@code Link} of ours on the other.
 *
 * <p>{@link org.uatwin.plcadapters.opcua.OpcUaProtocol} says what the plant file may say. {@code UpstreamLoop} is the state machine of one
 * connection and runs on the link's thread, {@code opcua-<connection>}: it opens an {@code UpstreamSession} (endpoint, security, session,
 * subscription), takes what Milo's threads put into its bounded inbox, and writes. Status codes and source times are handed on
 * as the upstream server says them; what happens to the connection itself goes through {@code Quality} like everywhere.
 * Nodes are named by namespace URI and looked up anew in every session, because a server may number its namespaces
 * otherwise after a restart.
 */
@NullMarked
package org.uatwin.plcadapters.opcua;

import org.jspecify.annotations.NullMarked;
