/**
 * The outside of a reload: where the plant comes from, when its files have changed, and how a reload ended.
 *
 * <p>{@link org.uatwin.server.reload.PlantWatch} decides when changed files are worth reading, on its own thread or step by
 * step in a test. What a reload does to the running server is wired in {@code assembly}.
 */
@NullMarked
package org.uatwin.server.reload;

import org.jspecify.annotations.NullMarked;
