/**
 * The store on disk: compressed blocks and a journal in SQLite, one file a UTC day of source time.
 *
 * <p>Data flow: {@link org.uatwin.historian.sqlite.SqliteHistoryStore#append} puts a batch into the queue of the
 * {@link org.uatwin.historian.sqlite.StoreWriter}. It gathers what arrives within the commit window, writes it as one
 * row of the journal of its day ({@link org.uatwin.historian.sqlite.DayFile}), and only when SQLite has synced that are
 * the batches acknowledged. The samples wait in memory, by tag, until there are enough of them to make blocks; the
 * transaction that writes the blocks also empties the journal. So a sample is in a journal or in a block and never in
 * both, whatever moment a process dies at. Blocks of one tag never overlap: late samples are merged into the blocks
 * they belong to when they are packed.
 *
 * <p>{@link org.uatwin.historian.sqlite.TagFile} holds the names of tags and, for each, the last sample of the days that
 * left; every day file has the names of its own tags as well, so that neither is lost with the other.
 *
 * <p>Threads: {@code history-store} owns the queue, all writing and retention. Readers run on their callers' threads with
 * connections of their own; a day's lock keeps them from seeing a sample twice or not at all while it moves into a block.
 */
@NullMarked
package org.uatwin.historian.sqlite;

import org.jspecify.annotations.NullMarked;
