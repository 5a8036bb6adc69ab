/**
 * The demo: virtual machines behind real Modbus sockets, and the server in front of them.
 *
 * <p>{@link org.uatwin.server.demo.VirtualPlant} steps the truth physics of {@code simulation.virtual} on one thread
 * and keeps the registers of {@code plcadapters.device} up to date, using the bindings of the demo's own plant file:
 * the adapter on the other side of the socket polls it as it would poll hardware. Faults come through a Modbus
 * register too, set by an OPC UA client, a Modbus master or {@code uatwin demo fault}. Nothing here is used by
 * {@code uatwin run}.
 */
@NullMarked
package org.uatwin.server.demo;

import org.jspecify.annotations.NullMarked;
