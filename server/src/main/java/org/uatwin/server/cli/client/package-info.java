/**
 * {@code uatwin client}: looks at an OPC UA server, ours or another, without installing anything.
 *
 * <p>{@link org.uatwin.server.cli.client.ClientOptions} says where and as whom, {@code Connection} turns that into a
 * session (policy, own certificate, trust in the server's), {@code Nodes} turns names into NodeIds and back,
 * {@code Values} texts into values and back; each command is one class on top. Nothing is shared with the server's
 * address space: what is shown is what a client gets over the wire. One thread, besides those of the Milo client that
 * deliver notifications to {@code watch}.
 */
@NullMarked
package org.uatwin.server.cli.client;

import org.jspecify.annotations.NullMarked;
