/**
 * Tells what is unusual from what was learned of the usual (ISO 13374-1: state detection), and which points say so.
 *
 * <p>Baselines are immutable, any thread; what watches a stream is owned by one thread.
 */
@NullMarked
package org.uatwin.simulation.detection;

import org.jspecify.annotations.NullMarked;
