/**
 * The physics of the virtual plant: what really happens there, as seen through imperfect sensors.
 *
 * <p>On purpose it is not the twins' model: liquid inertia instead of a lag, other curve shapes and exponents, losses the twin
 * does not know, hidden wear, a belt in zones, its own step, sensor lag and noise. A twin that works here has been tested; one
 * that shared these equations would only have met itself. Commissioning on real devices changes endpoint addresses and nothing
 * else.
 *
 * <p>A {@link org.uatwin.simulation.virtual.VirtualMachine} is driven from outside by {@code step(dtSeconds)} and knows neither
 * clock nor sockets; points are read and written by the names the twin types use. Faults are set, cleared and have a severity.
 * One thread owns a machine: whoever answers requests for it hands over reads and writes.
 */
@NullMarked
package org.uatwin.simulation.virtual;

import org.jspecify.annotations.NullMarked;
