/**
 * What is read together and when: poll plans as pure functions, without I/O, clock or threads.
 *
 * <p>{@link org.uatwin.plcadapters.poll.PollPlanner} turns the addresses of one device and poll group into a
 * {@link org.uatwin.plcadapters.poll.PollPlan}: the fewest requests under the device's limits, and among those the
 * fewest registers. {@link org.uatwin.plcadapters.poll.Stagger} spreads the plans of a link over the period. A plan
 * is made of int arrays (four bytes a point) because a plant may have a million points. It prints itself; that is
 * what {@code uatwin plan} shows. Sending the requests belongs to {@code modbus}.
 */
@NullMarked
package org.uatwin.plcadapters.poll;

import org.jspecify.annotations.NullMarked;
