/**
 * Buildings: {@link org.uatwin.simulation.asset.building.Building} is one zone with its envelope, sun, heating and cooling; {@link
 * org.uatwin.simulation.asset.building.Room} its people, light and air.
 *
 * <p>{@code Zone} is the hour step of ISO 13790, {@code Sun} positions and tilted irradiance. Stateless models, any thread.
 */
@NullMarked
package org.uatwin.simulation.asset.building;

import org.jspecify.annotations.NullMarked;
