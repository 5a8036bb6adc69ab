/**
 * Answers that are the optimum of something, offline: shifting demand, touring collection points, the age at which to replace a part.
 *
 * <p>Small problems solved exactly, or by a heuristic that says so. Stateless, any thread.
 */
@NullMarked
package org.uatwin.simulation.optimisation;

import org.jspecify.annotations.NullMarked;
