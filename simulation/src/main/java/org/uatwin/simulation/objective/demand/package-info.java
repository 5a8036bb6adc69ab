/**
 * Demand response: when households are called, and when a battery is charged, so that the peak of a feeder or a district is low. A linear
 * programme proposes, the twin's own model answers, and what the model does differently goes back into the programme. Stateless, any
 * thread.
 */
@NullMarked
package org.uatwin.simulation.objective.demand;

import org.jspecify.annotations.NullMarked;
