/**
 * Networks: electric feeder, water pipes, wireless sensors.
 *
 * <p>Each reads its nodes and edges from tables, numbers them once and works on arrays. One simulation belongs to one thread.
 */
@NullMarked
package org.uatwin.simulation.network;

import org.jspecify.annotations.NullMarked;
