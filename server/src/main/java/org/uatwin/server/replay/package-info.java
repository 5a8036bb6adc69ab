/**
 * Replay of recorded traffic through the whole path: decode, conditioning, point table, history, monitored items.
 *
 * <p>{@link org.uatwin.server.replay.ReplayEngine} stands in for the adapters when links are opened, and lets each protocol
 * make a {@code ReplayLink} of its part of the recording. One thread, {@code replay}, steps always the link whose next record is the
 * earliest; time, for links, history and the age of data, is that of the records. So the order of all samples follows from
 * the recording alone. Nothing is ever sent: there is no wire.
 */
@NullMarked
package org.uatwin.server.replay;

import org.jspecify.annotations.NullMarked;
