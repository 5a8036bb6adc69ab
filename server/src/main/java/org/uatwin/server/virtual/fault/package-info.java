/**
 * Faults of virtual devices: what kinds there are, what was ordered when, what becomes of a value.
 *
 * <p>{@link org.uatwin.server.virtual.fault.FaultKind} is the one list of kinds with their parameters and equations; the
 * command line, the schedule's reader and docs/reference/virtual-devices.md follow it. A
 * {@link org.uatwin.server.virtual.fault.FaultOrder} is one wish, checked; a
 * {@link org.uatwin.server.virtual.fault.FaultSchedule} is a file of them with times.
 * {@link org.uatwin.server.virtual.fault.Distortion} is the equation at work on one point: seeded, without clock, so that
 * the same seed and the same steps give the same bits.
 *
 * <p>No sockets and no threads: they belong to {@code server.virtual}.
 */
@NullMarked
package org.uatwin.server.virtual.fault;

import org.jspecify.annotations.NullMarked;
