/**
 * Live values: what "now" is.
 *
 * <p>A {@link org.uatwin.informationmodel.value.Sample} is one reading of one point. Adapters hand over whole
 * {@link org.uatwin.informationmodel.value.SampleBatch}es to the {@link org.uatwin.informationmodel.value.PointTable},
 * the only place where the current value of a point lives. The table is columnar and sharded by link: each shard has
 * one writer at a time, each row a version (seqlock), so a reader never sees a torn (value, status, time). After a
 * batch is applied, the same batch goes to the shard's listeners (monitored items, history, twins).
 *
 * <p>Time is a {@code long} of 100 ns UTC ticks since 1601-01-01, the OPC UA DateTime
 * ({@link org.uatwin.informationmodel.value.UaTime}). Quality is a
 * {@link org.uatwin.informationmodel.value.StatusCode}; the situations of a field link map to it in
 * {@link org.uatwin.informationmodel.value.Quality} and nowhere else.
 *
 * <p>No threads are made here: writers are the threads that submit. Nothing here knows OPC UA services or a protocol.
 */
@NullMarked
package org.uatwin.informationmodel.value;

import org.jspecify.annotations.NullMarked;
