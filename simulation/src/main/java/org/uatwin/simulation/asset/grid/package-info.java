/**
 * The electric grid as a whole: frequency after a disturbance, demand of households. The feeder is a network and stands in {@code
 * network}; shifting of demand stands in {@code optimisation}.
 *
 * <p>Stateless, any thread.
 */
@NullMarked
package org.uatwin.simulation.asset.grid;

import org.jspecify.annotations.NullMarked;
