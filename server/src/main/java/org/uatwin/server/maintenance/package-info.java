/**
 * The health of twins while the server runs: what is unusual, what that is, how long the asset will last, what is to be done.
 *
 * <p>{@link org.uatwin.server.maintenance.LiveMaintenance} looks at every watched twin once a minute, staggered, and at once when its
 * detector changes its mind. Detectors belong to the followers of {@code server.synchronisation} and see every step of these; here
 * their findings become health, diagnosis and prognosis ({@code simulation.health}, {@code simulation.prognosis}), rows of the point
 * table and events. One thread, {@code uatwin-maintenance}, does this; methods use the same code on the pool of calls.
 *
 * <p>What was learned, and what was done to the asset, is in {@code state.db}: {@link org.uatwin.server.maintenance.MaintenanceStore}.
 * The methods of twins are in {@code method}, nodes in {@code address}.
 */
@NullMarked
package org.uatwin.server.maintenance;

import org.jspecify.annotations.NullMarked;
