/**
 * Where the parts meet: a plant file becomes a running server.
 *
 * <p>{@link org.uatwin.server.assembly.UatwinServer} reads as wiring: data directory, identity, point table, links,
 * address space, methods, history, endpoints; started in that order, stopped in reverse. This is the only package
 * that knows adapters, models, history, certificates and the OPC UA server at once.
 */
@NullMarked
package org.uatwin.server.assembly;

import org.jspecify.annotations.NullMarked;
