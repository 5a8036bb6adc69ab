/**
 * HistoryRead of raw values over any {@link org.uatwin.historian.store.HistoryStore} (OPC UA Part 11, 6.5.3).
 *
 * <p>{@link org.uatwin.server.history.HistoryAccess} answers one entry of a request on a bounded pool of its own, so
 * that no request thread waits for a store: it checks the entry, finds the tag of the node
 * ({@link org.uatwin.server.history.HistoricalNodes}), reads one page and turns it into DataValues. What is left of an
 * answer waits as a continuation point of its session, bounded in number, the oldest making room for the newest.
 *
 * <p>{@link org.uatwin.server.history.HistoryCapabilities} is what the server announces of it; the {@code HA
 * Configuration} of each variable is a layout of the address space.
 *
 * <p>Threads: entries come on request threads and are answered on the pool ({@code history-read-n}). Storing belongs to
 * the historian, nodes and AccessLevel to the address space, limits per request and dispatch to the services.
 */
@NullMarked
package org.uatwin.server.history;

import org.jspecify.annotations.NullMarked;
