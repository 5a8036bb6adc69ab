/**
 * When an asset will fail, learned from histories of others that ran to failure (ISO 13381-1: prognosis by influence of
 * condition indicators on the estimated time to failure). Every answer has an interval.
 *
 * <p>Stateless or immutable after learning, any thread.
 */
@NullMarked
package org.uatwin.simulation.prognosis;

import org.jspecify.annotations.NullMarked;
