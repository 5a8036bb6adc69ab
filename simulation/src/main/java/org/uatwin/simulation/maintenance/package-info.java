/**
 * Closed forms of reliability and maintenance: the age at which to replace, life by drifting degradation, cracks, fatigue under a mix of
 * loads.
 *
 * <p>Stateless, any thread. Life of a twin from its own state belongs to {@code prognosis}.
 */
@NullMarked
package org.uatwin.simulation.maintenance;

import org.jspecify.annotations.NullMarked;
