/**
 * Figures of the product against its peers, measured in one run (contracts section 9).
 *
 * <p>{@link org.uatwin.benchmarks.Main} runs one table. Servers under test run in JVMs of their own
 * ({@link org.uatwin.benchmarks.ServerProcess}), with the same flags for product and peer; the client runs here. A spin
 * loop before and after each table says how busy the machine was. The peers are in {@code peer}. Nothing here is part of
 * the product.
 */
@NullMarked
package org.uatwin.benchmarks;

import org.jspecify.annotations.NullMarked;
