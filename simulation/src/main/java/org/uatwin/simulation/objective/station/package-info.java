/**
 * Objectives of pump stations: which pumps run how fast for a flow, and when a tank is filled under a tariff. Pumps are independent of each
 * other hydraulically, as in the model: each has its own pipe. Stateless, any thread.
 */
@NullMarked
package org.uatwin.simulation.objective.station;

import org.jspecify.annotations.NullMarked;
