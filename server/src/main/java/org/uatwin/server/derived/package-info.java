/**
 * Points computed from other points, of several links and twins, and setpoints that follow them.
 *
 * <p>{@link org.uatwin.server.derived.DerivedGraph} holds the computed points in an order in which each comes after what
 * it reads, and evaluates those whose inputs changed: once for all samples of a batch, so that no client sees a value of
 * half a batch. It is pure; time comes in. {@link org.uatwin.server.derived.DerivedPoints} feeds it: the lanes of the
 * links put samples into a bounded queue, the thread {@code uatwin-derived} takes them out, evaluates, and submits the
 * results to shard 0 of the point table, from where they go to clients and history as any other value.
 *
 * <p>What a plant file may declare is in {@code informationmodel.conditioning}, formulas are in
 * {@code informationmodel.expression}. Values of one link are conditioned in {@code plcadapters.conditioning}.
 */
@NullMarked
package org.uatwin.server.derived;

import org.jspecify.annotations.NullMarked;
