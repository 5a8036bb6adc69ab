/**
 * Wind: one turbine with drive train heat and blade fatigue, a farm with wakes.
 *
 * <p>{@code PowerCurve} reads the table of a machine; {@link org.uatwin.simulation.asset.wind.WindTurbine} and {@link
 * org.uatwin.simulation.asset.wind.WindFarm} use it. Stateless models, any thread.
 */
@NullMarked
package org.uatwin.simulation.asset.wind;

import org.jspecify.annotations.NullMarked;
