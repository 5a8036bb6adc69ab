/**
 * Models of the plant's assets and what one can ask of them.
 *
 * <p>{@code contract} says what a twin model is; {@code solver} integrates it; {@code asset} holds the models, one package per
 * family, and the registry by name; {@code scenario} answers what-ifs and runs simulations from a copied live state;
 * {@code virtual} is the physics of the virtual plant, on purpose other equations than the twins'.
 *
 * <p>No clock, no ambient randomness, no sockets: time steps, seeds and readings come in as arguments. Only the run manager owns
 * threads. This package itself holds nothing else.
 */
@NullMarked
package org.uatwin.simulation;

import org.jspecify.annotations.NullMarked;
