/**
 * Discrete-event simulation: {@link org.uatwin.simulation.discrete.EventQueue} is the list of events, {@link
 * org.uatwin.simulation.discrete.Distribution} the times between them, {@link org.uatwin.simulation.discrete.ProductionLine} stations
 * with buffers, failures and scrap, {@link org.uatwin.simulation.discrete.TransferLine} the synchronous line of the textbooks.
 *
 * <p>Logic is written as state machines over primitive arrays: no threads, no object per event. Events at the same instant happen in
 * the order of their priority, then of scheduling, so a run is the same wherever it runs. One simulation belongs to one thread.
 */
@NullMarked
package org.uatwin.simulation.discrete;

import org.jspecify.annotations.NullMarked;
