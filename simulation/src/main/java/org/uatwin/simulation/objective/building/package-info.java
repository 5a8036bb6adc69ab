/**
 * Objectives of buildings: setpoints over a day under a tariff and a comfort band. {@code ZoneTable} plays the twin's own model from every
 * temperature of its mass with every choice, {@code SetpointCost} finds the best sequence. Stateless, any thread.
 */
@NullMarked
package org.uatwin.simulation.objective.building;

import org.jspecify.annotations.NullMarked;
