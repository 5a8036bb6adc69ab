/**
 * How to run a wind farm so that its turbines do not stand in each other's way: {@link
 * org.uatwin.simulation.objective.wind.YawSteering} bends wakes aside, {@link org.uatwin.simulation.objective.wind.Derating} weighs
 * energy against the life of blades. Both ask the farm's own model for the present wind. One search belongs to one thread.
 */
@NullMarked
package org.uatwin.simulation.objective.wind;

import org.jspecify.annotations.NullMarked;
