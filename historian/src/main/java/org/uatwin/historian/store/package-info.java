/**
 * What a store of past values promises, and everything that is the same for every store.
 *
 * <p>Data flow: {@link org.uatwin.historian.store.HistoryFeed} listens to the point table, copies changes (never
 * refreshes) into {@link org.uatwin.historian.store.HistoryBatch}es and appends them to a
 * {@link org.uatwin.historian.store.HistoryStore} on its own thread. Readers ask with a
 * {@link org.uatwin.historian.store.RawQuery} and get a {@link org.uatwin.historian.store.HistoryPage} with the query
 * of the next page. {@link org.uatwin.historian.store.ReadRaw} turns the arguments of an OPC UA ReadRaw (bounds,
 * number of values, direction) into such queries, the same way over every store.
 *
 * <p>A tag is a surrogate id; its name (site, twin, member) can change without touching samples. Samples are ordered
 * by source time; several of one time keep the order in which they were appended. Bad samples are data.
 *
 * <p>Threads: the feed owns one; stores are called from any thread. Files, blocks and codecs belong to the
 * implementations, OPC UA services to the server.
 */
@NullMarked
package org.uatwin.historian.store;

import org.jspecify.annotations.NullMarked;
