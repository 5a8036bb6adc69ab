/**
 * Centrifugal pumps.
 *
 * <p>{@link org.uatwin.simulation.asset.pump.CentrifugalPump} is the plant model: the eight-state structure of Daigle and Goebel
 * (2013) with coefficients derived from a rated point, a system curve with a valve, suction pressure with cavitation, and a
 * converter-fed motor. {@link org.uatwin.simulation.asset.pump.DaigleGoebelPump} is the published model with its published
 * numbers, kept as the reference the structure is tested against.
 *
 * <p>{@code PumpNames} declares the vectors, {@code PumpDynamics} the equations, {@code PumpStart} the start from live readings.
 * Stateless, any thread. Sensor noise and faults of the virtual plant are not here.
 */
@NullMarked
package org.uatwin.simulation.asset.pump;

import org.jspecify.annotations.NullMarked;
