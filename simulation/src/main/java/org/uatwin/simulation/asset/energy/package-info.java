/**
 * Sources of electricity that are no wind turbine: {@link org.uatwin.simulation.asset.energy.Photovoltaic}.
 *
 * <p>Stateless, any thread.
 */
@NullMarked
package org.uatwin.simulation.asset.energy;

import org.jspecify.annotations.NullMarked;
