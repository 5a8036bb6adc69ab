/**
 * Values on their way to devices, and twins that send them by themselves.
 *
 * <p>{@link org.uatwin.server.control.SetpointGate} is the one door: writes of clients, setpoints that follow others, applied
 * recommendations and the automatic mode pass it. A setpoint with rules has a guard, which judges each value by range,
 * interlocks and rate at the moment it is sent, lets one write be under way at a time, and cuts a change that is too large into
 * steps.
 *
 * <p>Nothing here is a safety function: an interlock keeps uatwin from sending a value, and does not act on the plant. Time comes in
 * through {@link org.uatwin.server.control.ControlTime}; the real one is the thread {@code uatwin-setpoints}. The rules themselves
 * are in {@code informationmodel.control}.
 */
@NullMarked
package org.uatwin.server.control;

import org.jspecify.annotations.NullMarked;
