/**
 * Objectives of single machines: the speed of a conveyor, the speed of a pump. The best constant inputs by {@code Steady}. Stateless, any
 * thread.
 */
@NullMarked
package org.uatwin.simulation.objective.machine;

import org.jspecify.annotations.NullMarked;
