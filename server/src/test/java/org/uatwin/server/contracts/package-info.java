/**
 * Golden tests of what clients, files and modules may rely on: names and identity, samples and their quality, fan-out,
 * method signatures, the data directory. They see a whole server from outside, through a Milo client, and Modbus
 * devices behind loopback sockets; no other program is needed.
 *
 * <p>{@link org.uatwin.server.contracts.GoldenPlant} is the plant and its devices, {@link
 * org.uatwin.server.contracts.PlantClient} the client. When a test here breaks, a client somewhere breaks too: a change
 * needs a migration and a decision record, not another expectation.
 */
@NullMarked
package org.uatwin.server.contracts;

import org.jspecify.annotations.NullMarked;
