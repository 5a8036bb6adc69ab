/**
 * The registry of twin models by name; the models themselves live one family per sub-package.
 *
 * <p>The other packages below hold system models (see {@code system}); those of networks, lines and plans stand in {@code network},
 * {@code discrete}, {@code optimisation} and {@code maintenance}. Equations with sources: docs/reference/models.
 *
 * <p>{@code pump}, {@code conveyor}, {@code motor}, {@code tank}: each holds a description (names, units, ranges, sources), the
 * equations and the start from live readings. {@link org.uatwin.simulation.asset.Physics} has the constants they share. Models
 * are stateless and may be used from any thread. Equations with sources: docs/reference/models.md.
 */
@NullMarked
package org.uatwin.simulation.asset;

import org.jspecify.annotations.NullMarked;
