/**
 * The circulation of a patient: a demonstrator, not a medical device.
 *
 * <p>Stateless, any thread.
 */
@NullMarked
package org.uatwin.simulation.asset.patient;

import org.jspecify.annotations.NullMarked;
