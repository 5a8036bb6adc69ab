/**
 * The live plant: twins of a plant file given rows in the point table and shards by link.
 *
 * <p>{@link org.uatwin.server.engine.LivePlant} is built once from a checked plant: each twin becomes a
 * {@link org.uatwin.server.engine.TwinInstance} with a run of rows, each connection a shard, and each link and device
 * an instance of a library type too, so that their statistics are ordinary nodes. Immutable after construction; any
 * thread may read it. OPC UA ids and services belong to {@code address} and {@code service}, protocols to
 * {@code plc-adapters}.
 */
@NullMarked
package org.uatwin.server.engine;

import org.jspecify.annotations.NullMarked;
