/**
 * Rolling bearings: rating life, damage, friction heat, fault frequencies and vibration.
 *
 * <p>Stateless, any thread. Diagnosis from a measured vibration belongs to {@code vibration}.
 */
@NullMarked
package org.uatwin.simulation.asset.bearing;

import org.jspecify.annotations.NullMarked;
