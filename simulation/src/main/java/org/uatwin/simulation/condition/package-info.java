/**
 * Tells in what condition the parts of a machine are from what it records while it repeats the same work: cycle by cycle, by
 * examples whose condition is known (ISO 13374-1: health assessment).
 *
 * <p>{@link org.uatwin.simulation.condition.CycleRecords} become a table of features, of which a
 * {@link org.uatwin.simulation.condition.ConditionModel} learns one component. Everything is immutable once made, deterministic
 * by its seed, and knows nothing of files.
 */
@NullMarked
package org.uatwin.simulation.condition;

import org.jspecify.annotations.NullMarked;
