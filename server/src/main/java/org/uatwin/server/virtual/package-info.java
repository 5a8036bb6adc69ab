/**
 * Virtual devices for any plant file: its own register maps and topics served on loopback, moved by physics or generated,
 * with faults and their ground truth.
 *
 * <p>{@link org.uatwin.server.virtual.VirtualDevices} opens a {@code VirtualField} for each connection and steps a
 * {@code VirtualSite}. Each step: what masters wrote is taken over, the {@code TwinSource}s advance, every
 * {@code VirtualPoint} puts its value, or what the faults leave of it, into its {@code Outlet}; the codec there is the one
 * a master uses. Then fields that speak by themselves publish ({@code MqttField}). {@code GroundTruth} writes both values
 * down. Values come from generated signals, machines, or the equations of a {@link org.uatwin.server.virtual.Physics} file.
 *
 * <p>Threads: {@code virtual-devices} owns the site; {@code virtual-panel} takes commands and hands them over; the
 * Modbus servers, the relay and the sessions of MQTT have their own (see {@code plcadapters.device} and
 * {@code plcadapters.mqtt}). The equations of faults are in {@code virtual.fault},
 * physics in {@code simulation.virtual}. Nothing here is used by a server that talks to real devices.
 */
@NullMarked
package org.uatwin.server.virtual;

import org.jspecify.annotations.NullMarked;
