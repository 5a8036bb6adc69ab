/**
 * System models as models of twins: the equations stay in their packages, here they start from live readings and answer what-ifs and
 * runs.
 *
 * <p>A {@link org.uatwin.simulation.twin.SystemTwin} says, as data, what a system model needs for that: which ports are points of the
 * twin and how accurate these are, what may be varied, what is inferred from readings, where the model may be trusted, named scenarios
 * and failure modes. {@link org.uatwin.simulation.twin.BoundSystem} is one twin with its parameters, tables and members, and a {@code
 * scenario.Subject}. Members of a system twin are rows of the model's tables; their points are named {@code <member>/<Point>} in the
 * snapshot of readings.
 *
 * <p>Everything is immutable and may be used from any thread; one run belongs to one thread.
 */
@NullMarked
package org.uatwin.simulation.twin;

import org.jspecify.annotations.NullMarked;
