/**
 * How to lay out a production line: {@link org.uatwin.simulation.objective.line.BufferAllocation} divides places among buffers, {@link
 * org.uatwin.simulation.objective.line.LineBalancing} divides tasks among stations.
 *
 * <p>{@link org.uatwin.simulation.objective.line.TwoMachines} is the exact synchronous line of two machines, {@link
 * org.uatwin.simulation.objective.line.Decomposition} joins such pairs to an estimate of a longer one, {@link
 * org.uatwin.simulation.objective.line.Balance} the exact assignment. What is recommended was confirmed by the line's own simulation,
 * with and without the change on the same random numbers. One search belongs to one thread.
 */
@NullMarked
package org.uatwin.simulation.objective.line;

import org.jspecify.annotations.NullMarked;
