/**
 * Methods of optimisation behind one face: a problem says its bounds, its function and how far its constraints are violated, and the face
 * chooses the method, stops it when the effort is used up and keeps the best feasible point.
 *
 * <p>{@link org.uatwin.simulation.search.Search} for continuous variables in a box (Brent, BOBYQA, CMA-ES of Commons Math), {@link
 * org.uatwin.simulation.search.LinearProgramme} for linear ones (simplex), {@link org.uatwin.simulation.search.StageProgramme} for decisions
 * in stages (dynamic programming on a grid). Which to use when, with what was measured: docs/reference/optimisation.md. Everything is
 * deterministic for a seed; nothing here knows twins. Owned by one thread.
 */
@NullMarked
package org.uatwin.simulation.search;

import org.jspecify.annotations.NullMarked;
