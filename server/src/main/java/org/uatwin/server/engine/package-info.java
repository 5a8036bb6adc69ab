/**
 * The live plant: twins of a plant file given rows in the point table and shards by link.
 *
 * <p>{@link org.uatwin.server.engine.LivePlant} is a snapshot made from a checked plant: each twin becomes a
 * {@link org.uatwin.server.engine.TwinInstance} with a run of rows, each connection a shard; links, devices and the plant
 * file are twins of the plant too, so that what they show are ordinary nodes. Immutable; any thread may read it.
 *
 * <p>A reload makes the next snapshot from the present one, which keeps every instance and link that did not change.
 * {@link org.uatwin.server.engine.PlantSwap} is the step between the two, {@link org.uatwin.server.engine.RowPool} knows
 * which rows are free. OPC UA ids and services belong to {@code address} and {@code service}, protocols to {@code
 * plc-adapters}.
 */
@NullMarked
package org.uatwin.server.engine;

import org.jspecify.annotations.NullMarked;
