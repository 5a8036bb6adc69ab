/**
 * Modbus TCP, RTU over TCP and serial RTU.
 *
 * <p>{@link org.uatwin.plcadapters.modbus.ModbusLinks} opens a link: one thread, named {@code modbus-<connection>},
 * owns the wire, the poll plans, the state of the devices and all counters. Others send it writes through a bounded
 * queue. The loop body is a step that does at most one poll or one write and says when it wants to run again; the
 * thread calls it in production, tests call it over virtual time with a scripted {@code Wire}.
 *
 * <p>j2mod frames and parses the messages and computes the CRC; everything j2mod leaves open is decided here: one try
 * per exchange under a deadline for the whole answer, transaction and unit id, function code, byte count and echo
 * checked, the connection closed after every timeout, limits enforced by the plan. Quality follows
 * {@code informationmodel.value.Quality}. Bytes to values belongs to {@code codec}, which reads to join to
 * {@code poll}.
 */
@NullMarked
package org.uatwin.plcadapters.modbus;

import org.jspecify.annotations.NullMarked;
