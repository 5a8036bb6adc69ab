/**
 * Runs of twins as nodes: {@code <twin>/Runs/<RunId>}, objects of TwinRunType that come and go (OPC UA Part 10).
 *
 * <p>{@link org.uatwin.server.run.RunFragment} answers Browse, Read and monitored items of these nodes from the
 * {@code RunManager}'s status of the run; nothing is stored per node. Who may not see a run gets the answer of a node that does not
 * exist, in every service. {@link org.uatwin.server.run.RunCalls} takes the methods of the state machine, of which only
 * Halt can be called. {@link org.uatwin.server.run.RunWatch} hears what becomes of runs, pushes values to monitored items and raises
 * events. {@link org.uatwin.server.run.RunDisk} keeps finished runs in {@code state.db}.
 *
 * <p>Threads: nodes are read on request threads; {@code uatwin-runs} pushes and raises; {@code uatwin-runs-disk} writes. A run's own
 * thread only leaves a note for them. Starting runs and their quotas belong to {@code method} and the {@code simulation} module.
 */
@NullMarked
package org.uatwin.server.run;

import org.jspecify.annotations.NullMarked;
