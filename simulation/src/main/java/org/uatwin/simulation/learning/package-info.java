/**
 * Learns from tables: boosted trees, ridge regression, clusters. Knows nothing of twins, time or files.
 *
 * <p>Everything is deterministic by its seed and bit-identical on every machine. Learning takes seconds to minutes, tells its
 * progress and can be cancelled; what was learned is immutable and used by any thread.
 */
@NullMarked
package org.uatwin.simulation.learning;

import org.jspecify.annotations.NullMarked;
