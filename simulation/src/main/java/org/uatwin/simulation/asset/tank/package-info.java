/**
 * Storage tanks.
 *
 * <p>{@link org.uatwin.simulation.asset.tank.Tank}: level and temperature of a tank with a metered inlet and a valve at the
 * bottom. Stateless, any thread. Pumps that fill or empty it are their own twins.
 */
@NullMarked
package org.uatwin.simulation.asset.tank;

import org.jspecify.annotations.NullMarked;
