/**
 * Twins that follow their assets while the server runs.
 *
 * <p>{@link org.uatwin.server.synchronisation.LiveEstimators} gives every twin whose type has a model, and of which something the
 * model predicts is bound, an estimator ({@code simulation.estimation}). Samples are copied on the lanes of the links into a
 * bounded queue; the threads {@code uatwin-estimator-n} take them out and bring their twins to the present once a period. Each
 * twin belongs to one thread; readers look at it under its lock and get immutable reports. What was learnt
 * goes to {@code state.db} with what points remember ({@code assembly.PlantMemory}).
 *
 * <p>Nodes are made from the reports in {@code address}; answers that start from an estimate in {@code method}. How an estimate
 * comes about is in {@code simulation.estimation}.
 */
@NullMarked
package org.uatwin.server.synchronisation;

import org.jspecify.annotations.NullMarked;
