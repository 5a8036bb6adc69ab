/**
 * Which switches of a radial feeder to open: {@link org.uatwin.simulation.objective.feeder.Reconfiguration} is the objective, {@link
 * org.uatwin.simulation.objective.feeder.Graph} the wires without their electricity, {@link
 * org.uatwin.simulation.objective.feeder.Trees} every radial way to close them. Losses and voltages are those of the twin's own power
 * flow. One search belongs to one thread.
 */
@NullMarked
package org.uatwin.simulation.objective.feeder;

import org.jspecify.annotations.NullMarked;
