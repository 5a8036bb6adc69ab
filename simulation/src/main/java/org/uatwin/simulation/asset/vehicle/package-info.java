/**
 * Vehicles and traffic: energy of an electric car along a drive cycle, cars that follow each other.
 *
 * <p>Stateless, any thread.
 */
@NullMarked
package org.uatwin.simulation.asset.vehicle;

import org.jspecify.annotations.NullMarked;
