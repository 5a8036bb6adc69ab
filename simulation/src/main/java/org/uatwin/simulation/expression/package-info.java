/**
 * Formulas in case files: {@code 20 + 5*sin(2*pi*t/86400)}.
 *
 * <p>{@link org.uatwin.simulation.expression.Expression} compiles a text once against the names it may use and evaluates it on a
 * vector of values without allocation, with the same bits on every machine. It can compute and nothing else.
 */
@NullMarked
package org.uatwin.simulation.expression;

import org.jspecify.annotations.NullMarked;
