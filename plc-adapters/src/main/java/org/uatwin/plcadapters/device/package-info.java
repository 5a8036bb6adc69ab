/**
 * The devices' side of the protocols: virtual devices for the demo, for tests and for trying out a plant file without
 * hardware.
 *
 * <p>A {@link org.uatwin.plcadapters.device.VirtualModbusServer} listens on one address and serves several
 * {@link org.uatwin.plcadapters.device.VirtualModbusUnit}s, each with its four tables, through the codec the master
 * uses. Faults are commanded, never timed: {@link org.uatwin.plcadapters.device.Fault}. It has sockets of its own and not
 * j2mod's slave, which can not lose an answer, delay it or send a wrong one, nor change several registers at once.
 *
 * <p>A {@link org.uatwin.plcadapters.device.BrokerRelay} is the way to an MQTT broker with the faults of a way; the
 * devices behind it are in {@code mqtt}. A {@link org.uatwin.plcadapters.device.Broker} is one in this process, brought by
 * who has it on the class path.
 *
 * <p>Threads: one that accepts, one for each connection; all end with the server. Physics behind the registers
 * belongs to {@code simulation}, the wiring to {@code server}.
 */
@NullMarked
package org.uatwin.plcadapters.device;

import org.jspecify.annotations.NullMarked;
