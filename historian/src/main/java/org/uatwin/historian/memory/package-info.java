/**
 * The store that lives in memory: a ring per tag, bounded by age and by a budget of bytes over all tags.
 *
 * <p>A tag's samples lie in columnar chunks ordered by source time, 16 bytes a scalar sample that is Good and whose
 * two times are equal, at most 24 otherwise. Old samples leave when they are out of the retained window, or before
 * that, oldest chunk first, when the budget is used up; counters tell both apart.
 *
 * <p>Threads: appends run one at a time under the store's lock, on the caller's thread; a series is guarded by its own
 * monitor, which a reader holds while it copies one page. Nothing here survives the process.
 */
@NullMarked
package org.uatwin.historian.memory;

import org.jspecify.annotations.NullMarked;
