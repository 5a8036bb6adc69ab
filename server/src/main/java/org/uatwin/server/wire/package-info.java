/**
 * The door before Milo: what a client can send before anybody knows who it is.
 *
 * <p>A connection is admitted by {@link org.uatwin.server.wire.Connections} (a cap, the oldest one without a session makes
 * room). {@code FrameGate} is the first handler of its pipeline: it checks the eight header bytes of every chunk, holds
 * the chunks of a message back until the message is complete, and closes connections that stall. Then Milo checks
 * signatures and decrypts, and decodes through {@code BoundedContext}, which keeps the announced lengths and answers an
 * unreadable request with a ServiceFault. {@code GuardedApplication} bounds the requests one connection has at work.
 * {@link org.uatwin.server.wire.GuardedTransport} puts all of it around Milo's transport.
 *
 * <p>Threads: gate and decoder run on the connection's Netty event loop; {@code Connections} is shared. Services,
 * sessions and rights belong to {@code org.uatwin.server.service}.
 */
@NullMarked
package org.uatwin.server.wire;

import org.jspecify.annotations.NullMarked;
