/**
 * What every southbound protocol offers to the server: the adapter SPI.
 *
 * <p>A {@link org.uatwin.plcadapters.adapter.Link} owns one connection to the field. It polls by its own plan, puts
 * samples into its shard of the PointTable and takes {@link org.uatwin.plcadapters.adapter.WriteCommand}s, each
 * answered exactly once by a {@link org.uatwin.plcadapters.adapter.WriteResult}. Time, threads and the executor for
 * answers come from outside ({@link org.uatwin.plcadapters.adapter.LinkEnvironment}), so the same code runs over
 * virtual time in tests.
 *
 * <p>No protocol is known here, and no thread is made. What a value looks like on the wire belongs to {@code codec},
 * when it is read to {@code poll}.
 */
@NullMarked
package org.uatwin.plcadapters.adapter;

import org.jspecify.annotations.NullMarked;
