/**
 * What outlives the process in {@code DIR/state.db}: one SQLite file with a table for each part of the server that remembers
 * something (contracts section 6).
 *
 * <p>{@link org.uatwin.server.state.StateDatabase} opens the file, refuses one of a newer program and hands out tables; a
 * {@link org.uatwin.server.state.StateTable} maps keys to bytes, which mean something to their owner alone. Any thread may
 * call; a call takes as long as the disk does, so none belongs on a lane or a request thread.
 */
@NullMarked
package org.uatwin.server.state;

import org.jspecify.annotations.NullMarked;
