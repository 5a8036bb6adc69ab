/**
 * Models for what has no model of its own: equations written in the case file, linear state space, first and second order with dead
 * time, wear by counting cycles.
 *
 * <p>Stateless, any thread. Identification from data belongs to {@code estimation}.
 */
@NullMarked
package org.uatwin.simulation.asset.generic;

import org.jspecify.annotations.NullMarked;
